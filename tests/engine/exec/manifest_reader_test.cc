// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/manifest_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "engine/action/manifest.h"
#include "engine/base/digest.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using Kind = OutputEntry::Kind;

// `"path": PATH` and the digest of `bytes`, for the inside of an object.
std::string Entry(absl::string_view path, absl::string_view bytes = "x") {
  const Digest digest = Digest::Of(bytes);
  return absl::StrCat("\"path\": \"", path, "\", \"sha256\": \"", digest.hex(),
                      "\", \"size\": ", digest.size());
}

std::string Files(std::vector<std::string> entries) {
  std::string out = "{\"version\": \"1\", \"files\": [";
  for (size_t i = 0; i < entries.size(); ++i) {
    absl::StrAppend(&out, i == 0 ? "{" : ", {", entries[i], "}");
  }
  return out + "]}";
}

auto Paths(const auto& matcher) { return IsOkAndHolds(matcher); }
auto Path(absl::string_view path) {
  return Field(&OutputEntry::path, std::string(path));
}

void ExpectWrong(const std::string& text, absl::string_view words,
                 const ManifestView& view = {}) {
  const auto read = ReadManifest(text, view);
  EXPECT_EQ(read.status().code(), absl::StatusCode::kInvalidArgument) << text;
  EXPECT_THAT(read.status().message(), HasSubstr(words)) << text;
}

TEST(ManifestReaderTest, FilesAreSortedByPath) {
  const auto read = ReadManifest(Files({Entry("b/c"), Entry("a", "y")}), {});
  ASSERT_THAT(read, Paths(ElementsAre(Path("a"), Path("b/c"))));
  EXPECT_EQ((*read)[0].digest, Digest::Of("y"));
  EXPECT_EQ((*read)[0].kind, Kind::kFile);
}

TEST(ManifestReaderTest, AnotherFieldMayHaveThePaths) {
  const std::string text =
      Files({absl::StrCat(Entry("a"), ", \"destination\": \"/lib/a\"")});
  EXPECT_THAT(ReadManifest(text, {"destination", {}}),
              Paths(ElementsAre(Path("lib/a"))));
  ExpectWrong(text, "`files[0]` has no text `download_path`",
              {"download_path", {}});
}

TEST(ManifestReaderTest, ConditionsChooseEntries) {
  const std::string text =
      Files({absl::StrCat(Entry("a"), ", \"action\": \"update\""), Entry("b"),
             absl::StrCat(Entry("c"), ", \"action\": 1")});
  EXPECT_THAT(ReadManifest(text, {"", {{"action", "update"}}}),
              Paths(ElementsAre(Path("a"))));
  ExpectWrong(text, "no entry of `files` has `action` = \"none\"",
              {"", {{"action", "none"}}});
}

TEST(ManifestReaderTest, OursIsRead) {
  Manifest manifest;
  manifest.artifacts = {
      {"//a:a", {"graph-out/a/tool", Kind::kFile, Digest::Of("1"), true, ""}},
      {"//a:t", {"graph-out/a/tree", Kind::kDirectory, Digest::Of("2")}},
      {"//a:l", {"graph-out/a/link", Kind::kSymlink, {}, false, "tool"}}};
  const auto read = ReadManifest(ManifestJson(manifest), {});
  ASSERT_THAT(
      read, Paths(ElementsAre(Path("a/link"), Path("a/tool"), Path("a/tree"))));
  EXPECT_EQ((*read)[0].target, "tool");
  EXPECT_TRUE((*read)[1].executable);
  EXPECT_EQ((*read)[2].kind, Kind::kDirectory);
  EXPECT_EQ((*read)[2].digest, Digest::Of("2"));
}

TEST(ManifestReaderTest, TheSameTwiceIsOnceAndOtherBytesAreAnError) {
  EXPECT_THAT(ReadManifest(Files({Entry("a"), Entry("a")}), {}),
              Paths(ElementsAre(Path("a"))));
  ExpectWrong(Files({Entry("a"), Entry("a", "y")}), "lists a twice");
}

TEST(ManifestReaderTest, NoPathLeadsOutOfTheFolder) {
  for (const char* path :
       {"..", "../a", "a/../b", "a//b", "", "/", ".", "a/.", "//a", "a/"}) {
    ExpectWrong(Files({Entry(path)}), "which is not one below a folder");
  }
  ExpectWrong(Files({"\"path\": \"a\\u0000b\""}), "not one below a folder");
}

TEST(ManifestReaderTest, WhatIsNoManifestIsAnError) {
  ExpectWrong("", "1:1: this is no JSON");
  ExpectWrong("{\n \"files\": [,]}", "2:12: this is no JSON");
  ExpectWrong("[]", "no list `files` or `artifacts`");
  ExpectWrong("{\"files\": {}}", "no list `files`");
  ExpectWrong("{\"files\": [1]}", "`files[0]` is no object");
  ExpectWrong("{\"artifacts\": [{}]}",
              "`artifacts[0]` has no text `download_path`");
  ExpectWrong("{\"files\": [{\"path\": 1}]}", "`files[0]` has no text `path`");
  ExpectWrong("{\"files\": [{\"path\": \"a\"}]}", "has no text `sha256`");
  ExpectWrong(R"({"files": [{"path": "a", "sha256": "abc", "size": 1}]})",
              "not 64 lowercase digits");
  ExpectWrong(R"({"files": [{"path": "a", "sha256": "abc", "size": -1}]})",
              "no number `size`");
  ExpectWrong(R"({"files": [{"path": "a", "kind": "pipe"}]})",
              "the kind \"pipe\"");
}

}  // namespace
}  // namespace graph
