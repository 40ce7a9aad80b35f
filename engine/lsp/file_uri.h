// SPDX-License-Identifier: Apache-2.0
// `file:` URIs, which are how editors name files.

#ifndef GRAPH_ENGINE_LSP_FILE_URI_H_
#define GRAPH_ENGINE_LSP_FILE_URI_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace graph {

// The absolute path; nothing if it names no file of this host.
std::optional<std::string> PathOfUri(absl::string_view uri);
// REQUIRES: `path` is absolute.
std::string UriOfPath(absl::string_view path);

}  // namespace graph

#endif  // GRAPH_ENGINE_LSP_FILE_URI_H_
