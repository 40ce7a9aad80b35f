// SPDX-License-Identifier: Apache-2.0
// How strictly commands can be kept from what they did not declare here.
// docs/isolation.md tells what each level forbids.

#ifndef GRAPH_ENGINE_EXEC_ISOLATION_H_
#define GRAPH_ENGINE_EXEC_ISOLATION_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/cas/action_cache.h"

namespace graph {

// Whether this machine lets this user have `level`; kFailedPrecondition with a
// sentence for the user if not. Costs a fraction of a millisecond.
absl::Status ProbeIsolation(Isolation level);

struct IsolationChoice {
  Isolation level = Isolation::kStrict;
  std::string why_not_higher;  // Empty if it is what was wanted, or the best.
};

// The level `wanted`, or else the best that can be had, which is never kNone:
// that must be asked for. kFailedPrecondition if there is no such level.
absl::StatusOr<IsolationChoice> ChooseIsolation(
    std::optional<Isolation> wanted);

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_ISOLATION_H_
