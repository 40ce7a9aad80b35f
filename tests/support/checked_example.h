// SPDX-License-Identifier: Apache-2.0
// Examples of a reference as code that checks itself. In a line
//
//     EXPR  # VALUE             EXPR has to be equal to VALUE
//     EXPR  # error: WORDS      EXPR has to fail, and the message has WORDS
//     EXPR  # prints: WORDS     EXPR has to print WORDS
//
// All other lines stay as they are.

#ifndef GRAPH_TESTS_SUPPORT_CHECKED_EXAMPLE_H_
#define GRAPH_TESTS_SUPPORT_CHECKED_EXAMPLE_H_

#include <string>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/environment.h"
#include "dsl/runtime/operators.h"
#include "dsl/runtime/thread.h"

namespace dsl {

inline std::string QuotedForExample(absl::string_view text) {
  Heap heap;
  return Repr(heap.String(text));
}

// The line, or the call of a check that stands for it.
inline std::string CheckedLine(absl::string_view line) {
  const size_t mark = line.find("  # ");
  const absl::string_view code =
      absl::StripAsciiWhitespace(line.substr(0, mark));
  if (mark == line.npos || code.empty()) return std::string(line);
  const absl::string_view indent = line.substr(0, line.find(code));
  absl::string_view want = line.substr(line.find("# ", mark) + 2);
  if (absl::ConsumePrefix(&want, "error: ")) {
    return absl::StrCat(indent, "check_fails(lambda: ", code, ", ",
                        QuotedForExample(want), ")");
  }
  if (absl::ConsumePrefix(&want, "prints: ")) {
    return absl::StrCat(indent, "check_prints(lambda: ", code, ", ",
                        QuotedForExample(want), ")");
  }
  return absl::StrCat(indent, "check_equal(", code, ", ", want, ")");
}

inline std::string CheckedExample(absl::string_view example) {
  std::string checked;
  for (absl::string_view line : absl::StrSplit(example, '\n')) {
    absl::StrAppend(&checked, CheckedLine(line), "\n");
  }
  return checked;
}

inline absl::StatusOr<Value> CheckEqual(Thread&, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("check_equal", 2, 2));
  const Value got = arguments.positional()[0];
  const Value want = arguments.positional()[1];
  ASSIGN_OR_RETURN(bool equal, Equal(got, want));
  // 1 == 1.0 is no reason to write the one for the other.
  if (equal && got.type_name() == want.type_name()) return Value::None();
  return absl::InvalidArgumentError(
      absl::StrCat("is ", Repr(got), ", not ", Repr(want)));
}

inline absl::StatusOr<Value> CheckFails(Thread& thread,
                                        const Arguments& arguments) {
  Value function;
  absl::string_view words;
  RETURN_IF_ERROR(
      arguments.Unpack("check_fails", {{"f", &function}, {"words", &words}}));
  const absl::StatusOr<Value> result = Call(thread, function);
  thread.ReleaseError();
  if (result.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("gives ", Repr(*result)));
  }
  if (absl::StrContains(result.status().message(), words)) return Value::None();
  return absl::InvalidArgumentError(
      absl::StrCat("fails with `", result.status().message(), "`"));
}

inline absl::StatusOr<Value> CheckPrints(Thread&, const Arguments& arguments) {
  Value function;
  absl::string_view words;
  RETURN_IF_ERROR(
      arguments.Unpack("check_prints", {{"f", &function}, {"words", &words}}));
  Heap heap;
  Thread inner(heap);
  std::string printed;
  inner.SetPrint([&printed](absl::string_view text, std::optional<Span>) {
    absl::StrAppend(&printed, text);
  });
  RETURN_IF_ERROR(Call(inner, function).status());
  if (printed == words) return Value::None();
  return absl::InvalidArgumentError(absl::StrCat("prints `", printed, "`"));
}

// What a checked example needs beside the names that it is about.
inline void AddChecks(Environment::Builder& builder) {
  builder.SetBuiltin("check_equal", CheckEqual);
  builder.SetBuiltin("check_fails", CheckFails);
  builder.SetBuiltin("check_prints", CheckPrints);
}

}  // namespace dsl

#endif  // GRAPH_TESTS_SUPPORT_CHECKED_EXAMPLE_H_
