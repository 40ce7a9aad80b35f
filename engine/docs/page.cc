// SPDX-License-Identifier: Apache-2.0
#include "engine/docs/page.h"

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace graph {
namespace {

constexpr absl::string_view kBegin = "<!-- graph docs ";
constexpr absl::string_view kEnd = "<!-- end of graph docs -->";

}  // namespace

absl::StatusOr<std::string> FillPage(
    absl::string_view page, const std::function<absl::StatusOr<std::string>(
                                const std::string& operand)>& text_of) {
  std::string filled;
  absl::string_view newline;
  int line_number = 0;
  int open_since = 0;  // The line of the mark whose end is awaited.
  for (absl::string_view line : absl::StrSplit(page, '\n')) {
    ++line_number;
    if (open_since != 0 && line != kEnd) continue;
    open_since = 0;
    absl::StrAppend(&filled, newline, line);
    newline = "\n";
    if (!absl::ConsumePrefix(&line, kBegin) ||
        !absl::ConsumeSuffix(&line, " -->")) {
      continue;
    }
    ASSIGN_OR_RETURN(const std::string text, text_of(std::string(line)));
    absl::StrAppend(&filled, "\n\n", text);
    open_since = line_number;
  }
  if (open_since == 0) return filled;
  return absl::InvalidArgumentError(absl::StrCat(
      "the mark in line ", open_since, " has no `", kEnd, "` after it"));
}

}  // namespace graph
