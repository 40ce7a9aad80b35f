// SPDX-License-Identifier: Apache-2.0
// The walls of a sandbox: what a process of one thread does to itself, step by
// step, so that what it starts sees only what it should.
//
// All of these fail with kFailedPrecondition and the step that this host does
// not allow.

#ifndef GRAPH_ENGINE_EXEC_SANDBOX_H_
#define GRAPH_ENGINE_EXEC_SANDBOX_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/os/file_descriptor.h"

namespace graph {

// Who a command is in its sandbox.
enum class Insider : uint8_t {
  kUser,  // 1000, who may do nothing special.
  kRoot,  // 0, the owner of a root filesystem of its own. What would need other
          // users (to give files to them, to become one, to make devices) is
          // not done and said to have been.
};

// 1. New user, mount, network, IPC, UTS, cgroup and (for children) process
// namespaces; user and group as said, host name `graph`, no network at all.
absl::Status EnterNamespaces(Insider who);

// Gives the new network namespace an address of its own, 127.0.0.1, and nobody
// else to talk to.
absl::Status RaiseLoopback();

// Trees that are shown when there is a command for them. A process that is not
// to be the first one, and keeps its privileges, prepares the shelf before 2.
// and puts trees into the exec root after it: by mounts, which are read-only,
// and go when somebody removes the folder that they cover, from outside. Nobody
// in the sandbox has a way to the shelf itself.
absl::StatusOr<FileDescriptor> PrepareShelf(const std::string& trees);

// Shows the folder `name` of the shelf at the folder `path` of the exec root.
absl::Status ShowTree(const FileDescriptor& shelf, const std::string& name,
                      const std::string& path);

// 2. In the first process of the new process namespace: `root` becomes `/`;
// `exec_root` becomes `/build`, read-only but for `/build/graph-out`; `/tmp`
// and `/dev/shm` are fresh memory; `/dev` has null, zero, full, random and
// urandom; `/proc` shows the processes of the namespace and nothing else. The
// host's files are gone.
struct SandboxPlaces {
  std::string root;       // Has the folders build, dev, proc and tmp.
  std::string exec_root;  // Has a folder graph-out.
  // If empty, `/` is read-only, and `root` has files where devices go. Else
  // commands may change `/`, but `root` stays as it is: the changes are in this
  // folder, which has the empty folders `upper` and `work`, in the form of
  // Linux' overlayfs with the option `userxattr`.
  std::string changes;
  // From PrepareShelf(), or -1.
  int shelf = -1;
};
absl::Status EnterRoot(const SandboxPlaces& places);

// 3. For good: no capability (kRoot: none but those over the files and
// processes of the sandbox), no privilege through programs, and a system call
// filter that refuses what would outlive an action (System V IPC, message
// queues, keys, extended attributes) or opens new doors (namespaces, mounts,
// io_uring). kUser: writing only where writing is meant (Landlock, where the
// kernel has it).
absl::Status GiveUpPrivileges(Insider who);

// Instead of all these, where there are no namespaces (isolation `basic`): from
// now on this process and what it starts may read `exec_root`, those files of
// this machine that are also in `toolchain_root` (a copy of them), and /proc;
// write below `exec_root`/graph-out and `scratch`; make no sockets, gain no
// privilege, and send no signal to processes that were there before (from Linux
// 6.12 on). All paths are absolute.
struct BasicPlaces {
  std::string toolchain_root;
  std::string exec_root;
  std::string scratch;
};
absl::Status EnterBasic(const BasicPlaces& places);

// Whether EnterBasic() can do that here.
absl::Status ProbeBasic();

// Which sockets commands may make. Pairs of connected ones are always allowed.
enum class SocketRule : uint8_t {
  kNamespaced,  // Of the kinds that a network namespace keeps apart.
  kNone,
};

// The last part of the above.
absl::Status InstallSystemCallFilter(SocketRule sockets, Insider who);

// Part of the above, too: what is dropped does not come back.
absl::Status DropCapabilities(Insider who);

// The folders of `/` that are the sandbox's own, whatever else is there.
inline constexpr const char* kSandboxFolders[] = {"build", "dev", "proc", "sys",
                                                  "tmp"};

// Links in /dev: the name, and where it leads.
struct SandboxLink {
  const char* name;
  const char* target;
};
inline constexpr SandboxLink kSandboxLinks[] = {
    {"fd", "/proc/self/fd"},
    {"stdin", "/proc/self/fd/0"},
    {"stdout", "/proc/self/fd/1"},
    {"stderr", "/proc/self/fd/2"},
};

// What commands may have of /dev.
inline constexpr const char* kSandboxDevices[] = {"null", "zero", "full",
                                                  "random", "urandom"};

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_SANDBOX_H_
