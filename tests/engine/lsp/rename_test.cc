// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <map>

#include "absl/strings/str_cat.h"
#include "engine/lsp/line_edit.h"
#include "tests/engine/lsp/lsp_fixture.h"

namespace graph {
namespace {

using testing::HasSubstr;
using testing::Pair;
using testing::UnorderedElementsAre;

class RenameTest : public LspTest {
 protected:
  // The files as they would be, or the reason why not.
  std::map<std::string, std::string> RenameTo(const std::string& name) {
    const auto edits = Rename(workspace(), file_, offset_, name);
    if (!edits.ok()) {
      return {{"refused", std::string(edits.status().message())}};
    }
    std::map<std::string, std::string> files;
    for (auto it = edits->rbegin(); it != edits->rend(); ++it) {
      auto [text, added] = files.try_emplace(it->place.file.path);
      if (added) text->second = std::string(it->place.source->text());
      places_[it->place.extent.begin] = *it;
    }
    for (auto& [path, text] : files) text = Apply(path, text, *edits);
    return files;
  }

 private:
  static std::string Apply(const std::string& path, std::string text,
                           std::vector<Replacement> edits) {
    std::erase_if(edits, [&](const Replacement& each) {
      return each.place.file.path != path;
    });
    std::sort(edits.begin(), edits.end(),
              [](const Replacement& a, const Replacement& b) {
                return a.place.extent.begin > b.place.extent.begin;
              });
    for (const Replacement& each : edits) {
      text.replace(each.place.extent.begin,
                   each.place.extent.end - each.place.extent.begin, each.text);
    }
    return text;
  }

  std::map<uint32_t, Replacement> places_;
};

TEST_F(RenameTest, ATargetIsRenamedWhereverItIsNamed) {
  Write(
      "app/BUILD.spec",
      "library(name = \"x\", deps = [\"//lib:a\", \"//lib:ab\", \"//lib\"])\n");
  Write("tools/defs.spec", "TOOL = Label(\"//lib:a\")\nname = \"a\"\n");
  Open("lib/BUILD.spec",
       "library(name = \"|a\")\n"
       "library(name = \"ab\", deps = [\":a\"])\n"
       "genrule(name = \"c\", srcs = [\"a\"], outs = [\"o\"],"
       " cmd = \"$(location :a) a\", tags = [\"a\"])\n"
       "library(name = \"lib\", deps = select({\":a\": [\"a\"]}))\n");
  EXPECT_THAT(
      RenameTo("new"),
      UnorderedElementsAre(
          Pair("lib/BUILD.spec",
               "library(name = \"new\")\n"
               "library(name = \"ab\", deps = [\":new\"])\n"
               "genrule(name = \"c\", srcs = [\"new\"], outs = [\"o\"],"
               " cmd = \"$(location :new) a\", tags = [\"a\"])\n"
               "library(name = \"lib\", deps = select({\":new\": [\"new\"]}))"
               "\n"),
          Pair("app/BUILD.spec",
               "library(name = \"x\", deps = [\"//lib:new\", \"//lib:ab\", "
               "\"//lib\"])\n"),
          Pair("tools/defs.spec",
               "TOOL = Label(\"//lib:new\")\nname = \"a\"\n")));
}

TEST_F(RenameTest, AShortLabelGetsItsName) {
  Write("app/BUILD.spec", "library(name = \"x\", deps = [\"//lib\"])\n");
  Open("lib/BUILD.spec", "library(name = \"l|ib\")\n");
  EXPECT_THAT(RenameTo("new"),
              UnorderedElementsAre(
                  Pair("lib/BUILD.spec", "library(name = \"new\")\n"),
                  Pair("app/BUILD.spec",
                       "library(name = \"x\", deps = [\"//lib:new\"])\n")));
}

TEST_F(RenameTest, ATargetIsPreparedFromAnyOfItsNames) {
  Open("lib/BUILD.spec",
       "library(name = \"a\")\nlibrary(name = \"b\", deps = [\"//lib:|a\"])\n");
  const auto found = PrepareRename(workspace(), file_, offset_);
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->name, "a");
  EXPECT_EQ(found->place.source->Text(found->place.extent), "a");
}

TEST_F(RenameTest, WhatCannotBeRenamedIsRefused) {
  const auto refused = [&](const char* why) {
    return UnorderedElementsAre(Pair("refused", HasSubstr(why)));
  };
  Write("app/file.c", "");
  Open("app/BUILD.spec", "library(name = \"x\", srcs = [\"fi|le.c\"])\n");
  EXPECT_THAT(RenameTo("y"), refused("source file"));
  Open("app/BUILD.spec",
       "genrule(name = \"x\", outs = [\"o\"], cmd = \"\")\n"
       "library(name = \"y\", deps = [\":|o\"])\n");
  EXPECT_THAT(RenameTo("z"), refused("`//app:x` makes"));
  Open("app/BUILD.spec", "library(name = \"|x\")\nlibrary(name = \"y\")\n");
  EXPECT_THAT(RenameTo("y"), refused("already"));
  EXPECT_THAT(RenameTo(""), refused("name"));
  EXPECT_THAT(RenameTo("a:b"), refused("a:b"));
  Open("app/BUILD.spec",
       "library(name = \"x\", deps = [\"@rules//core:|y\"])\n");
  EXPECT_THAT(RenameTo("z"), refused("not of this workspace"));
  Open("app/BUILD.spec", "library(na|me = \"x\")\n");
  EXPECT_THAT(RenameTo("z"), refused("nothing to rename"));
}

TEST_F(RenameTest, ABrokenFileCouldHideLabels) {
  Write("z/BUILD.spec", "library(name = \"x\", deps = [\"//app:x\"]\n");
  Open("app/BUILD.spec", "library(name = \"|x\")\n");
  EXPECT_THAT(RenameTo("y"),
              UnorderedElementsAre(Pair("refused", HasSubstr("z/BUILD.spec"))));
}

TEST_F(RenameTest, ATargetOfAMacroHasNoNameToChange) {
  Write("app/defs.spec",
        "def m(prefix):\n    native.library(name = prefix + \"a\")\n");
  Open("app/BUILD.spec",
       "load(\":defs.spec\", \"m\")\nm(\"x\")\n"
       "library(name = \"y\", deps = [\":x|a\"])\n");
  EXPECT_THAT(RenameTo("z"),
              UnorderedElementsAre(Pair("refused", HasSubstr("macro"))));
}

TEST_F(RenameTest, ANameIsRenamedInItsScope) {
  Open("x.spec", "def f(|a, b = 1):\n    return [a + b for a in [a]]\n");
  EXPECT_THAT(RenameTo("c"),
              UnorderedElementsAre(
                  Pair("x.spec",
                       "def f(c, b = 1):\n    return [a + b for a in [c]]"
                       "\n")));
  EXPECT_THAT(RenameTo("b"),
              UnorderedElementsAre(Pair("refused", HasSubstr("already"))));
  EXPECT_THAT(RenameTo("if"),
              UnorderedElementsAre(Pair("refused", HasSubstr("no name"))));
}

TEST_F(RenameTest, AGlobalThatOthersLoadStays) {
  Write("app/BUILD.spec", "load(\"//:x.spec\", \"f\")\nf()\n");
  Open("x.spec", "def |f():\n    pass\n");
  EXPECT_THAT(RenameTo("g"), UnorderedElementsAre(
                                 Pair("refused", HasSubstr("app/BUILD.spec"))));
}

TEST(LineEdits, OnlyTheLinesThatDifferAreReplaced) {
  const auto edit = [](const std::string& from, const std::string& to) {
    const auto source = dsl::Source::Make("x", from);
    const auto edits = LineEdits({FileId{"", "x"}, source, {}}, to);
    if (edits.empty()) return std::string("none");
    EXPECT_EQ(edits.size(), 1u);
    const dsl::Extent extent = edits[0].place.extent;
    EXPECT_EQ(absl::StrCat(from.substr(0, extent.begin), edits[0].text,
                           from.substr(extent.end)),
              to);
    return absl::StrCat(from.substr(extent.begin, extent.end - extent.begin),
                        "->", edits[0].text);
  };
  EXPECT_EQ(edit("a\nb\nc\n", "a\nb\nc\n"), "none");
  EXPECT_EQ(edit("a\nb\nc\n", "a\nx\nc\n"), "b\n->x\n");
  EXPECT_EQ(edit("a\nc\n", "a\nb\nc\n"), "->b\n");
  EXPECT_EQ(edit("a\nb\nc\n", "a\nc\n"), "b\n->");
  EXPECT_EQ(edit("a", "a\n"), "a->a\n");
  EXPECT_EQ(edit("", "a\n"), "->a\n");
  EXPECT_EQ(edit("a\na\n", "a\n"), "a\n->");
  EXPECT_EQ(edit("xb\n", "b\n"), "xb\n->b\n");
  edit("a\nbb\nc", "a\nb\nbb\nc");
  edit("x\ny", "y");
}

}  // namespace
}  // namespace graph
