// SPDX-License-Identifier: Apache-2.0

// The methods of strings; the table, sorted by name, is at the end. Case and
// classes are those of ASCII.

#include <algorithm>
#include <cstring>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/operators.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/types/builtin.h"
#include "dsl/runtime/types/list.h"
#include "dsl/runtime/types/short_text.h"
#include "dsl/runtime/types/string.h"
#include "dsl/runtime/types/string_format.h"
#include "dsl/runtime/types/string_split.h"

namespace dsl {
namespace {

using Result = absl::StatusOr<Value>;

absl::Status Error(absl::string_view message) {
  return absl::InvalidArgumentError(message);
}

// --- case and classes ---

bool IsAlnum(unsigned char c) { return absl::ascii_isalnum(c); }
bool IsAlpha(unsigned char c) { return absl::ascii_isalpha(c); }
bool IsDigit(unsigned char c) { return absl::ascii_isdigit(c); }
bool IsSpace(unsigned char c) { return absl::ascii_isspace(c); }

template <std::string (*convert)(absl::string_view)>
Result Converted(Thread& thread, Value self, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("this method", 0, 0));
  return thread.heap().String(convert(self.as_string()));
}

std::string Lower(absl::string_view s) { return absl::AsciiStrToLower(s); }
std::string Upper(absl::string_view s) { return absl::AsciiStrToUpper(s); }

std::string Capitalize(absl::string_view s) {
  std::string text = Lower(s);
  if (!text.empty()) text[0] = absl::ascii_toupper(text[0]);
  return text;
}

std::string Title(absl::string_view s) {
  std::string text(s);
  bool inside = false;
  for (char& c : text) {
    c = inside ? absl::ascii_tolower(c) : absl::ascii_toupper(c);
    inside = absl::ascii_isalpha(c);
  }
  return text;
}

template <bool (*test)(absl::string_view)>
Result Tested(Thread&, Value self, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("this method", 0, 0));
  return Value::Bool(test(self.as_string()));
}

template <bool (*test)(unsigned char)>
bool AllOf(absl::string_view s) {
  return !s.empty() &&
         std::all_of(s.begin(), s.end(), [](char c) { return test(c); });
}

bool HasCase(absl::string_view s) {
  return std::any_of(s.begin(), s.end(),
                     [](unsigned char c) { return absl::ascii_isalpha(c); });
}
bool IsLower(absl::string_view s) {
  return HasCase(s) && std::none_of(s.begin(), s.end(), [](unsigned char c) {
           return absl::ascii_isupper(c);
         });
}
bool IsUpper(absl::string_view s) {
  return HasCase(s) && std::none_of(s.begin(), s.end(), [](unsigned char c) {
           return absl::ascii_islower(c);
         });
}
bool IsTitle(absl::string_view s) { return HasCase(s) && Title(s) == s; }

// --- searching ---

// `name(sub, start, end)`: the part of the string to search, and where it
// begins.
absl::StatusOr<absl::string_view> Window(absl::string_view name, Value self,
                                         const Arguments& arguments, Value* sub,
                                         int64_t* offset) {
  if (arguments.named().empty() && arguments.positional().size() == 1) {
    *sub = arguments.positional()[0];
    return self.as_string();
  }
  Value start = Value::None(), end = Value::None();
  RETURN_IF_ERROR(arguments.Unpack(
      name, {{"sub", sub}, {"start??", &start}, {"end??", &end}}));
  const absl::string_view text = self.as_string();
  ASSIGN_OR_RETURN(SliceBounds bounds,
                   ResolveSlice(start, end, Value::None(), text.size()));
  *offset = bounds.start;
  return text.substr(bounds.start, bounds.count);
}

absl::StatusOr<int64_t> Position(absl::string_view name, Value self,
                                 const Arguments& arguments, bool last) {
  Value sub;
  int64_t offset = 0;
  ASSIGN_OR_RETURN(absl::string_view window,
                   Window(name, self, arguments, &sub, &offset));
  if (!sub.is_string()) {
    return Error(absl::StrCat(name, ": parameter `sub` wants a string, not ",
                              sub.type_name()));
  }
  const size_t at =
      last ? window.rfind(sub.as_string()) : FindText(window, sub.as_string());
  return at == window.npos ? -1 : static_cast<int64_t>(at) + offset;
}

Result Count(Thread&, Value self, const Arguments& arguments) {
  Value sub;
  int64_t offset = 0;
  ASSIGN_OR_RETURN(absl::string_view window,
                   Window("count", self, arguments, &sub, &offset));
  if (!sub.is_string()) return Error("count: parameter `sub` wants a string");
  const absl::string_view wanted = sub.as_string();
  if (wanted.empty()) return Value::Int(window.size() + 1);
  int64_t count = 0;
  for (size_t at = window.find(wanted); at != window.npos;
       at = window.find(wanted, at + wanted.size())) {
    ++count;
  }
  return Value::Int(count);
}

template <bool last>
Result Find(Thread&, Value self, const Arguments& arguments) {
  ASSIGN_OR_RETURN(int64_t at,
                   Position(last ? "rfind" : "find", self, arguments, last));
  return Value::Int(at);
}

template <bool last>
Result Index(Thread&, Value self, const Arguments& arguments) {
  ASSIGN_OR_RETURN(int64_t at,
                   Position(last ? "rindex" : "index", self, arguments, last));
  if (at < 0) return Error("substring not found");
  return Value::Int(at);
}

// startswith and endswith, of a string or a tuple of them.
template <bool at_end>
Result Affixed(Thread&, Value self, const Arguments& arguments) {
  const absl::string_view name = at_end ? "endswith" : "startswith";
  Value affix;
  int64_t offset = 0;
  ASSIGN_OR_RETURN(absl::string_view window,
                   Window(name, self, arguments, &affix, &offset));
  std::span<const Value> affixes(&affix, 1);
  if (affix.is_tuple()) affixes = Elements(affix);
  bool found = false;
  for (const Value each : affixes) {
    if (!each.is_string()) {
      return Error(absl::StrCat(name, ": wants a string or a tuple of them, ",
                                "not ", each.type_name()));
    }
    found |= at_end ? absl::EndsWith(window, each.as_string())
                    : absl::StartsWith(window, each.as_string());
  }
  return Value::Bool(found);
}

template <bool at_end>
Result Removed(Thread& thread, Value self, const Arguments& arguments) {
  absl::string_view affix;
  RETURN_IF_ERROR(arguments.Unpack(at_end ? "removesuffix" : "removeprefix",
                                   {{at_end ? "suffix" : "prefix", &affix}}));
  absl::string_view text = self.as_string();
  if (at_end ? absl::EndsWith(text, affix) : absl::StartsWith(text, affix)) {
    text = at_end ? text.substr(0, text.size() - affix.size())
                  : text.substr(affix.size());
  }
  return thread.heap().String(text);
}

// --- parts ---

// The common case, which needs no unpacking.
bool IsOneText(const Arguments& arguments) {
  return arguments.named().empty() && arguments.positional().size() == 1 &&
         arguments.positional()[0].is_string();
}

template <bool left, bool right>
Result Stripped(Thread& thread, Value self, const Arguments& arguments) {
  Value chars;
  if (!arguments.positional().empty() || !arguments.named().empty()) {
    RETURN_IF_ERROR(arguments.Unpack("strip", {{"chars??", &chars}}));
  }
  if (chars && !chars.is_string()) {
    return Error("strip: parameter `chars` wants a string");
  }
  const absl::string_view set = chars ? chars.as_string() : "";
  const auto goes = [&](char c) {
    return chars ? absl::StrContains(set, c) : IsSpace(c);
  };
  absl::string_view text = self.as_string();
  while (left && !text.empty() && goes(text.front())) text.remove_prefix(1);
  while (right && !text.empty() && goes(text.back())) text.remove_suffix(1);
  if (text.size() == self.as_string().size()) return self;
  return thread.heap().String(text);
}

template <bool last>
Result Partition(Thread& thread, Value self, const Arguments& arguments) {
  absl::string_view separator;
  if (IsOneText(arguments)) {
    separator = arguments.positional()[0].as_string();
  } else {
    RETURN_IF_ERROR(arguments.Unpack(last ? "rpartition" : "partition",
                                     {{"sep", &separator}}));
  }
  if (separator.empty()) return Error("empty separator");
  Heap& heap = thread.heap();
  const absl::string_view text = self.as_string();
  const size_t at = last ? text.rfind(separator) : FindText(text, separator);
  if (at == text.npos) {
    const Value none = heap.String("");
    const Value parts[] = {last ? none : self, none, last ? self : none};
    return heap.Tuple(parts);
  }
  const Value parts[] = {heap.String(text.substr(0, at)),
                         arguments.positional().empty()
                             ? arguments.named()[0].second
                             : arguments.positional()[0],
                         heap.String(text.substr(at + separator.size()))};
  return heap.Tuple(parts);
}

Result Elems(Thread& thread, Value self, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("elems", 0, 0));
  const absl::string_view text = self.as_string();
  List* list = List::MakeSized(thread.heap(), text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    list->data()[i] = thread.heap().String(text.substr(i, 1));
  }
  return Value::Of(list);
}

Result Join(Thread& thread, Value self, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("join", 1, 1));
  const Value argument = arguments.positional()[0];
  std::vector<Value> copied;
  std::span<const Value> elements;
  if (argument.is_list() || argument.is_tuple()) {
    elements = Elements(argument);
  } else {
    ASSIGN_OR_RETURN(copied, Iterate(argument));
    elements = copied;
  }
  const absl::string_view separator = self.as_string();
  size_t size = elements.empty() ? 0 : separator.size() * (elements.size() - 1);
  for (size_t i = 0; i < elements.size(); ++i) {
    if (!elements[i].is_string()) {
      return Error(absl::StrCat("join: element ", i, " is of type ",
                                elements[i].type_name(), ", not string"));
    }
    size += elements[i].as_string().size();
  }
  if (size > String::kMaxSize) return Error("string is too long");
  String* joined = String::MakeUninitialized(thread.heap(), size);
  char* out = joined->data();
  for (size_t i = 0; i < elements.size(); ++i) {
    if (i > 0) out = CopyText(separator, out);
    out = CopyText(elements[i].as_string(), out);
  }
  return Value::Of(joined);
}

Result Replace(Thread& thread, Value self, const Arguments& arguments) {
  absl::string_view old, fresh;
  int64_t count = -1;
  RETURN_IF_ERROR(arguments.Unpack(
      "replace", {{"old", &old}, {"new", &fresh}, {"count?", &count}}));
  absl::string_view text = self.as_string();
  std::string replaced;
  replaced.reserve(text.size() + 16);
  while (count != 0) {
    size_t at = FindText(text, old);
    if (at == text.npos) break;
    absl::StrAppend(&replaced, text.substr(0, at), fresh);
    text.remove_prefix(at + old.size());
    --count;
    if (old.empty()) {
      if (text.empty()) return thread.heap().String(replaced);
      replaced.push_back(text[0]);
      text.remove_prefix(1);
    }
    if (replaced.size() > String::kMaxSize) return Error("string is too long");
  }
  absl::StrAppend(&replaced, text);
  if (replaced.size() > String::kMaxSize) return Error("string is too long");
  return thread.heap().String(replaced);
}

constexpr MethodDef kString[] = {
    {"capitalize", Converted<Capitalize>},
    {"count", Count},
    {"elems", Elems},
    {"endswith", Affixed<true>},
    {"find", Find<false>},
    {"format", FormatMethod},
    {"index", Index<false>},
    {"isalnum", Tested<AllOf<IsAlnum>>},
    {"isalpha", Tested<AllOf<IsAlpha>>},
    {"isdigit", Tested<AllOf<IsDigit>>},
    {"islower", Tested<IsLower>},
    {"isspace", Tested<AllOf<IsSpace>>},
    {"istitle", Tested<IsTitle>},
    {"isupper", Tested<IsUpper>},
    {"join", Join},
    {"lower", Converted<Lower>},
    {"lstrip", Stripped<true, false>},
    {"partition", Partition<false>},
    {"removeprefix", Removed<false>},
    {"removesuffix", Removed<true>},
    {"replace", Replace},
    {"rfind", Find<true>},
    {"rindex", Index<true>},
    {"rpartition", Partition<true>},
    {"rsplit", RSplitMethod},
    {"rstrip", Stripped<false, true>},
    {"split", SplitMethod},
    {"splitlines", SplitLinesMethod},
    {"startswith", Affixed<false>},
    {"strip", Stripped<true, true>},
    {"title", Converted<Title>},
    {"upper", Converted<Upper>},
};

}  // namespace

std::span<const MethodDef> StringMethods() { return kString; }

}  // namespace dsl
