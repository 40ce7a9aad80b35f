// SPDX-License-Identifier: Apache-2.0
// Over folders that look like those of the kernel, which most machines do not
// let a test write to.
#include "engine/exec/control_group.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/os/environment.h"
#include "engine/os/filesystem.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

class ControlGroupTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = *MakeTemporaryDirectory(testing::TempDir(), "groups-");
    host_ = {folder_ + "/mounts", folder_ + "/own"};
    ASSERT_THAT(MakeDirectories(folder_ + "/fs/user/shell"), IsOk());
  }
  void TearDown() override { EXPECT_THAT(RemoveTree(folder_), IsOk()); }

  void SayVersion2(const std::string& controllers) {
    ASSERT_THAT(
        WriteFile(host_.mounts, "cgroup2 " + folder_ + "/fs cgroup2 rw 0 0\n"),
        IsOk());
    ASSERT_THAT(WriteFile(host_.own_groups, "0::/user/shell\n"), IsOk());
    ASSERT_THAT(
        WriteFile(folder_ + "/fs/user/cgroup.subtree_control", controllers),
        IsOk());
  }

  std::string Read(const std::string& group, const std::string& file) {
    return ReadFile(group + "/" + file).value_or("(none)");
  }

  std::string folder_;
  ControlGroup::Host host_;
};

TEST_F(ControlGroupTest, LiesBesideOurOwnAndIsLimited) {
  SayVersion2("cpu memory pids\n");
  auto group = ControlGroup::Make("1-0", host_);
  ASSERT_THAT(group, IsOk());
  const std::string folder = (*group)->folder();
  EXPECT_EQ(folder, folder_ + "/fs/user/graph-1-0");
  EXPECT_TRUE((*group)->limits_memory());
  ASSERT_THAT((*group)->Limit(64 << 20, 10), IsOk());
  EXPECT_EQ(Read(folder, "memory.max"), "67108864");
  EXPECT_EQ(Read(folder, "pids.max"), "12");  // The sandbox has two.
  ASSERT_THAT((*group)->Limit(0, 0), IsOk());
  EXPECT_EQ(Read(folder, "memory.max"), "max");
  EXPECT_EQ(Read(folder, "pids.max"), "max");
}

TEST_F(ControlGroupTest, TellsWhatWasReachedSinceTheLimit) {
  SayVersion2("memory pids\n");
  auto group = ControlGroup::Make("1-0", host_);
  ASSERT_THAT(group, IsOk());
  const std::string folder = (*group)->folder();
  ASSERT_THAT(WriteFile(folder + "/memory.events", "oom 3\noom_kill 2\n"),
              IsOk());
  ASSERT_THAT((*group)->Limit(64 << 20, 10), IsOk());
  EXPECT_FALSE((*group)->reached().memory);
  ASSERT_THAT(WriteFile(folder + "/memory.events", "oom 4\noom_kill 3\n"),
              IsOk());
  ASSERT_THAT(WriteFile(folder + "/pids.events", "max 1\n"), IsOk());
  EXPECT_TRUE((*group)->reached().memory);
  EXPECT_TRUE((*group)->reached().processes);
}

TEST_F(ControlGroupTest, NeedsBothControllers) {
  SayVersion2("cpu memory\n");
  EXPECT_THAT(ControlGroup::Make("1-0", host_),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       testing::HasSubstr("can make no control groups")));
}

TEST_F(ControlGroupTest, VersionOneCountsProcesses) {
  ASSERT_THAT(WriteFile(host_.mounts, "cgroup " + folder_ +
                                          "/fs cgroup rw,relatime,pids 0 0\n"),
              IsOk());
  ASSERT_THAT(WriteFile(host_.own_groups, "8:pids:/user\n4:memory:/x\n"),
              IsOk());
  auto group = ControlGroup::Make("1-0", host_);
  ASSERT_THAT(group, IsOk());
  EXPECT_EQ((*group)->folder(), folder_ + "/fs/user/graph-1-0");
  EXPECT_FALSE((*group)->limits_memory());
  ASSERT_THAT((*group)->Limit(64 << 20, 10), IsOk());
  EXPECT_FALSE(Exists((*group)->folder() + "/memory.max"));
}

TEST_F(ControlGroupTest, GroupsOfDeadEnginesAreRemovedAndItsOwnAtTheEnd) {
  SayVersion2("memory pids\n");
  const std::string user = folder_ + "/fs/user/";
  const std::string living = "graph-" + std::to_string(ProcessId()) + "-0";
  for (const std::string& name :
       {std::string("graph-999999999-0"), living, std::string("graph-tool")}) {
    ASSERT_THAT(MakeDirectory(user + name), IsOk());
  }
  auto group = ControlGroup::Make("1-0", host_);
  ASSERT_THAT(group, IsOk());
  EXPECT_FALSE(Exists(user + "graph-999999999-0"));
  EXPECT_TRUE(Exists(user + living));
  EXPECT_TRUE(Exists(user + "graph-tool"));
  group->reset();
  EXPECT_FALSE(Exists(user + "graph-1-0"));
}

TEST_F(ControlGroupTest, NoGroupsAreNoError) {
  EXPECT_THAT(ControlGroup::Make("1-0", host_),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       testing::HasSubstr("can make no control groups")));
}

}  // namespace
}  // namespace graph
