// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/sandbox.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/openat2.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <initializer_list>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "engine/exec/sandbox_landlock.h"
#include "engine/exec/zygote_protocol.h"
#include "engine/os/file_descriptor.h"

namespace graph {
namespace {

constexpr int kUserId = 1000;

// What is left to kRoot: over the files that are its own.
constexpr int kRootCapabilities[] = {
    CAP_CHOWN,  CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER,
    CAP_FSETID, CAP_KILL,         CAP_SETGID,          CAP_SETUID};

constexpr absl::string_view kHostName = "graph";

absl::Status Refused(absl::string_view step) {
  return absl::FailedPreconditionError(
      absl::StrCat("this machine does not let us ", step,
                   " for a sandbox: ", strerror(errno)));
}

absl::Status WriteProc(const char* path, absl::string_view text) {
  FileDescriptor file(open(path, O_WRONLY | O_CLOEXEC));
  if (!file.valid() || write(file.get(), text.data(), text.size()) !=
                           static_cast<ssize_t>(text.size())) {
    return Refused(absl::StrCat("write ", path));
  }
  return absl::OkStatus();
}

// A copy of the mount at `path` (a file or a folder), not yet anywhere.
absl::StatusOr<FileDescriptor> CloneMount(const std::string& path,
                                          uint64_t attributes) {
  FileDescriptor mount(
      open_tree(AT_FDCWD, path.c_str(), OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC));
  if (!mount.valid()) return Refused(absl::StrCat("bind ", path));
  mount_attr attr{};
  attr.attr_set = attributes;
  if (mount_setattr(mount.get(), "", AT_EMPTY_PATH, &attr, sizeof(attr)) != 0) {
    return Refused(absl::StrCat("protect ", path));
  }
  return mount;
}

// As the kernel takes paths in the options of an overlay.
std::string OverlayQuoted(absl::string_view path) {
  return absl::StrReplaceAll(path,
                             {{"\\", "\\\\"}, {":", "\\:"}, {",", "\\,"}});
}

struct MountOption {
  const char* name;
  const char* value;
};

absl::StatusOr<FileDescriptor> NewMount(
    const char* type, std::initializer_list<MountOption> options,
    unsigned attributes) {
  FileDescriptor context(fsopen(type, FSOPEN_CLOEXEC));
  bool ok = context.valid();
  for (const MountOption& option : options) {
    ok = ok && fsconfig(context.get(), FSCONFIG_SET_STRING, option.name,
                        option.value, 0) == 0;
  }
  if (!ok ||
      fsconfig(context.get(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) != 0) {
    return Refused(absl::StrCat("make a ", type));
  }
  FileDescriptor mount(fsmount(context.get(), FSMOUNT_CLOEXEC, attributes));
  if (!mount.valid()) return Refused(absl::StrCat("make a ", type));
  return mount;
}

absl::Status Attach(const FileDescriptor& mount, int root,
                    const std::string& path) {
  if (move_mount(mount.get(), "", root, path.c_str(),
                 MOVE_MOUNT_F_EMPTY_PATH) != 0) {
    return Refused(absl::StrCat("mount ", path));
  }
  return absl::OkStatus();
}

// The root filesystem as commands may change it. Mounted on itself, which
// nobody else sees. Volatile: dpkg for one syncs each file that it writes, at
// 5 ms each, and what a crash of the machine leaves here is never looked at.
absl::StatusOr<FileDescriptor> MountChangeable(const SandboxPlaces& places) {
  const std::string options =
      absl::StrCat("userxattr,volatile,lowerdir=", OverlayQuoted(places.root),
                   ",upperdir=", OverlayQuoted(places.changes + "/upper"),
                   ",workdir=", OverlayQuoted(places.changes + "/work"));
  if (mount("overlay", places.root.c_str(), "overlay", MS_NOSUID | MS_NODEV,
            options.c_str()) != 0) {
    return Refused(
        "mount an overlay (Linux 5.11 or newer, and a cache folder on a disk "
        "of its own kind, not on another overlay)");
  }
  FileDescriptor root(
      open(places.root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!root.valid()) return Refused("enter an overlay");
  return root;
}

// Devices stay writable on a read-only mount; only their modes and owners,
// which are the host's, cannot be changed.
absl::Status MountDevices(int root) {
  for (const char* device : kSandboxDevices) {
    ASSIGN_OR_RETURN(
        FileDescriptor mount,
        CloneMount(absl::StrCat("/dev/", device),
                   MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC));
    RETURN_IF_ERROR(Attach(mount, root, absl::StrCat("dev/", device)));
  }
  return absl::OkStatus();
}

absl::Status MountMemory(int root, const std::string& path,
                         const char* mode = "1777") {
  ASSIGN_OR_RETURN(FileDescriptor mount,
                   NewMount("tmpfs", {{"mode", mode}},
                            MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV));
  return Attach(mount, root, path);
}

// A /dev with places for the devices, where the root filesystem has none.
absl::Status MakeDeviceFolder(int root) {
  RETURN_IF_ERROR(MountMemory(root, "dev", "755"));
  FileDescriptor dev(openat(root, "dev", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  bool ok = dev.valid() && mkdirat(dev.get(), "shm", 0755) == 0;
  for (const char* device : kSandboxDevices) {
    ok = ok && FileDescriptor(openat(dev.get(), device,
                                     O_WRONLY | O_CREAT | O_CLOEXEC, 0644))
                   .valid();
  }
  for (const auto& [name, target] : kSandboxLinks) {
    ok = ok && symlinkat(target, dev.get(), name) == 0;
  }
  mount_attr read_only{};
  read_only.attr_set = MOUNT_ATTR_RDONLY;
  ok = ok && mount_setattr(dev.get(), "", AT_EMPTY_PATH, &read_only,
                           sizeof(read_only)) == 0;
  return ok ? absl::OkStatus() : Refused("make /dev");
}

// The kernel allows this only where the host's own /proc is still in sight. The
// zygote itself stays out of sight: who looks at it may not.
absl::Status MountProcesses(int root) {
  ASSIGN_OR_RETURN(
      FileDescriptor mount,
      NewMount("proc", {{"subset", "pid"}, {"hidepid", "ptraceable"}},
               MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV |
                   MOUNT_ATTR_NOEXEC));
  return Attach(mount, root, "proc");
}

}  // namespace

absl::Status DropCapabilities(Insider who) {
  uint64_t kept = 0;
  if (who == Insider::kRoot) {
    for (int capability : kRootCapabilities) kept |= uint64_t{1} << capability;
  }
  for (int capability = 0; capability < 64; ++capability) {
    if ((kept >> capability & 1) != 0) continue;
    // Numbers that this kernel does not know are refused, which is as good.
    prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  }
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const auto low = static_cast<uint32_t>(kept);
  __user_cap_data_struct data[2] = {{low, low, 0}, {}};
  if (syscall(SYS_capset, &header, data) != 0) {
    return Refused("give up capabilities");
  }
  return absl::OkStatus();
}

namespace {

// A second wall behind the read-only mounts. A kernel without Landlock has
// only the first one.
absl::Status RestrictWriting() {
  // Version 1 cannot allow renaming from folder to folder.
  if (LandlockVersion() < 2) return absl::OkStatus();
  ASSIGN_OR_RETURN(
      LandlockRules rules,
      LandlockRules::Make(LandlockEverything() & ~LandlockReading(),
                          /*contained=*/false));
  const std::string outputs = absl::StrCat(kSandboxRoot, "/graph-out");
  for (const char* place : {outputs.c_str(), "/tmp", "/dev/shm"}) {
    RETURN_IF_ERROR(rules.Allow(place, LandlockWriting()));
  }
  for (const char* device : kSandboxDevices) {
    RETURN_IF_ERROR(
        rules.Allow(absl::StrCat("/dev/", device), LandlockEverything()));
  }
  return rules.Enforce();
}

}  // namespace

absl::Status EnterNamespaces(Insider who) {
  const int inside = who == Insider::kRoot ? 0 : kUserId;
  const std::string user = absl::StrCat(inside, " ", geteuid(), " 1");
  const std::string group = absl::StrCat(inside, " ", getegid(), " 1");
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET |
              CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP) != 0) {
    return Refused("make namespaces");
  }
  RETURN_IF_ERROR(WriteProc("/proc/self/setgroups", "deny"));
  RETURN_IF_ERROR(WriteProc("/proc/self/uid_map", user));
  RETURN_IF_ERROR(WriteProc("/proc/self/gid_map", group));
  if (sethostname(kHostName.data(), kHostName.size()) != 0) {
    return Refused("set the host name");
  }
  return absl::OkStatus();
}

absl::Status RaiseLoopback() {
  FileDescriptor any(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ifreq request{};
  strncpy(request.ifr_name, "lo", sizeof(request.ifr_name) - 1);
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  if (!any.valid() || ioctl(any.get(), SIOCSIFFLAGS, &request) != 0) {
    return Refused("raise the loopback network");
  }
  return absl::OkStatus();
}

absl::StatusOr<FileDescriptor> PrepareShelf(const std::string& trees) {
  FileDescriptor shelf(
      open_tree(AT_FDCWD, trees.c_str(), OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC));
  if (!shelf.valid()) return Refused(absl::StrCat("bind ", trees));
  mount_attr attr{};
  attr.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
  attr.propagation = MS_PRIVATE;
  if (mount_setattr(shelf.get(), "", AT_EMPTY_PATH, &attr, sizeof(attr)) != 0) {
    return Refused(absl::StrCat("protect ", trees));
  }
  return shelf;
}

absl::Status ShowTree(const FileDescriptor& shelf, const std::string& name,
                      const std::string& path) {
  FileDescriptor root(open(kSandboxRoot, O_PATH | O_DIRECTORY | O_CLOEXEC));
  open_how how{};
  how.flags = O_PATH | O_DIRECTORY | O_CLOEXEC;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  FileDescriptor place(static_cast<int>(
      syscall(SYS_openat2, root.get(), path.c_str(), &how, sizeof(how))));
  // What is below a read-only mount is as read-only.
  FileDescriptor tree(
      open_tree(shelf.get(), name.c_str(),
                OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_SYMLINK_NOFOLLOW));
  if (!place.valid() || !tree.valid() ||
      move_mount(tree.get(), "", place.get(), "",
                 MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH) != 0) {
    return Refused(absl::StrCat("show the tree ", path));
  }
  return absl::OkStatus();
}

absl::Status EnterRoot(const SandboxPlaces& places) {
  if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    return Refused("separate mounts");
  }
  constexpr uint64_t kPlain = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
  const std::string& exec_root = places.exec_root;
  ASSIGN_OR_RETURN(FileDescriptor build,
                   CloneMount(exec_root, MOUNT_ATTR_RDONLY | kPlain));
  ASSIGN_OR_RETURN(FileDescriptor outputs,
                   CloneMount(absl::StrCat(exec_root, "/graph-out"), kPlain));
  FileDescriptor root;
  if (places.changes.empty()) {
    ASSIGN_OR_RETURN(root, CloneMount(places.root, MOUNT_ATTR_RDONLY | kPlain));
    RETURN_IF_ERROR(Attach(root, AT_FDCWD, places.root));
  } else {
    ASSIGN_OR_RETURN(root, MountChangeable(places));
    RETURN_IF_ERROR(MakeDeviceFolder(root.get()));
  }
  const std::string inside = kSandboxRoot + 1;
  RETURN_IF_ERROR(Attach(build, root.get(), inside));
  RETURN_IF_ERROR(
      Attach(outputs, root.get(), absl::StrCat(inside, "/graph-out")));
  RETURN_IF_ERROR(MountDevices(root.get()));
  RETURN_IF_ERROR(MountProcesses(root.get()));
  if (places.shelf >= 0 && move_mount(places.shelf, "", root.get(), "tmp",
                                      MOVE_MOUNT_F_EMPTY_PATH) != 0) {
    return Refused("mount trees");
  }
  // Over the shelf, if there is one.
  RETURN_IF_ERROR(MountMemory(root.get(), "tmp"));
  RETURN_IF_ERROR(MountMemory(root.get(), "dev/shm"));
  // The old root is stacked below the new one, and then let go.
  if (fchdir(root.get()) != 0 || syscall(SYS_pivot_root, ".", ".") != 0 ||
      umount2(".", MNT_DETACH) != 0 || chdir(kSandboxRoot) != 0) {
    return Refused("change the root folder");
  }
  return absl::OkStatus();
}

absl::Status GiveUpPrivileges(Insider who) {
  RETURN_IF_ERROR(DropCapabilities(who));
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    return Refused("give up privileges");
  }
  if (who == Insider::kUser) {
    RETURN_IF_ERROR(RestrictWriting());
  }
  return InstallSystemCallFilter(SocketRule::kNamespaced, who);
}

}  // namespace graph
