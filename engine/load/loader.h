// SPDX-License-Identifier: Apache-2.0
// Spec text → packages of targets, on demand, each file once.

#ifndef GRAPH_ENGINE_LOAD_LOADER_H_
#define GRAPH_ENGINE_LOAD_LOADER_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/environment.h"
#include "dsl/runtime/module.h"
#include "dsl/stdlib/provider.h"
#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/source.h"
#include "engine/base/packed_vector.h"
#include "engine/load/declared_version.h"
#include "engine/load/read_log.h"
#include "engine/load/rule_function.h"
#include "engine/load/source_tree.h"
#include "engine/load/workspace.h"
#include "engine/model/label.h"
#include "engine/model/package.h"
#include "engine/model/pattern.h"
#include "engine/model/target.h"

namespace graph {

struct LoaderOptions {
  int threads = 1;  // That read and evaluate; the caller's is one of them.
  // Takes what print() says, with its place. Called from any of the threads,
  // one at a time. May be empty: then it is dropped.
  std::function<void(absl::string_view line)> print;
  // How many steps each file may take; 0: as many as it likes.
  uint64_t max_steps = 0;
  // Takes each mistake as it is found, beside the Status that tells of it; what
  // it points into is kept alive. Called like `print`; may be empty.
  std::function<void(const dsl::Diagnostic&)> report;
};

// A package with what analysis needs to run its rules.
struct LoadedPackage {
  explicit LoadedPackage(PackageName name) : package(std::move(name)) {}

  // The function of `rule`, which made one of its targets.
  const RuleFunction& RuleOf(const RuleClass& rule) const;
  void KeepRule(const RuleFunction& function);

  Package package;
  std::shared_ptr<const dsl::Source> source;  // Of the build file.
  // That made its targets, each once: few. They live as long as the loader.
  PackedVector<const RuleFunction*> rules;
};

// Loads what it is asked for and remembers it: packages, targets and rules that
// it has returned live as long as it does. Errors are remembered likewise:
// kInvalidArgument with diagnostics (diagnosed.h), unless said otherwise.
//
// One thread at a time; it works on several by itself.
class Loader {
 public:
  // `trees` holds "" for the workspace. Every exported global of
  // `@rules//core:defs.spec` is predeclared in build files and found in
  // `native` (if there is such a file). `universe` is dsl::Universe(), or an
  // environment on top of it.
  Loader(SourceTrees trees, std::shared_ptr<const dsl::Environment> universe,
         LoaderOptions options = {});
  ~Loader();

  // Fails with kNotFound, and a sentence that says so, if there is no such
  // package.
  absl::StatusOr<const LoadedPackage*> LoadPackage(const PackageName& name);

  // What the file `label` gives to those that load it; lives as long as this.
  // Fails with kNotFound, and a sentence, if there is no such file.
  absl::StatusOr<const dsl::Module*> LoadModule(const Label& label);
  // What files of the kind know without binding it; of a build file that is
  // what the prelude exports, too, if that could be loaded.
  const dsl::Environment& Names(dsl::FileKind kind);

  // Fails with kNotFound, and a sentence that tells what there is instead, if
  // the package or the target does not exist.
  absl::StatusOr<const Target*> FindTarget(const Label& label);

  // What `label`, in `attribute` of `user`, stands for. Fails, with a
  // diagnostic at that label in the build file, if it does not exist, cannot
  // be loaded, or `user` may not see it.
  absl::StatusOr<const Target*> FindDependency(const Target& user,
                                               absl::string_view attribute,
                                               const Label& label);

  // The rule that made `target`. REQUIRES: a kRule of this loader.
  const RuleFunction& RuleOf(const Target& target) const;

  // The provider that every target has; analysis gives its fields a meaning.
  const dsl::Provider& default_info() const;

  // The labels that `patterns` name: each once, in the order of the patterns,
  // those of one pattern sorted. `:all` and `...` name rules, not files, and
  // leave out what is tagged `manual`, unless `manual_too`. Fails with
  // kNotFound, and a sentence, if there is no such package or target, or no
  // package below `...`.
  absl::StatusOr<std::vector<Label>> Expand(
      std::span<const TargetPattern> patterns, bool manual_too = false);

  // Loads all packages of the workspace itself, however many of them are wrong:
  // what is wrong with each that is, by its name.
  std::map<std::string, absl::Status> LoadAll();

  // Loads, in parallel, the packages of all that `labels` depend on in any
  // configuration. Reports nothing: who needs a package learns what is wrong
  // with it.
  void Prefetch(std::span<const Label> labels);

  // One error with diagnostics about `target`, shown at its place in the build
  // file: at `literal` within `attribute` if both are found there, else at
  // `attribute`, else at the call. `notes` follow.
  absl::Status ErrorAt(const Target& target, absl::string_view attribute,
                       absl::string_view literal, absl::string_view message,
                       const std::vector<std::string>& notes = {}) const;

  // What was looked at so far.
  ReadLog read_log() const;
  // The versions that were declared so far, in packages that are wrong further
  // down, too, and those of WORKSPACE.spec if anybody asked for one; sorted by
  // name.
  std::vector<DeclaredVersion> versions() const;
  // By `//pkg`: what packages wanted of the lock so far.
  std::map<std::string, LockUse> lock_uses() const;
  // Sorted by name: all that were loaded without an error.
  std::vector<const LoadedPackage*> packages() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_LOADER_H_
