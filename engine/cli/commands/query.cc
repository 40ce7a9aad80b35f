// SPDX-License-Identifier: Apache-2.0

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/cli/command_line.h"
#include "engine/cli/request.h"
#include "engine/cli/verb.h"
#include "engine/query/evaluate.h"
#include "engine/query/expression.h"
#include "engine/query/output.h"

namespace graph {
namespace {

int Query(const Arguments& arguments, const std::string& directory,
          const Streams& streams);

constexpr Option kOptions[] = {{"output", 'o', "FORMAT",
                                "label, label_kind, location, json, dot, tree",
                                "label|label_kind|location|json|dot|tree"}};

constexpr Verb kVerb = {
    "query",
    "EXPRESSION",
    "asks about targets and what depends on what",
    "Asks about targets. Every branch of a select() counts.\n"
    "\n"
    "  allpaths(from, to)      all that lies on a way\n"
    "  attr(name, regex, x)    whose attribute matches\n"
    "  buildfiles(x)           the files that define x\n"
    "  deps(x[, depth])        x and what it depends on\n"
    "  filter(regex, x)        whose label matches\n"
    "  kind(regex, x)          whose kind matches: `genrule rule`\n"
    "  labels(name, x)         what x names in an attribute\n"
    "  rdeps(in, x[, depth])   what depends on x, among `in` and its deps\n"
    "  siblings(x)             all targets of x's packages\n"
    "  somepath(from, to)      one way, in order\n"
    "  tests(x)                the tests in x, suites opened\n"
    "  set(//a //b)            these\n"
    "  x + y, x ^ y, x - y     union, intersect, except; from left to right\n"
    "  let v = x in y          y, where $v is x\n"
    "\n"
    "The short form needs no quotes for the shell: `graph query deps //x`,\n"
    "`graph query rdeps //x` (in the whole workspace), `graph query kind\n"
    "genrule //...`. Regular expressions are POSIX extended ones.",
    kOptions,
    Query};

// siblings() names targets on which nothing asked for depends: all rules of the
// packages that were loaded for `patterns`, by name, beside those.
std::vector<std::string> WithSiblings(std::vector<std::string> patterns,
                                      const QueryGraph& graph) {
  for (uint32_t i = 0; i < graph.size(); ++i) {
    const QueryNode& node = graph.node(NodeId{i});
    if (absl::EndsWith(node.kind, " rule")) patterns.push_back(node.label);
  }
  return patterns;
}

absl::StatusOr<std::string> Answer(const std::string& text,
                                   const Expression& expression,
                                   QueryOutput output, Session& session) {
  std::vector<std::string> patterns = PatternsOf(expression);
  ASSIGN_OR_RETURN(QueryGraph graph, session.Targets(patterns));
  if (Calls(expression, "siblings")) {
    patterns = WithSiblings(std::move(patterns), graph);
    ASSIGN_OR_RETURN(graph, session.Targets(patterns));
  }
  ASSIGN_OR_RETURN(
      std::vector<NodeId> nodes,
      Evaluate(expression, text, graph, [&session](const std::string& pattern) {
        return session.Expand(pattern);
      }));
  return FormatQuery(output, graph, nodes);
}

int Query(const Arguments& arguments, const std::string& directory,
          const Streams& streams) {
  const std::string format = arguments.Find("output").value_or("label");
  const std::optional<QueryOutput> output = QueryOutputNamed(format);
  if (!output.has_value()) {
    return ReportUsage(&kVerb,
                       absl::StrCat("no output `", format, "`; there are ",
                                    absl::StrJoin(QueryOutputNames(), ", ")),
                       streams);
  }
  Request request(Request::Kind::kQuestion, arguments, directory, streams);
  const std::string text = ExpressionFromOperands(arguments.operands);
  const auto expression = ParseExpression(text);
  if (!expression.ok()) return request.Fail(expression.status());
  const absl::StatusOr<Session*> session = request.Open();
  if (!session.ok()) return request.Fail(session.status());
  const auto answer = Answer(text, **expression, *output, **session);
  if (!answer.ok()) return request.Fail(answer.status());
  request.EndDisplay({});  // Before the answer stands on the same terminal.
  streams.out(*answer);
  return request.Finish(kExitDone);
}

}  // namespace

const Verb& QueryVerb() { return kVerb; }

}  // namespace graph
