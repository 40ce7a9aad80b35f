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

namespace graph {

// 1. New user, mount, network, IPC, UTS, cgroup and (for children) process
// namespaces; user and group 1000, host name `graph`, no network at all.
absl::Status EnterNamespaces();

// Gives the new network namespace an address of its own, 127.0.0.1, and nobody
// else to talk to.
absl::Status RaiseLoopback();

// 2. In the first process of the new process namespace: `toolchain_root`
// becomes
// `/`, read-only; `exec_root` becomes `/build`, read-only but for
// `/build/graph-out`; `/tmp` and `/dev/shm` are fresh memory; `/dev` has null,
// zero, full, random and urandom; `/proc` shows the processes of the namespace
// and nothing else. The host's files are gone.
absl::Status EnterRoot(const std::string& toolchain_root,
                       const std::string& exec_root);

// 3. For good: no capability, no privilege through programs, writing only where
// writing is meant (Landlock, where the kernel has it), and a system call
// filter that refuses what would outlive an action (System V IPC, message
// queues, keys, extended attributes) or opens new doors (namespaces, mounts,
// io_uring).
absl::Status GiveUpPrivileges();

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
absl::Status InstallSystemCallFilter(SocketRule sockets);

// Part of the above, too: no capability is left, nor comes back.
absl::Status DropCapabilities();

// What commands may have of /dev.
inline constexpr const char* kSandboxDevices[] = {"null", "zero", "full",
                                                  "random", "urandom"};

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_SANDBOX_H_
