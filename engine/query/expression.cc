// SPDX-License-Identifier: Apache-2.0

#include "engine/query/expression.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace graph {
namespace {

using Parameter = QueryFunction::Parameter;

constexpr Parameter kOne[] = {Parameter::kTargets};
constexpr Parameter kOneDepth[] = {Parameter::kTargets, Parameter::kDepth};
constexpr Parameter kTwo[] = {Parameter::kTargets, Parameter::kTargets};
constexpr Parameter kTwoDepth[] = {Parameter::kTargets, Parameter::kTargets,
                                   Parameter::kDepth};
constexpr Parameter kText[] = {Parameter::kText, Parameter::kTargets};
constexpr Parameter kTwoTexts[] = {Parameter::kText, Parameter::kText,
                                   Parameter::kTargets};

constexpr std::array<QueryFunction, 11> kFunctions = {{
    {"allpaths", kTwo, "allpaths(from, to): all that lies on a way"},
    {"attr", kTwoTexts, "attr(name, regex, x): whose attribute matches"},
    {"buildfiles", kOne, "buildfiles(x): the files that define x"},
    {"deps", kOneDepth, "deps(x[, depth]): x and what it depends on"},
    {"filter", kText, "filter(regex, x): whose label matches"},
    {"kind", kText, "kind(regex, x): whose kind matches"},
    {"labels", kText, "labels(name, x): what x names in an attribute"},
    {"rdeps", kTwoDepth, "rdeps(universe, x[, depth]): who depends on x"},
    {"siblings", kOne, "siblings(x): all targets of x's packages"},
    {"somepath", kTwo, "somepath(from, to): one way, in order"},
    {"tests", kOne, "tests(x): the tests in x, suites opened"},
}};

bool NeedsQuotes(absl::string_view word) {
  if (word.empty() || word[0] == '-' || word[0] == '*') return true;
  return !std::all_of(word.begin(), word.end(), IsQueryWordByte);
}

std::string Quoted(absl::string_view word) {
  if (!NeedsQuotes(word)) return std::string(word);
  const char quote = word.find('"') != absl::string_view::npos ? '\'' : '"';
  return absl::StrCat(std::string(1, quote), word, std::string(1, quote));
}

bool IsNumber(absl::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

void Visit(const Expression& expression,
           const auto& visit) {  // visit(node, is a text or depth)
  const QueryFunction* function = expression.kind == Expression::Kind::kCall
                                      ? FindQueryFunction(expression.text)
                                      : nullptr;
  for (size_t i = 0; i < expression.operands.size(); ++i) {
    const bool plain =
        function != nullptr && function->parameters[i] != Parameter::kTargets;
    visit(*expression.operands[i], plain);
    Visit(*expression.operands[i], visit);
  }
}

}  // namespace

bool IsQueryWordByte(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
         absl::string_view("*/@.-_:$~[]").find(c) != absl::string_view::npos;
}

std::span<const QueryFunction> QueryFunctions() { return kFunctions; }

const QueryFunction* FindQueryFunction(absl::string_view name) {
  for (const QueryFunction& function : kFunctions) {
    if (function.name == name) return &function;
  }
  return nullptr;
}

std::string ExpressionFromOperands(std::span<const std::string> operands) {
  const QueryFunction* function =
      operands.size() < 2 ? nullptr : FindQueryFunction(operands[0]);
  if (function == nullptr) return absl::StrJoin(operands, " ");
  std::span<const std::string> rest = operands.subspan(1);
  std::string depth;
  size_t wanted = function->parameters.size();
  if (function->parameters.back() == Parameter::kDepth) {
    --wanted;
    if (rest.size() > 1 && IsNumber(rest.back())) {
      depth = rest.back();
      rest = rest.first(rest.size() - 1);
    }
  }
  std::vector<std::string> arguments;
  if (function->name == "rdeps" && rest.size() == 1) {
    arguments.push_back("//...");
  }
  while (arguments.size() + 1 < wanted && !rest.empty()) {
    const bool text =
        function->parameters[arguments.size()] == Parameter::kText;
    arguments.push_back(text ? Quoted(rest[0]) : rest[0]);
    rest = rest.subspan(1);
  }
  if (!rest.empty()) arguments.push_back(absl::StrJoin(rest, " + "));
  if (!depth.empty()) arguments.push_back(depth);
  return absl::StrCat(function->name, "(", absl::StrJoin(arguments, ", "), ")");
}

std::vector<std::string> PatternsOf(const Expression& expression) {
  std::vector<std::string> patterns;
  absl::flat_hash_set<std::string> seen;
  const auto collect = [&](const Expression& node, bool plain) {
    if (plain || node.kind != Expression::Kind::kWord) return;
    if (seen.insert(node.text).second) patterns.push_back(node.text);
  };
  collect(expression, false);
  Visit(expression, collect);
  return patterns;
}

bool Calls(const Expression& expression, absl::string_view function) {
  bool found = false;
  const auto look = [&](const Expression& node, bool) {
    found |= node.kind == Expression::Kind::kCall && node.text == function;
  };
  look(expression, false);
  Visit(expression, look);
  return found;
}

absl::Status QueryError(absl::string_view text, size_t offset, size_t length,
                        absl::string_view message, absl::string_view hint) {
  offset = std::min(offset, text.size());
  length = std::max<size_t>(1, std::min(length, text.size() - offset));
  // One line, whatever was written, so that the carets stand below it.
  std::string line = absl::StrReplaceAll(text, {{"\n", " "}, {"\t", " "}});
  std::string rendered = absl::StrCat(
      "query:1:", offset + 1, ": error: ", message, "\n  1 | ", line,
      "\n    | ", std::string(offset, ' '), std::string(length, '^'));
  if (!hint.empty()) absl::StrAppend(&rendered, " ", hint);
  return absl::InvalidArgumentError(rendered);
}

}  // namespace graph
