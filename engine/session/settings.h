// SPDX-License-Identifier: Apache-2.0
// Settings, and where each came from. What is said later wins:
// default < WORKSPACE.spec < the user's file < GRAPH_* variables < the command
// line.

#ifndef GRAPH_ENGINE_SESSION_SETTINGS_H_
#define GRAPH_ENGINE_SESSION_SETTINGS_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/cas/action_cache.h"
#include "engine/os/environment.h"
#include "engine/session/session.h"

namespace graph {

// Text by name, each with its origin. Plain value.
class Settings {
 public:
  // The defaults on this host.
  explicit Settings(const HostEnvironment& environment);

  // Fails with kInvalidArgument, naming `origin`, for an unknown name (with the
  // nearest known one) and for a value of the wrong form. A value from a lower
  // layer than the present one changes nothing, but is checked.
  absl::Status Set(absl::string_view name, absl::string_view value,
                   absl::string_view origin);

  // The lines `name = value` of the user's file; `#` starts a comment.
  absl::Status ReadUserFile(absl::string_view text, const std::string& path);
  // Each GRAPH_<NAME> that names a setting: GRAPH_CACHE_DIR is cache-dir. One
  // that is nearly such a name is an error; others are not meant for us.
  absl::Status ReadEnvironment(const HostEnvironment& environment);

  std::vector<Setting> Describe() const;  // Sorted by name.

  int jobs() const;
  bool keep_going() const;
  bool fail_on_tolerated() const;
  bool offline() const;
  Isolation isolation() const;
  const std::string& cache_dir() const;
  const std::string& platform() const;
  std::vector<std::string> configs() const;

 private:
  const std::string& Value(absl::string_view name) const;
  // The known name that `name` is or nearly is; empty if there is none.
  absl::string_view Nearest(absl::string_view name) const;

  std::vector<Setting> settings_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_SESSION_SETTINGS_H_
