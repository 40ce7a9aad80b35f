// SPDX-License-Identifier: Apache-2.0
#include "dsl/tool/check_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "dsl/stdlib/universe.h"

namespace dsl {
namespace {

using testing::HasSubstr;
using testing::Not;

class CheckFilesTest : public testing::Test {
 protected:
  CheckFilesTest() : folder_(testing::TempDir() + "/check_files_test") {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~CheckFilesTest() override { std::filesystem::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& text) {
    const std::string path = folder_ + "/" + name;
    std::ofstream(path) << text;
    return path;
  }
  int Check(const std::vector<std::string>& paths) {
    std::ostringstream err;
    const int code = CheckFiles(paths, err);
    said_ = err.str();
    return code;
  }

  std::string folder_;
  std::string said_;
};

TEST_F(CheckFilesTest, CleanFilesAreZeroAndSilent) {
  EXPECT_EQ(Check({Write("a.star", "x = 1\n"), Write("b.star", "")}), 0);
  EXPECT_EQ(said_, "");
}

TEST_F(CheckFilesTest, WarningsAreOne) {
  const std::string path = Write("a.star", "_x = 1\n");
  EXPECT_EQ(Check({path, Write("b.star", "x = 1\n")}), 1);
  EXPECT_EQ(said_,
            absl::StrCat(path,
                         ":1:1: warning: `_x` is never used in this file "
                         "[unused-definition]\n  1 | _x = 1\n    | ^^\n"));
}

TEST_F(CheckFilesTest, ErrorsAreTwoAndComeAlone) {
  EXPECT_EQ(Check({Write("a.star", "_x = nosuch\n")}), 2);
  EXPECT_THAT(said_, HasSubstr("error: the name `nosuch` is not defined"));
  EXPECT_THAT(said_, Not(HasSubstr("warning")));
}

TEST_F(CheckFilesTest, WhatIsLoadedIsHeldToItsErrorsOnly) {
  Write("b.star", "_x = 1\ny = 2\n");
  const std::string path = Write("a.star", "load('b.star', 'y')\nz = y\n");
  EXPECT_EQ(Check({path}), 0) << said_;
  Write("b.star", "_x = nosuch\n");
  EXPECT_EQ(Check({path}), 2);
  EXPECT_THAT(said_, HasSubstr("b.star:1:6: error"));
}

TEST_F(CheckFilesTest, AnErrorOfAFileThatTwoLoadIsSaidOnce) {
  Write("c.star", "nosuch\n");
  const std::string load = "load('c.star', 'y')\nz = y\n";
  EXPECT_EQ(Check({Write("a.star", load), Write("b.star", load)}), 2);
  EXPECT_EQ(said_.find("error"), said_.rfind("error"));
}

// dsl/check has a list of its own, as it does not know the universe.
TEST_F(CheckFilesTest, EachBuiltinIsKnownToShadowedName) {
  for (const std::string& name : Universe()->Names()) {
    // True, and types: nobody calls a variable so.
    if (absl::ascii_isupper(name[0])) continue;
    const std::string path = Write(
        "a.star", absl::StrCat("def _f():\n    ", name, " = 1\n    return ",
                               name, "\n\nx = _f()\n"));
    EXPECT_EQ(Check({path}), 1) << name;
    EXPECT_THAT(said_, HasSubstr("[shadowed-name]"));
  }
}

}  // namespace
}  // namespace dsl
