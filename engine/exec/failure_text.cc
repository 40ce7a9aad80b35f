// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/failure_text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "engine/action/environment.h"

namespace graph {
namespace {

constexpr int kSignalled = 128;
constexpr int kLastSignal = 64;

}  // namespace

std::string ShellQuoted(absl::string_view text) {
  const bool plain =
      !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
               absl::string_view("_-./=:,+@%").find(c) !=
                   absl::string_view::npos;
      });
  if (plain) return std::string(text);
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}

std::string ReasonOf(const SpawnResult& result, const Action& action) {
  if (result.timed_out) {
    return absl::StrCat(
        "timed out after ",
        result.timeout_s > 0 ? result.timeout_s : action.timeout_s, " s");
  }
  const int signal = result.exit_code - kSignalled;
  if (signal > 0 && signal <= kLastSignal) {
    return absl::StrCat("killed by signal ", signal);
  }
  return absl::StrCat("exit code ", result.exit_code);
}

std::string RepeatCommand(const Action& action) {
  if (action.kind != Action::Kind::kSpawn) return "";
  std::vector<std::string> words = {"env", "-i"};
  for (const auto& [name, value] : EnvironmentOf(action)) {
    words.push_back(absl::StrCat(name, "=", ShellQuoted(value)));
  }
  for (const std::string& arg : action.argv) words.push_back(ShellQuoted(arg));
  return absl::StrJoin(words, " ");
}

std::string FaultOf(std::span<const OutputEntry> outputs,
                    std::span<const SpawnOutput> declared) {
  std::vector<std::string> faults;
  for (const SpawnOutput& want : declared) {
    auto it = std::lower_bound(
        outputs.begin(), outputs.end(), want.path,
        [](const OutputEntry& o, const std::string& p) { return o.path < p; });
    if (it == outputs.end() || it->path != want.path) {
      faults.push_back(
          absl::StrCat("did not make its declared output `", want.path, "`"));
    } else if (it->kind != OutputEntry::Kind::kSymlink &&
               (it->kind == OutputEntry::Kind::kDirectory) !=
                   want.is_directory) {
      faults.push_back(absl::StrCat(
          "made `", want.path, "` as a ",
          want.is_directory ? "file, which is declared as a folder"
                            : "folder, which is declared as a file"));
    }
  }
  return absl::StrJoin(faults, "; ");
}

}  // namespace graph
