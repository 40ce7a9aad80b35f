// SPDX-License-Identifier: Apache-2.0
// Which indices pip would ask, read where pip reads it. In an ini file, section
// `[global]`: `index-url` and `extra-index-url`, the latter on several lines or
// with spaces between. From low to high: /etc/pip.conf, ~/.pip/pip.conf,
// ~/.config/pip/pip.conf, $VIRTUAL_ENV/pip.conf, $PIP_CONFIG_FILE (which at
// /dev/null means that no file is read), then $PIP_INDEX_URL and
// $PIP_EXTRA_INDEX_URL.

#ifndef GRAPH_ENGINE_FETCH_PIP_CONFIG_H_
#define GRAPH_ENGINE_FETCH_PIP_CONFIG_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/os/environment.h"

namespace graph {

// A simple repository (PEP 503).
struct PypiIndex {
  std::string url;  // Without login, with a `/` at the end.
  // The value of an Authorization header for its host, of the login that stood
  // in the URL; "" if none did. Never to be shown, logged or kept.
  std::string authorization;
};

// In the order in which they are asked; never empty. Fails with
// kInvalidArgument if one is not an http or https URL, with
// kFailedPrecondition if its login would travel unencrypted, and with
// kPermissionDenied and the like if a file that is there cannot be read.
absl::StatusOr<std::vector<PypiIndex>> PypiIndices(
    const HostEnvironment& environment);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_PIP_CONFIG_H_
