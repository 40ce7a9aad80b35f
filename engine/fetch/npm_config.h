// SPDX-License-Identifier: Apache-2.0
// Which registry npm would ask, and with which login, read where npm reads it:
//
//   <line>  := <key> "=" <value> | ";" … | "#" …
//   <value> := text | JSON string, with ${NAME} for environment variables
//
// From low to high: $NPM_CONFIG_GLOBALCONFIG or /etc/npmrc, then
// $NPM_CONFIG_USERCONFIG or ~/.npmrc, then the variables NPM_CONFIG_<key> in
// letters of any case, `_` for `-`. The keys that count are `registry`,
// `@<scope>:registry`, and, for a place `//host[:port]/path/`, the logins
// `<place>:_authToken`, `<place>:_auth` and `<place>:username` with
// `<place>:_password`.

#ifndef GRAPH_ENGINE_FETCH_NPM_CONFIG_H_
#define GRAPH_ENGINE_FETCH_NPM_CONFIG_H_

#include <map>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/os/environment.h"

namespace graph {

// Immutable. What it knows of logins is never to be shown, logged or kept.
class NpmConfig {
 public:
  // Fails with kInvalidArgument, naming the file and the line, if a line has a
  // ${NAME} that is not set, and with kPermissionDenied and the like if a file
  // that is there cannot be read.
  static absl::StatusOr<NpmConfig> Load(const HostEnvironment& environment);

  // Where `package` (`name` or `@scope/name`) is, with a `/` at the end. Fails
  // with kInvalidArgument if what is configured is not an http or https URL.
  absl::StatusOr<std::string> RegistryOf(absl::string_view package) const;

  // The value of an Authorization header for `url`, of the longest place that
  // is above it; "" if there is no login. Fails with kFailedPrecondition where
  // there is one and it would travel unencrypted, or is no login.
  absl::StatusOr<std::string> AuthorizationFor(absl::string_view url) const;

 private:
  using Values = std::map<std::string, std::string, std::less<>>;
  explicit NpmConfig(Values values) : values_(std::move(values)) {}

  const std::string* Find(absl::string_view key) const;

  Values values_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_NPM_CONFIG_H_
