// SPDX-License-Identifier: Apache-2.0
#include "engine/lsp/cursor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace graph {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Found {
  std::shared_ptr<const dsl::Source> source;
  Cursor cursor;
  std::string word() const { return std::string(source->Text(cursor.word)); }
};

// The cursor stands at the `|`.
Found At(absl::string_view marked) {
  std::string text(marked);
  const size_t at = text.find('|');
  text.erase(at, 1);
  Found found;
  found.source = dsl::Source::Make("x", text);
  found.cursor = FindCursor(*found.source, static_cast<uint32_t>(at));
  return found;
}

TEST(Cursor, ANameIsTheWordAroundIt) {
  const Found found = At("x = gen|rule\n");
  EXPECT_EQ(found.cursor.kind, Cursor::Kind::kName);
  EXPECT_EQ(found.word(), "genrule");
  EXPECT_EQ(found.cursor.before, "gen");
}

TEST(Cursor, AnEmptyFileWantsAName) {
  EXPECT_EQ(At("|").cursor.kind, Cursor::Kind::kName);
}

TEST(Cursor, ACommentWantsNothing) {
  EXPECT_EQ(At("# gen|\n").cursor.kind, Cursor::Kind::kNone);
}

TEST(Cursor, TheNameOfANewFunctionIsNotKnown) {
  EXPECT_EQ(At("def f|").cursor.kind, Cursor::Kind::kNone);
}

TEST(Cursor, AnArgumentKnowsItsCallAndWhatIsGiven) {
  const Found found =
      At("genrule(\n    name = \"a\",\n    s|\n    cmd = \"x\",\n)\n");
  EXPECT_EQ(found.cursor.kind, Cursor::Kind::kArgument);
  ASSERT_NE(found.cursor.call(), nullptr);
  EXPECT_EQ(found.cursor.call()->callee, "genrule");
  EXPECT_THAT(found.cursor.call()->given, ElementsAre("name", "cmd"));
}

TEST(Cursor, TheNameBeingTypedIsNotGivenYet) {
  const Found found = At("genrule(name = \"a\", sr|cs = [])\n");
  EXPECT_EQ(found.cursor.kind, Cursor::Kind::kArgument);
  EXPECT_THAT(found.cursor.call()->given, ElementsAre("name"));
}

TEST(Cursor, AnUnclosedCallEndsBeforeTheNextStatement) {
  const Found found =
      At("genrule(\n    name = \"a\",\n    |\n\nother(\n    cmd = 1)\n");
  EXPECT_THAT(found.cursor.call()->given, ElementsAre("name"));
  const Found later = At("genrule(\n    name = \"a\",\n\nother(\n    |\n");
  ASSERT_EQ(later.cursor.calls.size(), 1u);
  EXPECT_EQ(later.cursor.call()->callee, "other");
  EXPECT_THAT(later.cursor.call()->given, IsEmpty());
}

TEST(Cursor, AStringKnowsItsArgument) {
  const Found found = At("lib(name = \"a\", deps = [\":b\", \"//p|kg\"])\n");
  EXPECT_EQ(found.cursor.kind, Cursor::Kind::kString);
  EXPECT_EQ(found.word(), "//pkg");
  EXPECT_EQ(found.cursor.before, "//p");
  EXPECT_EQ(found.cursor.call()->argument, "deps");
  EXPECT_EQ(found.cursor.call()->brackets, "[");
}

TEST(Cursor, AnUnclosedStringEndsWithItsLine) {
  const Found found = At("lib(deps = [\"//p|\n)\n");
  EXPECT_EQ(found.cursor.kind, Cursor::Kind::kString);
  EXPECT_EQ(found.word(), "//p");
  EXPECT_EQ(found.cursor.call()->argument, "deps");
}

TEST(Cursor, AnEmptyStringIsOne) {
  EXPECT_EQ(At("x = \"|\"\n").cursor.kind, Cursor::Kind::kString);
  EXPECT_EQ(At("x = \"|").cursor.kind, Cursor::Kind::kString);
  EXPECT_EQ(At("x = \"\"|").cursor.kind, Cursor::Kind::kName);
}

TEST(Cursor, CallsNestOutermostFirst) {
  const Found found = At("lib(deps = select({\":|a\": [\"b\"]}))\n");
  ASSERT_EQ(found.cursor.calls.size(), 2u);
  EXPECT_EQ(found.cursor.calls[0].callee, "lib");
  EXPECT_EQ(found.cursor.calls[0].argument, "deps");
  EXPECT_EQ(found.cursor.calls[1].callee, "select");
  EXPECT_TRUE(found.cursor.is_key);
  EXPECT_FALSE(At("f({\"a\": \"|\"})").cursor.is_key);
}

TEST(Cursor, AMemberKnowsWhatItIsOf) {
  EXPECT_EQ(At("x = ctx.actions.ru|n\n").cursor.object, "ctx.actions");
  EXPECT_EQ(At("x = \"a\".|\n").cursor.object, "\"\"");
  EXPECT_EQ(At("x = f().|\n").cursor.object, "");
  EXPECT_EQ(At("attr.|").cursor.kind, Cursor::Kind::kMember);
}

TEST(Cursor, LoadsAreFoundInABrokenFile) {
  const auto source = dsl::Source::Make(
      "x", "load(\":a.spec\", \"f\", g = \"h\")\nload(\":b.spec\", \"i\"\nx(");
  const std::vector<LoadedName> loads = FindLoads(*source);
  ASSERT_EQ(loads.size(), 3u);
  EXPECT_EQ(loads[1].path, ":a.spec");
  EXPECT_EQ(loads[1].local, "g");
  EXPECT_EQ(loads[1].original, "h");
  EXPECT_EQ(loads[2].local, "i");
}

TEST(Cursor, LocalNamesAreThoseBoundBeforeIt) {
  const std::string text =
      "a = 1\ndef f(x, *args, y = 2, **kw):\n    z = 1\n"
      "    for i, j in x:\n        w = g(k = 1)\n        ";
  const auto source = dsl::Source::Make("x", text + "\n    late = 1\n");
  EXPECT_THAT(LocalNames(*source, static_cast<uint32_t>(text.size())),
              ElementsAre("x", "args", "y", "kw", "z", "i", "j", "w"));
  EXPECT_THAT(LocalNames(*source, 3), IsEmpty());
  EXPECT_THAT(GlobalNames(*source), ElementsAre("a", "f"));
}

}  // namespace
}  // namespace graph
