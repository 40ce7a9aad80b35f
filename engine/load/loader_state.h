// SPDX-License-Identifier: Apache-2.0
// What a Loader is made of; its members are spread over several files.

#ifndef GRAPH_ENGINE_LOAD_LOADER_STATE_H_
#define GRAPH_ENGINE_LOAD_LOADER_STATE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "engine/load/build_builtins.h"
#include "engine/load/file_view.h"
#include "engine/load/loader.h"
#include "engine/load/lock_view.h"
#include "engine/load/spec_graph.h"

namespace graph {

struct Loader::State {
  State(SourceTrees trees, std::shared_ptr<const dsl::Environment> universe,
        LoaderOptions options)
      : files(std::move(trees)),
        lock(files, universe),
        language(MakeBuildLanguage(std::move(universe))),
        specs(files, lock, language, std::move(options)) {}

  // Loads `@rules//core:defs.spec`, if that was not done before. Returns what
  // is wrong with it.
  absl::Status LoadPrelude();

  // The file of a package; not loaded before Run().
  SpecFile* Want(const PackageName& name);
  // Of a package that was wanted; nullptr if it was not, or is wrong.
  // REQUIRES: Run() came after the last Want().
  const LoadedPackage* Find(absl::string_view package_text) const;
  // The package that holds the target. REQUIRES: it is one of this loader.
  const LoadedPackage& PackageOf(const Target& target) const;

  // Why there is no such package, and which there is instead.
  absl::Status NoPackage(const PackageName& name);
  // Why the package, which is there, has no such target.
  absl::Status NoTarget(const LoadedPackage& loaded, const Label& label);

  FileView files;
  LockView lock;
  BuildLanguage language;
  SpecGraph specs;
  bool prelude_loaded = false;
  absl::Status prelude_status;
  // By `//pkg`: all that were wanted. Between Want() and Run() others work on
  // them.
  absl::flat_hash_map<std::string, SpecFile*> packages;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_LOADER_STATE_H_
