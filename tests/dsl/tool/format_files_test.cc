// SPDX-License-Identifier: Apache-2.0
#include "dsl/tool/format_files.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace dsl {
namespace {

namespace fs = std::filesystem;

class FormatFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(testing::TempDir()) / "format_files" / test->name();
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }

  std::string Write(const std::string& name, const std::string& text) {
    const fs::path path = folder_ / name;
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }
  std::string Read(const std::string& name) {
    std::ifstream file(folder_ / name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }
  std::vector<std::string> Names() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_)) {
      names.push_back(entry.path().filename().string());
    }
    return names;
  }

  int Run(const std::string& path, FormatOptions options = {}) {
    const FileToFormat file = {path, fs::path(path).filename().string()};
    return FormatFiles(
        std::vector<FileToFormat>{file}, options,
        {.in = [this] { return in_; },
         .out =
             [this](absl::string_view t) { out_.append(t.data(), t.size()); },
         .err =
             [this](absl::string_view t) { err_.append(t.data(), t.size()); }});
  }

  fs::path folder_;
  std::string in_;
  std::string out_;
  std::string err_;
};

TEST_F(FormatFilesTest, AFileGetsItsFormAndKeepsItsMode) {
  const std::string path = Write("a.spec", "x=1");
  fs::permissions(path, fs::perms(0755));
  EXPECT_EQ(Run(path), 0);
  EXPECT_EQ(Read("a.spec"), "x = 1\n");
  EXPECT_EQ(fs::status(path).permissions(), fs::perms(0755));
  EXPECT_EQ(Names(), std::vector<std::string>{"a.spec"});
}

TEST_F(FormatFilesTest, ALinkStaysAndItsTargetIsWritten) {
  Write("target.spec", "x=1");
  fs::create_symlink("target.spec", folder_ / "link.spec");
  EXPECT_EQ(Run((folder_ / "link.spec").string()), 0);
  EXPECT_TRUE(fs::is_symlink(folder_ / "link.spec"));
  EXPECT_EQ(Read("target.spec"), "x = 1\n");
}

TEST_F(FormatFilesTest, AFileInItsFormIsNotTouched) {
  const std::string path = Write("a.spec", "x = 1\n");
  const auto before = fs::last_write_time(path) - std::chrono::hours(1);
  fs::last_write_time(path, before);
  EXPECT_EQ(Run(path), 0);
  EXPECT_EQ(fs::last_write_time(path), before);
}

TEST_F(FormatFilesTest, AFileWithMistakesStaysAsItIs) {
  const std::string path = Write("a.spec", "x=(1\n");
  EXPECT_EQ(Run(path), 2);
  EXPECT_EQ(Read("a.spec"), "x=(1\n");
  EXPECT_NE(err_.find("a.spec:1:"), err_.npos) << err_;
}

TEST_F(FormatFilesTest, WhatCannotBeReadIsAnError) {
  EXPECT_EQ(Run((folder_ / "absent.spec").string()), 2);
  EXPECT_EQ(err_,
            "error: absent.spec: cannot read: No such file or directory\n");
  err_ = "";
  EXPECT_EQ(Run(folder_.string()), 2);
  EXPECT_NE(err_.find("cannot read: it is a folder"), err_.npos) << err_;
}

TEST_F(FormatFilesTest, CheckNamesWhatWouldChange) {
  const std::string path = Write("a.spec", "x=1\n");
  EXPECT_EQ(Run(path, {.check = true}), 1);
  EXPECT_EQ(out_, "a.spec\n");
  EXPECT_EQ(Read("a.spec"), "x=1\n");
  EXPECT_EQ(Run(Write("b.spec", "x = 1\n"), {.check = true}), 0);
}

TEST_F(FormatFilesTest, DiffShowsWhatWouldChange) {
  const std::string path = Write("a.spec", "x=1\n");
  EXPECT_EQ(Run(path, {.diff = true}), 0);
  EXPECT_EQ(out_, "--- a/a.spec\n+++ b/a.spec\n@@ -1 +1 @@\n-x=1\n+x = 1\n");
  EXPECT_EQ(Read("a.spec"), "x=1\n");
  EXPECT_EQ(Run(path, {.check = true, .diff = true}), 1);
}

TEST_F(FormatFilesTest, StandardInputGoesToStandardOutput) {
  in_ = "a(deps=['b','a'])";
  EXPECT_EQ(Run("-"), 0);
  EXPECT_EQ(out_, "a(deps = [\"b\", \"a\"])\n");
  out_ = "";
  EXPECT_EQ(Run("-", {.stdin_name = "app/BUILD.spec"}), 0);
  EXPECT_EQ(out_, "a(deps = [\"a\", \"b\"])\n");
}

TEST(FormatByWords, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(FormatByWords(std::vector<std::string>{"--chek", "a"}, {}),
            std::nullopt);
  EXPECT_EQ(FormatByWords(std::vector<std::string>{"--check"}, {}),
            std::nullopt);
}

}  // namespace
}  // namespace dsl
