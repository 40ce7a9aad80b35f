// SPDX-License-Identifier: Apache-2.0
#include "engine/analyze/expand.h"

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

namespace graph {
namespace {

// What stands in `$(…)` at the beginning of `text`.
absl::StatusOr<absl::string_view> Parenthesized(absl::string_view text) {
  size_t end = text.find(')');
  if (end == absl::string_view::npos) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", text.substr(0, 20), "` has no `)`"));
  }
  return text.substr(2, end - 2);
}

// Whether `word` is `location`, `execpath` or `rootpath`, or more of them.
bool IsLocationFunction(absl::string_view word, bool* all) {
  *all = absl::ConsumeSuffix(&word, "s");
  return word == "location" || word == "execpath" || word == "rootpath";
}

}  // namespace

absl::StatusOr<std::string> ExpandLocations(absl::string_view text,
                                            const LocationLookup& lookup) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    size_t dollar = text.find('$');
    absl::StrAppend(&out, text.substr(0, dollar));
    if (dollar == absl::string_view::npos) break;
    text.remove_prefix(dollar);
    if (absl::StartsWith(text, "$(")) {
      absl::string_view inner = text.substr(2);
      size_t space = inner.find_first_of(" )");
      bool all = false;
      if (space != absl::string_view::npos && inner[space] == ' ' &&
          IsLocationFunction(inner.substr(0, space), &all)) {
        ASSIGN_OR_RETURN(inner, Parenthesized(text));
        absl::string_view label =
            absl::StripAsciiWhitespace(inner.substr(space));
        ASSIGN_OR_RETURN(std::string paths, lookup(label, all));
        out.append(paths);
        text.remove_prefix(inner.size() + 3);
        continue;
      }
    }
    // `$$` goes as a pair, so that `$$(location x)` is left alone.
    size_t length = absl::StartsWith(text, "$$") ? 2 : 1;
    absl::StrAppend(&out, text.substr(0, length));
    text.remove_prefix(length);
  }
  return out;
}

absl::StatusOr<std::string> ExpandVariables(absl::string_view text,
                                            const VariableLookup& lookup) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    size_t dollar = text.find('$');
    absl::StrAppend(&out, text.substr(0, dollar));
    if (dollar == absl::string_view::npos) break;
    text.remove_prefix(dollar);
    if (text.size() == 1) {
      return absl::InvalidArgumentError(
          "a `$` stands at the end; the shell's own is written `$$`");
    }
    if (text[1] == '$') {
      out.push_back('$');
      text.remove_prefix(2);
      continue;
    }
    absl::string_view name = text.substr(1, 1);
    size_t length = 2;
    if (text[1] == '(') {
      ASSIGN_OR_RETURN(name, Parenthesized(text));
      length = name.size() + 3;
    }
    std::optional<std::string> value = lookup(name);
    if (!value.has_value()) {
      return absl::InvalidArgumentError(absl::StrCat(
          "`", text.substr(0, length), "` is not known here; the shell's own ",
          "`$` is written `$$`"));
    }
    out.append(*value);
    text.remove_prefix(length);
  }
  return out;
}

std::string ShellWord(absl::string_view path) {
  for (char c : path) {
    if (!absl::ascii_isalnum(c) &&
        absl::string_view("/._-+@,:=%").find(c) == absl::string_view::npos) {
      return absl::StrCat("'", absl::StrReplaceAll(path, {{"'", "'\\''"}}),
                          "'");
    }
  }
  return path.empty() ? "''" : std::string(path);
}

}  // namespace graph
