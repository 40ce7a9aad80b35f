// SPDX-License-Identifier: Apache-2.0
// The limits of a command, and what is said when it reached one.

#ifndef GRAPH_ENGINE_EXEC_RUNNER_LIMITS_H_
#define GRAPH_ENGINE_EXEC_RUNNER_LIMITS_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "engine/exec/control_group.h"

namespace graph {

// Those of a command, declared or by default; 0: none.
struct Limits {
  int64_t timeout_s = 0;
  int64_t memory = 0;
  uint32_t processes = 0;
};

// Adds a line of ours to what a command wrote.
void Complain(absl::string_view sentence, std::string* text);

// A limit that the command reached or may have reached, and how to raise it.
// `group` is nullptr if it had none.
void TellLimits(const Limits& limits, bool timed_out, const ControlGroup* group,
                std::string* text);

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_RUNNER_LIMITS_H_
