// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_OS_ENVIRONMENT_H_
#define GRAPH_ENGINE_OS_ENVIRONMENT_H_

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace graph {

// The environment variables of our caller, as they were when it was made.
// Immutable: safe to read from any thread.
class HostEnvironment {
 public:
  static HostEnvironment FromProcess();
  explicit HostEnvironment(std::map<std::string, std::string> variables)
      : variables_(std::move(variables)) {}

  // An empty variable counts as set.
  std::optional<std::string> Find(absl::string_view name) const;
  const std::map<std::string, std::string>& variables() const {
    return variables_;
  }

  // HOME, or what the user database says, or "/".
  std::string Home() const;
  // XDG_CACHE_HOME if it is absolute, or ~/.cache.
  std::string CacheHome() const;
  // XDG_CONFIG_HOME if it is absolute, or ~/.config.
  std::string ConfigHome() const;

 private:
  std::map<std::string, std::string> variables_;
};

// How many processors this process may use; at least 1.
int UsableProcessors();

// Of this process.
int ProcessId();
int UserId();  // Effective.

// `linux-x86_64`, `linux-aarch64`: the kernel's name and machine.
std::string HostPlatform();

}  // namespace graph

#endif  // GRAPH_ENGINE_OS_ENVIRONMENT_H_
