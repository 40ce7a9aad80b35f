// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_EXEC_SANDBOX_ROOT_H_
#define GRAPH_ENGINE_EXEC_SANDBOX_ROOT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/cas/action_cache.h"
#include "engine/cas/blob_store.h"
#include "engine/exec/runner.h"
#include "engine/exec/tree_store.h"
#include "engine/os/filesystem.h"

namespace graph {

// The folder that a slot shows to its commands as `/build`. Before each command
// it is brought from what it was to what the command declared, by the
// difference, because neighbours in a build share most of their inputs and
// links cost microseconds.
//
//   <path>/…            sources; commands cannot write here
//   <path>/graph-out/…  made inputs, outputs, and what commands leave behind
//
// Inputs are links to blobs of the store. Those below graph-out could be
// damaged by a command (it owns them), so their states are compared afterwards;
// without walls, so it is for all inputs.
//
// Large trees are not linked but shown: the folder has an empty one at their
// place, over which whoever runs the command mounts the tree, read-only. Such a
// folder keeps its mounts when it is moved, so it is put aside when its tree is
// not wanted: to undo a mount costs the kernel up to milliseconds, which nobody
// pays before many have come together. Used while no command runs, by one
// thread at a time.
class SandboxRoot {
 public:
  // What keeps commands from changing what is not below graph-out.
  enum class Walls : uint8_t { kMounts, kNone };

  // What a command made of its outputs. Each complaint is a sentence for the
  // user; if there is any, the command has failed.
  struct Collected {
    std::vector<OutputEntry> outputs;  // Sorted by path.
    std::vector<std::string> complaints;
  };

  // `path` is absolute, and has an empty folder `graph-out`; `spares` is an
  // empty folder of the same file system. `store` and `trees` outlive this;
  // without `trees`, all are linked.
  SandboxRoot(std::string path, std::string spares, Walls walls,
              BlobStore& store, TreeStore* trees = nullptr)
      : path_(std::move(path)),
        spares_(std::move(spares)),
        walls_(walls),
        store_(store),
        trees_(trees) {}

  // Shows the inputs of `spawn`, folders for its outputs, and nothing else.
  absl::Status Prepare(const Spawn& spawn);

  // Takes the outputs into the store if the command `succeeded`, and removes
  // whatever else it wrote.
  absl::StatusOr<Collected> Collect(const Spawn& spawn, bool succeeded);

  // A tree that is to be mounted over a folder.
  struct ShownTree {
    uint64_t id = 0;  // Of the folder; never used again.
    std::shared_ptr<const HeldTree> tree;
  };
  using ShownTrees = absl::flat_hash_map<std::string, ShownTree>;
  // By path. REQUIRES: Prepare() succeeded.
  const ShownTrees& shown() const { return shown_; }

  // How many trees were put aside, and an end to that. REQUIRES: nobody has
  // them mounted any more.
  size_t put_aside() const { return aside_.size(); }
  absl::Status DropPutAside();

  // Links the trees that are shown, for a root that is to outlive this one.
  // REQUIRES: as DropPutAside().
  absl::Status LinkShown();

 private:
  enum class Kind : uint8_t { kFolder, kFile, kTree, kSymlink, kShownTree };

  // The state of a file of an input tree, by its path relative to the root of
  // the tree.
  using TreeState = std::vector<std::pair<std::string, FileState>>;

  // Something that is in the root because it was declared.
  struct Entry {
    Kind kind = Kind::kFolder;
    uint64_t used = 0;  // The command that last declared it.
    Digest digest;
    bool executable = false;
    std::string target;  // kSymlink
    FileState state;     // All but kTree where commands can write.
    TreeState leaves;    // kTree where commands can write.
  };
  using Entries = absl::flat_hash_map<std::string, Entry>;

  static bool IsOf(Kind kind, SpawnInput::Kind input);
  std::string Absolute(absl::string_view path) const;
  bool Writable(absl::string_view path) const;
  static absl::StatusOr<TreeState> LeavesOf(const std::string& path);

  absl::Status Apply(const Spawn& spawn);
  absl::Status UseFolder(absl::string_view path,
                         std::vector<std::string>* missing);
  absl::Status RemoveLeaf(const std::string& path, const Entry& entry);
  absl::Status RemoveUnused();
  absl::Status MakeFolder(const std::string& path);
  absl::Status AddInput(const SpawnInput& input);
  absl::StatusOr<Kind> AddTree(const SpawnInput& input);
  absl::Status Clear();

  // True if all declared folders are as they were made.
  bool FoldersStand() const;
  void FindDamage(std::vector<std::string>* complaints);
  bool IsShownStill(const std::string& path, const Entry& entry) const;
  bool IsDamaged(const std::string& path, Entry& entry);
  bool IsTreeDamaged(const std::string& path, Entry& entry);
  bool IsWhole(const std::string& path, const Entry& entry,
               const TreeState& now);
  void Distrust(const std::string& path, const Digest& digest,
                const FileState& before, const FileState& now);
  absl::Status TakeOutput(const SpawnOutput& output, Collected* collected);
  // Takes the outputs that are symbolic links, while all else is still there.
  void TakeLinks(const Spawn& spawn, Collected* collected);
  std::string PlaceBehind(const std::string& link) const;
  std::string PlaceOnDisk(const std::string& path) const;
  // Whether `place`, relative to the root, is declared by `spawn`, or lies in a
  // folder that is.
  bool IsDeclared(const Spawn& spawn, const std::string& place) const;
  absl::Status RemoveUndeclared();
  absl::Status RemoveUndeclaredIn(const std::string& folder);

  const std::string path_;
  const std::string spares_;
  const Walls walls_;
  BlobStore& store_;
  TreeStore* const trees_;
  Entries entries_;  // By path.
  ShownTrees shown_;
  struct PutAside {
    Digest digest;
    bool writable = false;  // It is mounted below graph-out.
    std::string folder;
    ShownTree shown;
  };
  std::vector<PutAside> aside_;
  uint64_t shown_made_ = 0;
  // Folders not needed now: making one is ten times dearer than moving one.
  std::vector<std::string> spare_folders_;
  uint64_t spares_made_ = 0;
  uint64_t command_ = 0;
  // Whether the folder is known to be what `entries_` says. Not while a command
  // may write to it, nor when one left what cannot be mended bit by bit.
  bool trusted_ = true;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_SANDBOX_ROOT_H_
