// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_ACTION_SPAWN_INPUT_H_
#define GRAPH_ENGINE_ACTION_SPAWN_INPUT_H_

#include <cstdint>
#include <string>

#include "engine/base/digest.h"

namespace graph {

// An input at its path below the root in which the command runs.
struct SpawnInput {
  std::string path;
  enum class Kind : uint8_t { kFile, kDirectory, kSymlink } kind = Kind::kFile;
  Digest digest;  // kFile: the bytes. kDirectory: the root Directory message.
  bool executable = false;  // kFile
  std::string target;       // kSymlink
  friend bool operator==(const SpawnInput&, const SpawnInput&) = default;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_ACTION_SPAWN_INPUT_H_
