// SPDX-License-Identifier: Apache-2.0

#include "engine/query/query_graph.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace graph {

std::string QueryAttribute::ToString() const {
  if (type == Type::kText || type == Type::kLabel) {
    return absl::StrJoin(values, ", ");  // Several only under select().
  }
  return absl::StrCat("[", absl::StrJoin(values, ", "), "]");
}

const QueryAttribute* QueryNode::attribute(absl::string_view name) const {
  for (const QueryAttribute& attribute : attributes) {
    if (attribute.name == name) return &attribute;
  }
  return nullptr;
}

NodeId QueryGraph::Add(QueryNode node) {
  std::string label = node.label;
  NodeId id = nodes_.Add(std::move(node));
  deps_.emplace_back();
  by_label_.emplace(std::move(label), id);
  return id;
}

void QueryGraph::SetDeps(NodeId from, std::vector<NodeId> deps) {
  std::sort(deps.begin(), deps.end());
  deps.erase(std::unique(deps.begin(), deps.end()), deps.end());
  deps_[from.index] = std::move(deps);
}

void QueryGraph::SetModules(absl::string_view package,
                            std::vector<std::string> labels) {
  modules_[package] = std::move(labels);
}

std::optional<NodeId> QueryGraph::Find(absl::string_view label) const {
  auto found = by_label_.find(label);
  if (found == by_label_.end()) return std::nullopt;
  return found->second;
}

std::span<const std::string> QueryGraph::modules(
    absl::string_view package) const {
  auto found = modules_.find(package);
  if (found == modules_.end()) return {};
  return found->second;
}

}  // namespace graph
