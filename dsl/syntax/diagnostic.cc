// SPDX-License-Identifier: Apache-2.0

#include "dsl/syntax/diagnostic.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace dsl {
namespace {

// Of very long lines only so much around the place is shown.
constexpr size_t kMaxLine = 160;

// The line of the span with carets below it and the hint beside them.
void AppendLine(const Span& span, absl::string_view hint, std::string* out) {
  const Position start = span.Start();
  absl::string_view line = span.source->Line(start.line);
  auto column = static_cast<size_t>(start.column - 1);
  size_t length = span.end > span.begin ? span.end - span.begin : 1;
  length = std::min(length, std::max<size_t>(line.size(), column + 1) - column);
  if (line.size() > kMaxLine) {
    const size_t cut = column > kMaxLine / 2 ? column - kMaxLine / 2 : 0;
    line = line.substr(cut, kMaxLine);
    column -= cut;
    length = std::min(length, kMaxLine);
  }
  const std::string number = absl::StrCat(start.line);
  absl::StrAppend(out, "  ", number, " | ", line, "\n",
                  std::string(number.size() + 2, ' '), " | ");
  for (size_t i = 0; i < column; ++i) {
    const char c = i < line.size() ? line[i] : ' ';
    // One column a character: the later bytes of one take none.
    if ((static_cast<unsigned char>(c) & 0xc0) == 0x80) continue;
    out->push_back(c == '\t' ? '\t' : ' ');
  }
  for (size_t i = 0; i < length; ++i) {
    const size_t at = column + i;
    if (at < line.size() &&
        (static_cast<unsigned char>(line[at]) & 0xc0) == 0x80) {
      continue;
    }
    out->push_back('^');
  }
  absl::StrAppend(out, hint.empty() ? "" : " ", hint, "\n");
}

void AppendEntry(const Span& span, absl::string_view severity,
                 absl::string_view message, absl::string_view hint,
                 std::string* out) {
  if (!span) {
    absl::StrAppend(out, severity, ": ", message, hint.empty() ? "" : ": ",
                    hint, "\n");
    return;
  }
  const Position start = span.Start();
  absl::StrAppend(out, span.source->path(), ":", start.line, ":", start.column,
                  ": ", severity, ": ", message, "\n");
  AppendLine(span, hint, out);
}

void Keep(const Span& span,
          std::vector<std::shared_ptr<const Source>>* sources) {
  if (!span) return;
  for (const auto& kept : *sources) {
    if (kept.get() == span.source) return;
  }
  // A source that no shared_ptr holds is its owner's affair.
  if (auto source = span.source->weak_from_this().lock()) {
    sources->push_back(std::move(source));
  }
}

}  // namespace

void Diagnostic::KeepSources() {
  Keep(span, &sources);
  for (const Note& note : notes) {
    if (note.span) Keep(*note.span, &sources);
  }
}

std::string Render(const Diagnostic& diagnostic) {
  std::string out;
  std::string hint = diagnostic.hint;
  if (hint.empty() && diagnostic.edit) {
    hint = absl::StrCat("did you mean `", diagnostic.edit->replacement, "`?");
  }
  AppendEntry(diagnostic.span,
              diagnostic.severity == Severity::kError ? "error" : "warning",
              diagnostic.check.empty() ? diagnostic.message
                                       : absl::StrCat(diagnostic.message, " [",
                                                      diagnostic.check, "]"),
              hint, &out);
  for (const Note& note : diagnostic.notes) {
    AppendEntry(note.span.value_or(Span()), "note", note.text, "", &out);
  }
  return out;
}

Diagnostic& Diagnostics::Add(Diagnostic diagnostic) {
  diagnostic.KeepSources();
  if (diagnostic.severity == Severity::kError) ++errors_;
  diagnostics_.push_back(std::move(diagnostic));
  return diagnostics_.back();
}

Diagnostic& Diagnostics::Error(Span span, std::string message,
                               std::string hint) {
  return Add(
      {.span = span, .message = std::move(message), .hint = std::move(hint)});
}

std::string Diagnostics::Rendered() const {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics_) out += Render(diagnostic);
  return out;
}

void Diagnostics::Limit() {
  if (diagnostics_.size() <= kMaxPerFile) return;
  diagnostics_.resize(kMaxPerFile);
  errors_ = static_cast<int>(std::count_if(
      diagnostics_.begin(), diagnostics_.end(), [](const Diagnostic& each) {
        return each.severity == Severity::kError;
      }));
  diagnostics_.back().notes.push_back(
      {std::nullopt, "there are more errors in this file"});
}

void Diagnostics::SortByPlace() {
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                   [](const Diagnostic& a, const Diagnostic& b) {
                     return a.span.begin < b.span.begin;
                   });
}

}  // namespace dsl
