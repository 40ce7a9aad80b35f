// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/layer_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using Kind = LayerEntry::Kind;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr auto kRefused = absl::StatusCode::kInvalidArgument;

class LayerTreeTest : public testing::Test {
 protected:
  absl::Status File(std::string path, uint32_t mode = 0644) {
    return tree_.Put({.path = std::move(path), .mode = mode});
  }
  absl::Status Symlink(std::string path, std::string target) {
    return tree_.Put({.path = std::move(path),
                      .kind = Kind::kSymlink,
                      .target = std::move(target)});
  }
  absl::Status HardLink(std::string path, std::string target) {
    return tree_.Put({.path = std::move(path),
                      .kind = Kind::kHardLink,
                      .target = std::move(target)});
  }
  absl::Status Folder(std::string path, uint32_t mode = 0755) {
    return tree_.Put(
        {.path = std::move(path), .kind = Kind::kDirectory, .mode = mode});
  }
  absl::Status Removed(std::string path) {
    return tree_.Put({.path = std::move(path), .kind = Kind::kRemoved});
  }
  absl::Status Opaque(std::string path) {
    return tree_.Put({.path = std::move(path), .kind = Kind::kOpaque});
  }
  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const auto& [path, node] : tree_.nodes()) {
      names.push_back(
          absl::StrCat(node.entry.kind == Kind::kDirectory ? path + "/" : path,
                       node.opaque ? " opaque" : "",
                       node.entry.kind == Kind::kRemoved ? " removed" : ""));
      EXPECT_EQ(node.entry.path, path);
    }
    return names;
  }

  LayerTree tree_;
};

TEST_F(LayerTreeTest, WhatLiesBelowASymlinkGoesWhereItPoints) {
  ASSERT_THAT(Symlink("lib", "usr/lib"), IsOk());
  ASSERT_THAT(Symlink("usr/lib/abs", "/opt/./x/../abs"), IsOk());
  ASSERT_THAT(File("lib/a"), IsOk());
  ASSERT_THAT(Folder("lib/b"), IsOk());
  ASSERT_THAT(File("lib/abs/deep/c"), IsOk());
  ASSERT_THAT(Symlink("up", "../../../usr"), IsOk());
  ASSERT_THAT(File("up/lib/d"), IsOk());
  EXPECT_THAT(Names(), ElementsAre("lib", "opt/abs/deep/c", "up", "usr/lib/a",
                                   "usr/lib/abs", "usr/lib/b/", "usr/lib/d"));
}

TEST_F(LayerTreeTest, AFolderInPlaceOfASymlinkIsThatFolder) {
  ASSERT_THAT(Symlink("lib", "usr/lib"), IsOk());
  ASSERT_THAT(Folder("lib", 0700), IsOk());
  EXPECT_THAT(Names(), ElementsAre("lib", "usr/lib/"));
  EXPECT_EQ(tree_.nodes().at("usr/lib").entry.mode, 0700u);
}

TEST_F(LayerTreeTest, ASymlinkNeverReplacesAFolder) {
  ASSERT_THAT(File("a/x"), IsOk());
  ASSERT_THAT(Symlink("a", "b"), IsOk());
  EXPECT_THAT(Names(), ElementsAre("a/x"));
}

TEST_F(LayerTreeTest, FilesAndFoldersDoNotReplaceEachOther) {
  ASSERT_THAT(File("a/x"), IsOk());
  EXPECT_THAT(File("a"), StatusIs(kRefused, HasSubstr("`a` would be both")));
  EXPECT_THAT(Folder("a/x"), StatusIs(kRefused, HasSubstr("would be both")));
  EXPECT_THAT(File("a/x/y"), StatusIs(kRefused, HasSubstr("lies below `a/x`")));
}

TEST_F(LayerTreeTest, LoopsEnd) {
  ASSERT_THAT(Symlink("a", "b"), IsOk());
  ASSERT_THAT(Symlink("b", "a"), IsOk());
  EXPECT_THAT(File("a/x"), StatusIs(kRefused, HasSubstr("loop")));
  EXPECT_THAT(Folder("a"), StatusIs(kRefused, HasSubstr("loop")));
}

TEST_F(LayerTreeTest, HardLinksBecomeCopies) {
  ASSERT_THAT(Symlink("bin", "usr/bin"), IsOk());
  ASSERT_THAT(File("bin/perl", 0755), IsOk());
  ASSERT_THAT(HardLink("bin/perl5", "bin/perl"), IsOk());
  EXPECT_THAT(Names(), ElementsAre("bin", "usr/bin/perl", "usr/bin/perl5"));
  EXPECT_EQ(tree_.nodes().at("usr/bin/perl5").entry.mode, 0755u);
  EXPECT_THAT(HardLink("x", "lost"), StatusIs(kRefused, HasSubstr("`lost`")));
}

TEST_F(LayerTreeTest, WhatIsRemovedAndComesAgainHidesWhatWasBelow) {
  ASSERT_THAT(File("a/x"), IsOk());
  ASSERT_THAT(Removed("a"), IsOk());
  EXPECT_THAT(Names(), ElementsAre("a removed"));
  EXPECT_THAT(File("a/y"), StatusIs(kRefused, HasSubstr("lies below `a`")));
  ASSERT_THAT(Folder("a"), IsOk());
  ASSERT_THAT(File("a/y"), IsOk());
  EXPECT_THAT(Names(), ElementsAre("a/ opaque", "a/y"));
  ASSERT_THAT(Opaque("a"), IsOk());
  EXPECT_THAT(Names(), ElementsAre("a/ opaque"));
}

TEST_F(LayerTreeTest, AWeakFolderChangesNothing) {
  ASSERT_THAT(Folder("tmp", 01777), IsOk());
  ASSERT_THAT(tree_.PutWeakly({.path = "tmp"}), IsOk());
  ASSERT_THAT(tree_.PutWeakly({.path = "new"}), IsOk());
  EXPECT_EQ(tree_.nodes().at("tmp").entry.mode, 01777u);
  EXPECT_EQ(tree_.nodes().at("new").entry.mode, 0755u);
}

TEST_F(LayerTreeTest, TheRootIsNotReplaced) {
  EXPECT_THAT(Folder(""), StatusIs(kRefused, HasSubstr("root")));
}

}  // namespace
}  // namespace graph
