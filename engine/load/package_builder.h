// SPDX-License-Identifier: Apache-2.0
// A package while its build file is evaluated: what the builtins of build files
// work on.

#ifndef GRAPH_ENGINE_LOAD_PACKAGE_BUILDER_H_
#define GRAPH_ENGINE_LOAD_PACKAGE_BUILDER_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/thread.h"
#include "dsl/syntax/diagnostic.h"
#include "engine/load/blame.h"
#include "engine/load/convert.h"
#include "engine/load/file_view.h"
#include "engine/load/loader.h"
#include "engine/load/lock_view.h"
#include "engine/load/rule_function.h"
#include "engine/model/package.h"

namespace graph {

// Mistakes in declarations are collected, and evaluation goes on, so that one
// run shows them all. Hung on the thread that evaluates; used by it alone.
class PackageBuilder {
 public:
  // Fills `loaded`. All outlive this.
  PackageBuilder(LoadedPackage& loaded, FileView& files, LockView& lock,
                 std::vector<dsl::Diagnostic>& diagnostics);

  // The one of the build file that `thread` evaluates. Fails with
  // kInvalidArgument if there is none, saying so of `function`.
  static absl::StatusOr<PackageBuilder*> Of(dsl::Thread& thread,
                                            absl::string_view function);

  const PackageName& name() const { return loaded_.package.name(); }
  const Package& package() const { return loaded_.package; }
  FileView& files() { return files_; }
  LockView& lock() { return lock_; }
  LabelReader& labels() { return labels_; }

  // What a builtin returns to end the evaluation with `mistake`, which stands
  // somewhere else than the call.
  absl::Status FailWith(dsl::Diagnostic mistake);
  // What FailWith() was told.
  const std::optional<dsl::Diagnostic>& failure() const { return failure_; }

  // What package() says. Fails if it was said before, or too late.
  absl::Status SetDefaults(const Visibility& visibility, bool testonly);

  // Declares a target of the rule; problems are collected.
  void Declare(dsl::Thread& thread, const RuleFunction& function,
               const dsl::Arguments& arguments);

  // Makes a source file visible to others.
  absl::Status ExportFile(dsl::Thread& thread, absl::string_view file,
                          const Visibility& visibility);

  // Shares equal ones, which the package keeps. Never null. Fails with
  // kInvalidArgument.
  absl::StatusOr<const Visibility*> ReadVisibility(
      const std::vector<std::string>& entries);

  // After evaluation: makes targets of the source files that targets name, and
  // complains of what does not exist.
  void Finish();

 private:
  friend class Declaration;

  // Where the build file is now, and the macros on the way here.
  void FindCallers(dsl::Thread& thread, Target* target);
  void Report(const Target& target, const Problem& problem);
  // `attribute` is the one that gives the name.
  void AddTarget(Target target, absl::string_view attribute);
  // A label in an attribute of a target that names something in this package
  // which is not declared.
  struct Named {
    Label label;
    size_t user;  // Its place among the targets.
    absl::string_view attribute;
  };
  std::vector<Named> FindUndeclared() const;
  // Makes it a target if the file is there; else says that it is not.
  void AddSourceFile(const Named& named);
  Problem MissingTarget(const Label& label) const;

  LoadedPackage& loaded_;
  FileView& files_;
  LockView& lock_;
  std::vector<dsl::Diagnostic>& diagnostics_;
  std::optional<dsl::Diagnostic> failure_;
  LabelReader labels_;
  const Visibility* default_visibility_ = &Visibility::Private();
  bool default_testonly_ = false;
  bool defaults_set_ = false;
  std::map<std::vector<std::string>, const Visibility*> visibilities_;
  absl::flat_hash_map<const void*, std::shared_ptr<const std::string>>
      file_names_;
};

// Which package the path (relative to package `name`) really belongs to, being
// below another BUILD.spec; empty if to `name` itself. Looks at folders on the
// way only.
std::string DeeperPackage(const PackageName& name, absl::string_view path,
                          FileView& files);

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_PACKAGE_BUILDER_H_
