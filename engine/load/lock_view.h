// SPDX-License-Identifier: Apache-2.0
// The lock as loading sees it: what is declared, what graph.lock says of it,
// and which packages read what.

#ifndef GRAPH_ENGINE_LOAD_LOCK_VIEW_H_
#define GRAPH_ENGINE_LOAD_LOCK_VIEW_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/environment.h"
#include "dsl/syntax/diagnostic.h"
#include "engine/base/mutex.h"
#include "engine/load/declared_version.h"
#include "engine/load/file_view.h"
#include "engine/model/lock_file.h"

namespace graph {

// graph.lock and the versions of WORKSPACE.spec are read when somebody asks for
// them first. Safe for concurrent use.
class LockView {
 public:
  // `files` outlives this.
  LockView(FileView& files, std::shared_ptr<const dsl::Environment> universe);

  // What is wrong with WORKSPACE.spec or graph.lock; nullptr: nothing. To be
  // asked before the rest. Lives as long as this.
  const dsl::Diagnostic* WorkspaceMistake() ABSL_LOCKS_EXCLUDED(mu_);
  const dsl::Diagnostic* LockMistake() ABSL_LOCKS_EXCLUDED(mu_);

  // Adds a version of a package. If another of that name was added, that is the
  // mistake: one and the same text whichever came first.
  std::optional<dsl::Diagnostic> Declare(DeclaredVersion version)
      ABSL_LOCKS_EXCLUDED(mu_);
  // nullptr if WORKSPACE.spec declares none of that name.
  const DeclaredVersion* OfWorkspace(absl::string_view name)
      ABSL_LOCKS_EXCLUDED(mu_);
  // The name there that is nearest to one that is not, or "".
  std::string NearestOfWorkspace(absl::string_view name)
      ABSL_LOCKS_EXCLUDED(mu_);

  // The entry that answers `request`, for `package`. Fails with
  // kInvalidArgument, and what to run, if there is none, or if it answers
  // another one. REQUIRES: there is no LockMistake(). Lives as long as this.
  absl::StatusOr<const LockedVersion*> Find(const VersionRequest& request,
                                            const std::string& package)
      ABSL_LOCKS_EXCLUDED(mu_);

  // All so far, those of WORKSPACE.spec included, sorted by name.
  std::vector<DeclaredVersion> declared() ABSL_LOCKS_EXCLUDED(mu_);
  // By `//pkg`: all packages that read the lock so far.
  std::map<std::string, LockUse> uses() const ABSL_LOCKS_EXCLUDED(mu_);

 private:
  void ReadWorkspace() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void ReadLock() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  FileView& files_;
  const std::shared_ptr<const dsl::Environment> universe_;
  mutable Mutex mu_;
  bool workspace_read_ ABSL_GUARDED_BY(mu_) = false;
  bool lock_read_ ABSL_GUARDED_BY(mu_) = false;
  std::optional<dsl::Diagnostic> workspace_mistake_ ABSL_GUARDED_BY(mu_);
  std::optional<dsl::Diagnostic> lock_mistake_ ABSL_GUARDED_BY(mu_);
  std::map<std::string, DeclaredVersion, std::less<>> of_workspace_
      ABSL_GUARDED_BY(mu_);
  std::map<std::string, DeclaredVersion, std::less<>> of_packages_
      ABSL_GUARDED_BY(mu_);
  LockEntries entries_ ABSL_GUARDED_BY(mu_);
  std::map<std::string, LockUse> uses_ ABSL_GUARDED_BY(mu_);
};

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_LOCK_VIEW_H_
