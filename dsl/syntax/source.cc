// SPDX-License-Identifier: Apache-2.0

#include "dsl/syntax/source.h"

#include <algorithm>
#include <utility>

namespace dsl {

std::shared_ptr<const Source> Source::Make(std::string path, std::string text) {
  return std::shared_ptr<const Source>(
      new Source(std::move(path), std::move(text)));
}

Source::Source(std::string path, std::string text)
    : path_(std::move(path)), text_(std::move(text)) {}

absl::string_view Source::Text(Extent extent) const {
  return text().substr(extent.begin, extent.end - extent.begin);
}

const std::vector<uint32_t>& Source::LineStarts() const {
  absl::call_once(lines_found_, [this] {
    line_starts_.push_back(0);
    for (size_t at = text_.find('\n'); at != std::string::npos;
         at = text_.find('\n', at + 1)) {
      line_starts_.push_back(static_cast<uint32_t>(at + 1));
    }
  });
  return line_starts_;
}

Position Source::PositionOf(uint32_t offset) const {
  offset = std::min(offset, static_cast<uint32_t>(text_.size()));
  const std::vector<uint32_t>& starts = LineStarts();
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  return {static_cast<int>(after - starts.begin()),
          static_cast<int>(offset - *(after - 1)) + 1};
}

absl::string_view Source::Line(int line) const {
  const std::vector<uint32_t>& starts = LineStarts();
  if (line < 1 || static_cast<size_t>(line) > starts.size()) return {};
  absl::string_view rest = text().substr(starts[line - 1]);
  rest = rest.substr(0, rest.find('\n'));
  if (!rest.empty() && rest.back() == '\r') rest.remove_suffix(1);
  return rest;
}

}  // namespace dsl
