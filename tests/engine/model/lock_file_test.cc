// SPDX-License-Identifier: Apache-2.0
#include "engine/model/lock_file.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "engine/model/version_source.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;

constexpr absl::string_view kCommit =
    "0123456789abcdef0123456789abcdef01234567";

LockedVersion Entry(const std::string& name, const std::string& version) {
  LockedVersion entry;
  entry.request.name = name;
  entry.request.source = {"git_tags", {{"remote", "https://a.example/x.git"}}};
  entry.asked = "2026-11-21";
  entry.fields = {{"version", version},
                  {"tag", "v" + version},
                  {"commit", std::string(kCommit)}};
  return entry;
}

LockEntries Entries(std::initializer_list<LockedVersion> all) {
  LockEntries entries;
  for (const LockedVersion& entry : all) entries[entry.request.name] = entry;
  return entries;
}

LockEntries Parsed(absl::string_view text) {
  auto parsed = ParseLock(text);
  if (auto* mistake = std::get_if<LockMistake>(&parsed)) {
    ADD_FAILURE() << mistake->message << " at " << mistake->begin;
    return {};
  }
  return std::get<LockEntries>(parsed);
}

// `message` at the text where it is.
std::string Mistake(absl::string_view text) {
  auto parsed = ParseLock(text);
  auto* mistake = std::get_if<LockMistake>(&parsed);
  if (mistake == nullptr) return "";
  EXPECT_LE(mistake->begin, mistake->end);
  EXPECT_LE(mistake->end, text.size());
  EXPECT_NE(mistake->hint, "");
  return absl::StrCat(
      mistake->message, " @ ",
      text.substr(mistake->begin, mistake->end - mistake->begin));
}

constexpr absl::string_view kText =
    R"(# What the moving versions of this workspace are. `graph lock` writes this file;
# commit it, and do not edit it.

format = 1

["a.b"]
request.source = "git_tags"
request.pattern = "v\"*\"\\"
request.remote = "https://a.example/x.git"
request.constraint = ">=1,<2"
request.prerelease = true
asked = "2026-11-21"
version = "1.5"
commit = "0123456789abcdef0123456789abcdef01234567"
tag = "v1.5"

[b]
request.source = "git_tags"
request.remote = "https://a.example/x.git"
asked = "2026-11-21"
version = "2"
commit = "0123456789abcdef0123456789abcdef01234567"
tag = "v2"
)";

LockEntries EntriesOfText() {
  LockedVersion a = Entry("a.b", "1.5");
  a.request.source.arguments["pattern"] = "v\"*\"\\";
  a.request.constraint = ">=1,<2";
  a.request.prerelease = true;
  return Entries({a, Entry("b", "2")});
}

TEST(LockFileTest, EntriesAreWrittenSortedAndReadAgain) {
  EXPECT_EQ(FormatLock(EntriesOfText()), kText);
  EXPECT_EQ(Parsed(kText), EntriesOfText());
  EXPECT_THAT(Parsed(FormatLock({})), IsEmpty());
}

TEST(LockFileTest, TextOfEveryKindComesBack) {
  LockedVersion entry = Entry("x", "1\t2\nü\x01");
  entry.request.source.arguments["pattern"] = "[\"#] = \\u00e9 €";
  EXPECT_EQ(Parsed(FormatLock(Entries({entry}))), Entries({entry}));
}

TEST(LockFileTest, OrderAndCommentsDoNotMatter) {
  std::string text = "format = 1\n# b first\n[b]\n";
  const std::string b(kText.substr(kText.find("[b]\n") + 4));
  absl::StrAppend(&text, b, "# and a\n", "[a]\n", b);
  EXPECT_THAT(Parsed(text), ElementsAre(Key("a"), Key("b")));
  EXPECT_EQ(Parsed(text)["b"], Entry("b", "2"));
}

TEST(LockFileTest, WhatIsNoLockIsNotAnEmptyOne) {
  EXPECT_EQ(Mistake(""), "there is no line `format = 1` @ ");
  EXPECT_EQ(Mistake("# x\n"), "there is no line `format = 1` @ ");
  EXPECT_EQ(Mistake("[a]\n"), "a lock begins with a line `format = 1` @ [a]");
  EXPECT_THAT(Mistake("format = one\n"), HasSubstr("begins with"));
}

TEST(LockFileTest, NewerFormatIsRefused) {
  EXPECT_EQ(Mistake("format = 2\nnew things\n"),
            "this lock has format 2, written by a newer graph; this one knows "
            "format 1 @ format = 2");
}

TEST(LockFileTest, UnfinishedMergeIsNamed) {
  for (const char* mark :
       {"<<<<<<< HEAD", "=======", ">>>>>>> other", "||||||| base"}) {
    EXPECT_EQ(Mistake(absl::StrCat(kText, mark, "\n")),
              absl::StrCat("a merge that was not finished @ ", mark));
  }
  EXPECT_THAT(Mistake("<<<<<<< HEAD\nformat = 1\n"), HasSubstr("merge"));
}

// The text with one thing changed.
std::string Changed(absl::string_view from, absl::string_view to) {
  std::string text = absl::StrReplaceAll(kText, {{from, to}});
  EXPECT_NE(text, kText) << from;
  return text;
}

TEST(LockFileTest, EachLineIsHeldToTheFormat) {
  EXPECT_EQ(Mistake(Changed("[b]", "[\"a.b\"]")),
            "a second entry `a.b` @ [\"a.b\"]");
  EXPECT_EQ(Mistake(Changed("[b]", "[b")),
            "an entry begins with its name: `[name]` @ [b");
  EXPECT_THAT(Mistake(Changed("[b]", "[../b]")), HasSubstr("begins with"));
  EXPECT_EQ(Mistake(Changed("tag = \"v2\"", "tag \"v2\"")),
            "a line is `key = \"value\"` @ tag \"v2\"");
  EXPECT_EQ(Mistake(Changed("tag = \"v2\"", "tag = v2")),
            "this is no string in double quotes @ v2");
  EXPECT_EQ(Mistake(Changed("tag = \"v2\"", "tag = \"v2\" ")),
            "this is no string in double quotes @ \"v2\" ");
  EXPECT_EQ(Mistake(Changed("tag = \"v2\"", "tag = \"v2")),
            "this is no string in double quotes @ \"v2");
  EXPECT_EQ(Mistake(Changed("tag = \"v2\"", "tag = \"\"")),
            "`tag` is empty @ \"\"");
  EXPECT_EQ(Mistake(Changed("tag = \"v2\"", "gat = \"v2\"")),
            "no entry has a `gat` @ gat");
  EXPECT_EQ(Mistake(Changed("tag = \"v2\"", "version = \"v2\"")),
            "a second `version` of this entry @ version");
  EXPECT_THAT(Mistake(Changed("prerelease = true", "prerelease = false")),
              HasSubstr("`true`, or not there @ false"));
  EXPECT_THAT(Mistake("format = 1\ntag = \"v2\"\n"),
              HasSubstr("`tag` stands before all entries"));
}

TEST(LockFileTest, ValuesAreHeldToTheirForm) {
  EXPECT_THAT(Mistake(Changed("\"2026-11-21\"", "\"21.11.2026\"")),
              HasSubstr("`asked` is no day"));
  EXPECT_THAT(Mistake(Changed(kCommit, "0123456")),
              HasSubstr("`commit` is no whole commit"));
  EXPECT_THAT(Mistake(Changed("tag = \"v2\"", "sha256 = \"AB\"")),
              HasSubstr("`sha256` is not 64"));
  EXPECT_THAT(Mistake(Changed("tag = \"v2\"", "digest = \"AB\"")),
              HasSubstr("`digest` is not `sha256:`"));
}

TEST(LockFileTest, EntryIsWhole) {
  EXPECT_EQ(Mistake(Changed("version = \"2\"\n", "")),
            "the entry `b` has no `version` @ [b]");
  EXPECT_EQ(Mistake(Changed("request.source = \"git_tags\"\n", "")),
            "the entry `a.b` has no `request.source` @ [\"a.b\"]");
  EXPECT_EQ(Mistake(Changed("asked = \"2026-11-21\"\n", "")),
            "the entry `a.b` has no `asked` @ [\"a.b\"]");
}

// Wherever a file is cut off, it is wrong, or it is a lock of whole lines with
// fewer entries or fields; it is never taken for what it was.
TEST(LockFileTest, CutOffTextIsNoticedOrSmaller) {
  for (size_t size = 0; size + 1 < kText.size(); ++size) {
    auto parsed = ParseLock(kText.substr(0, size));
    if (auto* entries = std::get_if<LockEntries>(&parsed)) {
      EXPECT_NE(*entries, EntriesOfText()) << size;
    }
  }
}

TEST(LockFileTest, MergeLosesNeitherSide) {
  const LockEntries base = Entries(
      {Entry("a", "1"), Entry("b", "1"), Entry("c", "1"), Entry("d", "1")});
  // a moved, d dropped, e new.
  const LockEntries mine = Entries(
      {Entry("a", "2"), Entry("b", "1"), Entry("c", "1"), Entry("e", "1")});
  // a moved elsewhere, b moved, c dropped, f new.
  const LockEntries theirs = Entries(
      {Entry("a", "3"), Entry("b", "2"), Entry("d", "1"), Entry("f", "1")});
  EXPECT_EQ(MergeLocks(base, mine, theirs),
            Entries({Entry("a", "2"), Entry("b", "2"), Entry("e", "1"),
                     Entry("f", "1")}));
  EXPECT_EQ(MergeLocks(base, mine, base), mine);
  EXPECT_EQ(MergeLocks(base, base, theirs), theirs);
}

TEST(VersionSourceTest, TextIsTheCall) {
  EXPECT_EQ(SourceText({"git_tags", {{"pattern", "v*"}, {"remote", "x"}}}),
            R"(git_tags("x", pattern = "v*"))");
  EXPECT_EQ(SourceText({"url_index", {{"pattern", "p"}, {"url", "u"}}}),
            R"(url_index("u", pattern = "p"))");
}

TEST(VersionSourceTest, ChangeOfARequestIsTold) {
  VersionRequest then = Entry("a", "1").request;
  VersionRequest now = then;
  EXPECT_EQ(RequestChange(then, now), "");
  now.constraint = ">=2";
  now.prerelease = true;
  EXPECT_EQ(RequestChange(then, now),
            "constraint was \"\", now is \">=2\"; prerelease was False, now is "
            "True");
  now.source.kind = "git_branch";
  EXPECT_THAT(RequestChange(then, now), HasSubstr("source was git_tags("));
}

TEST(VersionSourceTest, KindsAreSortedAndHaveVersions) {
  std::string last;
  for (const VersionSourceKind& kind : VersionSourceKinds()) {
    EXPECT_LT(last, kind.name);
    last = std::string(kind.name);
    EXPECT_TRUE(kind.HasField("version"));
    EXPECT_LE(kind.parameters.size(), 3u);
    for (absl::string_view field : kind.fields) {
      EXPECT_NE(
          std::find(VersionFields().begin(), VersionFields().end(), field),
          VersionFields().end());
    }
  }
  EXPECT_EQ(FindVersionSourceKind("svn"), nullptr);
}

TEST(VersionSourceTest, NamesAreThoseThatReadWell) {
  for (const char* name : {"a", "python-3.14", "3.14", "a_b+c"}) {
    EXPECT_THAT(CheckVersionName(name), IsOk());
  }
  for (const char* name : {"", "-a", "a b", "a]", "a\n", "ü", "a/b"}) {
    EXPECT_FALSE(CheckVersionName(name).ok()) << name;
  }
}

}  // namespace
}  // namespace graph
