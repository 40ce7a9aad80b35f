// SPDX-License-Identifier: Apache-2.0
// Limits for all processes of a command together, by control groups, where this
// user may make some: as root mostly, or in what systemd delegates. Of version
// 2 both controllers are used; of version 1 that for processes alone.
//
// A group is used for one command after another; it is never told to kill,
// after which the kernel would let nobody in.

#ifndef GRAPH_ENGINE_EXEC_CONTROL_GROUP_H_
#define GRAPH_ENGINE_EXEC_CONTROL_GROUP_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace graph {

class ControlGroup {
 public:
  // Where the kernel tells about groups; another place in tests.
  struct Host {
    std::string mounts = "/proc/self/mounts";
    std::string own_groups = "/proc/self/cgroup";
  };

  // A new group with this unique `name` beside our own; groups of engines that
  // are no more are removed. kFailedPrecondition if there can be none here.
  static absl::StatusOr<std::unique_ptr<ControlGroup>> Make(
      const std::string& name, const Host& host);
  // No process may be in it any more.
  ~ControlGroup();

  // Processes join by writing to `cgroup.procs` in it.
  const std::string& folder() const { return folder_; }
  bool limits_memory() const { return limits_memory_; }

  // For what runs in it from now on; 0: no limit.
  absl::Status Limit(int64_t memory, uint32_t processes);

  // Which limits were reached since Limit().
  struct Reached {
    bool memory = false;
    bool processes = false;
  };
  Reached reached() const;

 private:
  ControlGroup(std::string folder, bool limits_memory)
      : folder_(std::move(folder)), limits_memory_(limits_memory) {}
  static absl::StatusOr<std::unique_ptr<ControlGroup>> MakeIn(
      const std::string& parent, const std::string& name, bool version_2);
  absl::Status Write(const char* file, const std::string& text) const;
  // The number after `key` in a file of `key number` lines.
  int64_t Count(const char* file, absl::string_view key) const;

  const std::string folder_;
  const bool limits_memory_;
  int64_t memory_ = -1;  // What was written last.
  int64_t processes_ = -1;
  int64_t killed_before_ = 0;
  int64_t refused_before_ = 0;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_CONTROL_GROUP_H_
