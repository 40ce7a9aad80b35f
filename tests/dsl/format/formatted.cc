// SPDX-License-Identifier: Apache-2.0
#include "tests/dsl/format/formatted.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "dsl/format/format.h"
#include "dsl/syntax/comments.h"
#include "dsl/syntax/lexer.h"
#include "dsl/syntax/parser.h"

namespace dsl {
namespace {

std::string SortedWords(absl::string_view line) {
  std::vector<std::string> words = absl::StrSplit(line, absl::ByAnyChar(" ()"));
  std::sort(words.begin(), words.end());
  return absl::StrJoin(words, " ");
}

// The tree, but for the order of what is sorted: loads and what they name, and
// in BUILD files the words of a statement.
std::string TreeOf(const std::string& text, FileKind kind) {
  Diagnostics diagnostics;
  const auto file = Parse(Source::Make("f.spec", text), kind, diagnostics);
  if (file == nullptr) return diagnostics.Rendered();
  std::vector<std::string> loads;
  std::vector<std::string> others;
  for (absl::string_view line : absl::StrSplit(Dump(*file), '\n')) {
    if (absl::StartsWith(line, "(load ")) {
      loads.push_back(SortedWords(line));
    } else {
      others.push_back(kind == FileKind::kBuildFile ? SortedWords(line)
                                                    : std::string(line));
    }
  }
  std::sort(loads.begin(), loads.end());
  return absl::StrCat(absl::StrJoin(loads, "\n"), "\n",
                      absl::StrJoin(others, "\n"));
}

std::string CommentsOf(const std::string& text) {
  const auto source = Source::Make("f.spec", text);
  Diagnostics diagnostics;
  const std::vector<Token> tokens = Lex(*source, diagnostics);
  std::vector<std::string> comments;
  for (const Comment& comment : FindComments(*source, tokens)) {
    comments.emplace_back(
        absl::StripTrailingAsciiWhitespace(source->Text(comment.extent)));
  }
  std::sort(comments.begin(), comments.end());
  return absl::StrJoin(comments, "\n");
}

}  // namespace

std::optional<std::string> Formatted(const std::string& text, FileKind kind) {
  Diagnostics diagnostics;
  return Format(Source::Make("f.spec", text), kind, diagnostics);
}

std::string BrokenPromise(const std::string& text, FileKind kind) {
  const std::optional<std::string> once = Formatted(text, kind);
  if (!once.has_value()) return absl::StrCat("does not parse:\n", text);
  const auto wrong = [&](absl::string_view what) {
    return absl::StrCat(what, "\n--- text:\n", text, "\n--- form:\n", *once);
  };
  if (TreeOf(text, kind) != TreeOf(*once, kind)) {
    return wrong("the tree is another");
  }
  if (CommentsOf(text) != CommentsOf(*once)) {
    return wrong("the comments are others");
  }
  const std::optional<std::string> twice = Formatted(*once, kind);
  if (!twice.has_value()) return wrong("the form does not parse");
  if (*twice != *once) {
    return absl::StrCat(wrong("the form has another form"), "\n--- twice:\n",
                        *twice);
  }
  return "";
}

std::string ReadWhole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace dsl
