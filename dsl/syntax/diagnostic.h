// SPDX-License-Identifier: Apache-2.0

// What is wrong with somebody's text, as a value, and how it is shown:
//
//     app/BUILD.spec:4:12: error: no rule named `py_wheal`
//       4 | py_wheal(name = "a")
//         | ^^^^^^^^ did you mean `py_wheel`?
//     app/BUILD.spec:1:1: note: rules are loaded here
//       1 | load("//rules:py.spec", "py_wheel")
//         | ^^^^

#ifndef GRAPH_DSL_SYNTAX_DIAGNOSTIC_H_
#define GRAPH_DSL_SYNTAX_DIAGNOSTIC_H_

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "dsl/syntax/source.h"

namespace dsl {

enum class Severity { kError, kWarning };

// A change of the text that would put it right.
struct Edit {
  Span span;
  std::string replacement;
};

// Something that helps to understand a diagnostic, perhaps at a place.
struct Note {
  std::optional<Span> span;
  std::string text;
};

// One thing that is wrong. A span without a source stands for no place.
// `hint` is shown beside the carets; without one an `edit` shows as "did you
// mean ...?". A diagnostic that outlives what it points into keeps it alive
// with KeepSources; Diagnostics::Add does so.
struct Diagnostic {
  Severity severity = Severity::kError;
  Span span;
  std::string message;
  std::string hint = {};
  std::vector<Note> notes = {};
  std::optional<Edit> edit = std::nullopt;
  std::vector<std::shared_ptr<const Source>> sources = {};
  // What made it, if that can be silenced by name; shown as `[name]`.
  std::string check = {};

  void KeepSources();
};

// As text: lines that each end in a newline. `path:line:col: ` stands before
// what has a place.
std::string Render(const Diagnostic& diagnostic);

// Collects diagnostics in the order in which they come. Not thread-safe: one
// for each file that is worked on.
class Diagnostics {
 public:
  // Returns what was added, for more notes to be hung on it; valid until the
  // next is added.
  Diagnostic& Add(Diagnostic diagnostic);
  Diagnostic& Error(Span span, std::string message, std::string hint = "");

  std::span<const Diagnostic> all() const { return diagnostics_; }
  bool empty() const { return diagnostics_.empty(); }
  bool has_errors() const { return errors_ > 0; }
  // All, rendered, one after the other.
  std::string Rendered() const;
  // Orders them by their place in the text; those of equal place stay as they
  // came. REQUIRES: all are about one file.
  void SortByPlace();

  // More than these of one file help nobody.
  static constexpr size_t kMaxPerFile = 20;
  // Keeps the first kMaxPerFile, and says that there are more.
  void Limit();

 private:
  std::vector<Diagnostic> diagnostics_;
  int errors_ = 0;
};

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_DIAGNOSTIC_H_
