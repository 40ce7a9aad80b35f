// SPDX-License-Identifier: Apache-2.0
// Which files of a package patterns name.
//
//   pattern = part *( "/" part )       `**` any number of folders, none too
//                                      `*`, `?` in a part: any text, one letter
//
// A glob stays in its package: it does not look into folders that are packages
// of their own. Wildcards do not enter folders whose name begins with a dot
// (write `.github/**`), linked folders, and graph-out.

#ifndef GRAPH_ENGINE_LOAD_GLOB_H_
#define GRAPH_ENGINE_LOAD_GLOB_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/load/file_view.h"
#include "engine/model/label.h"

namespace graph {

// Where artifacts come to lie in a workspace; never a package.
inline constexpr absl::string_view kOutputFolder = "graph-out";

struct GlobRequest {
  std::vector<std::string> include;
  std::vector<std::string> exclude;
  bool exclude_directories = true;
  bool allow_empty = false;
};

// Paths relative to the package, sorted, each once. Fails with
// kInvalidArgument for a bad pattern; also, unless `allow_empty`, for one in
// `include` that matches nothing, or if all is excluded.
absl::StatusOr<std::vector<std::string>> Glob(const GlobRequest& request,
                                              const PackageName& package,
                                              FileView& files);

// Whether the pattern matches the whole path. REQUIRES: it is well formed.
bool GlobMatches(absl::string_view pattern, absl::string_view path);

// kInvalidArgument that says what is wrong with the pattern.
absl::Status CheckGlob(absl::string_view pattern);

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_GLOB_H_
