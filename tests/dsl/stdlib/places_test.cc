// SPDX-License-Identifier: Apache-2.0

// Where each kind of error is shown: the bytes under the carets.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "dsl/runtime/module.h"
#include "dsl/stdlib/universe.h"

namespace dsl {
namespace {

// The text under the carets, and the message.
std::string Failure(const std::string& text) {
  const std::shared_ptr<const Environment> environment = Universe();
  Diagnostics diagnostics;
  const auto source = Source::Make("a.star", text);
  const auto program =
      Compile(source, FileKind::kModule, *environment, diagnostics);
  if (program == nullptr) return diagnostics.Rendered();
  auto heap = std::make_shared<Heap>();
  Thread thread(*heap);
  const auto module = Execute(program, {}, environment, heap, thread);
  if (module.ok()) return "no error";
  const Diagnostic error = TakeError(thread, module.status());
  if (!error.span) return absl::StrCat("nowhere: ", error.message);
  return absl::StrCat(source->Text({error.span.begin, error.span.end}), " | ",
                      error.message);
}

TEST(Place, OfAnOperatorIsTheOperator) {
  EXPECT_EQ(Failure("x = [1] + 2\n"), "+ | `+` does not go with list and int");
  EXPECT_EQ(Failure("x = 1 <\\\n 'a'\n"),
            "< | no order between int and string");
  EXPECT_EQ(Failure("x = 1 in 2\n"),
            "in | `in` does not go with a value of type int");
  EXPECT_EQ(Failure("x = -'a'\n"), "- | unary `-` does not go with string");
  EXPECT_EQ(Failure("def f(x):\n    x += 'a'\nf(1)\n"),
            "+= | `+` does not go with int and string");
  EXPECT_EQ(Failure("x = [1]\ndef f():\n    x[0] //= 0\nf()\n"),
            "//= | division by zero");
}

TEST(Place, OfACallIsWhatIsCalled) {
  EXPECT_EQ(Failure("x = len(1)\n"), "len | a value of type int has no length");
  EXPECT_EQ(Failure("x = [].pop(\n)\n"), "pop | pop from an empty list");
  EXPECT_EQ(Failure("x = (1)()\n"),
            "(1) | a value of type int is not callable");
  EXPECT_EQ(Failure("x = [].nosuch()\n"),
            "nosuch | a value of type list has no attribute `nosuch`");
  EXPECT_EQ(Failure("def f(a):\n    pass\nf()\n"),
            "f | f: parameter `a` is missing");
  EXPECT_EQ(Failure("def f(a: int):\n    pass\ny = 'x'\nf(y)\n"),
            "f | f: parameter `a` wants int, not \"x\" of type string");
}

TEST(Place, OfAnArgumentAfterAStarIsTheArgument) {
  EXPECT_EQ(Failure("x = len(*3)\n"),
            "3 | argument after * wants something iterable, not int");
  EXPECT_EQ(Failure("x = dict(**[1])\n"),
            "[1] | argument after ** wants a dict, not list");
  EXPECT_EQ(Failure("x = dict(a = 1, **{'a': 2})\n"),
            "{'a': 2} | parameter `a` is given twice");
}

TEST(Place, OfASubscriptIsItsBrackets) {
  EXPECT_EQ(Failure("x = [1][2]\n"),
            "[2] | index 2 is out of range: the list has 1 element");
  EXPECT_EQ(Failure("x = {}['k']\n"), "['k'] | key \"k\" is not in the dict");
  EXPECT_EQ(Failure("x = 'abc'[::0]\n"), "[::0] | the step of a slice is zero");
}

TEST(Place, OfAnAttributeIsItsName) {
  EXPECT_EQ(Failure("x = struct(name = 1).nmae\n"),
            "nmae | a value of type struct has no attribute `nmae`, did you "
            "mean `name`?");
}

TEST(Place, OfADictsKeyIsTheKey) {
  EXPECT_EQ(Failure("x = {1: 2, 'a': 3, 1: 4}\n"), "1 | duplicate key 1");
  EXPECT_EQ(Failure("x = {[]: 2}\n"), "[] | unhashable type: list");
  EXPECT_EQ(Failure("x = {[y]: 2 for y in [1]}\n"),
            "[y] | unhashable type: list");
}

TEST(Place, OfWhatIsIteratedIsThatExpression) {
  EXPECT_EQ(Failure("x = [y for y in 3]\n"),
            "3 | a value of type int is not iterable");
  EXPECT_EQ(Failure("def f():\n    for y in len:\n        pass\nf()\n"),
            "len | a value of type builtin_function_or_method is not iterable");
}

TEST(Place, OfATargetIsTheTarget) {
  EXPECT_EQ(Failure("a, b = [1]\n"), "a, b | cannot unpack 1 value into 2");
  EXPECT_EQ(Failure("x = (1,)\nx[0] = 2\n"),
            "x[0] | elements of a tuple cannot be assigned");
  EXPECT_EQ(Failure("x = struct()\nx.a = 2\n"),
            "x.a | attribute `a` of a value of type struct cannot be assigned");
}

TEST(Place, OfAnUnboundNameIsTheName) {
  EXPECT_EQ(Failure("def f():\n    y = x\n    x = 1\nf()\n"),
            "x | local variable `x` is used before it is assigned");
  EXPECT_EQ(Failure("def f():\n    return g\nf()\ng = 1\n"),
            "g | global variable `g` is used before it is assigned");
  EXPECT_EQ(Failure("def f():\n    h = lambda: x\n    h()\n    x = 1\nf()\n"),
            "x | local variable `x` is used before it is assigned");
}

TEST(Place, OfAnAnnotationIsTheAnnotationAndOfItsValueTheValue) {
  EXPECT_EQ(Failure("def f(a: len):\n    pass\n"),
            "len | <built-in function len> is not a type");
  EXPECT_EQ(Failure("y = 'a'\nx: int = y\n"),
            "y | want int, not \"a\" of type string");
}

TEST(Place, NotesLeadFromTheErrorToTheTop) {
  const std::shared_ptr<const Environment> environment = Universe();
  Diagnostics diagnostics;
  const auto program =
      Compile(Source::Make("a.star",
                           "def key(x):\n    return x.y\n"
                           "def f():\n    return sorted([1], key = key)\n"
                           "f()\n"),
              FileKind::kModule, *environment, diagnostics);
  auto heap = std::make_shared<Heap>();
  Thread thread(*heap);
  const auto module = Execute(program, {}, environment, heap, thread);
  const Diagnostic error = TakeError(thread, module.status());
  ASSERT_EQ(error.notes.size(), 2u);
  EXPECT_EQ(error.notes[0].text, "in `key`, which was called here");
  EXPECT_EQ(error.notes[0].span->Start(), (Position{4, 12}));
  EXPECT_EQ(error.notes[1].text, "in `f`, which was called here");
  EXPECT_EQ(error.notes[1].span->Start(), (Position{5, 1}));
}

}  // namespace
}  // namespace dsl
