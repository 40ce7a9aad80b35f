// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/types/string_split.h"

#include <algorithm>

#include "absl/container/inlined_vector.h"
#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "dsl/runtime/types/list.h"
#include "dsl/runtime/types/short_text.h"

namespace dsl {
namespace {

using Parts = absl::InlinedVector<absl::string_view, 16>;

bool Space(char c) {
  return absl::ascii_isspace(static_cast<unsigned char>(c));
}

// At runs of white space, at most `most` times; what is left keeps its end.
Parts SplitAtSpace(absl::string_view text, int64_t most) {
  Parts parts;
  size_t at = 0;
  for (;;) {
    while (at < text.size() && Space(text[at])) ++at;
    if (at == text.size()) return parts;
    if (most-- == 0) {
      parts.push_back(text.substr(at));
      return parts;
    }
    const size_t start = at;
    while (at < text.size() && !Space(text[at])) ++at;
    parts.push_back(text.substr(start, at - start));
  }
}

// The same from the right; the parts come last to first.
Parts SplitAtSpaceFromRight(absl::string_view text, int64_t most) {
  Parts parts;
  size_t end = text.size();
  for (;;) {
    while (end > 0 && Space(text[end - 1])) --end;
    if (end == 0) return parts;
    if (most-- == 0) {
      parts.push_back(text.substr(0, end));
      return parts;
    }
    const size_t stop = end;
    while (end > 0 && !Space(text[end - 1])) --end;
    parts.push_back(text.substr(end, stop - end));
  }
}

Parts SplitAt(absl::string_view text, absl::string_view separator,
              int64_t most) {
  Parts parts;
  for (; most != 0; --most) {
    const size_t at = FindText(text, separator);
    if (at == text.npos) break;
    parts.push_back(text.substr(0, at));
    text.remove_prefix(at + separator.size());
  }
  parts.push_back(text);
  return parts;
}

Parts SplitAtFromRight(absl::string_view text, absl::string_view separator,
                       int64_t most) {
  Parts parts;
  for (; most != 0; --most) {
    const size_t at = text.rfind(separator);
    if (at == text.npos) break;
    parts.push_back(text.substr(at + separator.size()));
    text = text.substr(0, at);
  }
  parts.push_back(text);
  return parts;
}

// At every separator: the parts are counted first, and then made in place.
Value SplitEverywhere(Heap& heap, absl::string_view text,
                      absl::string_view separator) {
  size_t count = 1;
  absl::string_view rest = text;
  for (size_t at = FindText(rest, separator); at != rest.npos;
       at = FindText(rest, separator)) {
    rest.remove_prefix(at + separator.size());
    ++count;
  }
  List* list = List::MakeSized(heap, count);
  Value* out = list->data();
  for (; count > 1; --count) {
    const size_t at = FindText(text, separator);
    *out++ = heap.String(text.substr(0, at));
    text.remove_prefix(at + separator.size());
  }
  *out = heap.String(text);
  return Value::Of(list);
}

Value ListOfParts(Heap& heap, const Parts& parts) {
  List* list = List::MakeSized(heap, parts.size());
  Value* out = list->data();
  for (const absl::string_view part : parts) *out++ = heap.String(part);
  return Value::Of(list);
}

absl::StatusOr<Value> SplitAny(Thread& thread, Value self,
                               const Arguments& arguments, bool from_right) {
  Value separator;
  int64_t most = -1;
  const std::span<const Value> given = arguments.positional();
  if (given.size() == 1 && arguments.named().empty()) {
    if (!given[0].is_none()) separator = given[0];
  } else {
    RETURN_IF_ERROR(
        arguments.Unpack(from_right ? "rsplit" : "split",
                         {{"sep??", &separator}, {"maxsplit?", &most}}));
  }
  const absl::string_view text = self.as_string();
  Parts parts;
  if (!separator) {
    parts = from_right ? SplitAtSpaceFromRight(text, most)
                       : SplitAtSpace(text, most);
  } else if (!separator.is_string()) {
    return absl::InvalidArgumentError("split: parameter `sep` wants a string");
  } else if (separator.as_string().empty()) {
    return absl::InvalidArgumentError("split: empty separator");
  } else if (most < 0 && !from_right) {
    return SplitEverywhere(thread.heap(), text, separator.as_string());
  } else {
    parts = from_right ? SplitAtFromRight(text, separator.as_string(), most)
                       : SplitAt(text, separator.as_string(), most);
  }
  if (from_right) std::reverse(parts.begin(), parts.end());
  return ListOfParts(thread.heap(), parts);
}

}  // namespace

absl::StatusOr<Value> SplitMethod(Thread& thread, Value self,
                                  const Arguments& arguments) {
  return SplitAny(thread, self, arguments, false);
}

absl::StatusOr<Value> RSplitMethod(Thread& thread, Value self,
                                   const Arguments& arguments) {
  return SplitAny(thread, self, arguments, true);
}

absl::StatusOr<Value> SplitLinesMethod(Thread& thread, Value self,
                                       const Arguments& arguments) {
  bool keep_ends = false;
  RETURN_IF_ERROR(arguments.Unpack("splitlines", {{"keepends?", &keep_ends}}));
  absl::string_view text = self.as_string();
  Parts parts;
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of("\r\n"), text.size());
    size_t next = std::min(end + 1, text.size());
    if (text.substr(end, 2) == "\r\n") next = end + 2;
    parts.push_back(text.substr(0, keep_ends ? next : end));
    text.remove_prefix(next);
  }
  return ListOfParts(thread.heap(), parts);
}

}  // namespace dsl
