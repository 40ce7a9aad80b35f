// SPDX-License-Identifier: Apache-2.0
#include "engine/load/diagnosed.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"

namespace graph {
namespace {

constexpr char kMark[] = "graph/diagnosed";

}  // namespace

absl::Status Diagnosed(std::span<const dsl::Diagnostic> diagnostics,
                       absl::StatusCode code) {
  std::vector<std::string> texts;
  for (const dsl::Diagnostic& diagnostic : diagnostics) {
    std::string text = dsl::Render(diagnostic);
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) {
      texts.push_back(std::move(text));
    }
  }
  std::string whole;
  for (const std::string& text : texts) absl::StrAppend(&whole, text);
  return Diagnosed(std::move(whole), code);
}

absl::Status Diagnosed(std::string text, absl::StatusCode code) {
  absl::Status status(code, text);
  status.SetPayload(kMark, absl::Cord());
  return status;
}

bool IsDiagnosed(const absl::Status& status) {
  return status.GetPayload(kMark).has_value();
}

absl::Status JoinErrors(std::span<const absl::Status> errors) {
  std::vector<absl::string_view> texts;
  std::string whole;
  bool diagnosed = true;
  for (const absl::Status& error : errors) {
    if (std::find(texts.begin(), texts.end(), error.message()) != texts.end()) {
      continue;
    }
    diagnosed = diagnosed && IsDiagnosed(error);
    texts.push_back(error.message());
  }
  if (texts.size() == 1) return errors.front();
  for (absl::string_view text : texts) {
    absl::StrAppend(&whole, text,
                    !text.empty() && text.back() == '\n' ? "" : "\n");
  }
  return diagnosed ? Diagnosed(std::move(whole), errors.front().code())
                   : absl::Status(errors.front().code(), whole);
}

}  // namespace graph
