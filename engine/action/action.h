// SPDX-License-Identifier: Apache-2.0
// The action graph: what would run to make which artifact, as plain values.
// Analysis makes it, execution reads it; neither knows the other.

#ifndef GRAPH_ENGINE_ACTION_ACTION_H_
#define GRAPH_ENGINE_ACTION_ACTION_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/dense_map.h"
#include "engine/base/digest.h"

namespace graph {

using ArtifactId = Id<struct ArtifactTag>;
using ActionId = Id<struct ActionTag>;

// No action makes it: a source.
inline constexpr ActionId kNoAction{UINT32_MAX};
inline constexpr ArtifactId kNoArtifact{UINT32_MAX};

// A file or a folder, at a stable path below the root in which actions run:
// `app/main.c` (a source), `graph-out/app/main.o` (made by an action),
// `external/rules/mip/symbols.sh` (a source of an embedded repository).
struct Artifact {
  enum class Kind : uint8_t { kFile, kDirectory };
  std::string path;
  Kind kind = Kind::kFile;
  ActionId producer = kNoAction;
  std::string owner;  // Label of the target that declared it, as text.
};

// One step: a command in a sandbox, or a step that the engine does itself.
struct Action {
  enum class Kind : uint8_t {
    kSpawn,    // `argv` runs in a sandbox.
    kBuiltin,  // The engine runs the step named `argv[0]`, see
               // exec/builtin_runner.h; `argv[1..]` and `content` are its
               // parameters.
    kFetch,    // As kBuiltin, but may use the network: its result is fixed by
               // what `argv` says (a commit, a digest), never by when it ran.
  };
  Kind kind = Kind::kSpawn;
  std::string mnemonic;  // `Genrule`, `ZipArchive`: for people and events.
  std::string message;   // What the progress display says; may be empty.
  std::string owner;     // Label of the target, as text.
  std::vector<std::string> argv;
  std::vector<std::pair<std::string, std::string>> env;  // Sorted by name.
  std::string content;              // kBuiltin: one more parameter.
  std::vector<ArtifactId> inputs;   // Sorted by id, no id twice.
  std::vector<ArtifactId> outputs;  // In the order declared.
  std::vector<std::pair<std::string, std::string>>
      properties;         // Sorted;
                          // platform properties of the key.
  int64_t timeout_s = 0;  // 0: none.
  bool is_test = false;   // Runs only where asked to.

  // kSpawn: the programs of the host that it sees, as Debian packages, sorted;
  // empty: those of the default toolchain.
  std::vector<std::string> packages;
  // kSpawn: instead of these, a root filesystem of its own, in which it runs as
  // root: layers, the lowest first, each among `inputs`.
  std::vector<ArtifactId> root;
  // With `root`: which of `outputs` is what the command changed in it, as a
  // layer. The command does not write that one itself.
  ArtifactId layer = kNoArtifact;

  // If its command fails, that is told and recorded, its outputs are absent,
  // and the build goes on. Never so if it could not be run at all.
  bool tolerant = false;
  // Those of `inputs` that may be absent for such a failure, sorted; and how
  // many of them must be there nevertheless.
  std::vector<ArtifactId> optional_inputs;
  int64_t min_success = 0;
};

// Acyclic by construction: an action's inputs exist before it does.
// Not safe for concurrent writing; safe for concurrent reading.
class ActionGraph {
 public:
  ArtifactId AddArtifact(Artifact artifact) {
    return artifacts_.Add(std::move(artifact));
  }
  // Becomes the producer of its outputs, which must have none.
  ActionId AddAction(Action action) {
    ActionId id = actions_.Add(std::move(action));
    for (ArtifactId output : actions_[id].outputs) {
      artifacts_[output].producer = id;
    }
    return id;
  }

  const Artifact& artifact(ArtifactId id) const { return artifacts_[id]; }
  const Action& action(ActionId id) const { return actions_[id]; }
  size_t artifact_count() const { return artifacts_.size(); }
  size_t action_count() const { return actions_.size(); }

 private:
  DenseMap<ArtifactId, Artifact> artifacts_;
  DenseMap<ActionId, Action> actions_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_ACTION_ACTION_H_
