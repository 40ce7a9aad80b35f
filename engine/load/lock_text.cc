// SPDX-License-Identifier: Apache-2.0
#include "engine/load/lock_text.h"

#include <cstdint>
#include <utility>

#include "absl/status/status_macros.h"
#include "engine/load/diagnosed.h"

namespace graph {

std::variant<LockEntries, dsl::Diagnostic> ReadLockText(std::string text) {
  auto source = dsl::Source::Make(std::string(kLockFileName), std::move(text));
  std::variant<LockEntries, LockMistake> parsed = ParseLock(source->text());
  if (auto* entries = std::get_if<LockEntries>(&parsed)) {
    return std::move(*entries);
  }
  LockMistake& mistake = std::get<LockMistake>(parsed);
  dsl::Diagnostic diagnostic;
  diagnostic.span = source->At({static_cast<uint32_t>(mistake.begin),
                                static_cast<uint32_t>(mistake.end)});
  diagnostic.message = std::move(mistake.message);
  if (!mistake.hint.empty()) {
    diagnostic.notes.push_back({std::nullopt, std::move(mistake.hint)});
  }
  diagnostic.KeepSources();
  return diagnostic;
}

absl::StatusOr<LockEntries> LoadLock(const SourceTree& tree) {
  absl::StatusOr<std::string> text = tree.ReadFile(kLockFileName);
  if (absl::IsNotFound(text.status())) return LockEntries();
  RETURN_IF_ERROR(text.status());
  std::variant<LockEntries, dsl::Diagnostic> read =
      ReadLockText(*std::move(text));
  if (auto* entries = std::get_if<LockEntries>(&read)) {
    return std::move(*entries);
  }
  return Diagnosed({&std::get<dsl::Diagnostic>(read), 1});
}

}  // namespace graph
