// SPDX-License-Identifier: Apache-2.0

#include "dsl/syntax/comments.h"

#include <algorithm>

#include "absl/strings/string_view.h"

namespace dsl {
namespace {

bool OnOwnLine(absl::string_view text, uint32_t begin) {
  while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) {
    --begin;
  }
  return begin == 0 || text[begin - 1] == '\n' || text[begin - 1] == '\r';
}

}  // namespace

std::vector<Comment> FindComments(const Source& source,
                                  std::span<const Token> tokens) {
  const absl::string_view text = source.text();
  std::vector<Comment> found;
  uint32_t at = 0;
  for (const Token& token : tokens) {
    while (at < token.extent.begin) {
      if (text[at] != '#') {
        ++at;
        continue;
      }
      const uint32_t end = static_cast<uint32_t>(
          std::min(text.find_first_of("\r\n", at), text.size()));
      found.push_back({{at, end}, OnOwnLine(text, at)});
      at = end;
    }
    at = token.extent.end;
  }
  return found;
}

}  // namespace dsl
