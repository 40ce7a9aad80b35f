// SPDX-License-Identifier: Apache-2.0
// What a command made, taken into the store.
#include <algorithm>
#include <string>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "engine/cas/tree.h"
#include "engine/exec/sandbox_root.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

constexpr int kMostLinks = 40;  // As many as the kernel follows.

bool IsAtOrBelow(absl::string_view place, absl::string_view folder) {
  return absl::ConsumePrefix(&place, folder) &&
         (place.empty() || place[0] == '/');
}

}  // namespace

// A tree that is shown lies elsewhere for us.
std::string SandboxRoot::PlaceOnDisk(const std::string& path) const {
  for (const auto& [place, shown] : shown_) {
    if (IsAtOrBelow(path, place)) {
      return absl::StrCat(shown.tree->path(), path.substr(place.size()));
    }
  }
  return Absolute(path);
}

// Where the link leads to, relative to the root; empty if nowhere, or out of it
// at any step. No process is left that could change it meanwhile.
std::string SandboxRoot::PlaceBehind(const std::string& link) const {
  std::vector<std::string> place;
  std::vector<std::string> rest = {link};  // The last one comes next.
  for (int links = 0; !rest.empty();) {
    const size_t slash = rest.back().find('/');
    const std::string name = rest.back().substr(0, slash);
    if (slash == std::string::npos) {
      rest.pop_back();
    } else {
      rest.back().erase(0, slash + 1);
    }
    if (name == "..") {
      if (place.empty()) return "";
      place.pop_back();
    }
    if (name.empty() || name == "." || name == "..") continue;
    place.push_back(name);
    const std::string path = PlaceOnDisk(absl::StrJoin(place, "/"));
    absl::StatusOr<FileState> state = LinkStat(path);
    if (!state.ok()) return "";
    if (state->type == FileType::kSymlink) {
      absl::StatusOr<std::string> target = ReadLink(path);
      if (!target.ok() || ++links > kMostLinks || target->empty() ||
          target->front() == '/') {
        return "";
      }
      place.pop_back();
      rest.push_back(*std::move(target));
    } else if (state->type != FileType::kDirectory && !rest.empty()) {
      return "";
    }
  }
  return absl::StrJoin(place, "/");
}

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
      return end == place.size() ||
             IsOf(entry->second.kind, SpawnInput::Kind::kDirectory);
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
    const std::string place = PlaceBehind(output.path);
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
