// SPDX-License-Identifier: Apache-2.0
#include "engine/docs/docstring.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace graph {
namespace {

// SIZE_MAX for a line without text.
size_t IndentOf(absl::string_view line) {
  return std::min(line.find_first_not_of(' '), line.npos);
}

bool IsName(absl::string_view word) {
  absl::ConsumePrefix(&word, "*");
  absl::ConsumePrefix(&word, "*");
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return absl::ascii_isalnum(c) || c == '_';
  });
}

void AppendWords(absl::string_view more, std::string* text) {
  if (more.empty()) return;
  absl::StrAppend(text, text->empty() ? "" : " ", more);
}

// Takes the lines of a part that is indented below its heading.
class Parts {
 public:
  explicit Parts(Docstring& doc) : doc_(doc) {}

  void Take(absl::string_view line) {
    const absl::string_view words = absl::StripAsciiWhitespace(line);
    const size_t indent = IndentOf(line);
    if (indent == 0) {
      in_args_ = words == "Args:";
      in_returns_ = words == "Returns:";
      item_indent_ = 0;
      if (in_args_ || in_returns_) return;
    }
    if (in_returns_) {
      AppendWords(words, &doc_.returns);
    } else if (in_args_) {
      TakeParameter(words, indent);
    } else {
      absl::StrAppend(&doc_.text, line, "\n");
    }
  }

 private:
  void TakeParameter(absl::string_view words, size_t indent) {
    if (words.empty()) return;
    if (item_indent_ == 0) item_indent_ = indent;
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(words, absl::MaxSplits(':', 1));
    if (indent <= item_indent_ && IsName(parts.first)) {
      doc_.parameters.emplace_back(parts.first,
                                   absl::StripAsciiWhitespace(parts.second));
    } else if (!doc_.parameters.empty()) {
      AppendWords(words, &doc_.parameters.back().second);
    }
  }

  Docstring& doc_;
  bool in_args_ = false;
  bool in_returns_ = false;
  size_t item_indent_ = 0;  // Of the names below `Args:`.
};

}  // namespace

std::string Dedented(absl::string_view text) {
  std::vector<absl::string_view> lines = absl::StrSplit(text, '\n');
  size_t common = absl::string_view::npos;
  for (size_t i = 1; i < lines.size(); ++i) {
    common = std::min(common, IndentOf(lines[i]));
  }
  for (size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) lines[i].remove_prefix(std::min(common, lines[i].size()));
    lines[i] = absl::StripTrailingAsciiWhitespace(lines[i]);
  }
  return std::string(absl::StripAsciiWhitespace(absl::StrJoin(lines, "\n")));
}

Docstring ParseDocstring(absl::string_view raw) {
  Docstring doc;
  Parts parts(doc);
  for (absl::string_view line : absl::StrSplit(Dedented(raw), '\n')) {
    parts.Take(line);
  }
  doc.text = std::string(absl::StripAsciiWhitespace(doc.text));
  return doc;
}

}  // namespace graph
