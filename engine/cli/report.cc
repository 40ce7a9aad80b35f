// SPDX-License-Identifier: Apache-2.0

#include "engine/cli/report.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "engine/cli/verb.h"

namespace graph {
namespace {

constexpr size_t kMostTargets = 10;
constexpr size_t kMostOutputs = 5;

}  // namespace

int ExitCodeOf(const BuildReport& report, bool interrupted) {
  if (report.ok && report.tests_ok) return kExitDone;
  if (interrupted) return kExitInterrupted;
  return report.ok ? kExitTestsFailed : kExitBuildFailed;
}

std::string OutputsText(const BuildReport& report) {
  std::string out;
  size_t shown = 0;
  size_t hidden = 0;
  for (const BuiltTarget& target : report.targets) {
    if (target.outputs.empty()) continue;
    if (shown == kMostTargets) {
      ++hidden;
      continue;
    }
    ++shown;
    absl::StrAppend(&out, target.label, "\n");
    for (size_t i = 0; i < target.outputs.size() && i < kMostOutputs; ++i) {
      absl::StrAppend(&out, "  ", target.outputs[i], "\n");
    }
    if (target.outputs.size() > kMostOutputs) {
      absl::StrAppend(&out, "  … and ", target.outputs.size() - kMostOutputs,
                      " more\n");
    }
  }
  if (hidden > 0) {
    absl::StrAppend(&out, "… and ", hidden,
                    " more targets; graph-out/manifest.json lists all\n");
  }
  return out;
}

}  // namespace graph
