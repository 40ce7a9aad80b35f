// SPDX-License-Identifier: Apache-2.0
// Logins for image registries, from where the tools of this field keep them:
// `config.json` in $DOCKER_CONFIG, or in ~/.docker.
//
//   {"auths":       {"<registry>": {"auth": base64 of "<user>:<password>"}, …},
//    "credHelpers": {"<registry>": "<helper>", …},
//    "credsStore":  "<helper>"}
//
// A helper is a program `docker-credential-<helper>`, asked by `get`.

#ifndef GRAPH_ENGINE_FETCH_REGISTRY_LOGIN_H_
#define GRAPH_ENGINE_FETCH_REGISTRY_LOGIN_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/cancellation.h"
#include "engine/os/environment.h"

namespace graph {

// Never to be shown, logged or kept.
struct RegistryLogin {
  std::string user;
  std::string password;
};

// Where the file is, or would be.
std::string RegistryConfigPath(const HostEnvironment& environment);

// The login for `registry` (`host` or `host:port`); nullopt if there is none.
// Fails with kFailedPrecondition if the file or the helper that it names is of
// no use; no message has anything of a login in it.
absl::StatusOr<std::optional<RegistryLogin>> FindRegistryLogin(
    absl::string_view registry, const HostEnvironment& environment,
    const Cancellation& cancellation);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_REGISTRY_LOGIN_H_
