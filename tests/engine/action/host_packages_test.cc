// SPDX-License-Identifier: Apache-2.0
#include "engine/action/host_packages.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace graph {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;

TEST(HostPackagesTest, TheDefaultOnesAreSorted) {
  EXPECT_TRUE(
      std::is_sorted(DefaultPackages().begin(), DefaultPackages().end()));
}

TEST(HostPackagesTest, TheDefaultOnesAloneAreNoList) {
  EXPECT_THAT(NormalPackages({}, true), IsEmpty());
  EXPECT_THAT(NormalPackages({"sed", "bash"}, true), IsEmpty());
  std::vector<std::string> all;
  for (absl::string_view name : DefaultPackages()) all.emplace_back(name);
  EXPECT_THAT(NormalPackages(all, false), IsEmpty());
}

TEST(HostPackagesTest, ListsAreSortedAndNameEachPackageOnce) {
  EXPECT_THAT(NormalPackages({"perl", "gcc", "perl"}, false),
              ElementsAre("gcc", "perl"));
  const auto more = NormalPackages({"perl"}, true);
  EXPECT_TRUE(std::is_sorted(more.begin(), more.end()));
  EXPECT_THAT(more, IsSupersetOf({"bash", "perl"}));
}

TEST(HostPackagesTest, AUnionHasWhatEitherHas) {
  EXPECT_THAT(UnitedPackages({"gcc"}, {"bash", "gcc"}),
              ElementsAre("bash", "gcc"));
  EXPECT_THAT(UnitedPackages({}, {}), IsEmpty());
  EXPECT_EQ(UnitedPackages({}, {"perl"}), NormalPackages({"perl"}, true));
  EXPECT_EQ(UnitedPackages({"perl"}, {}), NormalPackages({"perl"}, true));
}

}  // namespace
}  // namespace graph
