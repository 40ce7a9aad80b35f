// SPDX-License-Identifier: Apache-2.0
#include "engine/action/requirements.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::HasSubstr;
using testing::Pair;

TEST(RequirementsTest, SizesArePowersOf1024) {
  EXPECT_THAT(ParseMemorySize("512M"), IsOkAndHolds(int64_t{512} << 20));
  EXPECT_THAT(ParseMemorySize("4G"), IsOkAndHolds(int64_t{4} << 30));
  EXPECT_THAT(ParseMemorySize("67108864"), IsOkAndHolds(int64_t{64} << 20));
  for (const char* wrong :
       {"", "M", "64", "-1G", "1.5G", "1GB", "1 G", "99999999999T", "15M"}) {
    EXPECT_THAT(ParseMemorySize(wrong),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         HasSubstr("no size of memory")))
        << wrong;
  }
}

TEST(RequirementsTest, SizesAreToldExactly) {
  EXPECT_EQ(MemorySizeText(int64_t{64} << 20), "64 MiB");
  EXPECT_EQ(MemorySizeText(int64_t{3} << 30), "3 GiB");
  EXPECT_EQ(MemorySizeText(1025), "1025 bytes");
}

TEST(RequirementsTest, EachHasOneFormInTheKey) {
  EXPECT_THAT(RequirementProperty("requires-loopback", ""),
              IsOkAndHolds(Pair("requires-loopback", "1")));
  EXPECT_THAT(RequirementProperty("memory-limit", "1G"),
              IsOkAndHolds(Pair("memory-limit", "1073741824")));
  EXPECT_THAT(RequirementProperty("process-limit", "064"),
              IsOkAndHolds(Pair("process-limit", "64")));
}

TEST(RequirementsTest, UnknownOnesAreErrors) {
  EXPECT_THAT(RequirementProperty("memory-limits", "1G"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("did you mean `memory-limit`?")));
  EXPECT_THAT(RequirementProperty("gpu", "1"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("`requires-loopback`, `memory-limit`")));
}

TEST(RequirementsTest, AreReadFromTheAction) {
  Action action;
  action.properties = {{"memory-limit", "67108864"},
                       {"other", "x"},
                       {"process-limit", "9"},
                       {"requires-loopback", "1"}};
  const Requirements requirements = RequirementsOf(action);
  EXPECT_TRUE(requirements.loopback);
  EXPECT_EQ(requirements.memory_limit, int64_t{64} << 20);
  EXPECT_EQ(requirements.process_limit, 9u);
  EXPECT_FALSE(RequirementsOf({}).loopback);
}

}  // namespace
}  // namespace graph
