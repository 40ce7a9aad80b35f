// SPDX-License-Identifier: Apache-2.0

#include "dsl/syntax/spelling.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"

namespace dsl {
namespace {

// An edit costs 2, a change of case 1.
int CostOfReplacing(char a, char b) {
  if (a == b) return 0;
  return absl::ascii_tolower(a) == absl::ascii_tolower(b) ? 1 : 2;
}

// The cheapest way from one word to the other; words are short.
int Distance(absl::string_view a, absl::string_view b) {
  std::vector<int> before_last(b.size() + 1);
  std::vector<int> last(b.size() + 1);
  std::vector<int> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = 2 * static_cast<int>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = 2 * static_cast<int>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 2, row[j - 1] + 2,
                         last[j - 1] + CostOfReplacing(a[i - 1], b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 2);
      }
    }
    before_last.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

template <class Names>
absl::string_view Nearest(absl::string_view word, const Names& known) {
  // A third of the letters may be wrong, at least one.
  constexpr size_t kMaxWord = 200;
  if (word.size() > kMaxWord) return {};
  const int most = 2 * std::max<int>(1, static_cast<int>(word.size()) / 3);
  absl::string_view nearest;
  int best = most + 1;
  for (const absl::string_view name : known) {
    if (name == word || name.size() > 2 * word.size() + 2) continue;
    const int distance = Distance(word, name);
    // Nothing is left of the word: no likeness.
    if (distance >= 2 * static_cast<int>(std::max(word.size(), name.size()))) {
      continue;
    }
    if (distance < best) {
      best = distance;
      nearest = name;
    }
  }
  return nearest;
}

}  // namespace

absl::string_view NearestName(absl::string_view word,
                              std::span<const std::string> known) {
  return Nearest(word, known);
}

absl::string_view NearestName(absl::string_view word,
                              std::span<const absl::string_view> known) {
  return Nearest(word, known);
}

}  // namespace dsl
