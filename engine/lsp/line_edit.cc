// SPDX-License-Identifier: Apache-2.0
#include "engine/lsp/line_edit.h"

#include <algorithm>
#include <string>
#include <utility>

namespace graph {

std::vector<Replacement> LineEdits(const Place& file, absl::string_view text) {
  const absl::string_view now = file.source->text();
  if (now == text) return {};
  const size_t shorter = std::min(now.size(), text.size());
  size_t before =
      std::mismatch(now.begin(), now.begin() + shorter, text.begin()).first -
      now.begin();
  const size_t line = now.substr(0, before).rfind('\n');
  before = line == absl::string_view::npos ? 0 : line + 1;
  size_t behind = 0;
  size_t line_behind = 0;
  while (behind < shorter - before &&
         now[now.size() - behind - 1] == text[text.size() - behind - 1]) {
    ++behind;
    // What stays begins where a line does.
    if (behind == now.size() || now[now.size() - behind - 1] == '\n') {
      line_behind = behind;
    }
  }
  // Before it the new text has to end a line, too.
  const size_t end = text.size() - line_behind;
  if (end > before && text[end - 1] != '\n') line_behind = 0;
  Replacement edit{file, std::string(text.substr(
                             before, text.size() - line_behind - before))};
  edit.place.extent = {static_cast<uint32_t>(before),
                       static_cast<uint32_t>(now.size() - line_behind)};
  return {std::move(edit)};
}

}  // namespace graph
