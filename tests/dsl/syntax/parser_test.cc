// SPDX-License-Identifier: Apache-2.0

#include "dsl/syntax/parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/dsl/syntax/testing.h"

namespace dsl {
namespace {

using ::testing::HasSubstr;

TEST(Parser, OperatorsBindAsTightlyAsTheGrammarSays) {
  EXPECT_EQ(DumpOf("a + b * c - d"), "(- (+ a (* b c)) d)\n");
  EXPECT_EQ(DumpOf("a or b and not c == d"), "(or a (and b (not (== c d))))\n");
  EXPECT_EQ(DumpOf("a | b ^ c & d << e + f"),
            "(| a (^ b (& c (<< d (+ e f)))))\n");
  EXPECT_EQ(DumpOf("-a.b * ~c"), "(* (- (dot a b)) (~ c))\n");
  EXPECT_EQ(DumpOf("not a in b"), "(not (in a b))\n");
  EXPECT_EQ(DumpOf("a not in b"), "(not in a b)\n");
  EXPECT_EQ(DumpOf("(a + b) * c"), "(* (+ a b) c)\n");
  EXPECT_EQ(DumpOf("a % (b,)"), "(% a (tuple b))\n");
}

TEST(Parser, ConditionalsAndLambdas) {
  EXPECT_EQ(DumpOf("a if b else c if d else e"), "(if b a (if d c e))\n");
  EXPECT_EQ(DumpOf("lambda: 1"), "(lambda () 1)\n");
  EXPECT_EQ(DumpOf("lambda x, y = 1, *a, k = 2, **kw: x + y"),
            "(lambda (x, y = 1, *a, key k = 2, **kw) (+ x y))\n");
}

TEST(Parser, Collections) {
  EXPECT_EQ(DumpOf("[]; [1]; [1, 2,]; (); (1,); (1); 1, 2"),
            "(list)\n(list 1)\n(list 1 2)\n(tuple)\n(tuple 1)\n1\n"
            "(tuple 1 2)\n");
  EXPECT_EQ(DumpOf("{}; {1: 2, 3: 4,}"), "(dict)\n(dict 1 2 3 4)\n");
  EXPECT_EQ(DumpOf("{a: [b for b in {c: d}] for a in e}"),
            "(comprehension a (comprehension b (for b (dict c d))) (for a "
            "e))\n");
}

TEST(Parser, Comprehensions) {
  EXPECT_EQ(DumpOf("[x + y for x in a if x for y in x if y if z]"),
            "(comprehension (+ x y) (for x a) (if x) (for y x) (if y) (if "
            "z))\n");
  EXPECT_EQ(DumpOf("{k: v for k, v in a}"),
            "(comprehension k v (for (tuple k v) a))\n");
}

TEST(Parser, CallsAndSubscripts) {
  EXPECT_EQ(DumpOf("f(a, b = 1, *c, **d)"), "(call f a b = 1 * c ** d)\n");
  EXPECT_EQ(DumpOf("a.b(c)(d)[e]"), "(index (call (call (dot a b) c) d) e)\n");
  EXPECT_EQ(DumpOf("a[1:]; a[:2]; a[::3]; a[1:2:3]; a[:]; a[1, 2]"),
            "(slice a 1 - -)\n(slice a - 2 -)\n(slice a - - 3)\n"
            "(slice a 1 2 3)\n(slice a - - -)\n(index a (tuple 1 2))\n");
}

TEST(Parser, Statements) {
  EXPECT_EQ(DumpOf("x = 1; y += 2; x.a, b[0] = z\n"),
            "(= x 1)\n(+= y 2)\n(= (tuple (dot x a) (index b 0)) z)\n");
  EXPECT_EQ(DumpOf("load(\"//a:b.spec\", \"c\", d = \"e\")"),
            "(load \"//a:b.spec\" c=c d=e)\n");
  EXPECT_EQ(DumpOf("def f(a, *, b = 1):\n  pass\n  return\n"),
            "(def f (a, key b = 1) (do (pass) (return -)))\n");
  EXPECT_EQ(DumpOf("def f(): return 1, 2"),
            "(def f () (do (return (tuple 1 2))))\n");
  EXPECT_EQ(DumpOf("for x, y in z:\n  break\n  continue\n"),
            "(for (tuple x y) z (do (break) (continue)))\n");
}

TEST(Parser, ElifIsAnIfInTheElse) {
  EXPECT_EQ(DumpOf("if a:\n  b\nelif c:\n  d\nelse:\n  e\n"),
            "(if a (then b) (else (if c (then d) (else e))))\n");
  EXPECT_EQ(DumpOf("if a: b\n"), "(if a (then b))\n");
}

TEST(Parser, Types) {
  EXPECT_EQ(DumpOf("def f(x: int, *a: str, y: list[int] = [], **k: d.e) -> "
                   "dict[str, int] | None:\n  z: int = x\n"),
            "(def f (x: int, *a: str, key y: (index list int) = (list), **k: "
            "(dot d e)) -> (| (index dict (tuple str int)) None) (do (= z : "
            "int x)))\n");
  EXPECT_EQ(DumpOf("type T = tuple[int, ...] | Callable[[str], None]"),
            "(type T (| (index tuple (tuple int ...)) (index Callable (tuple "
            "(list str) None))))\n");
}

TEST(Parser, TypeIsAnOrdinaryName) {
  EXPECT_EQ(DumpOf("type = type(type)"), "(= type (call type type))\n");
}

TEST(Parser, FStrings) {
  EXPECT_EQ(DumpOf("f\"{x}-{n + 1}\""), "(fstring x \"-\" (+ n 1))\n");
  EXPECT_EQ(DumpOf("f'{{{x!r}}} {y!s}'"),
            "(fstring \"{\" x !r \"}\" \" \" y)\n");
  EXPECT_EQ(DumpOf("f\"{ {'a': [1]}['a'][0] != 2 }\""),
            "(fstring (!= (index (index (dict \"a\" (list 1)) \"a\") 0) 2))\n");
  EXPECT_EQ(DumpOf("fr\"{x}\\n\""), "(fstring x \"\\\\n\")\n");
  EXPECT_EQ(DumpOf("f\"a\\n\\x7b{f'{x}'}\""),
            "(fstring \"a\\n{\" (fstring x))\n");
}

TEST(Parser, StringsMeanWhatTheirEscapesSay) {
  EXPECT_EQ(DumpOf(R"("\a\b\f\n\r\t\v\\\'\"")"),
            "\"\\x07\\x08\\x0c\\n\\r\\t\\x0b\\\\\\'\\\"\"\n");
  EXPECT_EQ(DumpOf(R"("\101\x41\u0041\U00000041\0")"), "\"AAAA\\x00\"\n");
  EXPECT_EQ(DumpOf("\"a\\\nb\""), "\"ab\"\n");
  EXPECT_EQ(DumpOf("r\"\\n\""), "\"\\\\n\"\n");
  EXPECT_EQ(DumpOf("\"\"\"a\r\nb\"\"\""), "\"a\\nb\"\n");
  EXPECT_EQ(DumpOf("\"\\u263a\""), "\"\\xe2\\x98\\xba\"\n");
}

TEST(Parser, IntsKeepTheirDigits) {
  const Parsed parsed =
      ParseText("0x7fffffffffffffff\n9223372036854775808\n0b101\n");
  ASSERT_NE(parsed.file, nullptr);
  const auto number = [&](size_t i) -> const IntExpr& {
    const Stmt& statement = *parsed.file->body().statements[i];
    return As<IntExpr>(*As<ExprStmt>(statement).expr);
  };
  EXPECT_TRUE(number(0).fits);
  EXPECT_EQ(number(0).value, INT64_MAX);
  EXPECT_EQ(number(0).digits, "7fffffffffffffff");
  EXPECT_EQ(number(0).base, 16);
  EXPECT_FALSE(number(1).fits);
  EXPECT_EQ(number(1).digits, "9223372036854775808");
  EXPECT_EQ(number(2).value, 5);
}

// The text that a node's place covers.
TEST(Parser, NodesKnowTheirPlaces) {
  const Parsed parsed = ParseText("x = f(a.b + 1, key = [2])[3]\n");
  ASSERT_NE(parsed.file, nullptr);
  const auto text = [&](const auto& node) {
    return std::string(parsed.file->source()->Text(node.extent));
  };
  const auto& assign = As<AssignStmt>(*parsed.file->body().statements[0]);
  EXPECT_EQ(text(assign), "x = f(a.b + 1, key = [2])[3]");
  EXPECT_EQ(parsed.file->source()->Text(assign.op_extent), "=");
  const auto& index = As<IndexExpr>(*assign.value);
  EXPECT_EQ(text(index), "f(a.b + 1, key = [2])[3]");
  EXPECT_EQ(parsed.file->source()->Text(index.open), "[");
  const auto& call = As<CallExpr>(*index.object);
  EXPECT_EQ(text(call), "f(a.b + 1, key = [2])");
  EXPECT_EQ(parsed.file->source()->Text(call.open), "(");
  EXPECT_EQ(text(call.arguments[0]), "a.b + 1");
  EXPECT_EQ(text(call.arguments[1]), "key = [2]");
  EXPECT_EQ(text(call.arguments[1].name), "key");
  const auto& sum = As<BinaryExpr>(*call.arguments[0].value);
  EXPECT_EQ(parsed.file->source()->Text(sum.op_extent), "+");
  EXPECT_EQ(text(As<DotExpr>(*sum.left).name), "b");
}

TEST(Parser, PlacesInFStringsAreThoseOfTheFile) {
  const Parsed parsed = ParseText("y = 1\nx = f\"a{bc}\"\n");
  ASSERT_NE(parsed.file, nullptr);
  const auto& assign = As<AssignStmt>(*parsed.file->body().statements[1]);
  const Expr& name = *As<FStringExpr>(*assign.value).parts[1].expr;
  EXPECT_EQ(parsed.file->SpanOf(name).Start(), (Position{2, 9}));
}

TEST(Parser, LoadsAndDocAreListed) {
  const Parsed parsed = ParseText("\"doc\"\nload(\"a\", \"b\")\n");
  ASSERT_NE(parsed.file, nullptr);
  ASSERT_EQ(parsed.file->loads().size(), 1u);
  EXPECT_EQ(parsed.file->loads()[0]->path->value, "a");
  EXPECT_EQ(parsed.file->doc()->value, "doc");
}

// Each is nested some way, this often.
class Nesting : public testing::TestWithParam<const char*> {
 protected:
  static std::string Nested(int times) {
    const std::string pattern = GetParam();
    const size_t hole = pattern.find('@');
    std::string before;
    std::string after;
    for (int i = 0; i < times; ++i) {
      before += pattern.substr(0, hole);
      after += pattern.substr(hole + 1);
    }
    return "x = " + before + "y" + after + "\n";
  }
};

TEST_P(Nesting, FiftyAreFine) {
  EXPECT_NE(ParseText(Nested(50)).file, nullptr);
}

TEST_P(Nesting, TooManyAreADiagnostic) {
  const Parsed parsed = ParseText(Nested(100000));
  EXPECT_EQ(parsed.file, nullptr);
  EXPECT_THAT(parsed.diagnostics.Rendered(), HasSubstr("nested too deeply"));
}

INSTANTIATE_TEST_SUITE_P(Ways, Nesting,
                         testing::Values("[@]", "(@)", "f(@)", "{1: @}",
                                         "f(a = [@])", "-@", "not @",
                                         "lambda: @", "1 + (@)", "@.a", "@()",
                                         "1 if 2 else @", "a[@]"));

TEST(Nesting, OfBlocksIsLimited) {
  std::string text;
  for (int i = 0; i < 50; ++i) text += std::string(i, ' ') + "if x:\n";
  EXPECT_NE(ParseText(text + std::string(50, ' ') + "y\n").file, nullptr);
  for (int i = 50; i < 2000; ++i) text += std::string(i, ' ') + "if x:\n";
  EXPECT_THAT(DumpOf(text + std::string(2000, ' ') + "y\n"),
              HasSubstr("nested too deeply"));
}

TEST(Nesting, OfElifIsLimited) {
  std::string text = "if a: b\n";
  for (int i = 0; i < 100000; ++i) text += "elif a: b\n";
  EXPECT_THAT(DumpOf(text), HasSubstr("too many branches"));
}

TEST(Nesting, OperatorsInARowAreNotDeep) {
  const auto row = [](int count) {
    std::string text = "x = 1";
    for (int i = 0; i < count; ++i) text += " + 1";
    return text + "\n";
  };
  EXPECT_TRUE(ResolveText(row(10000)).resolved);
  EXPECT_THAT(ErrorsOf(row(10001)),
              HasSubstr("there are more than 10000 operators in a row"));
}

TEST(Nesting, OfClausesIsLimited) {
  std::string text = "[x";
  for (int i = 0; i < 1000; ++i) text += " for x in y";
  EXPECT_THAT(DumpOf(text + "]\n"), HasSubstr("too many clauses"));
}

// The tree that is left of a wrong file.
std::string LeftOf(std::string text) {
  Diagnostics diagnostics;
  const auto file = ParsePartly(Source::Make("f.spec", std::move(text)),
                                FileKind::kModule, diagnostics);
  EXPECT_TRUE(diagnostics.has_errors());
  return Dump(*file);
}

TEST(ParsePartly, LeavesOutWrongStatements) {
  EXPECT_EQ(LeftOf("a = 1\nb = 2 3\nc = 4\n"), DumpOf("a = 1\nc = 4\n"));
  EXPECT_EQ(LeftOf("a = [1\nb = 2\nc = 4\n"), DumpOf("b = 2\nc = 4\n"));
  EXPECT_EQ(LeftOf("x = 'a\nb = 2\n"), DumpOf("b = 2\n"));
  EXPECT_EQ(LeftOf("  a = 1\nb = 2\n"), DumpOf("a = 1\nb = 2\n"));
}

TEST(ParsePartly, PutsAPassIntoABlock) {
  EXPECT_EQ(LeftOf("def f():\n  a = 1\n  b = 2 3\n  return a\n"),
            DumpOf("def f():\n  a = 1\n  pass\n  return a\n"));
  EXPECT_EQ(LeftOf("def f(x):\n  if x = 1:\n    a\n  else:\n    b\n  return\n"),
            DumpOf("def f(x):\n  pass\n  return\n"));
  EXPECT_EQ(LeftOf("def f(x):\n  while x:\n    a\n  return\n"),
            DumpOf("def f(x):\n  pass\n  return\n"));
}

TEST(ParsePartly, KnowsWhatMayBeBound) {
  Diagnostics diagnostics;
  const auto file = ParsePartly(
      Source::Make("f.spec",
                   "load('a' 'b', 'loaded')\ndef made(a b):\n  inner = 1\n"),
      FileKind::kModule, diagnostics);
  std::vector<std::string> names;
  for (const NameId name : file->unsure()) {
    names.emplace_back(file->name(name));
  }
  EXPECT_THAT(names, testing::IsSupersetOf({"loaded", "made", "inner"}));
}

TEST(ParsePartly, OfARightFileIsTheFile) {
  Diagnostics diagnostics;
  const auto file = ParsePartly(Source::Make("f.spec", "a = 1\n"),
                                FileKind::kModule, diagnostics);
  EXPECT_TRUE(diagnostics.empty());
  EXPECT_TRUE(file->unsure().empty());
  EXPECT_EQ(Dump(*file), DumpOf("a = 1\n"));
}

}  // namespace
}  // namespace dsl
