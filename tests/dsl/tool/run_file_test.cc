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
    std::ostringstream err;
    RunOptions options;
    options.check_only = check_only;
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

}  // namespace
}  // namespace dsl
