// SPDX-License-Identifier: Apache-2.0

#include "dsl/format/sorting.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"

namespace dsl {
namespace {

constexpr absl::string_view kUnordered[] = {
    "data",  "default_visibility", "deps", "exported_deps", "exports",
    "hdrs",  "runtime_deps",       "srcs", "tags",          "textual_hdrs",
    "tools", "visibility",
};

bool IsLabel(absl::string_view text) {
  return absl::StartsWith(text, ":") || absl::StartsWith(text, "//") ||
         absl::StartsWith(text, "@");
}

int Rank(absl::string_view label) {
  if (absl::StartsWith(label, ":")) return 1;
  if (absl::StartsWith(label, "//")) return 2;
  return absl::StartsWith(label, "@") ? 3 : 0;
}

bool NameBefore(absl::string_view a, absl::string_view b) {
  const auto weight = [](char c) {
    return c == ':' || c == '.' ? 0 : static_cast<unsigned char>(c) + 1;
  };
  return std::lexicographical_compare(
      a.begin(), a.end(), b.begin(), b.end(),
      [&](char x, char y) { return weight(x) < weight(y); });
}

// Cuts off the comments of `item` that an empty line parts from it; true if
// there are some, then in `*apart`.
bool CutComments(const Margin& margin, Item* item, Item* apart) {
  const size_t first = margin.CommentFrom(item->from);
  size_t last = margin.CommentFrom(item->begin);
  uint32_t below = item->begin;
  while (last > first && margin.EmptyLinesAbove(below, 1) == 0) {
    below = margin.comment(--last).extent.begin;
  }
  if (last == first) return false;
  *apart = Item();
  apart->from = item->from;
  apart->begin = apart->to = below;
  apart->blank = item->blank;
  item->from = below;
  item->blank = true;
  return true;
}

}  // namespace

Sorts SortsOf(const File& file, const CallExpr& call,
              const Argument& argument) {
  if (file.kind() != FileKind::kBuildFile ||
      argument.kind != ArgumentKind::kNamed) {
    return Sorts::kNever;
  }
  const absl::string_view name = file.name(argument.name.name);
  if (std::find(std::begin(kUnordered), std::end(kUnordered), name) ==
      std::end(kUnordered)) {
    return Sorts::kNever;
  }
  if (name != "srcs") return Sorts::kAlways;
  // A command sees its sources in order, and of trees that are laid over one
  // another the later wins; files beside each other do not meet.
  for (const Argument& other : call.arguments) {
    if (other.kind == ArgumentKind::kNamed &&
        file.name(other.name.name) == "cmd") {
      return Sorts::kNever;
    }
  }
  return Sorts::kFiles;
}

bool MaySort(Sorts sorts, const ListExpr& list) {
  if (sorts != Sorts::kFiles) return sorts == Sorts::kAlways;
  return std::none_of(list.elements.begin(), list.elements.end(),
                      [](const Expr* element) {
                        return IsLabel(As<StringExpr>(*element).value);
                      });
}

bool LabelBefore(absl::string_view a, absl::string_view b) {
  if (Rank(a) != Rank(b)) return Rank(a) < Rank(b);
  return NameBefore(a, b);
}

bool LoadBefore(absl::string_view a, absl::string_view b) {
  if (Rank(a) != Rank(b)) return Rank(a) > Rank(b);
  return NameBefore(a, b);
}

bool SortItems(
    const Margin& margin,
    const std::function<bool(absl::string_view, absl::string_view)>& before,
    std::vector<Item>* items) {
  const auto less = [&](const Item& a, const Item& b) {
    return before(a.key, b.key);
  };
  if (std::is_sorted(items->begin(), items->end(), less)) return false;
  std::vector<Item> sorted;
  size_t run = 0;  // Where in `sorted` the items start that are being sorted.
  const auto end_run = [&] {
    if (run == sorted.size()) return;
    const bool blank = std::exchange(sorted[run].blank, false);
    std::stable_sort(sorted.begin() + static_cast<ptrdiff_t>(run), sorted.end(),
                     less);
    sorted[run].blank = blank;
    run = sorted.size();
  };
  for (Item item : *items) {
    Item apart;
    if (CutComments(margin, &item, &apart)) {
      end_run();
      sorted.push_back(apart);
      run = sorted.size();
    } else if (item.blank) {
      end_run();
    }
    sorted.push_back(item);
  }
  end_run();
  *items = std::move(sorted);
  return true;
}

}  // namespace dsl
