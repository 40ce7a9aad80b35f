// SPDX-License-Identifier: Apache-2.0
#include "engine/lsp/overlay_tree.h"

#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::ElementsAre;

class OverlayTest : public testing::Test {
 protected:
  void Open(absl::string_view path, std::string text) {
    tree_.Set(path, dsl::Source::Make(std::string(path), std::move(text)));
  }

  MemoryTree disk_{{{"a/x", "disk"}, {"a/z", "disk"}}};
  OverlayTree tree_{disk_};
};

TEST_F(OverlayTest, WhatIsOpenWins) {
  Open("a/x", "open");
  EXPECT_THAT(tree_.ReadFile("a/x"), IsOkAndHolds("open"));
  EXPECT_THAT(tree_.ReadFile("a/z"), IsOkAndHolds("disk"));
  tree_.Remove("a/x");
  EXPECT_THAT(tree_.ReadFile("a/x"), IsOkAndHolds("disk"));
}

TEST_F(OverlayTest, WhatIsOnlyOpenIsThere) {
  Open("a/y", "open");
  Open("b/c/d", "open");
  EXPECT_EQ(tree_.Stat("a/y"), EntryKind::kFile);
  EXPECT_EQ(tree_.Stat("b/c"), EntryKind::kDirectory);
  EXPECT_EQ(tree_.Stat("b/c/e"), EntryKind::kAbsent);
  EXPECT_THAT(tree_.List("a"),
              IsOkAndHolds(ElementsAre(SourceEntry{"x"}, SourceEntry{"y"},
                                       SourceEntry{"z"})));
  EXPECT_THAT(tree_.List(""), IsOkAndHolds(ElementsAre(
                                  SourceEntry{"a", EntryKind::kDirectory},
                                  SourceEntry{"b", EntryKind::kDirectory})));
}

TEST_F(OverlayTest, WhatIsOpenAndThereIsListedOnce) {
  Open("a/x", "open");
  EXPECT_THAT(tree_.List("a"),
              IsOkAndHolds(ElementsAre(SourceEntry{"x"}, SourceEntry{"z"})));
}

}  // namespace
}  // namespace graph
