// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/module.h"

#include <gtest/gtest.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "tests/dsl/runtime/support.h"
#include "tests/support/status_matchers.h"

namespace dsl {
namespace {

using graph::IsOk;
using graph::StatusIs;
using testing::HasSubstr;

TEST(Module, GivesItsGlobals) {
  Evaluator evaluator;
  const auto module = evaluator.Run("b = 1\na = [b, 2]\n_c = 3\n");
  ASSERT_NE(module, nullptr) << evaluator.error();
  EXPECT_EQ(Repr(*module->Find("a")), "[1, 2]");
  EXPECT_FALSE(module->Find("z").has_value());
  EXPECT_EQ(module->Names(), (std::vector<absl::string_view>{"b", "a", "_c"}));
}

TEST(Module, KeepsWhatItLoadsAliveButDoesNotPassItOn) {
  Evaluator evaluator;
  auto inner = evaluator.Run("x = [1]\ndef get():\n    return x\n");
  const std::shared_ptr<const Module> loaded[] = {inner};
  const auto outer = evaluator.Run(
      "load('inner.star', 'get', y = 'x')\nz = [y, get()]\n", loaded);
  ASSERT_NE(outer, nullptr) << evaluator.error();
  inner.reset();
  EXPECT_EQ(Repr(*outer->Find("z")), "[[1], [1]]");
  EXPECT_FALSE(outer->Find("get").has_value());
}

TEST(Module, ALoadedNameThatIsAbsentSaysTheNearest) {
  Evaluator evaluator;
  const std::shared_ptr<const Module> loaded[] = {
      evaluator.Run("py_wheel = 1\n")};
  EXPECT_EQ(evaluator.Run("\nload('a.star', 'py_wheal')\n", loaded), nullptr);
  EXPECT_THAT(evaluator.error(), HasSubstr("test.star:2:16: error: "));
  EXPECT_THAT(evaluator.error(), HasSubstr("did you mean `py_wheel`?"));
}

TEST(Module, LoadedValuesAreFrozen) {
  Evaluator evaluator;
  const std::shared_ptr<const Module> loaded[] = {
      evaluator.Run("x = []\n"
                    "def push(to = []):\n"
                    "    to.append(1)\n")};
  EXPECT_EQ(evaluator.Run("load('a', 'x')\nx.append(1)\n", loaded), nullptr);
  EXPECT_THAT(evaluator.error(), HasSubstr("frozen list"));
  EXPECT_EQ(evaluator.Run("load('a', 'push')\npush()\n", loaded), nullptr);
  EXPECT_THAT(evaluator.error(), HasSubstr("frozen list"));
}

TEST(Module, ErrorsTellTheCallsThatLedThere) {
  Evaluator evaluator;
  EXPECT_EQ(evaluator.Run("def f(x):\n"
                          "    return 1 // x\n"
                          "def g(x):\n"
                          "    return f(x)\n"
                          "g(0)\n"),
            nullptr);
  EXPECT_THAT(evaluator.error(),
              HasSubstr("test.star:2:14: error: division by zero"));
  EXPECT_THAT(evaluator.error(), HasSubstr("test.star:4:12: note: in `f`"));
  EXPECT_THAT(evaluator.error(), HasSubstr("test.star:5:1: note: in `g`"));
}

TEST(Module, ProgramsKnowTheirLoadsAndDocstring) {
  Evaluator evaluator;
  Diagnostics diagnostics;
  const auto program = Compile(
      Source::Make("a.star",
                   "\"\"\"What it is.\"\"\"\nload(':b.star', 'x', y = 'z')\n"),
      FileKind::kModule, *evaluator.environment(), diagnostics);
  ASSERT_NE(program, nullptr) << diagnostics.Rendered();
  EXPECT_EQ(program->doc(), "What it is.");
  ASSERT_EQ(program->loads().size(), 1u);
  EXPECT_EQ(program->loads()[0].path, ":b.star");
  EXPECT_EQ(program->loads()[0].span.Start(), (Position{2, 6}));
  EXPECT_EQ(program->loads()[0].names, (std::vector<std::string>{"x", "z"}));
}

TEST(Module, ValuesOfAFailedModuleLiveAsLongAsItsHeap) {
  Value kept;
  Environment::Builder builder;
  builder.SetBuiltin("keep", [&](Thread&, const Arguments& arguments) {
    kept = arguments.positional()[0];
    return Value::None();
  });
  const std::shared_ptr<const Environment> environment = builder.Freeze();
  Diagnostics diagnostics;
  auto program = Compile(Source::Make("a.star",
                                      "def f():\n    return [g]\n"
                                      "g = 1\nkeep(f)\nboom = 1 // 0\n"),
                         FileKind::kModule, *environment, diagnostics);
  ASSERT_NE(program, nullptr) << diagnostics.Rendered();
  auto heap = std::make_shared<Heap>();
  Thread thread(*heap);
  EXPECT_FALSE(Execute(std::move(program), {}, environment, heap, thread).ok());
  thread.ReleaseError();
  const auto result = Call(thread, kept);
  ASSERT_THAT(result, IsOk());
  EXPECT_EQ(Repr(*result), "[1]");
}

// --- calls from C++ ---

class Calling : public testing::Test {
 protected:
  absl::StatusOr<Value> CallF(const std::string& text,
                              std::vector<Value> positional = {},
                              std::vector<NamedValue> named = {}) {
    module_ = evaluator_.Run(text);
    EXPECT_NE(module_, nullptr) << evaluator_.error();
    return Call(thread_, *module_->Find("f"), positional, named);
  }

  Evaluator evaluator_;
  std::shared_ptr<const Module> module_;
  Heap heap_;
  Thread thread_{heap_};
};

TEST_F(Calling, PassesArguments) {
  const auto result = CallF("def f(a, *b, c, **d):\n    return [a, b, c, d]\n",
                            {Value::Int(1), Value::Int(2)},
                            {{"c", Value::Int(3)}, {"x", Value::Int(4)}});
  ASSERT_THAT(result, IsOk());
  EXPECT_EQ(Repr(*result), "[1, (2,), 3, {\"x\": 4}]");
}

TEST_F(Calling, AFailureIsABareStatusWithADiagnosticBeside) {
  const auto result = CallF("def f():\n    return [][1]\n");
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument,
                               HasSubstr("index 1 is out of range")));
  ASSERT_NE(thread_.error(), nullptr);
  EXPECT_EQ(thread_.error()->span.Start(), (Position{2, 14}));
  EXPECT_THAT(Render(TakeError(thread_, result.status())),
              HasSubstr("test.star:2:14: error: index 1"));
  EXPECT_EQ(thread_.error(), nullptr);
}

TEST_F(Calling, WhatIsAddedOnTheWayUpIsInTheDiagnostic) {
  const auto result = CallF("def f():\n    return 1 // 0\n");
  const absl::Status noted(
      result.status().code(),
      absl::StrCat(result.status().message(), "; in rule `x`"));
  const Diagnostic error = TakeError(thread_, noted);
  EXPECT_EQ(error.message, "division by zero; in rule `x`");
  EXPECT_TRUE(error.span);
}

TEST_F(Calling, WrongArgumentsNameTheParameter) {
  const std::string text = "def f(srcs, deps = []):\n    return srcs\n";
  EXPECT_EQ(CallF(text).status().message(), "f: parameter `srcs` is missing");
  EXPECT_EQ(CallF(text, {}, {{"scrs", Value::None()}}).status().message(),
            "f: no parameter named `scrs`, did you mean `srcs`?");
  EXPECT_EQ(CallF(text, {Value::None()}, {{"srcs", Value::None()}})
                .status()
                .message(),
            "f: parameter `srcs` is given twice");
  const Value three[] = {Value::None(), Value::None(), Value::None()};
  EXPECT_EQ(Call(thread_, *module_->Find("f"), three).status().message(),
            "f: takes at most 2 positional arguments, got 3");
}

TEST_F(Calling, WhatIsNoFunctionIsAnError) {
  EXPECT_THAT(Call(thread_, Value::Int(1)),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "a value of type int is not callable"));
}

// --- depth ---

TEST(Depth, AChainOfFunctionsDeeperThanTheLimitIsAnError) {
  std::string text = "def f0():\n    return 0\n";
  for (int i = 1; i <= Thread::kMaxCalls; ++i) {
    absl::StrAppend(&text, "def f", i, "():\n    return f", i - 1, "()\n");
  }
  Evaluator evaluator;
  const auto module = evaluator.Run(text);
  ASSERT_NE(module, nullptr) << evaluator.error();
  Heap heap;
  Thread thread(heap);
  EXPECT_THAT(Call(thread, *module->Find("f100")), IsOk());
  EXPECT_THAT(
      Call(thread, *module->Find(absl::StrCat("f", Thread::kMaxCalls))),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("too deeply")));
  thread.ReleaseError();
  EXPECT_THAT(Call(thread, *module->Find("f100")), IsOk());
}

// The parser lets expressions nest, too: both together use much more stack.
TEST(Depth, DeepExpressionsInDeepCallsDoNotOverflowTheStack) {
  const std::string signs(450, '~');
  std::string text = "def f0():\n    return 0\n";
  for (int i = 1; i < Thread::kMaxCalls - 1; ++i) {
    absl::StrAppend(&text, "def f", i, "():\n    return ", signs, "f", i - 1,
                    "()\n");
  }
  Evaluator evaluator;
  const auto module = evaluator.Run(text);
  ASSERT_NE(module, nullptr) << evaluator.error();
  Heap heap;
  Thread thread(heap);
  const auto result =
      Call(thread, *module->Find(absl::StrCat("f", Thread::kMaxCalls - 2)));
  if (result.ok()) {
    EXPECT_EQ(Repr(*result), "0");
  } else {
    EXPECT_THAT(result.status().message(), HasSubstr("too deeply"));
  }
}

TEST(Depth, RecursionThroughABuiltinIsFound) {
  Evaluator evaluator;
  evaluator.builder().SetBuiltin(
      "call", [](Thread& thread, const Arguments& arguments) {
        return Call(thread, arguments.positional()[0]);
      });
  EXPECT_EQ(evaluator.Run("def f():\n    return call(f)\nf()\n"), nullptr);
  EXPECT_THAT(evaluator.error(), HasSubstr("called recursively"));
}

TEST(Depth, NestedValuesArePrintedComparedAndHashedWithoutOverflow) {
  Heap heap;
  Value deep = heap.Tuple({});
  Value other = heap.Tuple({});
  for (int i = 0; i < 200000; ++i) {
    deep = heap.Tuple(std::span<const Value>(&deep, 1));
    other = heap.Tuple(std::span<const Value>(&other, 1));
  }
  EXPECT_FALSE(Equal(deep, other).ok());
  EXPECT_FALSE(Compare(deep, other).ok());
  EXPECT_FALSE(HashOf(deep).ok());
  EXPECT_THAT(Repr(deep), HasSubstr("(...)"));
}

// --- threads ---

TEST(Parallel, OneFrozenModuleIsCalledFromManyThreads) {
  Evaluator evaluator;
  const auto module = evaluator.Run(
      "names = {'a': 1, 'b': 2}\n"
      "order = [3, 1, 2]\n"
      "def make(n):\n"
      "    def add(x):\n"
      "        return x + n\n"
      "    return add\n"
      "plus = make(10)\n"
      "def f(n):\n"
      "    out = []\n"
      "    for i in order:\n"
      "        for k in names:\n"
      "            out.append(k + '!')\n"
      "            n = plus(n) + names[k] + i\n"
      "    return {'n': n, 'out': out, 'key' + 'b': [x for x in order]}\n");
  ASSERT_NE(module, nullptr) << evaluator.error();
  std::vector<std::thread> threads;
  std::vector<std::string> results(8);
  for (std::string& result : results) {
    threads.emplace_back([&] {
      for (int i = 0; i < 500; ++i) {
        Heap heap;
        Thread thread(heap);
        const Value n = Value::Int(5);
        const auto called =
            Call(thread, *module->Find("f"), std::span<const Value>(&n, 1));
        result = called.ok() ? Repr(*called) : "failed";
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& result : results) {
    EXPECT_EQ(result,
              "{\"n\": 86, \"out\": [\"a!\", \"b!\", \"a!\", \"b!\", \"a!\", "
              "\"b!\"], \"keyb\": [3, 1, 2]}");
  }
}

TEST(Parallel, OneProgramIsExecutedByManyThreads) {
  Evaluator evaluator;
  Diagnostics diagnostics;
  const auto program =
      Compile(Source::Make("a.star",
                           "x = [i * i for i in [1, 2, 3]]\n"
                           "y = {str: 'k' for str in ['a', 'b']}\n"),
              FileKind::kModule, *evaluator.environment(), diagnostics);
  ASSERT_NE(program, nullptr) << diagnostics.Rendered();
  std::vector<std::thread> threads;
  std::vector<int> good(8);
  for (int& each : good) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        auto heap = std::make_shared<Heap>();
        Thread thread(*heap);
        const auto module =
            Execute(program, {}, evaluator.environment(), heap, thread);
        if (module.ok() && Repr(*(*module)->Find("x")) == "[1, 4, 9]") ++each;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, std::vector<int>(8, 200));
}

}  // namespace
}  // namespace dsl
