// SPDX-License-Identifier: Apache-2.0

#include "dsl/syntax/source.h"

#include <algorithm>
#include <utility>

namespace dsl {
namespace {

constexpr int kSparse = 16;

}  // namespace

std::shared_ptr<const Source> Source::Make(std::string path, std::string text) {
  return std::shared_ptr<const Source>(
      new Source(std::move(path), std::move(text)));
}

Source::Source(std::string path, std::string text)
    : path_(std::move(path)), text_(std::move(text)) {}

absl::string_view Source::Text(Extent extent) const {
  return text().substr(extent.begin, extent.end - extent.begin);
}

// Of every kSparse-th line: a source is kept for each loaded package, mostly
// for messages that nobody has to read.
const std::vector<uint32_t>& Source::LineStarts() const {
  absl::call_once(lines_found_, [this] {
    const auto lines = std::count(text_.begin(), text_.end(), '\n');
    line_starts_.reserve(static_cast<size_t>(lines) / kSparse + 1);
    line_starts_.push_back(0);
    int line = 0;
    for (size_t at = text_.find('\n'); at != std::string::npos;
         at = text_.find('\n', at + 1)) {
      if (++line % kSparse == 0) {
        line_starts_.push_back(static_cast<uint32_t>(at + 1));
      }
    }
  });
  return line_starts_;
}

Position Source::PositionOf(uint32_t offset) const {
  offset = std::min(offset, static_cast<uint32_t>(text_.size()));
  const std::vector<uint32_t>& starts = LineStarts();
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  int line = static_cast<int>(after - starts.begin() - 1) * kSparse + 1;
  size_t start = *(after - 1);
  for (size_t end = text_.find('\n', start); end < offset;
       end = text_.find('\n', start)) {
    start = end + 1;
    ++line;
  }
  return {line, static_cast<int>(offset - start) + 1};
}

absl::string_view Source::Line(int line) const {
  const std::vector<uint32_t>& starts = LineStarts();
  const int sparse = (line - 1) / kSparse;
  if (line < 1 || static_cast<size_t>(sparse) >= starts.size()) return {};
  absl::string_view rest = text().substr(starts[sparse]);
  for (int skip = (line - 1) % kSparse; skip > 0; --skip) {
    const size_t end = rest.find('\n');
    if (end == rest.npos) return {};
    rest.remove_prefix(end + 1);
  }
  rest = rest.substr(0, rest.find('\n'));
  if (!rest.empty() && rest.back() == '\r') rest.remove_suffix(1);
  return rest;
}

}  // namespace dsl
