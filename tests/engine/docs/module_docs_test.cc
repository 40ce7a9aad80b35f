// SPDX-License-Identifier: Apache-2.0
#include "engine/docs/module_docs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/docs/docstring.h"
#include "engine/docs/page.h"
#include "engine/docs/rule_text.h"
#include "tests/engine/analyze/workbench.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

// Of a module with this text; empty if it is wrong.
ModuleDocs Describe(absl::string_view text) {
  Workbench bench;
  bench.Write("app/defs.spec", text);
  const auto module =
      bench.loader().LoadModule(*Label::Parse("//app:defs.spec", {}));
  EXPECT_THAT(module, IsOk());
  return module.ok() ? DescribeModule("//app:defs.spec", **module)
                     : ModuleDocs();
}

TEST(DocstringTest, PartsAreToldApart) {
  const Docstring doc = ParseDocstring(
      "One.\n\n    Two.\n\n    Args:\n      a: first\n        and more\n"
      "      **kwargs: rest: all\n    Returns:\n      a list\n      of it\n"
      "    Note: text again.\n");
  EXPECT_EQ(doc.text, "One.\n\nTwo.\n\nNote: text again.");
  EXPECT_THAT(doc.parameters, ElementsAre(Pair("a", "first and more"),
                                          Pair("**kwargs", "rest: all")));
  EXPECT_EQ(doc.returns, "a list of it");
}

TEST(DocstringTest, TextWithoutPartsStaysAsItIs) {
  EXPECT_EQ(ParseDocstring("").text, "");
  EXPECT_EQ(ParseDocstring("a: b").text, "a: b");
  EXPECT_EQ(Dedented("a\n\n      b\n    c\n    "), "a\n\n  b\nc");
}

TEST(ModuleDocsTest, ASignatureIsAsWritten) {
  const ModuleDocs docs = Describe(
      "def f(a: int, b = [1,\n      2], *, c: str | None = None, **d) -> "
      "list[int]:\n    pass\n"
      "def g(*args, x):\n    pass\n");
  ASSERT_EQ(docs.functions.size(), 2u);
  EXPECT_EQ(docs.functions[0].signature,
            "f(a: int, b = [1, 2], *, c: str | None = None, **d) -> list[int]");
  EXPECT_EQ(docs.functions[1].signature, "g(*args, x)");
}

TEST(ModuleDocsTest, WhatIsLoadedIsDescribedUnderItsNewName) {
  const ModuleDocs docs = Describe(
      "load(\"@rules//core:defs.spec\", _copy_tree = \"copy_tree\", "
      "_genrule = \"genrule\")\n"
      "copy = _copy_tree\nmake = _genrule\n");
  ASSERT_EQ(docs.functions.size(), 1u);
  EXPECT_EQ(docs.functions[0].signature, "copy(name, srcs, **kwargs)");
  EXPECT_EQ(docs.functions[0].parameters[0].first, "name");
  ASSERT_EQ(docs.rules.size(), 1u);
  EXPECT_EQ(docs.rules[0].name, "make");
  EXPECT_THAT(docs.rules[0].text,
              HasSubstr("- `cmd`: A string, must be given"));
}

TEST(ModuleDocsTest, PrivateNamesConstantsAndLambdasAreLeftOut) {
  const ModuleDocs docs = Describe(
      "def _f():\n    pass\n"
      "def make():\n    def inner():\n        pass\n    return inner\n"
      "made = make()\nlam = lambda x: x\nN = 1\n");
  ASSERT_EQ(docs.functions.size(), 1u);
  EXPECT_EQ(docs.functions[0].name, "make");
}

TEST(RuleTextTest, AnAttributeSaysWhatItTakes) {
  AttributeSchema schema;
  schema.name = "mode";
  schema.doc = "How.";
  schema.default_value = Attribute(std::string("a"));
  schema.strings = {"a", "b", "c"};
  EXPECT_EQ(AttributeText(schema),
            "A string, `\"a\"`, `\"b\"` or `\"c\"`, `\"a\"` unless said. How.");
  schema.mandatory = true;
  EXPECT_EQ(AttributeText(schema),
            "A string, `\"a\"`, `\"b\"` or `\"c\"`, must be given. How.");
  schema = AttributeSchema();
  schema.type = AttributeType::kLabelList;
  schema.default_value = Attribute(EmptyValue(schema.type));
  schema.files = {FileFilter::Kind::kSuffixes, {".c"}};
  EXPECT_EQ(AttributeText(schema), "A list of labels, files `.c`.");
}

TEST(RuleTextTest, LongLinesAreBroken) {
  const std::string words = "1234567 1234567 1234567 1234567 1234567 ";
  EXPECT_EQ(ListItem(words + words),
            "- 1234567 1234567 1234567 1234567 1234567 1234567 1234567 1234567 "
            "1234567\n  1234567\n");
  EXPECT_EQ(Wrapped(words + words + "end"),
            "1234567 1234567 1234567 1234567 1234567 1234567 1234567 1234567 "
            "1234567 1234567\nend");
  EXPECT_EQ(Wrapped("short\n\nlines"), "short\n\nlines");
}

TEST(FillPageTest, OnlyWhatIsBetweenMarksIsReplaced) {
  const auto text_of = [](const std::string& name) {
    return absl::StatusOr<std::string>("<" + name + ">\n");
  };
  EXPECT_THAT(FillPage("a\nb", text_of), IsOkAndHolds("a\nb"));
  EXPECT_THAT(
      FillPage("a\n<!-- graph docs x -->\nold\n<!-- end of graph docs "
               "-->\nb\n",
               text_of),
      IsOkAndHolds("a\n<!-- graph docs x -->\n\n<x>\n\n<!-- end of graph "
                   "docs -->\nb\n"));
  EXPECT_THAT(
      FillPage("a\n<!-- graph docs x -->\nb\n", text_of).status().message(),
      HasSubstr("line 2"));
}

}  // namespace
}  // namespace graph
