// SPDX-License-Identifier: Apache-2.0
// What a session owns, for the files of this room.

#ifndef GRAPH_ENGINE_SESSION_PARTS_H_
#define GRAPH_ENGINE_SESSION_PARTS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/cancellation.h"
#include "engine/cas/ceiling.h"
#include "engine/cas/local_action_cache.h"
#include "engine/cas/local_store.h"
#include "engine/event/event.h"
#include "engine/exec/toolchain.h"
#include "engine/load/loader.h"
#include "engine/load/source_tree.h"
#include "engine/memo/file_table.h"
#include "engine/model/label.h"
#include "engine/model/pattern.h"
#include "engine/os/environment.h"
#include "engine/session/disk_tree.h"
#include "engine/session/request_memory.h"
#include "engine/session/session.h"
#include "engine/session/settings.h"

namespace graph {

inline constexpr absl::string_view kOutputFolder = "graph-out";

// What loading needs. Made when a question is asked that no memory answers.
struct Front {
  Reads reads;
  std::unique_ptr<SourceTree> workspace;
  MemoryTree rules;
  std::unique_ptr<Loader> loader;
};

// What execution needs.
struct Back {
  std::unique_ptr<LocalStore> store;
  std::unique_ptr<LocalActionCache> cache;
  std::unique_ptr<FileTable> files;
  std::unique_ptr<Ceiling> ceiling;  // nullptr: there is none.
};

struct SessionParts {
  SessionParts(HostEnvironment host, EventSink& sink,
               const Cancellation& cancel)
      : environment(std::move(host)),
        settings(environment),
        events(sink),
        cancellation(cancel) {}

  HostEnvironment environment;
  std::string workspace;  // Absolute.
  PackageName here;       // Where relative patterns start.
  std::vector<std::pair<std::string, std::string>> flags;
  std::string user_file;  // The text of the user's settings.
  Settings settings;
  EventSink& events;
  const Cancellation& cancellation;
  std::unique_ptr<Front> front;

  // The folder for what is remembered of this workspace.
  std::string MemoryFolder() const;
  // The file for what `graph fix` could do after the last build.
  std::string FixesPath() const;
  // Loads WORKSPACE.spec and makes the loader, once.
  absl::StatusOr<Front*> OpenFront();
  absl::StatusOr<std::vector<TargetPattern>> ParsePatterns(
      const std::vector<std::string>& patterns) const;
  absl::StatusOr<Back> OpenBack() const;
  ToolchainOptions ToolchainPlace() const;
};

// The nearest folder at or above `directory`, which is absolute, that has a
// WORKSPACE.spec.
absl::StatusOr<std::string> FindWorkspace(const std::string& directory);

// Replaces a file of the workspace by way of the store's folder, where what a
// kill leaves behind is swept: it has the old bytes or the new ones at every
// moment, and these survive a loss of power.
absl::Status PutFile(LocalStore& store, const std::string& path,
                     absl::string_view text);

// Prints a line of print() to stderr.
void PrintLine(absl::string_view line);

}  // namespace graph

#endif  // GRAPH_ENGINE_SESSION_PARTS_H_
