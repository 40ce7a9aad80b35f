// SPDX-License-Identifier: Apache-2.0
// Landlock: what a process, and all that it starts, may still do with files. It
// needs no privilege and no namespace. It says nothing about looking at the
// names, sizes and times of files, nor about changing modes, owners and times.

#ifndef GRAPH_ENGINE_EXEC_SANDBOX_LANDLOCK_H_
#define GRAPH_ENGINE_EXEC_SANDBOX_LANDLOCK_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/os/file_descriptor.h"

namespace graph {

// 0: this kernel has none, or it is switched off.
int LandlockVersion();

// Sets of rights, as far as this kernel knows them.
uint64_t LandlockListing();  // What is in folders.
uint64_t LandlockReading();  // Files and folders, and running programs.
uint64_t LandlockWriting();  // All but reading, and but devices.
uint64_t LandlockEverything();

// A set of rules: what was handled and not allowed is refused once Enforce()
// was called. All members fail with kFailedPrecondition.
class LandlockRules {
 public:
  // `contained`: also no signals to processes outside, and no abstract sockets
  // of theirs, where the kernel can refuse that (version 6).
  static absl::StatusOr<LandlockRules> Make(uint64_t handled, bool contained);

  // A folder and all below it, or a file: `rights`, as far as they are handled
  // and a file can have them. Fails with kNotFound if it is not there.
  absl::Status Allow(const std::string& path, uint64_t rights);

  // For this thread and what it starts, for good.
  absl::Status Enforce() const;

  // For a vfork()ed child: only a system call. 0 or an errno.
  int EnforceQuietly() const;

 private:
  LandlockRules(FileDescriptor rules, uint64_t handled)
      : rules_(std::move(rules)), handled_(handled) {}

  FileDescriptor rules_;
  uint64_t handled_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_SANDBOX_LANDLOCK_H_
