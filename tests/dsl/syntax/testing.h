// SPDX-License-Identifier: Apache-2.0

// Short ways to parse and resolve a text, for the tests of this room.

#ifndef GRAPH_TESTS_DSL_SYNTAX_TESTING_H_
#define GRAPH_TESTS_DSL_SYNTAX_TESTING_H_

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "dsl/syntax/parser.h"
#include "dsl/syntax/resolver.h"

namespace dsl {

class GivenNames : public PredeclaredNames {
 public:
  explicit GivenNames(std::vector<std::string> names)
      : names_(std::move(names)) {}
  bool Contains(absl::string_view name) const override {
    return std::find(names_.begin(), names_.end(), name) != names_.end();
  }
  std::vector<std::string> All() const override { return names_; }

 private:
  std::vector<std::string> names_;
};

struct Parsed {
  Diagnostics diagnostics;
  std::unique_ptr<File> file;  // null after an error
  bool resolved = false;
};

inline Parsed ParseText(std::string text, FileKind kind = FileKind::kModule) {
  Parsed parsed;
  parsed.file =
      Parse(Source::Make("f.spec", std::move(text)), kind, parsed.diagnostics);
  return parsed;
}

inline Parsed ResolveText(std::string text, FileKind kind = FileKind::kModule) {
  Parsed parsed;
  parsed.file = ParsePartly(Source::Make("f.spec", std::move(text)), kind,
                            parsed.diagnostics);
  const GivenNames known({"None", "True", "False", "print", "len", "range",
                          "list", "dict", "str", "int", "glob", "py_wheel",
                          "assert_", "assert_eq", "assert_fails", "repr",
                          "hash", "sorted"});
  Resolve(*parsed.file, known, parsed.diagnostics);
  parsed.resolved = !parsed.diagnostics.has_errors();
  parsed.diagnostics.SortByPlace();
  return parsed;
}

// The diagnostics as people see them.
inline std::string ErrorsOf(std::string text,
                            FileKind kind = FileKind::kModule) {
  return ResolveText(std::move(text), kind).diagnostics.Rendered();
}

// The tree, or the diagnostics.
inline std::string DumpOf(std::string text) {
  const Parsed parsed = ParseText(std::move(text));
  return parsed.file == nullptr ? parsed.diagnostics.Rendered()
                                : Dump(*parsed.file);
}

}  // namespace dsl

#endif  // GRAPH_TESTS_DSL_SYNTAX_TESTING_H_
