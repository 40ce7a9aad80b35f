// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/isolation.h"

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/exec/sandbox.h"
#include "engine/exec/zygote_client.h"

namespace graph {

absl::Status ProbeIsolation(Isolation level) {
  switch (level) {
    case Isolation::kStrict:
      return ProbeNamespaces();
    case Isolation::kBasic:
      return ProbeBasic();
    case Isolation::kNone:
      return absl::OkStatus();
  }
  return absl::InternalError("an isolation of no level");
}

absl::StatusOr<IsolationChoice> ChooseIsolation(
    std::optional<Isolation> wanted) {
  if (wanted.has_value()) {
    const absl::Status probed = ProbeIsolation(*wanted);
    if (probed.ok()) return IsolationChoice{*wanted, ""};
    return absl::FailedPreconditionError(absl::StrCat(
        "isolation `", IsolationName(*wanted), "` was asked for, but ",
        probed.message(), "; or take what there is, without --isolation"));
  }
  const absl::Status strict = ProbeIsolation(Isolation::kStrict);
  if (strict.ok()) return IsolationChoice{Isolation::kStrict, ""};
  const absl::Status basic = ProbeIsolation(Isolation::kBasic);
  if (basic.ok()) {
    return IsolationChoice{Isolation::kBasic, std::string(strict.message())};
  }
  return absl::FailedPreconditionError(absl::StrCat(
      "commands cannot be isolated here. Not strictly: ", strict.message(),
      ". Nor basically: ", basic.message(),
      ". With --isolation=none they can read and write whatever you can"));
}

}  // namespace graph
