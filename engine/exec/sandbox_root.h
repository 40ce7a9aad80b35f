// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_EXEC_SANDBOX_ROOT_H_
#define GRAPH_ENGINE_EXEC_SANDBOX_ROOT_H_

#include <cstdint>
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
// without walls, so it is for all inputs. Used while no command runs, by one
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
  // empty folder of the same file system. `store` outlives this.
  SandboxRoot(std::string path, std::string spares, Walls walls,
              BlobStore& store)
      : path_(std::move(path)),
        spares_(std::move(spares)),
        walls_(walls),
        store_(store) {}

  // Shows the inputs of `spawn`, folders for its outputs, and nothing else.
  absl::Status Prepare(const Spawn& spawn);

  // Takes the outputs into the store if the command `succeeded`, and removes
  // whatever else it wrote.
  absl::StatusOr<Collected> Collect(const Spawn& spawn, bool succeeded);

 private:
  enum class Kind : uint8_t { kFolder, kFile, kTree, kSymlink };

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
    FileState state;     // kFile, kSymlink where commands can write.
    TreeState leaves;    // kTree where commands can write.
  };
  using Entries = absl::flat_hash_map<std::string, Entry>;

  std::string Absolute(absl::string_view path) const;
  bool Writable(absl::string_view path) const;
  static absl::StatusOr<TreeState> LeavesOf(const std::string& path);

  absl::Status Apply(const Spawn& spawn);
  absl::Status UseFolder(absl::string_view path,
                         std::vector<std::string>* missing);
  absl::Status RemoveLeaf(const std::string& path, Kind kind);
  absl::Status RemoveUnused();
  absl::Status MakeFolder(const std::string& path);
  absl::Status AddInput(const SpawnInput& input);
  absl::Status Clear();

  // True if all declared folders are as they were made.
  bool FoldersStand() const;
  void FindDamage(std::vector<std::string>* complaints);
  bool IsDamaged(const std::string& path, Entry& entry);
  bool IsTreeDamaged(const std::string& path, Entry& entry);
  bool IsWhole(const std::string& path, const Entry& entry,
               const TreeState& now);
  void Distrust(const std::string& path, const Digest& digest,
                const FileState& before, const FileState& now);
  absl::Status TakeOutput(const SpawnOutput& output, Collected* collected);
  // Takes the outputs that are symbolic links, while all else is still there.
  void TakeLinks(const Spawn& spawn, Collected* collected);
  // Whether `place`, relative to the root, is declared by `spawn`, or lies in a
  // folder that is.
  bool IsDeclared(const Spawn& spawn, const std::string& place) const;
  absl::Status RemoveUndeclared();
  absl::Status RemoveUndeclaredIn(const std::string& folder);

  const std::string path_;
  const std::string spares_;
  const Walls walls_;
  BlobStore& store_;
  Entries entries_;  // By path.
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
