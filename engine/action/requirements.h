// SPDX-License-Identifier: Apache-2.0
// What an action asks of the place where it runs, beside its inputs. Rules say
// it as `execution_requirements`; it is kept in the action's properties, so it
// is in the key and goes to remote executors.
//
//   requires-loopback  "" or "1"   it may talk to itself over 127.0.0.1
//   memory-limit       "512M"      K, M, G, T or none stands for powers of 1024
//   process-limit      "64"        at once, threads counted

#ifndef GRAPH_ENGINE_ACTION_REQUIREMENTS_H_
#define GRAPH_ENGINE_ACTION_REQUIREMENTS_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/action/action.h"

namespace graph {

struct Requirements {
  bool loopback = false;
  int64_t memory_limit = 0;  // Bytes; 0: none said. So for the next.
  uint32_t process_limit = 0;
};

// The property for what a rule says, in its one form. kInvalidArgument for what
// is not in the list above.
absl::StatusOr<std::pair<std::string, std::string>> RequirementProperty(
    absl::string_view name, absl::string_view value);

Requirements RequirementsOf(const Action& action);

// `512M` and the like. kInvalidArgument.
absl::StatusOr<int64_t> ParseMemorySize(absl::string_view text);

// `1 GiB`, `512 MiB`: exact, for people.
std::string MemorySizeText(int64_t bytes);

}  // namespace graph

#endif  // GRAPH_ENGINE_ACTION_REQUIREMENTS_H_
