// SPDX-License-Identifier: Apache-2.0
// graph-out/manifest.json: what a build made, and of what. The same inputs give
// the same bytes: everything is sorted and nothing tells the time.
//
//   {"version": 1, "isolation": "strict",
//    "artifacts": [{"label", "path", "download_path", "kind", "sha256", "size",
//                   "executable"?, "key", "isolation"}, …],   by path
//    "sources": [{"path", "kind", "sha256", "size"}, …],     by path
//    "tolerated_failures": [{"label", "mnemonic", "reason",
//                            "missing": [path, …]}, …]}      by label
//
// `path` is relative to the workspace, `download_path` to graph-out/. For a
// folder `sha256` and `size` are those of its root Directory message; a symlink
// has `target` instead.

#ifndef GRAPH_ENGINE_ACTION_MANIFEST_H_
#define GRAPH_ENGINE_ACTION_MANIFEST_H_

#include <string>
#include <vector>

#include "engine/base/digest.h"
#include "engine/cas/action_cache.h"

namespace graph {

struct ManifestArtifact {
  std::string label;
  OutputEntry output;
  Digest key;  // Of the action that made it.
  Isolation isolation = Isolation::kStrict;
};

struct ManifestSource {
  std::string path;
  bool is_directory = false;
  Digest digest;
};

// An action whose failure the build went on without.
struct ToleratedFailure {
  std::string label;
  std::string mnemonic;
  std::string reason;                // `exit code 1`
  std::vector<std::string> missing;  // The paths of its outputs, sorted.
};

struct Manifest {
  Isolation isolation = Isolation::kStrict;  // What commands ran under.
  std::vector<ManifestArtifact> artifacts;
  std::vector<ManifestSource> sources;
  std::vector<ToleratedFailure> tolerated_failures;
};

// In any order, with any repetition: sorts and drops what is there twice.
std::string ManifestJson(Manifest manifest);

}  // namespace graph

#endif  // GRAPH_ENGINE_ACTION_MANIFEST_H_
