// SPDX-License-Identifier: Apache-2.0

#include "engine/query/evaluate.h"

#include <regex.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status_macros.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/query/reach.h"

namespace graph {
namespace {

// A POSIX extended regular expression, found anywhere in a text. Linear in the
// text's length, which std::regex is not: it also recurses along it.
class Regex {
 public:
  // nullptr, and the reason in `*error`, if `pattern` is none.
  static std::unique_ptr<Regex> Compile(const std::string& pattern,
                                        std::string* error) {
    auto regex = std::unique_ptr<Regex>(new Regex);
    const int code =
        regcomp(&regex->compiled_, pattern.c_str(), REG_EXTENDED | REG_NOSUB);
    regex->usable_ = code == 0;
    if (code == 0) return regex;
    char message[200];
    regerror(code, &regex->compiled_, message, sizeof(message));
    *error = message;
    return nullptr;
  }
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;
  ~Regex() {
    if (usable_) regfree(&compiled_);
  }

  bool Finds(const std::string& text) const {
    return regexec(&compiled_, text.c_str(), 0, nullptr, 0) == 0;
  }

 private:
  Regex() = default;
  regex_t compiled_;
  bool usable_ = false;
};

class Evaluator {
 public:
  Evaluator(absl::string_view text, const QueryGraph& graph,
            const PatternResolver& resolve)
      : text_(text), graph_(graph), resolve_(resolve) {}

  absl::StatusOr<NodeSet> Set(const Expression& e) {
    switch (e.kind) {
      case Expression::Kind::kWord:
        return Pattern(e);
      case Expression::Kind::kVariable:
        return Variable(e);
      case Expression::Kind::kSet:
        return UnionOf(e);
      case Expression::Kind::kCall:
        return Call(e);
      case Expression::Kind::kBinary:
        return Operators(e);
      case Expression::Kind::kLet:
        return Let(e);
    }
    return absl::InternalError("no such expression");
  }

  absl::StatusOr<std::vector<NodeId>> Path(const Expression& e) {
    ASSIGN_OR_RETURN(NodeSet from, Set(*e.operands[0]));
    ASSIGN_OR_RETURN(NodeSet to, Set(*e.operands[1]));
    return ShortestPath(graph_, from, to);
  }

 private:
  absl::StatusOr<NodeSet> Pattern(const Expression& e) {
    auto [entry, is_new] = patterns_.try_emplace(e.text);
    if (!is_new) return entry->second;
    ASSIGN_OR_RETURN(std::vector<std::string> labels, resolve_(e.text));
    NodeSet nodes;
    for (const std::string& label : labels) AddIfKnown(label, &nodes);
    Normalise(&nodes);
    patterns_[e.text] = nodes;
    return nodes;
  }

  absl::StatusOr<NodeSet> Variable(const Expression& e) {
    for (auto bound = bound_.rbegin(); bound != bound_.rend(); ++bound) {
      if (bound->first == e.text) return bound->second;
    }
    return QueryError(text_, e.offset, e.text.size() + 1,
                      absl::StrCat("no `let` binds `$", e.text, "` here"));
  }

  absl::StatusOr<NodeSet> UnionOf(const Expression& e) {
    NodeSet all;
    for (const auto& operand : e.operands) {
      ASSIGN_OR_RETURN(NodeSet nodes, Set(*operand));
      all.insert(all.end(), nodes.begin(), nodes.end());
    }
    Normalise(&all);
    return all;
  }

  absl::StatusOr<NodeSet> Operators(const Expression& e) {
    if (e.operators.find_first_not_of('+') == std::string::npos) {
      return UnionOf(e);  // Thousands of them, as scripts write it.
    }
    ASSIGN_OR_RETURN(NodeSet left, Set(*e.operands[0]));
    for (size_t i = 1; i < e.operands.size(); ++i) {
      ASSIGN_OR_RETURN(NodeSet right, Set(*e.operands[i]));
      const char op = e.operators[i - 1];
      left = op == '+'   ? Union(left, right)
             : op == '^' ? Intersection(left, right)
                         : Difference(left, right);
    }
    return left;
  }

  absl::StatusOr<NodeSet> Let(const Expression& e) {
    ASSIGN_OR_RETURN(NodeSet value, Set(*e.operands[0]));
    bound_.emplace_back(e.text, std::move(value));
    absl::StatusOr<NodeSet> body = Set(*e.operands[1]);
    bound_.pop_back();
    return body;
  }

  absl::StatusOr<NodeSet> Call(const Expression& e) {
    if (e.text == "deps") return Deps(e);
    if (e.text == "rdeps") return Rdeps(e);
    if (e.text == "allpaths") return AllPaths(e);
    if (e.text == "somepath") {
      ASSIGN_OR_RETURN(std::vector<NodeId> path, Path(e));
      Normalise(&path);
      return path;
    }
    if (e.text == "kind" || e.text == "filter" || e.text == "attr") {
      return Matching(e);
    }
    if (e.text == "labels") return Labels(e);
    ASSIGN_OR_RETURN(NodeSet nodes, Set(*e.operands[0]));
    if (e.text == "tests") return Tests(nodes);
    if (e.text == "siblings") return Siblings(nodes);
    if (e.text == "buildfiles") return BuildFiles(nodes);
    return absl::InternalError(absl::StrCat("nobody evaluates ", e.text));
  }

  static int Depth(const Expression& e, size_t i) {
    int depth = kAnyDepth;
    if (i < e.operands.size()) {
      (void)absl::SimpleAtoi(e.operands[i]->text, &depth);  // Parsed as one.
    }
    return depth;
  }

  absl::StatusOr<NodeSet> Deps(const Expression& e) {
    ASSIGN_OR_RETURN(NodeSet from, Set(*e.operands[0]));
    return Dependencies(graph_, from, Depth(e, 1));
  }

  absl::StatusOr<NodeSet> Rdeps(const Expression& e) {
    ASSIGN_OR_RETURN(NodeSet roots, Set(*e.operands[0]));
    ASSIGN_OR_RETURN(NodeSet to, Set(*e.operands[1]));
    return Dependents(graph_, Dependencies(graph_, roots), to, Depth(e, 2));
  }

  absl::StatusOr<NodeSet> AllPaths(const Expression& e) {
    ASSIGN_OR_RETURN(NodeSet from, Set(*e.operands[0]));
    ASSIGN_OR_RETURN(NodeSet to, Set(*e.operands[1]));
    return Dependents(graph_, Dependencies(graph_, from), to);
  }

  // kind(regex, x), filter(regex, x), attr(name, regex, x).
  absl::StatusOr<NodeSet> Matching(const Expression& e) {
    const Expression& pattern = *e.operands[e.operands.size() - 2];
    std::string error;
    const std::unique_ptr<Regex> regex = Regex::Compile(pattern.text, &error);
    if (regex == nullptr) {
      return QueryError(text_, pattern.offset, pattern.text.size(),
                        absl::StrCat("not a regular expression: ", error));
    }
    ASSIGN_OR_RETURN(NodeSet nodes, Set(*e.operands.back()));
    const std::string& name = e.operands[0]->text;
    std::erase_if(nodes, [&](NodeId id) {
      const QueryNode& node = graph_.node(id);
      if (e.text == "kind") return !regex->Finds(node.kind);
      if (e.text == "filter") return !regex->Finds(node.label);
      const QueryAttribute* attribute = node.attribute(name);
      return attribute == nullptr || !regex->Finds(attribute->ToString());
    });
    return nodes;
  }

  absl::StatusOr<NodeSet> Labels(const Expression& e) {
    ASSIGN_OR_RETURN(NodeSet nodes, Set(*e.operands[1]));
    NodeSet named;
    for (NodeId id : nodes) AddNamed(id, e.operands[0]->text, &named);
    Normalise(&named);
    return named;
  }

  // A target that is no test but names `tests` is a suite: it stands for those,
  // and for all tests of its package if it names none.
  NodeSet Tests(const NodeSet& nodes) {
    NodeSet tests;
    std::vector<bool> seen(graph_.size());
    NodeSet open = nodes;
    while (!open.empty()) {
      const NodeId id = open.back();
      open.pop_back();
      if (seen[id.index]) continue;
      seen[id.index] = true;
      const QueryNode& node = graph_.node(id);
      if (node.is_test) {
        tests.push_back(id);
      } else if (const QueryAttribute* named = node.attribute("tests")) {
        if (!named->values.empty()) {
          AddNamed(id, "tests", &open);
        } else {
          for (NodeId other : InPackage(node.package)) {
            if (graph_.node(other).is_test) open.push_back(other);
          }
        }
      }
    }
    Normalise(&tests);
    return tests;
  }

  NodeSet Siblings(const NodeSet& nodes) {
    NodeSet siblings;
    for (absl::string_view package : PackagesOf(nodes)) {
      const NodeSet& there = InPackage(package);
      siblings.insert(siblings.end(), there.begin(), there.end());
    }
    Normalise(&siblings);
    return siblings;
  }

  NodeSet BuildFiles(const NodeSet& nodes) {
    NodeSet files;
    for (NodeId id : nodes) AddIfKnown(graph_.node(id).build_file, &files);
    for (absl::string_view package : PackagesOf(nodes)) {
      for (const std::string& module : graph_.modules(package)) {
        AddIfKnown(module, &files);
      }
    }
    Normalise(&files);
    return files;
  }

  absl::flat_hash_set<absl::string_view> PackagesOf(const NodeSet& nodes) {
    absl::flat_hash_set<absl::string_view> packages;
    for (NodeId id : nodes) packages.insert(graph_.node(id).package);
    return packages;
  }

  const NodeSet& InPackage(absl::string_view package) {
    if (packages_.empty()) {
      for (uint32_t i = 0; i < graph_.size(); ++i) {
        packages_[graph_.node(NodeId{i}).package].push_back(NodeId{i});
      }
    }
    return packages_[package];
  }

  void AddNamed(NodeId id, absl::string_view name, NodeSet* nodes) {
    const QueryAttribute* attribute = graph_.node(id).attribute(name);
    if (attribute == nullptr || !attribute->has_labels()) return;
    for (const std::string& label : attribute->values) AddIfKnown(label, nodes);
  }

  void AddIfKnown(const std::string& label, NodeSet* nodes) {
    if (std::optional<NodeId> id = graph_.Find(label)) nodes->push_back(*id);
  }

  static void Normalise(NodeSet* nodes) {
    std::sort(nodes->begin(), nodes->end());
    nodes->erase(std::unique(nodes->begin(), nodes->end()), nodes->end());
  }

  absl::string_view text_;
  const QueryGraph& graph_;
  const PatternResolver& resolve_;
  absl::flat_hash_map<std::string, NodeSet> patterns_;
  std::vector<std::pair<std::string, NodeSet>> bound_;        // Innermost last.
  absl::flat_hash_map<absl::string_view, NodeSet> packages_;  // Filled on need.
};

}  // namespace

absl::StatusOr<std::vector<NodeId>> Evaluate(const Expression& expression,
                                             absl::string_view text,
                                             const QueryGraph& graph,
                                             const PatternResolver& resolve) {
  Evaluator evaluator(text, graph, resolve);
  if (expression.kind == Expression::Kind::kCall &&
      expression.text == "somepath") {
    return evaluator.Path(expression);
  }
  ASSIGN_OR_RETURN(std::vector<NodeId> nodes, evaluator.Set(expression));
  const auto by_label = [&graph](NodeId a, NodeId b) {
    return graph.node(a).label < graph.node(b).label;
  };
  if (!std::is_sorted(nodes.begin(), nodes.end(), by_label)) {
    std::sort(nodes.begin(), nodes.end(), by_label);
  }
  return nodes;
}

}  // namespace graph
