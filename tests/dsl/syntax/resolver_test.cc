// SPDX-License-Identifier: Apache-2.0

#include "dsl/syntax/resolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/dsl/syntax/testing.h"

namespace dsl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

// The function that the i-th statement defines.
const FunctionDecl& FunctionAt(const Parsed& parsed, size_t i) {
  return As<DefStmt>(*parsed.file->body().statements[i]).function;
}

// What the i-th statement of a block returns.
const Expr& Returned(const Block& block, size_t i) {
  return *As<ReturnStmt>(*block.statements[i]).value;
}

// "local 0", "free 1".
std::string ScopeOf(const Expr& expr) {
  constexpr absl::string_view kScopes[] = {
      "unresolved", "local", "cell", "free", "global", "loaded", "predeclared"};
  const auto& name = As<NameExpr>(expr);
  return absl::StrCat(kScopes[static_cast<int>(name.scope)], " ", name.slot);
}

TEST(Resolver, ParametersAreTheFirstLocals) {
  const Parsed parsed =
      ResolveText("def f(a, *b, c = 1, **d):\n  e = a\n  return e\n");
  ASSERT_TRUE(parsed.resolved) << parsed.diagnostics.Rendered();
  const FunctionDecl& f = FunctionAt(parsed, 0);
  ASSERT_EQ(f.scope.locals.size(), 5u);
  EXPECT_EQ(parsed.file->name(f.scope.locals[2].name), "c");
  EXPECT_EQ(ScopeOf(Returned(*f.body, 1)), "local 4");
  EXPECT_TRUE(f.scope.free.empty());
}

TEST(Resolver, GlobalsAreSeenBeforeTheyAreBound) {
  const Parsed parsed = ResolveText("def f():\n  return b\na = 1\nb = 2\n");
  ASSERT_TRUE(parsed.resolved);
  EXPECT_EQ(ScopeOf(Returned(*FunctionAt(parsed, 0).body, 0)), "global 2");
  ASSERT_EQ(parsed.file->globals().size(), 3u);
  EXPECT_EQ(parsed.file->name(parsed.file->globals()[1].name), "a");
}

TEST(Resolver, LoadedAndPredeclaredNamesHaveTablesOfTheirOwn) {
  const Parsed parsed = ResolveText(
      "load(\"m\", \"x\", z = \"y\")\na = z\nb = len\nc = print\nd = len\n");
  ASSERT_TRUE(parsed.resolved) << parsed.diagnostics.Rendered();
  const auto value = [&](size_t i) {
    return ScopeOf(*As<AssignStmt>(*parsed.file->body().statements[i]).value);
  };
  EXPECT_EQ(value(1), "loaded 1");
  EXPECT_EQ(value(2), "predeclared 0");
  EXPECT_EQ(value(3), "predeclared 1");
  EXPECT_EQ(value(4), "predeclared 0");
  EXPECT_EQ(parsed.file->loaded().size(), 2u);
  EXPECT_EQ(parsed.file->predeclared().size(), 2u);
}

TEST(Resolver, GlobalHidesAPredeclaredNameInTheWholeFile) {
  const Parsed parsed = ResolveText("a = len\nlen = 3\n");
  ASSERT_TRUE(parsed.resolved);
  const auto& a = As<AssignStmt>(*parsed.file->body().statements[0]);
  EXPECT_EQ(ScopeOf(*a.value), "global 1");
}

TEST(Resolver, CapturedLocalsLiveInCells) {
  const Parsed parsed = ResolveText(
      "def f(a, b):\n"
      "  def g():\n"
      "    def h():\n"
      "      return a\n"
      "    return h\n"
      "  return a\n");
  ASSERT_TRUE(parsed.resolved);
  const FunctionDecl& f = FunctionAt(parsed, 0);
  EXPECT_TRUE(f.parameters[0].captured);
  EXPECT_FALSE(f.parameters[1].captured);
  EXPECT_EQ(ScopeOf(Returned(*f.body, 1)), "cell 0");
  const FunctionDecl& g = As<DefStmt>(*f.body->statements[0]).function;
  ASSERT_EQ(g.scope.free.size(), 1u);
  EXPECT_TRUE(g.scope.free[0].from_local);
  EXPECT_EQ(g.scope.free[0].index, 0u);
  const FunctionDecl& h = As<DefStmt>(*g.body->statements[0]).function;
  ASSERT_EQ(h.scope.free.size(), 1u);
  EXPECT_FALSE(h.scope.free[0].from_local);
  EXPECT_EQ(h.scope.free[0].index, 0u);
  EXPECT_EQ(ScopeOf(Returned(*h.body, 0)), "free 0");
}

TEST(Resolver, ComprehensionsHaveVariablesOfTheirOwn) {
  const Parsed parsed =
      ResolveText("def f(x):\n  y = [x for x in x]\n  return x\n");
  ASSERT_TRUE(parsed.resolved);
  const FunctionDecl& f = FunctionAt(parsed, 0);
  const auto& y = As<AssignStmt>(*f.body->statements[0]);
  const auto& comprehension = As<ComprehensionExpr>(*y.value);
  EXPECT_EQ(ScopeOf(*comprehension.clauses[0].iterable), "local 0");
  EXPECT_EQ(ScopeOf(*comprehension.element), "local 2");
  EXPECT_EQ(ScopeOf(*y.target), "local 1");
  EXPECT_EQ(ScopeOf(Returned(*f.body, 1)), "local 0");
  EXPECT_EQ(f.scope.locals.size(), 3u);
}

TEST(Resolver, LambdaInAComprehensionSeesItsVariable) {
  const Parsed parsed =
      ResolveText("a = [[lambda: (x, x) for x in [x]] for x in [1]]\n");
  ASSERT_TRUE(parsed.resolved);
  const auto& a = As<AssignStmt>(*parsed.file->body().statements[0]);
  const auto& outer = As<ComprehensionExpr>(*a.value);
  const auto& inner = As<ComprehensionExpr>(*outer.element);
  const auto& lambda = As<LambdaExpr>(*inner.element);
  ASSERT_EQ(lambda.function.scope.free.size(), 1u);
  EXPECT_EQ(lambda.function.scope.free[0].index, 1u);
  ASSERT_EQ(parsed.file->scope().locals.size(), 2u);
  EXPECT_FALSE(parsed.file->scope().locals[0].captured);
  EXPECT_TRUE(parsed.file->scope().locals[1].captured);
  EXPECT_EQ(ScopeOf(*inner.clauses[0].targets), "cell 1");
}

TEST(Resolver, DefaultsBelongToTheOutside) {
  EXPECT_THAT(ErrorsOf("def f(a, b = a):\n  return b\n"),
              HasSubstr("`a` is not defined"));
}

TEST(Resolver, NamesInFStringsAreResolved) {
  EXPECT_THAT(ErrorsOf("def f():\n  return f\"{nosuch}\"\n"),
              HasSubstr("f.spec:2:13: error: the name `nosuch` is not"));
}

TEST(Resolver, TypesAreNamesLikeAllOthers) {
  EXPECT_EQ(ErrorsOf("def f(x: len | None) -> range:\n  pass\n"), "");
  EXPECT_THAT(ErrorsOf("def f(x: rangee):\n  pass\n"),
              HasSubstr("did you mean `range`?"));
  EXPECT_THAT(ErrorsOf("def f(x: Any):\n  pass\n"),
              HasSubstr("`Any` is not defined"));
}

TEST(Resolver, AllErrorsOfAFileComeInTheOrderOfTheText) {
  const Parsed parsed = ResolveText(
      "x = nosuch\nbreak\nx = 2\ndef f(a, a):\n  return nosuch, other\n");
  std::vector<std::string> places;
  for (const Diagnostic& each : parsed.diagnostics.all()) {
    const Position at = each.span.Start();
    places.push_back(absl::StrCat(at.line, ":", at.column));
  }
  EXPECT_THAT(places,
              testing::ElementsAre("1:5", "2:1", "3:1", "4:10", "5:18"));
  EXPECT_FALSE(parsed.resolved);
}

TEST(Resolver, BuildFilesHoldOnlyCallsAndValues) {
  const auto errors = [](std::string text) {
    return ErrorsOf(std::move(text), FileKind::kBuildFile);
  };
  EXPECT_EQ(errors("x = [y for y in range(3) if y]\nprint(1 if x else 2)\n"),
            "");
  EXPECT_THAT(errors("def f():\n  pass\n"), HasSubstr("1:1: error: this file "
                                                      "may not define"));
  EXPECT_THAT(errors("f = lambda: 1\n"), HasSubstr("1:5: error: this file"));
  EXPECT_THAT(errors("if len:\n  print()\n"), HasSubstr("use `x if c else y`"));
  EXPECT_THAT(errors("for x in []:\n  print(x)\n"),
              HasSubstr("use a comprehension"));
  EXPECT_THAT(errors("print(*[1])\n"), HasSubstr("*args"));
  EXPECT_THAT(errors("print(**{})\n"), HasSubstr("**kwargs"));
  EXPECT_THAT(errors("x = 1\nx = 2\n"), HasSubstr("bound a second time"));
}

// What each text is refused for.
struct Refused {
  const char* text;
  const char* message;
};
class StaticErrors : public testing::TestWithParam<Refused> {};

TEST_P(StaticErrors, AreReported) {
  EXPECT_THAT(ErrorsOf(GetParam().text), HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Each, StaticErrors,
    testing::Values(
        Refused{"x = [1]\nx += [2]\n", "2:1: error: `x` is bound a second"},
        Refused{"def f():\n  load(\"a\", \"b\")\n", "load cannot stand"},
        Refused{"load(\"a\")\n", "names no symbol"},
        Refused{"load(\"a\", \"_b\")\n", "`_b` is private"},
        Refused{"load(\"a\", \"b\", \"b\")\n", "`b` is bound a second time"},
        Refused{"load(\"a\", \"b\")\nb = 1\n", "`b` is bound a second time"},
        Refused{"x = 1\nload(\"a\", \"b\")\n", "2:6: error: load statements"},
        Refused{"def f(a = 1, b):\n  pass\n", "`b` needs a default"},
        Refused{"def f(**k, *a):\n  pass\n", "no parameter may follow **"},
        Refused{"def f(*):\n  pass\n", "a bare * needs"},
        Refused{"def f(*, **k):\n  pass\n", "a bare * needs"},
        Refused{"def f(*a, *b):\n  pass\n", "a second *"},
        Refused{"print(*[1], 2)\n", "cannot follow *"},
        Refused{"print(a = 1, 2)\n", "cannot follow a named"},
        Refused{"print(**{}, a = 1)\n", "no argument may follow **"},
        Refused{"print(a = 1, a = 2)\n", "`a` is given twice"},
        Refused{"print(1 = 2)\n", "only a name can be given"},
        Refused{"return 1\n", "`return` outside"},
        Refused{"continue\n", "`continue` outside"},
        Refused{"def f():\n  for x in []:\n    def g():\n      break\n",
                "4:7: error: `break` outside"},
        Refused{"if len: pass\n", "top level"},
        Refused{"1 = 2\n", "cannot assign to a number"},
        Refused{"def f(x):\n  x[0:1] = [2]\n", "cannot assign to a slice"},
        Refused{"def f(a, b):\n  (a, b) += (1, 2)\n",
                "cannot assign to a tuple"},
        Refused{"print() = 1\n", "cannot assign to a call"},
        Refused{"[x for f() in [1]]\n", "cannot assign to a call"},
        Refused{"a, b: int = 1, 2\n", "only a single name can have a type"}));

TEST(Resolver, ArgumentGivenTwiceAmongMany) {
  std::string text = "print(";
  for (int i = 0; i < 40; ++i) absl::StrAppend(&text, "a", i, " = 0, ");
  EXPECT_EQ(ErrorsOf(text + ")\n"), "");
  EXPECT_THAT(ErrorsOf(text + "a3 = 1)\n"), HasSubstr("`a3` is given twice"));
  EXPECT_THAT(ErrorsOf(text + "a30 = 1)\n"), HasSubstr("`a30` is given twice"));
}

TEST(Resolver, UnusualButFine) {
  EXPECT_EQ(ErrorsOf("print(*[1], a = 2, **{})\n"
                     "print(a = 1, *[2])\n"
                     "def f(*a, b, c = 1): return [a, b, c]\n"
                     "[a, (b, c)] = [1, (2, 3)]\n"
                     "def g(x):\n"
                     "  x.y, x[0] = 1, 2\n"
                     "  for x.y in []: pass\n"
                     "  x += 1\n"),
            "");
}

}  // namespace
}  // namespace dsl
