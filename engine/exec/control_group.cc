// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/control_group.h"

#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

constexpr absl::string_view kPrefix = "graph-";
// The two processes of a sandbox are in the group as well.
constexpr int64_t kOwnProcesses = 2;

// Where groups of one kind are mounted, and ours among them.
struct Hierarchy {
  std::string mount;
  std::string own;  // Begins with a slash.
};

bool Names(absl::string_view list, char separator, absl::string_view word) {
  for (absl::string_view one : absl::StrSplit(list, separator)) {
    if (one == word) return true;
  }
  return false;
}

// The hierarchy of version 2, or of version 1 for processes.
absl::StatusOr<Hierarchy> Find(const ControlGroup::Host& host, bool version_2) {
  ASSIGN_OR_RETURN(const std::string mounts, ReadFile(host.mounts));
  ASSIGN_OR_RETURN(const std::string groups, ReadFile(host.own_groups));
  Hierarchy found;
  for (absl::string_view line : absl::StrSplit(mounts, '\n')) {
    const std::vector<absl::string_view> words = absl::StrSplit(line, ' ');
    if (words.size() < 4) continue;
    if (version_2 ? words[2] == "cgroup2"
                  : words[2] == "cgroup" && Names(words[3], ',', "pids")) {
      found.mount = std::string(words[1]);
    }
  }
  for (absl::string_view line : absl::StrSplit(groups, '\n')) {
    const std::vector<absl::string_view> words =
        absl::StrSplit(line, absl::MaxSplits(':', 2));
    if (words.size() < 3) continue;
    if (version_2 ? words[0] == "0" : Names(words[1], ',', "pids")) {
      found.own = std::string(words[2]);
    }
  }
  if (found.mount.empty() || !absl::StartsWith(found.own, "/")) {
    return absl::FailedPreconditionError("there are no such control groups");
  }
  return found;
}

std::string FolderOf(const Hierarchy& hierarchy, absl::string_view group) {
  return absl::StrCat(hierarchy.mount, group == "/" ? "" : group);
}

// Groups are named `graph-<process>-…`; those that are empty can be removed.
void RemoveAbandoned(const std::string& parent) {
  absl::StatusOr<std::vector<DirectoryEntry>> entries = ListDirectory(parent);
  if (!entries.ok()) return;
  for (const DirectoryEntry& entry : *entries) {
    int process = 0;
    const std::vector<absl::string_view> words =
        absl::StrSplit(entry.name, '-');
    if (words.size() < 3 || !absl::StartsWith(entry.name, kPrefix) ||
        !absl::SimpleAtoi(words[1], &process) ||
        Exists(absl::StrCat("/proc/", process))) {
      continue;
    }
    RemoveDirectory(absl::StrCat(parent, "/", entry.name)).IgnoreError();
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<ControlGroup>> ControlGroup::Make(
    const std::string& name, const Host& host) {
  if (absl::StatusOr<Hierarchy> second = Find(host, true); second.ok()) {
    // A group that has processes, as ours has, can have no others with
    // controllers below it; its parent can.
    const std::string parent = second->own.substr(0, second->own.rfind('/'));
    auto made = MakeIn(FolderOf(*second, parent.empty() ? "/" : parent), name,
                       /*version_2=*/true);
    if (made.ok()) return made;
  }
  absl::StatusOr<Hierarchy> first = Find(host, false);
  if (first.ok()) {
    return MakeIn(FolderOf(*first, first->own), name, /*version_2=*/false);
  }
  return absl::FailedPreconditionError(
      "this user can make no control groups here");
}

absl::StatusOr<std::unique_ptr<ControlGroup>> ControlGroup::MakeIn(
    const std::string& parent, const std::string& name, bool version_2) {
  if (version_2) {
    absl::StatusOr<std::string> controllers =
        ReadFile(absl::StrCat(parent, "/cgroup.subtree_control"));
    RETURN_IF_ERROR(controllers.status());
    for (absl::string_view needed : {"memory", "pids"}) {
      if (!absl::StrContains(*controllers, needed)) {
        return absl::FailedPreconditionError(
            absl::StrCat("the controller `", needed, "` is not in ", parent));
      }
    }
  }
  RemoveAbandoned(parent);
  const std::string folder = absl::StrCat(parent, "/", kPrefix, name);
  RETURN_IF_ERROR(MakeDirectory(folder));
  return std::unique_ptr<ControlGroup>(new ControlGroup(folder, version_2));
}

ControlGroup::~ControlGroup() { RemoveDirectory(folder_).IgnoreError(); }

absl::Status ControlGroup::Write(const char* file,
                                 const std::string& text) const {
  return WriteFile(absl::StrCat(folder_, "/", file), text);
}

int64_t ControlGroup::Count(const char* file, absl::string_view key) const {
  absl::StatusOr<std::string> text = ReadFile(absl::StrCat(folder_, "/", file));
  if (!text.ok()) return 0;
  for (absl::string_view line : absl::StrSplit(*text, '\n')) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(line, absl::MaxSplits(' ', 1));
    int64_t count = 0;
    if (parts.first == key && absl::SimpleAtoi(parts.second, &count)) {
      return count;
    }
  }
  return 0;
}

absl::Status ControlGroup::Limit(int64_t memory, uint32_t processes) {
  if (limits_memory_ && memory != memory_) {
    RETURN_IF_ERROR(
        Write("memory.max", memory == 0 ? "max" : absl::StrCat(memory)));
    // Not every kernel counts what is swapped out.
    Write("memory.swap.max", memory == 0 ? "max" : "0").IgnoreError();
    memory_ = memory;
  }
  if (processes != processes_) {
    RETURN_IF_ERROR(Write(
        "pids.max",
        processes == 0 ? "max" : absl::StrCat(processes + kOwnProcesses)));
    processes_ = processes;
  }
  killed_before_ = Count("memory.events", "oom_kill");
  refused_before_ = Count("pids.events", "max");
  return absl::OkStatus();
}

ControlGroup::Reached ControlGroup::reached() const {
  return {.memory = Count("memory.events", "oom_kill") > killed_before_,
          .processes = Count("pids.events", "max") > refused_before_};
}

}  // namespace graph
