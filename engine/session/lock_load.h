// SPDX-License-Identifier: Apache-2.0
// The packages of a workspace as they are under some lock, which need not be
// the one on disk.

#ifndef GRAPH_ENGINE_SESSION_LOCK_LOAD_H_
#define GRAPH_ENGINE_SESSION_LOCK_LOAD_H_

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/mutex.h"
#include "engine/load/loader.h"
#include "engine/load/source_tree.h"
#include "engine/lsp/overlay_tree.h"
#include "engine/model/lock_file.h"
#include "engine/query/query_graph.h"
#include "engine/session/parts.h"

namespace graph {

// Another tree, and the first folder of it that could not be listed. Loading
// takes such a folder for an empty one; who believed that would drop what is
// declared in it.
class WatchedTree final : public SourceTree {
 public:
  // `below` outlives this.
  explicit WatchedTree(const SourceTree& below) : below_(below) {}

  absl::Status status() const ABSL_LOCKS_EXCLUDED(mu_);

  absl::StatusOr<std::string> ReadFile(absl::string_view path) const override {
    return below_.ReadFile(path);
  }
  absl::StatusOr<std::vector<SourceEntry>> List(
      absl::string_view path) const override ABSL_LOCKS_EXCLUDED(mu_);
  EntryKind Stat(absl::string_view path) const override {
    return below_.Stat(path);
  }

 private:
  const SourceTree& below_;
  mutable Mutex mu_;
  mutable absl::Status status_ ABSL_GUARDED_BY(mu_);
};

// Loads when it is asked; what print() says is dropped, for the same file is
// loaded several times. One thread at a time.
class LockLoad {
 public:
  // `front` outlives this.
  LockLoad(const Front& front, const LockEntries& entries);

  // Loads all packages. Those that lack an entry stay behind; fails with what
  // is wrong with others.
  absl::Status LoadAll();
  // Of LoadAll(): what those say that lack an entry, by package.
  const std::map<std::string, absl::Status>& refused() const {
    return refused_;
  }

  // nullptr if it is wrong, or not there.
  const Package* Find(const std::string& package);
  // Of all that was loaded.
  QueryGraph Graph() const;
  // The packages that read the entry, there or not.
  std::set<std::string> ReadersOf(const std::string& name) const;
  std::vector<DeclaredVersion> versions() const { return loader_->versions(); }

 private:
  WatchedTree watched_;
  OverlayTree tree_;
  std::unique_ptr<Loader> loader_;
  std::map<std::string, absl::Status> refused_;
};

// What the entries in which two locks differ affect, each by itself. One thread
// at a time.
class LockImpact {
 public:
  // `old` and `now` have loaded all under `before` and under `after`. All
  // outlive this.
  LockImpact(const Front& front, const LockEntries& before,
             const LockEntries& after, LockLoad& old, LockLoad& now);

  // The rules' targets that differ, in their definition or in what they depend
  // on, if the entry `name` of `before` is made that of `after` alone; sorted.
  std::vector<std::string> Of(const std::string& name);

 private:
  const Front& front_;
  const LockEntries& before_;
  const LockEntries& after_;
  LockLoad& old_;
  LockLoad& now_;
  const QueryGraph old_graph_;
  const QueryGraph now_graph_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_SESSION_LOCK_LOAD_H_
