// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/toolchain.h"

#include <gmock/gmock.h>

#include <thread>

#include "engine/exec/toolchain_packages.h"
#include "engine/exec/toolchains.h"
#include "engine/os/filesystem.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr char kStatus[] = R"(Package: tool
Status: install ok installed
Architecture: all
Version: 1.0
Depends: missing | libtool1 (>= 2), awk
Pre-Depends: base:any

Package: libtool1
Status: install ok installed
Architecture: all
Version: 2:2.1-3
Depends: tool

Package: libtool1
Status: install ok installed
Architecture: i386
Version: 9

Package: mawk
Status: install ok installed
Architecture: all
Version: 3
Provides: awk, other (= 1)

Package: base
Status: install ok installed
Architecture: all
Version: 4

Package: gone
Status: deinstall ok config-files
Architecture: all
Version: 5

Package: unrelated
Status: install ok installed
Architecture: all
Version: 6

Package: bash
Status: install ok installed
Architecture: all
Version: 7
)";

// A small Debian system in a folder.
class ToolchainTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = *MakeTemporaryDirectory(testing::TempDir(), "toolchain-");
    Host("var/lib/dpkg/status", kStatus);
    Host("var/lib/dpkg/info/tool.list",
         "/.\n/bin\n/bin/tool\n/usr/share/doc/tool/README\n/etc/tool.conf\n"
         "/etc/tool.d\n/etc/tool.d/link\n/etc/cron.daily/tool\n"
         "/etc/secret\n/etc/passwd\n/etc/gone\n"
         "/usr/bin/link\n/usr/bin/left-out\n/usr/bin/diverted\n");
    Host("var/lib/dpkg/info/libtool1.list", "/usr/lib/libtool.so.1\n");
    Host("var/lib/dpkg/info/mawk.list", "/usr/bin/mawk\n");
    Host("var/lib/dpkg/info/base.list", "/lib64/ld.so\n");
    Host("var/lib/dpkg/info/unrelated.list", "/usr/bin/unrelated\n");
    Host("var/lib/dpkg/diversions",
         "/usr/bin/diverted\n/usr/bin/diverted.real\nother\n");
    Host("var/lib/dpkg/alternatives/awk",
         "auto\n/usr/bin/awk\nawk.1.gz\n/usr/share/man/man1/awk.1.gz\nnawk\n"
         "/usr/bin/nawk\n\n/usr/bin/unrelated\n30\n/usr/bin/unrelated\n"
         "/usr/bin/mawk\n5\n/usr/bin/mawk\n\n");
    Host("bin/tool", "#!/bin/sh\n", 0755);
    Host("usr/lib/libtool.so.1", "library");
    Host("usr/bin/mawk", "mawk", 0755);
    Host("usr/bin/diverted.real", "moved", 04755);
    Host("usr/bin/unrelated", "x", 0755);
    Host("usr/share/doc/tool/README", "x");
    Host("etc/tool.conf", "setting of the host");
    Link("../tool.conf", "etc/tool.d/link");
    Host("etc/cron.daily/tool", "x");
    Host("etc/secret", "x", 0600);
    Host("etc/passwd", "root:x:0:0:root:/root:/bin/bash");
    Host("var/lib/dpkg/info/bash.list", "/bin/bash\n/etc/bash.bashrc\n");
    Host("bin/bash", "bash", 0755);
    Host("etc/bash.bashrc", "x");
    Host("lib64/ld.so", "loader", 0755);
    Link("tool", "usr/bin/link");
    Link("/usr/bin/mawk", "etc/alternatives/awk");
    Link("/usr/bin/mawk", "etc/alternatives/nawk");
  }
  void TearDown() override { EXPECT_THAT(RemoveTree(folder_), IsOk()); }

  void Host(const std::string& path, const std::string& bytes,
            uint32_t mode = 0644) {
    const std::string full = folder_ + "/host/" + path;
    ASSERT_THAT(MakeDirectories(full.substr(0, full.rfind('/'))), IsOk());
    ASSERT_THAT(WriteFile(full, bytes), IsOk());
    ASSERT_THAT(SetMode(full, mode), IsOk());
  }
  void Link(const std::string& target, const std::string& path) {
    const std::string full = folder_ + "/host/" + path;
    ASSERT_THAT(MakeDirectories(full.substr(0, full.rfind('/'))), IsOk());
    RemoveFile(full).IgnoreError();
    ASSERT_THAT(Symlink(target, full), IsOk());
  }

  ToolchainOptions Options(std::vector<std::string> packages = {}) {
    return {.cache_dir = folder_ + "/cache",
            .host_root = folder_ + "/host",
            .packages = std::move(packages)};
  }
  absl::StatusOr<Toolchain> Make(std::vector<std::string> packages = {"tool"}) {
    return HostToolchain(Options(std::move(packages)));
  }

  std::string folder_;
};

TEST_F(ToolchainTest, ClosureFollowsDependenciesProvidersAndCycles) {
  auto toolchain = Make();
  ASSERT_THAT(toolchain, IsOk());
  EXPECT_THAT(toolchain->packages,
              ElementsAre("base=4", "libtool1=2:2.1-3", "mawk=3", "tool=1.0"));
  EXPECT_THAT(toolchain->identity, SizeIs(64));
  EXPECT_THAT(ReadFile(folder_ + "/cache/toolchains/" + toolchain->identity +
                       "/packages"),
              IsOkAndHolds("base=4\nlibtool1=2:2.1-3\nmawk=3\ntool=1.0\n"));
}

TEST_F(ToolchainTest, FilesOfThePackagesAndNoOthersAreThere) {
  auto toolchain = Make();
  ASSERT_THAT(toolchain, IsOk());
  const std::string& root = toolchain->root;
  EXPECT_THAT(ReadFile(root + "/usr/bin/tool"), IsOkAndHolds("#!/bin/sh\n"));
  EXPECT_THAT(ReadFile(root + "/bin/tool"), IsOkAndHolds("#!/bin/sh\n"));
  EXPECT_THAT(ReadFile(root + "/lib64/ld.so"), IsOkAndHolds("loader"));
  EXPECT_THAT(ReadLink(root + "/usr/bin/link"), IsOkAndHolds("tool"));
  EXPECT_EQ(Stat(root + "/usr/bin/tool")->mode, 0555u);
  EXPECT_EQ(Stat(root + "/usr/lib/libtool.so.1")->mode, 0444u);
  EXPECT_FALSE(Exists(root + "/usr/bin/unrelated"));
  EXPECT_FALSE(Exists(root + "/usr/share/doc"));
  EXPECT_FALSE(Exists(root + "/var"));
}

TEST_F(ToolchainTest, DivertedFileKeepsItsPlaceAndLosesItsPrivilege) {
  auto toolchain = Make();
  ASSERT_THAT(toolchain, IsOk());
  EXPECT_FALSE(Exists(toolchain->root + "/usr/bin/diverted"));
  EXPECT_EQ(Stat(toolchain->root + "/usr/bin/diverted.real")->mode, 0555u);
}

TEST_F(ToolchainTest, AlternativesAreResolvedAndPartOfTheIdentity) {
  auto first = Make();
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(ReadLink(first->root + "/usr/bin/awk"),
              IsOkAndHolds("/usr/bin/mawk"));
  EXPECT_THAT(ReadLink(first->root + "/usr/bin/nawk"),
              IsOkAndHolds("/usr/bin/mawk"));
  Link("/usr/bin/unrelated", "etc/alternatives/nawk");
  // Not the host's choice, which is of another package, but the best of ours.
  auto second = Make();
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->identity, first->identity);
  EXPECT_THAT(ReadLink(second->root + "/usr/bin/nawk"),
              IsOkAndHolds("/usr/bin/mawk"));
  auto with_both = Make({"tool", "unrelated"});
  ASSERT_THAT(with_both, IsOk());
  EXPECT_THAT(ReadLink(with_both->root + "/usr/bin/nawk"),
              IsOkAndHolds("/usr/bin/unrelated"));
  EXPECT_THAT(ReadLink(with_both->root + "/usr/bin/awk"),
              IsOkAndHolds("/usr/bin/mawk"));
}

TEST_F(ToolchainTest, OtherAlternativeIsAnotherToolchain) {
  Host("var/lib/dpkg/info/unrelated.list", "/usr/bin/unrelated\n");
  auto first = Make({"tool", "unrelated"});
  ASSERT_THAT(first, IsOk());
  Link("/usr/bin/unrelated", "etc/alternatives/nawk");
  auto second = Make({"tool", "unrelated"});
  ASSERT_THAT(second, IsOk());
  EXPECT_NE(second->identity, first->identity);
}

TEST_F(ToolchainTest, SettingsEnterByTheirBytes) {
  auto first = Make();
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(ReadFile(first->root + "/etc/tool.conf"),
              IsOkAndHolds("setting of the host"));
  EXPECT_THAT(first->settings, ElementsAre(folder_ + "/host/etc/tool.conf",
                                           folder_ + "/host/etc/tool.d/link"));
  EXPECT_THAT(ReadLink(first->root + "/etc/tool.d/link"),
              IsOkAndHolds("../tool.conf"));
  Host("etc/tool.conf", "edited");
  auto second = Make();
  ASSERT_THAT(second, IsOk());
  EXPECT_NE(second->identity, first->identity);
  EXPECT_THAT(ReadFile(second->root + "/etc/tool.conf"),
              IsOkAndHolds("edited"));
}

TEST_F(ToolchainTest, SettingsOfPeopleAndServicesStayOut) {
  auto toolchain = Make();
  ASSERT_THAT(toolchain, IsOk());
  EXPECT_FALSE(Exists(toolchain->root + "/etc/cron.daily"));
  EXPECT_FALSE(Exists(toolchain->root + "/etc/secret"));
  EXPECT_THAT(ReadFile(toolchain->root + "/etc/passwd"),
              IsOkAndHolds(HasSubstr("graph:x:1000")));
}

TEST_F(ToolchainTest, SettingsOfTheDefaultPackagesStayOut) {
  auto toolchain = Make({"bash", "tool"});
  ASSERT_THAT(toolchain, IsOk());
  EXPECT_TRUE(Exists(toolchain->root + "/usr/bin/bash"));
  EXPECT_FALSE(Exists(toolchain->root + "/etc/bash.bashrc"));
}

TEST_F(ToolchainTest, ProgramsAreFoundInTheirPackages) {
  auto database = DebianPackages::Read(folder_ + "/host");
  ASSERT_THAT(database, IsOk());
  EXPECT_EQ(database->OwnerOfProgram("tool"), "tool");
  EXPECT_EQ(database->OwnerOfProgram("unrelated"), "unrelated");
  EXPECT_EQ(database->OwnerOfProgram("awk"), "mawk") << "an alternative";
  EXPECT_EQ(database->OwnerOfProgram("nothing"), "");
}

TEST_F(ToolchainTest, HasOneUserAndPlacesForMounts) {
  auto toolchain = Make();
  ASSERT_THAT(toolchain, IsOk());
  EXPECT_THAT(ReadFile(toolchain->root + "/etc/passwd"),
              IsOkAndHolds("graph:x:1000:1000:graph:/tmp:/bin/bash\n"));
  for (const char* place : {"/proc", "/tmp", "/build", "/dev/shm"}) {
    EXPECT_TRUE(IsDirectory(toolchain->root + place)) << place;
  }
}

TEST_F(ToolchainTest, OtherVersionIsAnotherToolchain) {
  auto first = Make();
  ASSERT_THAT(first, IsOk());
  std::string status = kStatus;
  status.replace(status.find("Version: 1.0"), 12, "Version: 1.1");
  Host("var/lib/dpkg/status", status);
  auto second = Make();
  ASSERT_THAT(second, IsOk());
  EXPECT_NE(second->identity, first->identity);
  EXPECT_TRUE(IsDirectory(first->root));
}

TEST_F(ToolchainTest, UnchangedDatabaseIsNotReadAgain) {
  auto first = Make();
  ASSERT_THAT(first, IsOk());
  // Not needed any more: what is known suffices.
  ASSERT_THAT(RemoveTree(folder_ + "/host/var/lib/dpkg/info"), IsOk());
  auto second = Make();
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->identity, first->identity);
  EXPECT_EQ(second->packages, first->packages);
  EXPECT_EQ(second->root, first->root);
}

TEST_F(ToolchainTest, WhatSeveralHaveIsCopiedOnce) {
  auto first = Make();
  ASSERT_THAT(first, IsOk());
  auto second = Make({"tool", "unrelated"});
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(Stat(first->root + "/usr/bin/tool")->inode,
            Stat(second->root + "/usr/bin/tool")->inode);
  EXPECT_THAT(ReadLink(second->root + "/usr/bin/link"), IsOkAndHolds("tool"));
  EXPECT_TRUE(Exists(second->root + "/usr/bin/unrelated"));
  // Another version is another file.
  std::string status = kStatus;
  status.replace(status.find("Version: 1.0"), 12, "Version: 1.1");
  Host("var/lib/dpkg/status", status);
  Host("bin/tool", "newer", 0755);
  auto third = Make();
  ASSERT_THAT(third, IsOk());
  EXPECT_THAT(ReadFile(third->root + "/usr/bin/tool"), IsOkAndHolds("newer"));
  EXPECT_THAT(ReadFile(first->root + "/usr/bin/tool"),
              IsOkAndHolds("#!/bin/sh\n"));
}

TEST_F(ToolchainTest, FilesOfAnotherMachineAreNotTaken) {
  auto first = Make();
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(
      WriteFile(folder_ + "/cache/toolchains/" + first->identity + "/platform",
                "another"),
      IsOk());
  auto second = Make({"tool", "unrelated"});
  ASSERT_THAT(second, IsOk());
  EXPECT_NE(Stat(first->root + "/usr/bin/tool")->inode,
            Stat(second->root + "/usr/bin/tool")->inode);
}

TEST_F(ToolchainTest, LostTreeIsMadeAgain) {
  auto first = Make();
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(RemoveTree(folder_ + "/cache/toolchains/" + first->identity),
              IsOk());
  ASSERT_THAT(Make(), IsOk());
  EXPECT_TRUE(Exists(first->root + "/usr/bin/tool"));
}

TEST_F(ToolchainTest, AnUnfinishedOneIsMadeAnew) {
  const std::string top = folder_ + "/cache/toolchains/";
  std::string identity;
  {
    auto made = Make();
    ASSERT_THAT(made, IsOk());
    identity = made->identity;
  }
  ASSERT_THAT(Rename(top + identity, top + "unfinished-" + identity), IsOk());
  const std::string left = top + "unfinished-" + identity + "/root/usr/left";
  ASSERT_THAT(WriteFile(left, ""), IsOk());
  auto made = Make();
  ASSERT_THAT(made, IsOk());
  EXPECT_EQ(made->identity, identity);
  EXPECT_FALSE(Exists(left));
  EXPECT_FALSE(Exists(made->root + "/usr/left"));
}

TEST_F(ToolchainTest, OneInUseIsNotCollected) {
  auto made = Make();
  ASSERT_THAT(made, IsOk());
  const FolderStore folders = ToolchainFolders(folder_ + "/cache");
  EXPECT_FALSE(folders.Remove(made->identity));
  EXPECT_TRUE(Exists(made->root + "/usr/bin/tool"));
  const std::string identity = made->identity;
  made = absl::CancelledError("let go");
  EXPECT_TRUE(folders.Remove(identity));
  made = Make();
  ASSERT_THAT(made, IsOk());
  EXPECT_TRUE(Exists(made->root + "/usr/bin/tool"));
}

TEST_F(ToolchainTest, SeveralAtOnceMakeOne) {
  std::vector<std::thread> threads;
  std::vector<std::string> roots(4);
  for (std::string& root : roots) {
    threads.emplace_back([this, &root] {
      auto made = Make();
      EXPECT_THAT(made, IsOk());
      root = made->root;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& root : roots) EXPECT_EQ(root, roots[0]);
  EXPECT_TRUE(Exists(roots[0] + "/usr/bin/tool"));
}

TEST_F(ToolchainTest, PackageThatIsNotInstalledIsNamed) {
  for (const char* package : {"gone", "never-heard-of"}) {
    EXPECT_THAT(HostToolchain({.cache_dir = folder_ + "/cache",
                               .host_root = folder_ + "/host",
                               .packages = {package}}),
                StatusIs(absl::StatusCode::kFailedPrecondition,
                         HasSubstr(std::string("apt-get install ") + package)));
  }
}

// As libc-bin is while dpkg installs something else.
TEST_F(ToolchainTest, PackageWhoseTriggersWaitIsInstalled) {
  for (const char* state : {"triggers-pending", "triggers-awaited"}) {
    std::string status = kStatus;
    const std::string installed = "Status: install ok installed";
    status.replace(status.find(installed), installed.size(),
                   std::string("Status: install ok ") + state);
    Host("var/lib/dpkg/status", status);
    auto toolchain = Make();
    ASSERT_THAT(toolchain, IsOk()) << state;
    EXPECT_THAT(toolchain->packages, SizeIs(4));
  }
}

TEST_F(ToolchainTest, WhoAskedForAMissingPackageIsTold) {
  Toolchains toolchains(Options(), [](absl::string_view package) {
    return package == "gone" ? "//:x asks for it" : "";
  });
  EXPECT_THAT(toolchains.Find({"gone", "tool"}).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("brings it; //:x asks for it")));
  EXPECT_THAT(toolchains.Find({"never-heard-of"}).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       testing::EndsWith("brings it")));
}

TEST_F(ToolchainTest, EachListIsMadeOncePerBuild) {
  Toolchains toolchains(Options());
  std::vector<std::thread> threads;
  std::vector<const Toolchain*> found(4);
  for (const Toolchain*& one : found) {
    threads.emplace_back([&toolchains, &one] {
      auto made = toolchains.Find({"tool"});
      EXPECT_THAT(made, IsOk());
      one = made.value_or(nullptr);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const Toolchain* one : found) EXPECT_EQ(one, found[0]);
  // What changes meanwhile is for the next build.
  Host("etc/tool.conf", "edited");
  auto again = toolchains.Find({"tool"});
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(*again, found[0]);
  auto other = toolchains.Find({"base"});
  ASSERT_THAT(other, IsOk());
  EXPECT_NE((*other)->identity, found[0]->identity);
  EXPECT_EQ(toolchains.Settings(), found[0]->settings);
}

TEST_F(ToolchainTest, OtherSystemsGiveTheirProgramsByTheirBytes) {
  const std::string nowhere = folder_ + "/nowhere";
  auto made =
      HostToolchain({.cache_dir = folder_ + "/cache", .host_root = nowhere});
  ASSERT_THAT(made, IsOk());
  EXPECT_THAT(made->packages, testing::IsEmpty());
  EXPECT_THAT(made->settings, testing::Contains("/usr/bin/bash"));
  EXPECT_TRUE(Exists(made->root + "/usr/bin/bash"));
  EXPECT_TRUE(Exists(made->root + "/usr/bin/sort"));
  auto again =
      HostToolchain({.cache_dir = folder_ + "/cache", .host_root = nowhere});
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->identity, made->identity);
}

TEST_F(ToolchainTest, OtherSystemsHaveNoOtherPackages) {
  EXPECT_THAT(HostToolchain({.cache_dir = folder_ + "/cache",
                             .host_root = folder_ + "/nowhere",
                             .packages = {"bash", "python3"}}),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("what belongs to python3")));
}

TEST_F(ToolchainTest, DefaultPackagesOfThisHostRun) {
  auto toolchain = HostToolchain({.cache_dir = folder_ + "/cache"});
  if (absl::IsFailedPrecondition(toolchain.status())) {
    GTEST_SKIP() << toolchain.status();
  }
  ASSERT_THAT(toolchain, IsOk());
  for (const char* tool : {"bash", "sh", "cp", "sed", "grep", "find", "diff",
                           "tar", "gzip", "awk", "env"}) {
    EXPECT_TRUE(Exists(toolchain->root + "/usr/bin/" + tool)) << tool;
  }
  EXPECT_TRUE(IsDirectory(toolchain->root + "/usr/lib/locale/C.utf8"));
}

}  // namespace
}  // namespace graph
