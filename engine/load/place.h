// SPDX-License-Identifier: Apache-2.0
// Spec files and places in them, by repository and as people read them.

#ifndef GRAPH_ENGINE_LOAD_PLACE_H_
#define GRAPH_ENGINE_LOAD_PLACE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "dsl/syntax/source.h"
#include "engine/model/label.h"
#include "engine/model/target.h"

namespace graph {

// How diagnostics call a file: its path, `@rules//core/defs.spec` in another
// repository than the workspace.
std::string DisplayPath(absl::string_view repo, absl::string_view path);

// The folder of a file of that display path: what relative labels in it are
// relative to.
PackageName FolderOf(absl::string_view display_path);

// The label of a module; `//a:b.spec` is the file a/b.spec, whether or not a
// is a package.
Label ModuleLabel(absl::string_view repo, absl::string_view path);

Location LocationOf(const dsl::Span& span);
absl::string_view FileOf(const dsl::Span& span);

// `app/BUILD.spec:3:1`.
std::string FormatPlace(absl::string_view file, Location location);

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_PLACE_H_
