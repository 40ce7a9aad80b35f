// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/archive_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

using Code = absl::StatusCode;
using Kind = TreeEntry::Kind;

TreeEntry Link(const char* target) {
  return {.kind = Kind::kSymlink, .target = target};
}

TEST(WithoutTopFolderTest, TheOneFolderIsTheRoot) {
  const TreeEntry file{.executable = true};
  const TreeEntry folder{.kind = Kind::kEmptyDirectory};
  EXPECT_THAT(
      WithoutTopFolder(
          {{"x/a", file}, {"x/b/c", Link("../a")}, {"x/d", folder}}),
      IsOkAndHolds(UnorderedElementsAre(
          Pair("a", file), Pair("b/c", Link("../a")), Pair("d", folder))));
  EXPECT_THAT(WithoutTopFolder({{"x", folder}}), IsOkAndHolds(IsEmpty()));
}

TEST(WithoutTopFolderTest, MoreThanOneIsToldByName) {
  for (const TreeEntries& entries :
       {TreeEntries{{"x/a", {}}, {"y/b", {}}}, {{"x/a", {}}, {"y", {}}}}) {
    EXPECT_THAT(WithoutTopFolder(entries),
                StatusIs(Code::kInvalidArgument,
                         AllOf(HasSubstr("at its top are x, y;"))));
  }
  EXPECT_THAT(WithoutTopFolder({{"a", {}}}),
              StatusIs(Code::kInvalidArgument, HasSubstr("are a;")));
  EXPECT_THAT(WithoutTopFolder({}),
              StatusIs(Code::kInvalidArgument, HasSubstr("no files")));
}

TEST(WithoutTopFolderTest, NoSymlinkLeadsOut) {
  EXPECT_THAT(WithoutTopFolder({{"x/a", Link("../x/b")}, {"x/b", {}}}),
              StatusIs(Code::kInvalidArgument, HasSubstr("a")));
}

}  // namespace
}  // namespace graph
