// SPDX-License-Identifier: Apache-2.0
// Trees that commands read, made once and kept, so that a sandbox shows one by
// a mount, whatever its size.
//
// Layout below `<cache>/trees/`:
//   <64 hex digits>/tree/  the tree of that digest: hard links to the store
//   <64 hex digits>/digest the whole of it, with its size
//   at/<32 hex digits>     the last few trees that were made for one place of
//                          commands, a digest a line, the newest first
//   …                      see cas/folder_store.h
//
// A tree is made of the most similar one that was made for the same place, if
// nobody uses that: at the cost of what differs. Commands cannot write to one;
// but its files are those of the store, so somebody who writes to a file in
// graph-out/ may damage them. That breaks their seals (see cas/local_store.h),
// which are looked at once by each process that uses the tree.

#ifndef GRAPH_ENGINE_EXEC_TREE_STORE_H_
#define GRAPH_ENGINE_EXEC_TREE_STORE_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/digest.h"
#include "engine/base/mutex.h"
#include "engine/cas/blob_store.h"
#include "engine/cas/folder_store.h"
#include "engine/cas/tree.h"

namespace graph {

// A tree that stays as it is while this lives.
class HeldTree {
 public:
  explicit HeldTree(FolderHold hold)
      : hold_(std::move(hold)), name_(Name(hold_.path())) {}
  // Of the folder that is the root of the tree.
  std::string path() const { return hold_.path() + "/tree"; }
  // The same, below the folder of all trees.
  const std::string& name() const { return name_; }

 private:
  static std::string Name(const std::string& path) {
    return path.substr(path.rfind('/') + 1) + "/tree";
  }
  const FolderHold hold_;
  const std::string name_;
};

// Safe for concurrent use, by threads and by processes.
class TreeStore {
 public:
  // Trees with fewer entries are linked as quickly as this shows them.
  static constexpr int kFewest = 32;

  // `cache_dir` is absolute, on the file system of `store`, which outlives
  // this.
  TreeStore(const std::string& cache_dir, BlobStore& store)
      : folders_(Folders(cache_dir)), store_(store) {}

  // Those below `cache_dir`.
  static FolderStore Folders(const std::string& cache_dir) {
    return FolderStore(cache_dir + "/trees", FolderStore::Links::kToBlobs);
  }

  // The tree, whole, or nullptr if it has fewer than kFewest entries. `place`
  // is where commands see it. Fails as BlobStore::Link does: kNotFound or
  // kDataLoss if its bytes are lost.
  absl::StatusOr<std::shared_ptr<const HeldTree>> Find(const Digest& digest,
                                                       absl::string_view place)
      ABSL_LOCKS_EXCLUDED(mu_);

  // A kept tree that is not what it should be, by its name, and how many of its
  // entries. Those in use are not looked at.
  struct Damage {
    std::string name;
    size_t entries = 0;
  };
  std::vector<Damage> Examine() const;
  // Forgets places none of whose trees are kept.
  void DropOldNotes() const;

  const std::string& root() const { return folders_.root(); }

 private:
  // What this process knows of a tree.
  struct Known {
    Mutex mu;
    std::optional<bool> is_large ABSL_GUARDED_BY(mu);
    bool is_whole ABSL_GUARDED_BY(mu) = false;  // Its seals were looked at.
    std::weak_ptr<const HeldTree> held ABSL_GUARDED_BY(mu);
  };

  Known& KnownOf(const Digest& digest) ABSL_LOCKS_EXCLUDED(mu_);
  absl::StatusOr<bool> IsLarge(const Digest& digest);
  absl::Status Make(const Digest& digest, absl::string_view place,
                    const std::string& path);
  bool MakeOfAnother(const Digest& digest, const std::vector<Digest>& others,
                     const std::string& path);
  std::vector<Digest> OthersAt(const std::string& note) const;

  FolderStore folders_;
  BlobStore& store_;
  Mutex mu_;
  absl::flat_hash_map<Digest, std::unique_ptr<Known>> known_
      ABSL_GUARDED_BY(mu_);
};

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_TREE_STORE_H_
