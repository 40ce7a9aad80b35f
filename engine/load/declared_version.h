// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_LOAD_DECLARED_VERSION_H_
#define GRAPH_ENGINE_LOAD_DECLARED_VERSION_H_

#include <memory>
#include <set>
#include <string>

#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/source.h"
#include "engine/model/locked_version.h"

namespace graph {

// A call of version(), and where it stands: in WORKSPACE.spec, or in the build
// file from which the macro was called that calls it.
struct DeclaredVersion {
  VersionRequest request;
  std::shared_ptr<const dsl::Source> source;
  dsl::Span place;  // In `source`.
};

// What a package wanted of the lock while it was loaded.
struct LockUse {
  std::set<std::string> read;  // Names of entries, there or not.
  // One that it read is missing, or answers another request.
  bool refused = false;
};

// `app/BUILD.spec:3:1`.
std::string PlaceText(const DeclaredVersion& version);

// That one name stands for both: at the one that comes later in the order of
// paths and lines.
dsl::Diagnostic DeclaredTwice(const DeclaredVersion& a,
                              const DeclaredVersion& b);

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_DECLARED_VERSION_H_
