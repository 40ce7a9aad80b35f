// SPDX-License-Identifier: Apache-2.0
#include "engine/action/requirements.h"

#include <limits>

#include "absl/status/status_macros.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/base/spelling.h"

namespace graph {
namespace {

constexpr absl::string_view kLoopback = "requires-loopback";
constexpr absl::string_view kMemory = "memory-limit";
constexpr absl::string_view kProcesses = "process-limit";
constexpr absl::string_view kUnits = "KMGT";
// Below this not even a sandbox and a shell can live.
constexpr int64_t kLeastMemory = int64_t{16} << 20;
constexpr uint32_t kMostProcesses = 1 << 22;

absl::Status Unknown(absl::string_view name) {
  constexpr absl::string_view kAll[] = {kLoopback, kMemory, kProcesses};
  const absl::string_view nearest = NearestName(name, kAll);
  return absl::InvalidArgumentError(absl::StrCat(
      "there is no execution requirement `", name, "`; ",
      nearest.empty() ? absl::StrCat("those are `", kLoopback, "`, `", kMemory,
                                     "` and `", kProcesses, "`")
                      : absl::StrCat("did you mean `", nearest, "`?")));
}

}  // namespace

absl::StatusOr<int64_t> ParseMemorySize(absl::string_view text) {
  absl::string_view digits = text;
  int shift = 0;
  if (!digits.empty()) {
    const size_t unit = kUnits.find(digits.back());
    if (unit != absl::string_view::npos) {
      shift = 10 * (static_cast<int>(unit) + 1);
      digits.remove_suffix(1);
    }
  }
  int64_t count = 0;
  if (digits.empty() || digits.find_first_not_of("0123456789") != digits.npos ||
      !absl::SimpleAtoi(digits, &count) ||
      count > (std::numeric_limits<int64_t>::max() >> shift) ||
      (count << shift) < kLeastMemory) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", text,
                     "` is no size of memory; want a number with K, M, G or T, "
                     "at least 16M: `512M`"));
  }
  return count << shift;
}

std::string MemorySizeText(int64_t bytes) {
  constexpr const char* kNames[] = {"bytes", "KiB", "MiB", "GiB", "TiB"};
  int unit = 0;
  while (unit < 4 && bytes != 0 && bytes % 1024 == 0) {
    bytes /= 1024;
    ++unit;
  }
  return absl::StrCat(bytes, " ", kNames[unit]);
}

absl::StatusOr<std::pair<std::string, std::string>> RequirementProperty(
    absl::string_view name, absl::string_view value) {
  if (name == kLoopback) {
    if (value.empty() || value == "1") return std::pair(std::string(name), "1");
    return absl::InvalidArgumentError(absl::StrCat(
        "`", name, "` is \"1\" or is not there, not \"", value, "\""));
  }
  if (name == kMemory) {
    ASSIGN_OR_RETURN(const int64_t bytes, ParseMemorySize(value));
    return std::pair(std::string(name), absl::StrCat(bytes));
  }
  if (name == kProcesses) {
    uint32_t count = 0;
    if (!absl::SimpleAtoi(value, &count) || count < 1 ||
        count > kMostProcesses) {
      return absl::InvalidArgumentError(
          absl::StrCat("`", name, "` is a number from 1 to ", kMostProcesses,
                       ", not \"", value, "\""));
    }
    return std::pair(std::string(name), absl::StrCat(count));
  }
  return Unknown(name);
}

Requirements RequirementsOf(const Action& action) {
  Requirements requirements;
  for (const auto& [name, value] : action.properties) {
    if (name == kLoopback) requirements.loopback = true;
    // They were written by RequirementProperty().
    if (name == kMemory) {
      (void)absl::SimpleAtoi(value, &requirements.memory_limit);
    }
    if (name == kProcesses) {
      (void)absl::SimpleAtoi(value, &requirements.process_limit);
    }
  }
  return requirements;
}

}  // namespace graph
