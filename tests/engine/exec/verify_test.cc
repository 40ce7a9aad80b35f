// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "engine/cas/memory_store.h"
#include "engine/cas/tree.h"
#include "engine/os/filesystem.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Kind = OutputEntry::Kind;

class VerifyTest : public testing::Test {
 protected:
  VerifyTest() : folder_(*MakeTemporaryDirectory("/tmp", "verify-test-")) {}
  ~VerifyTest() override { RemoveTree(folder_).IgnoreError(); }

  std::string Path(absl::string_view name) const {
    return absl::StrCat(folder_, "/", name);
  }
  void Write(absl::string_view name, absl::string_view bytes) {
    const std::string path = Path(name);
    ASSERT_THAT(MakeDirectories(path.substr(0, path.rfind('/'))), IsOk());
    ASSERT_THAT(WriteFile(path, bytes), IsOk());
  }
  // Lists a file; REQUIRES: in order of paths.
  void List(std::string path, absl::string_view bytes,
            bool executable = false) {
    expected_.push_back(
        {std::move(path), Kind::kFile, Digest::Of(bytes), executable, ""});
  }
  // `KIND PATH: TEXT` of all that is not as it is listed.
  std::vector<std::string> Found() {
    const absl::StatusOr<Verification> result =
        Verify(expected_, folder_, Path("manifest.json"), options_);
    EXPECT_THAT(result, IsOk());
    std::vector<std::string> found;
    if (!result.ok()) return found;
    checked_ = result->checked;
    for (const Mismatch& m : result->mismatches) {
      found.push_back(absl::StrCat(MismatchName(m.kind), " ", m.path,
                                   m.text.empty() ? "" : ": ", m.text));
    }
    return found;
  }

  const std::string folder_;
  std::vector<OutputEntry> expected_;
  VerifyOptions options_;
  int64_t checked_ = 0;
};

TEST_F(VerifyTest, WhatIsAsListedIsGood) {
  Write("a", "1");
  Write("lib/b", "");
  Write("manifest.json", "{}");
  List("a", "1");
  List("lib/b", "");
  EXPECT_THAT(Found(), ElementsAre());
  EXPECT_EQ(checked_, 2);
}

TEST_F(VerifyTest, EachDifferenceIsNamed) {
  Write("bytes", "12");
  Write("folder/x", "");
  Write("size", "123");
  Write("under", "");
  List("absent", "1");
  List("bytes", "21");
  List("folder", "1");
  List("gone/deep/x", "1");
  List("size", "12");
  List("under/file", "1");
  EXPECT_THAT(
      Found(),
      ElementsAre(
          "missing absent",
          absl::StrCat("wrong bytes: has the sha256 ", Digest::Of("12").hex(),
                       ", not ", Digest::Of("21").hex()),
          "wrong folder: is a folder, not a file", "missing gone/deep/x",
          "wrong size: has 3 bytes, not 2", "extra under",
          "missing under/file"));
}

TEST_F(VerifyTest, WhatNobodyListedIsExtraUnlessThatIsAllowed) {
  Write("a", "1");
  Write("b/c", "");
  Write("b/manifest.json", "");
  ASSERT_THAT(Symlink("nowhere", Path("link")), IsOk());
  List("a", "1");
  EXPECT_THAT(Found(),
              ElementsAre("extra b/c", "extra b/manifest.json", "extra link"));
  options_.ignore = {"b", "l*"};
  EXPECT_THAT(Found(), ElementsAre());
  options_ = {{}, true};
  EXPECT_THAT(Found(), ElementsAre());
}

TEST_F(VerifyTest, WhatIsIgnoredIsNotMissed) {
  List("frozen/x", "1");
  List("y", "1");
  options_.ignore = {"frozen"};
  EXPECT_THAT(Found(), ElementsAre("missing y"));
  EXPECT_EQ(checked_, 1);
}

TEST_F(VerifyTest, LinksAndProgramsAreComparedAsSuch) {
  ASSERT_THAT(Symlink("b", Path("link")), IsOk());
  ASSERT_THAT(Symlink("tool", Path("other")), IsOk());
  Write("tool", "#!");
  expected_.push_back({"link", Kind::kSymlink, Digest(), false, "a"});
  List("other", "#!");
  List("tool", "#!", true);
  EXPECT_THAT(Found(),
              ElementsAre("wrong link: leads to b, not to a",
                          "wrong other: is a symbolic link, not a file",
                          "wrong tool: is not executable"));
  ASSERT_THAT(SetMode(Path("tool"), 0755), IsOk());
  expected_ = {expected_[2]};
  options_.allow_extra = true;
  EXPECT_THAT(Found(), ElementsAre());
}

TEST_F(VerifyTest, AFolderIsComparedWhole) {
  Write("tree/sub/a", "1");
  ASSERT_THAT(Symlink("sub", Path("tree/link")), IsOk());
  MemoryStore store;
  const absl::StatusOr<Digest> digest =
      PutDirectory(Path("tree"), false, store);
  ASSERT_THAT(digest, IsOk());
  expected_.push_back({"tree", Kind::kDirectory, *digest, false, ""});
  EXPECT_THAT(Found(), ElementsAre());
  Write("tree/sub/b", "");
  EXPECT_THAT(Found(),
              ElementsAre("wrong tree: is a folder with other content"));
}

TEST_F(VerifyTest, WhatIsNoFolderIsAnError) {
  Write("a", "1");
  for (const char* name : {"a", "absent"}) {
    const auto result = Verify({}, Path(name), "", {});
    EXPECT_EQ(result.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(result.status().message(), HasSubstr(Path(name)));
  }
}

}  // namespace
}  // namespace graph
