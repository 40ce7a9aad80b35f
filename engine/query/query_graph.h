// SPDX-License-Identifier: Apache-2.0
// The targets of a workspace and what depends on what, as plain values: what
// the expressions of `graph query` are asked of.

#ifndef GRAPH_ENGINE_QUERY_QUERY_GRAPH_H_
#define GRAPH_ENGINE_QUERY_QUERY_GRAPH_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "engine/base/dense_map.h"

namespace graph {

using NodeId = Id<struct QueryNodeTag>;

// What a target says under one name. An attribute with select() holds what
// every branch could give, each once.
struct QueryAttribute {
  enum class Type : uint8_t { kText, kList, kLabel, kLabelList, kDict };
  std::string name;
  Type type = Type::kText;
  // kText and kLabel: one at most. kDict: `key = value`. Labels in full.
  std::vector<std::string> values;

  bool has_labels() const {
    return type == Type::kLabel || type == Type::kLabelList;
  }
  // What attr() matches: the text itself, or `[a, b]`.
  std::string ToString() const;
};

struct QueryNode {
  std::string label;       // In full: `//pkg:name`, `@rules//core:name`.
  std::string kind;        // `genrule rule`, `source file`, `generated file`.
  std::string package;     // `//pkg`, `@rules//core`.
  std::string build_file;  // Where the package is written, as a label; may be
                           // empty.
  std::string location;    // `pkg/BUILD.spec:3:1`; may be empty.
  bool is_test = false;
  std::vector<QueryAttribute> attributes;  // Sorted by name; `visibility` and
                                           // `tags` are among them.
  std::vector<std::string>
      macros;  // Outermost first: `load.spec:9:3 (my_rule)`

  // nullptr if there is none.
  const QueryAttribute* attribute(absl::string_view name) const;
};

// Not safe for concurrent writing; safe for concurrent reading.
class QueryGraph {
 public:
  // REQUIRES: no node has this label yet.
  NodeId Add(QueryNode node);
  // In any order; twice the same counts once.
  void SetDeps(NodeId from, std::vector<NodeId> deps);
  // The modules that a package loads, directly or not, as labels.
  void SetModules(absl::string_view package, std::vector<std::string> labels);

  std::optional<NodeId> Find(absl::string_view label) const;
  const QueryNode& node(NodeId id) const { return nodes_[id]; }
  std::span<const NodeId> deps(NodeId id) const { return deps_[id.index]; }
  std::span<const std::string> modules(absl::string_view package) const;
  size_t size() const { return nodes_.size(); }

 private:
  DenseMap<NodeId, QueryNode> nodes_;
  std::vector<std::vector<NodeId>> deps_;
  absl::flat_hash_map<std::string, NodeId> by_label_;
  absl::flat_hash_map<std::string, std::vector<std::string>> modules_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_QUERY_QUERY_GRAPH_H_
