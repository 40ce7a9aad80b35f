// SPDX-License-Identifier: Apache-2.0
#include "dsl/tool/run_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace dsl {
namespace {

using testing::HasSubstr;

class RunFileTest : public testing::Test {
 protected:
  RunFileTest() : folder_(testing::TempDir() + "run_file_test") {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~RunFileTest() override { std::filesystem::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& text) {
    const std::string path = folder_ + "/" + name;
    std::ofstream(path) << text;
    return path;
  }
  int Run(const std::string& path, bool check_only = false) {
    RunOptions options;
    if (check_only) options.stage = Stage::kCheck;
    return Run(path, options);
  }
  int Run(const std::string& path, const RunOptions& options) {
    std::ostringstream err;
    const int code = RunFile(path, options, err);
    said_ = err.str();
    return code;
  }

  std::string folder_;
  std::string said_;
};

TEST_F(RunFileTest, PrintsAndSucceeds) {
  EXPECT_EQ(Run(Write("a.star", "print(1, [2], 'x')\n")), 0);
  EXPECT_EQ(said_, "1 [2] x\n");
}

TEST_F(RunFileTest, AnEmptyFileIsFine) {
  EXPECT_EQ(Run(Write("a.star", "")), 0);
  EXPECT_EQ(said_, "");
}

TEST_F(RunFileTest, AnErrorHasItsPlaceAndTheCalls) {
  const std::string path =
      Write("a.star", "def f():\n    fail('no', 'good')\nf()\n");
  EXPECT_EQ(Run(path), 2);
  EXPECT_THAT(said_, HasSubstr(path + ":2:5: error: no good\n"));
  EXPECT_THAT(said_, HasSubstr(path + ":3:1: note: in `f`"));
}

TEST_F(RunFileTest, AnErrorInALoadedFunctionLeadsWithTheLineOfTheFileThatRan) {
  Write("b.star", "def f():\n    g()\ndef g():\n    fail('no')\n");
  const std::string path = Write("a.star", "load('b.star', 'f')\nf()\n");
  EXPECT_EQ(Run(path), 2);
  EXPECT_EQ(said_, path + ":2:1: error: no\n  2 | f()\n    | ^\n" + folder_ +
                       "/b.star:4:5: note: it failed here\n"
                       "  4 |     fail('no')\n    |     ^^^^\n" +
                       folder_ +
                       "/b.star:2:5: note: in `g`, which was called here\n"
                       "  2 |     g()\n    |     ^\n");
}

TEST_F(RunFileTest, CheckRunsNothing) {
  EXPECT_EQ(Run(Write("a.star", "print(1)\nx = 1 // 0\n"), true), 0);
  EXPECT_EQ(said_, "");
  EXPECT_EQ(Run(Write("b.star", "def f():\n    return nosuch\n"), true), 2);
  EXPECT_THAT(said_, HasSubstr("nosuch"));
}

TEST_F(RunFileTest, LoadsFilesBesideIt) {
  Write("b.star", "x = 3\n");
  EXPECT_EQ(Run(Write("a.star", "load(':b.star', 'x')\nprint(x)\n")), 0);
  EXPECT_EQ(said_, "3\n");
}

TEST_F(RunFileTest, ALoadedFileThatIsAbsentIsAnErrorAtTheLoad) {
  const std::string path = Write("a.star", "\nload('b.star', 'x')\n");
  EXPECT_EQ(Run(path), 2);
  EXPECT_THAT(said_, HasSubstr(path + ":2:6: error: cannot read file"));
}

TEST_F(RunFileTest, FilesThatLoadEachOtherAreAnError) {
  Write("b.star", "load('a.star', 'x')\ny = x\n");
  EXPECT_EQ(Run(Write("a.star", "load('b.star', 'y')\nx = y\n")), 2);
  EXPECT_THAT(said_, HasSubstr("loads itself"));
}

TEST_F(RunFileTest, AFileThatIsAbsentIsAnError) {
  EXPECT_EQ(Run(folder_ + "/absent.star"), 2);
  EXPECT_THAT(said_, HasSubstr("cannot read file"));
}

TEST_F(RunFileTest, ParsingOnlyFindsSyntaxErrorsOnly) {
  RunOptions options;
  options.stage = Stage::kParse;
  EXPECT_EQ(Run(Write("a.star", "x = nosuch\n"), options), 0);
  EXPECT_EQ(said_, "");
  EXPECT_EQ(Run(Write("a.star", "x = 1 2\ny = 3 4\nz = nosuch\n"), options), 2);
  EXPECT_THAT(said_, HasSubstr("a.star:1:7: error:"));
  EXPECT_THAT(said_, HasSubstr("a.star:2:7: error:"));
  EXPECT_THAT(said_, testing::Not(HasSubstr("nosuch")));
}

TEST_F(RunFileTest, ResolvingOnlyRunsAndLoadsNothing) {
  RunOptions options;
  options.stage = Stage::kResolve;
  const std::string path = Write("a.star", "load('none.star', 'x')\nfail(x)\n");
  EXPECT_EQ(Run(path, options), 0);
  EXPECT_EQ(said_, "");
  EXPECT_EQ(Run(Write("a.star", "x = nosuch\n"), options), 2);
  EXPECT_THAT(said_, HasSubstr("a.star:1:5: error:"));
}

TEST_F(RunFileTest, StepsAreLimited) {
  RunOptions options;
  options.max_steps = 1000;
  EXPECT_EQ(Run(Write("a.star", "x = [0 for i in range(100)]\n"), options), 0);
  const std::string path = Write("a.star", "x = [0 for i in range(100000)]\n");
  EXPECT_EQ(Run(path, options), 2);
  EXPECT_THAT(said_, HasSubstr("a.star:1:17: error: the limit of 1000 steps"));
}

TEST_F(RunFileTest, TestBuiltinsAreThereWhenAskedFor) {
  const std::string path = Write("a.star", R"star(
def same(a, b):
    if a != b: fail(a, b)
same(_catch(lambda: 1), None)
same(_catch(lambda: 1 // 0), "division by zero")
def change(x):
    x["k"].append(1)
frozen = _freeze({"k": [1]})
same(_catch(lambda: change(frozen)), "cannot change a frozen list")
same(frozen, {"k": [1]})
x = [1]
def add():
    x.append(2)
same(_freeze(x), [1])
same(_catch(add), "cannot change a frozen list")
def cycle():
    a = []
    a.append(a)
    return _catch(lambda: _freeze(a).append(1))
same(cycle(), "cannot change a frozen list")
def fields():
    f = _hasfields()
    f.x = 1
    asked = []
    (asked.append(1) or f).x += 2
    same([f.x, asked], [3, [1]])
    same(dir(f), ["x"])
    same(hasattr(f, "x"), True)
    same(hasattr(f, "y"), False)
    same(getattr(f, "y", 4), 4)
    def set():
        f.x = 5
    same(_catch(set), None)
    _freeze(f)
    same(_catch(set), "cannot change a frozen hasfields")
    return f
same(type(fields()), "hasfields")
same(str(_hasfields()), "hasfields()")
)star");
  RunOptions options;
  EXPECT_EQ(Run(path, options), 2);
  EXPECT_THAT(said_, HasSubstr("`_catch` is not defined"));
  options.test_builtins = true;
  EXPECT_EQ(Run(path, options), 0) << said_;
  EXPECT_EQ(said_, "");
}

TEST(RunRequest, IsReadFromACommandLine) {
  std::string problem;
  const std::vector<std::string> words = {"--max-steps", "12", "--parse-only",
                                          "a.star", "--test-builtins"};
  const auto request = ParseRunRequest(words, &problem);
  ASSERT_TRUE(request.has_value()) << problem;
  EXPECT_EQ(request->file, "a.star");
  EXPECT_EQ(request->options.max_steps, 12u);
  EXPECT_EQ(request->options.stage, Stage::kParse);
  EXPECT_TRUE(request->options.test_builtins);
}

TEST(RunRequest, NonsenseIsRefused) {
  std::string problem;
  const std::vector<std::vector<std::string>> wrong = {{},
                                                       {"a", "b"},
                                                       {"--nosuch", "a"},
                                                       {"--max-steps=0", "a"},
                                                       {"--max-steps=x", "a"},
                                                       {"a", "--max-steps"}};
  for (const std::vector<std::string>& words : wrong) {
    problem.clear();
    EXPECT_FALSE(ParseRunRequest(words, &problem).has_value());
    EXPECT_NE(problem, "");
  }
}

}  // namespace
}  // namespace dsl
