// SPDX-License-Identifier: Apache-2.0
// What the user reads, as text: equal values give equal bytes.

#ifndef GRAPH_ENGINE_UI_FORMAT_H_
#define GRAPH_ENGINE_UI_FORMAT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/event/event.h"
#include "engine/ui/progress_state.h"

namespace graph {

enum class Ink : uint8_t { kGood, kBad, kCaution, kFaint, kBold };

// How text may look.
struct Style {
  bool color = false;
  std::string Paint(Ink ink, absl::string_view text) const;
};

// `8ms`, `1.2s`, `2m05s`, `1h02m`.
std::string FormatDuration(int64_t ms);

// At most `columns` columns of UTF-8 text, an ellipsis where it was cut. Counts
// a character as one column.
std::string CutToWidth(absl::string_view text, int columns);

// The picture of a terminal `columns` wide, at most `most_lines` lines, each
// without its end. First the counts, then what runs, the longest first.
std::vector<std::string> ProgressLines(const ProgressState& state,
                                       int64_t now_ms, int columns,
                                       int most_lines, const Style& style);

// The same in one line without tricks, for logs.
std::string ProgressLine(const ProgressState& state, int64_t now_ms);

// Each of these ends with a line's end.
std::string FormatFailure(const ActionFailed& failure, const Style& style);
std::string FormatTest(const TestFinished& test, const Style& style);
std::string FormatReads(const ReadsTraced& reads);
std::string FormatWarning(const Warning& warning, const Style& style);
// Empty if it went wrong before any action.
std::string FormatSummary(const Finished& finished, const Style& style);

}  // namespace graph

#endif  // GRAPH_ENGINE_UI_FORMAT_H_
