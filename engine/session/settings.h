// SPDX-License-Identifier: Apache-2.0
// Settings, and where each came from. What is said later wins:
// default < WORKSPACE.spec < the user's file < GRAPH_* variables < the command
// line.

#ifndef GRAPH_ENGINE_SESSION_SETTINGS_H_
#define GRAPH_ENGINE_SESSION_SETTINGS_H_

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/cas/action_cache.h"
#include "engine/net/places.h"
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
  std::optional<Isolation> isolation() const;  // nullopt: the best there is.
  bool sandbox_debug() const;
  int64_t action_timeout_s() const;  // 0: none. So for the next two.
  int64_t memory_limit() const;      // Bytes.
  uint32_t process_limit() const;
  const std::string& cache_dir() const;
  // In bytes; kNoCeiling for `none`; nullopt for `auto`: see UsualCeiling().
  static constexpr int64_t kNoCeiling = std::numeric_limits<int64_t>::max();
  std::optional<int64_t> cache_max_size() const;
  const std::string& platform() const;
  std::vector<std::string> configs() const;
  std::vector<HttpMirror> mirrors() const;
  std::vector<HttpLogin> logins() const;

 private:
  const std::string& Value(absl::string_view name) const;
  // The known name that `name` is or nearly is; empty if there is none.
  absl::string_view Nearest(absl::string_view name) const;

  std::vector<Setting> settings_;
};

// The layers above WORKSPACE.spec, in their order, into `settings`: the user's
// file, whose text goes to `*user_file` if that is given, the environment, and
// what the command line said.
absl::Status ReadLayers(
    const HostEnvironment& environment,
    const std::vector<std::pair<std::string, std::string>>& flags,
    Settings& settings, std::string* user_file);

}  // namespace graph

#endif  // GRAPH_ENGINE_SESSION_SETTINGS_H_
