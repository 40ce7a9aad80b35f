// SPDX-License-Identifier: Apache-2.0
// The key of an action: the digest of everything that it may read, as the
// digest of the REAPI v2 Action message that stands for it, so that local
// cache, remote cache and remote execution share one key.
//
// Ours ride along as platform properties:
//   graph-isolation  `strict`, `basic`, `none`: of commands
//   graph-step       `1`: a step of the engine, whose format version is argv[1]
//   graph-content    digest of Action::content, where there is one
//   graph-root       paths of the layers of its root filesystem, a line each,
//                    the lowest first; in place of the toolchain
//   graph-layer      format version and path of the layer that is an output
// beside those of the action itself and those of the runner (the toolchain).

#ifndef GRAPH_ENGINE_ACTION_KEY_H_
#define GRAPH_ENGINE_ACTION_KEY_H_

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/action/action.h"
#include "engine/action/environment.h"
#include "engine/action/input_tree.h"
#include "engine/action/spawn_input.h"
#include "engine/base/digest.h"
#include "engine/cas/action_cache.h"

namespace graph {

struct ActionKey {
  Digest key;         // Of the Action message.
  Digest command;     // Of the Command message.
  Digest input_root;  // Of the Directory message.
};

// The messages in canonical form, as servers get them. `properties` are sorted.
std::string EncodeCommand(const ActionGraph& graph, const Action& action,
                          const NamedTexts& properties);
std::string EncodeAction(const Digest& command, const Digest& input_root,
                         int64_t timeout_s, const NamedTexts& properties);

// Makes keys for one build. Safe for concurrent use.
class KeyMaker {
 public:
  // The properties of a runner of commands, by Action::packages. Called from
  // any thread.
  using RunnerProperties = std::function<absl::StatusOr<NamedTexts>(
      const std::vector<std::string>& packages)>;

  // Both are those of the runner of commands.
  KeyMaker(Isolation isolation, RunnerProperties properties);

  // `inputs` are the action's, resolved and sorted by path. Fails with
  // kInvalidArgument if an input lies inside another, and as the runner's
  // properties do.
  absl::StatusOr<ActionKey> KeyOf(const ActionGraph& graph,
                                  const Action& action,
                                  std::span<const SpawnInput> inputs);

  // What the key was made of, as text: see parts.h.
  absl::StatusOr<std::string> PartsOf(const ActionGraph& graph,
                                      const Action& action,
                                      std::span<const SpawnInput> inputs,
                                      const ActionKey& key) const;

 private:
  absl::StatusOr<NamedTexts> PropertiesOf(const ActionGraph& graph,
                                          const Action& action) const;

  const Isolation isolation_;
  const RunnerProperties properties_;
  InputTrees trees_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_ACTION_KEY_H_
