// SPDX-License-Identifier: Apache-2.0
#include "dsl/stdlib/sorting.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "dsl/runtime/walk.h"

namespace dsl {
namespace {

// `before(a, b)` says whether a comes before b when sorted upward.
template <class T, class Before>
void Sort(std::vector<T>& items, bool reverse, Before before) {
  const auto down = [&](const T& a, const T& b) { return before(b, a); };
  if (reverse) {
    if (std::is_sorted(items.begin(), items.end(), down)) return;
    std::stable_sort(items.begin(), items.end(), down);
  } else {
    if (std::is_sorted(items.begin(), items.end(), before)) return;
    std::stable_sort(items.begin(), items.end(), before);
  }
}

size_t CommonPrefix(absl::string_view a, absl::string_view b, size_t most) {
  size_t same = 0;
  most = std::min({most, a.size(), b.size()});
  while (same < most && a[same] == b[same]) ++same;
  return same;
}

// Up to eight bytes of the text, such that numbers compare like texts.
uint64_t Leading(absl::string_view text) {
  uint64_t leading = 0;
  for (size_t i = 0; i < 8; ++i) {
    const auto byte = i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
    leading = leading << 8 | byte;
  }
  return leading;
}

// Most comparisons are decided by the eight bytes that follow what all texts
// begin with.
void SortTexts(std::vector<Keyed>& elements, bool reverse) {
  struct Text {
    uint64_t leading;
    Keyed keyed;
  };
  const absl::string_view first = elements[0].key.as_string();
  size_t common = first.size();
  for (const Keyed& each : elements) {
    common = CommonPrefix(first, each.key.as_string(), common);
  }
  std::vector<Text> texts;
  texts.reserve(elements.size());
  for (const Keyed& each : elements) {
    texts.push_back({Leading(each.key.as_string().substr(common)), each});
  }
  Sort(texts, reverse, [](const Text& a, const Text& b) {
    if (a.leading != b.leading) return a.leading < b.leading;
    return a.keyed.key.as_string() < b.keyed.key.as_string();
  });
  for (size_t i = 0; i < texts.size(); ++i) elements[i] = texts[i].keyed;
}

}  // namespace

absl::Status SortByKey(Thread& thread, std::vector<Keyed>& elements,
                       bool reverse) {
  bool ints = true, texts = true;
  for (const Keyed& each : elements) {
    ints &= each.key.is_small_int();
    texts &= each.key.is_string();
  }
  if (elements.empty()) return absl::OkStatus();
  if (ints) {
    Sort(elements, reverse, [](const Keyed& a, const Keyed& b) {
      return a.key.small_int() < b.key.small_int();
    });
    return absl::OkStatus();
  }
  if (texts) {
    SortTexts(elements, reverse);
    return absl::OkStatus();
  }
  // The first comparison that fails is the error; the rest then does not
  // matter, but has to be a consistent order.
  absl::Status failed;
  Walk walk(&thread);
  Sort(elements, reverse, [&](const Keyed& a, const Keyed& b) {
    if (!failed.ok()) return false;
    const absl::StatusOr<int> order = walk.Compare(a.key, b.key);
    if (!order.ok()) failed = order.status();
    return order.ok() && *order < 0;
  });
  return failed;
}

}  // namespace dsl
