// SPDX-License-Identifier: Apache-2.0
// What a command made, taken into the store.
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/cas/tree.h"
#include "engine/exec/sandbox_root.h"
#include "engine/os/file_descriptor.h"

namespace graph {
namespace {

// Where the link `path`, seen from the folder `root`, leads to, relative to
// `root`; empty if nowhere, or out of it at any step.
std::string PlaceBehind(const std::string& root, const std::string& path) {
  FileDescriptor folder(open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  open_how how{};
  how.flags = O_PATH | O_CLOEXEC;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  FileDescriptor end(static_cast<int>(
      syscall(SYS_openat2, folder.get(), path.c_str(), &how, sizeof(how))));
  if (!end.valid()) return "";
  const std::string place =
      ReadLink(absl::StrCat("/proc/self/fd/", end.get())).value_or("");
  absl::string_view inside = place;
  if (!absl::ConsumePrefix(&inside, absl::StrCat(root, "/"))) return "";
  return std::string(inside);
}

bool IsAtOrBelow(absl::string_view place, absl::string_view folder) {
  return absl::ConsumePrefix(&place, folder) &&
         (place.empty() || place[0] == '/');
}

}  // namespace

bool SandboxRoot::IsDeclared(const Spawn& spawn,
                             const std::string& place) const {
  if (std::any_of(spawn.outputs.begin(), spawn.outputs.end(),
                  [&](const SpawnOutput& output) {
                    return IsAtOrBelow(place, output.path);
                  })) {
    return true;
  }
  for (size_t end = place.size(); end != std::string::npos && end > 0;
       end = place.rfind('/', end - 1)) {
    auto entry = entries_.find(place.substr(0, end));
    if (entry != entries_.end()) {
      return end == place.size() || entry->second.kind == Kind::kTree;
    }
  }
  return false;
}

// What such a link leads to is not part of it: where the link is used, it has
// to be declared as well. But it has to be something, and something of the
// build: not a file of the toolchain, nor one that is gone after the command.
void SandboxRoot::TakeLinks(const Spawn& spawn, Collected* collected) {
  for (const SpawnOutput& output : spawn.outputs) {
    absl::StatusOr<std::string> target = ReadLink(Absolute(output.path));
    if (!target.ok()) continue;
    const std::string place = PlaceBehind(path_, output.path);
    if (place.empty() || !IsDeclared(spawn, place)) {
      collected->complaints.push_back(absl::StrCat(
          "the output ", output.path, " is a symbolic link to `", *target,
          "`, which is no declared input or output of the command; write a "
          "file, or a relative link to something declared"));
      continue;
    }
    OutputEntry entry;
    entry.path = output.path;
    entry.kind = OutputEntry::Kind::kSymlink;
    entry.target = *std::move(target);
    collected->outputs.push_back(std::move(entry));
  }
}

absl::Status SandboxRoot::TakeOutput(const SpawnOutput& output,
                                     Collected* collected) {
  const std::string path = Absolute(output.path);
  absl::StatusOr<FileState> state = LinkStat(path);
  if (!state.ok()) return absl::OkStatus();  // The caller sees what is missing.
  OutputEntry entry;
  entry.path = output.path;
  if (state->type == FileType::kSymlink) return absl::OkStatus();  // Taken.
  if (output.is_directory && state->type == FileType::kDirectory) {
    entry.kind = OutputEntry::Kind::kDirectory;
    absl::StatusOr<Digest> digest =
        PutDirectory(path, /*consume=*/true, store_);
    if (absl::IsInvalidArgument(digest.status())) {
      collected->complaints.emplace_back(digest.status().message());
      return absl::OkStatus();
    }
    RETURN_IF_ERROR(digest.status());
    entry.digest = *digest;
  } else if (!output.is_directory && state->type == FileType::kRegular) {
    entry.executable = state->executable();
    ASSIGN_OR_RETURN(entry.digest, store_.PutFile(path, /*consume=*/true));
  } else {
    collected->complaints.push_back(absl::StrCat(
        "the output ", output.path, " should be a ",
        output.is_directory ? "directory" : "regular file", " and is not"));
    return absl::OkStatus();
  }
  collected->outputs.push_back(std::move(entry));
  return absl::OkStatus();
}

}  // namespace graph
