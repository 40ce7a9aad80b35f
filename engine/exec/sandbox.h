// SPDX-License-Identifier: Apache-2.0
// The walls of a sandbox: what a process of one thread does to itself, step by
// step, so that what it starts sees only what it should.
//
// All of these fail with kFailedPrecondition and the step that this host does
// not allow.

#ifndef GRAPH_ENGINE_EXEC_SANDBOX_H_
#define GRAPH_ENGINE_EXEC_SANDBOX_H_

#include <string>

#include "absl/status/status.h"

namespace graph {

// 1. New user, mount, network, IPC, UTS, cgroup and (for children) process
// namespaces; user and group 1000, host name `graph`, no network at all.
absl::Status EnterNamespaces();

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

// The last part of the above.
absl::Status InstallSystemCallFilter();

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_SANDBOX_H_
