// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/action_cache.h"

namespace graph {

absl::string_view IsolationName(Isolation isolation) {
  switch (isolation) {
    case Isolation::kNone:
      return "none";
    case Isolation::kBasic:
      return "basic";
    case Isolation::kStrict:
      return "strict";
  }
  return "unknown";
}

}  // namespace graph
