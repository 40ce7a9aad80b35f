// SPDX-License-Identifier: Apache-2.0
// What a manifest says of files: ours (action/manifest.h), and any other that
// is a JSON object with such a list:
//
//   {"files": [{"path", "sha256", "size", …}, …], …}
//   {"artifacts": [{"path", "download_path", "kind"?, "sha256", "size",
//                   "target"?, "executable"?, …}, …], …}
//
// `kind` is `file` unless said. Everything else in it is for others.

#ifndef GRAPH_ENGINE_EXEC_MANIFEST_READER_H_
#define GRAPH_ENGINE_EXEC_MANIFEST_READER_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/cas/action_cache.h"

namespace graph {

struct ManifestView {
  // Which field has the paths; empty: `path` of files, `download_path` of
  // artifacts. A `/` that a path begins with is the folder itself.
  std::string path_field;
  // Only entries whose field is that text.
  std::vector<std::pair<std::string, std::string>> where;
};

// What the manifest lists, sorted by path; the digest of a folder is that of
// its root Directory message. Fails with kInvalidArgument, the place in `text`
// in front as `LINE:COL: ` where it is no JSON, if it is no such manifest, has
// a path twice, or one that leads out of its folder, or if `where` holds of
// nothing.
absl::StatusOr<std::vector<OutputEntry>> ReadManifest(absl::string_view text,
                                                      const ManifestView& view);

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_MANIFEST_READER_H_
