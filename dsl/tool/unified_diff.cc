// SPDX-License-Identifier: Apache-2.0

#include "dsl/tool/unified_diff.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace dsl {
namespace {

// Texts that differ in more lines are shown as wholly different: the search is
// bounded by the square of this.
constexpr int kMostChanges = 1000;
constexpr int kContext = 3;

using Lines = std::vector<absl::string_view>;

// Each with its end, which the last may lack.
Lines SplitLines(absl::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const size_t size = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

struct Step {
  char mark;  // ` `, `-` or `+`
  int before;
  int after;  // The lines that come next, from 0.
};

// The shortest edit script by the greedy search over diagonals: reach[d][k] is
// how far `before` is consumed on the diagonal k = x - y after d changes.
class Search {
 public:
  Search(const Lines& before, const Lines& after)
      : before_(before), after_(after) {}

  // In the order of the texts.
  std::vector<Step> Run() {
    const int x = static_cast<int>(before_.size());
    const int y = static_cast<int>(after_.size());
    for (int d = 0; d <= std::min(kMostChanges, x + y); ++d) {
      reach_.emplace_back(2 * d + 1);
      for (int k = -d; k <= d; k += 2) {
        const int end = Slide(Start(d, k), k);
        reach_[d][k + d] = end;
        if (end >= x && end - k >= y) return Back(d, k);
      }
    }
    return Replace();
  }

 private:
  int Reach(int d, int k) const {
    return k < -d || k > d ? -1 : reach_[d][k + d];
  }
  bool Down(int d, int k) const {
    return k == -d || (k != d && Reach(d - 1, k - 1) < Reach(d - 1, k + 1));
  }
  int Start(int d, int k) const {
    if (d == 0) return 0;
    return Down(d, k) ? Reach(d - 1, k + 1) : Reach(d - 1, k - 1) + 1;
  }
  int Slide(int x, int k) const {
    while (x < static_cast<int>(before_.size()) &&
           x - k < static_cast<int>(after_.size()) && x - k >= 0 &&
           before_[x] == after_[x - k]) {
      ++x;
    }
    return x;
  }

  std::vector<Step> Back(int d, int k) const {
    std::vector<Step> steps;
    int x = static_cast<int>(before_.size());
    for (; d >= 0; --d) {
      const int start = Start(d, k);
      for (; x > start; --x) steps.push_back({' ', x - 1, x - 1 - k});
      if (d == 0) break;
      if (Down(d, k)) {
        steps.push_back({'+', x, x - k - 1});
        ++k;
      } else {
        steps.push_back({'-', x - 1, x - k});
        --x;
        --k;
      }
    }
    std::reverse(steps.begin(), steps.end());
    return steps;
  }

  std::vector<Step> Replace() const {
    std::vector<Step> steps;
    const int x = static_cast<int>(before_.size());
    for (int i = 0; i < x; ++i) steps.push_back({'-', i, 0});
    for (int i = 0; i < static_cast<int>(after_.size()); ++i) {
      steps.push_back({'+', x, i});
    }
    return steps;
  }

  const Lines& before_;
  const Lines& after_;
  std::vector<std::vector<int>> reach_;
};

// `first` counts from 0; of no lines, the line before them is named.
std::string Range(int first, int count) {
  if (count == 1) return absl::StrCat(first + 1);
  return absl::StrCat(count == 0 ? first : first + 1, ",", count);
}

void AppendLine(char mark, absl::string_view line, std::string* out) {
  absl::StrAppend(out, absl::string_view(&mark, 1), line);
  if (!absl::EndsWith(line, "\n")) {
    absl::StrAppend(out, "\n\\ No newline at end of file\n");
  }
}

// The steps [begin, end), which start and end with context.
void AppendHunk(const Lines& before, const Lines& after,
                const std::vector<Step>& steps, size_t begin, size_t end,
                std::string* out) {
  int removed = 0;
  int added = 0;
  for (size_t i = begin; i < end; ++i) {
    if (steps[i].mark != '+') ++removed;
    if (steps[i].mark != '-') ++added;
  }
  absl::StrAppend(out, "@@ -", Range(steps[begin].before, removed), " +",
                  Range(steps[begin].after, added), " @@\n");
  for (size_t i = begin; i < end; ++i) {
    AppendLine(
        steps[i].mark,
        steps[i].mark == '+' ? after[steps[i].after] : before[steps[i].before],
        out);
  }
}

}  // namespace

std::string UnifiedDiff(absl::string_view name, absl::string_view before,
                        absl::string_view after) {
  if (before == after) return "";
  const Lines old_lines = SplitLines(before);
  const Lines new_lines = SplitLines(after);
  const std::vector<Step> steps = Search(old_lines, new_lines).Run();
  std::string out = absl::StrCat("--- a/", name, "\n+++ b/", name, "\n");
  size_t at = 0;
  while (true) {
    while (at < steps.size() && steps[at].mark == ' ') ++at;
    if (at == steps.size()) break;
    const size_t begin = at < kContext ? 0 : at - kContext;
    size_t end = at + 1;  // Behind the last change of this hunk.
    for (at = end; at < steps.size() && at - end < 2 * kContext + 1; ++at) {
      if (steps[at].mark != ' ') end = at + 1;
    }
    at = std::min(end + kContext, steps.size());
    AppendHunk(old_lines, new_lines, steps, begin, at, &out);
  }
  return out;
}

}  // namespace dsl
