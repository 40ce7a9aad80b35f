// SPDX-License-Identifier: Apache-2.0

#include "engine/query/output.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/base/json_text.h"

namespace graph {
namespace {

constexpr absl::string_view kNames[] = {"label", "label_kind", "location",
                                        "json",  "dot",        "tree"};

void AppendList(std::span<const std::string> values, std::string* out) {
  *out += '[';
  for (size_t i = 0; i < values.size(); ++i) {
    if (i > 0) *out += ", ";
    AppendJsonString(values[i], out);
  }
  *out += ']';
}

void AppendField(absl::string_view name, absl::string_view value,
                 std::string* out) {
  absl::StrAppend(out, "\"", name, "\": ");
  AppendJsonString(value, out);
  *out += ", ";
}

void AppendAttributes(const QueryNode& node, std::string* out) {
  *out += "\"attributes\": {";
  bool first = true;
  for (const QueryAttribute& attribute : node.attributes) {
    if (!std::exchange(first, false)) *out += ", ";
    AppendJsonString(attribute.name, out);
    *out += ": ";
    const bool single = attribute.type == QueryAttribute::Type::kText ||
                        attribute.type == QueryAttribute::Type::kLabel;
    if (single && attribute.values.size() == 1) {
      AppendJsonString(attribute.values[0], out);
    } else if (single && attribute.values.empty()) {
      *out += "null";
    } else {
      AppendList(attribute.values, out);
    }
  }
  *out += '}';
}

std::vector<std::string> LabelsOf(const QueryGraph& graph,
                                  std::span<const NodeId> nodes) {
  std::vector<std::string> labels;
  for (NodeId id : nodes) labels.push_back(graph.node(id).label);
  std::sort(labels.begin(), labels.end());
  return labels;
}

std::string Json(const QueryGraph& graph, std::span<const NodeId> nodes) {
  std::string out = "[";
  for (NodeId id : nodes) {
    const QueryNode& node = graph.node(id);
    out += id == nodes.front() ? "\n  {" : ",\n  {";
    AppendField("label", node.label, &out);
    AppendField("kind", node.kind, &out);
    AppendField("package", node.package, &out);
    AppendField("location", node.location, &out);
    absl::StrAppend(&out, "\"test\": ", node.is_test ? "true" : "false", ", ");
    if (!node.macros.empty()) {
      out += "\"macros\": ";
      AppendList(node.macros, &out);
      out += ", ";
    }
    AppendAttributes(node, &out);
    out += ", \"deps\": ";
    AppendList(LabelsOf(graph, graph.deps(id)), &out);
    out += '}';
  }
  out += nodes.empty() ? "]\n" : "\n]\n";
  return out;
}

// The nodes shown, and the edges between them in the order shown.
class Shown {
 public:
  Shown(const QueryGraph& graph, std::span<const NodeId> nodes)
      : graph_(graph), nodes_(nodes), place_(graph.size(), kHidden) {
    for (uint32_t i = 0; i < nodes.size(); ++i) place_[nodes[i].index] = i;
  }

  const QueryGraph& graph() const { return graph_; }
  std::span<const NodeId> nodes() const { return nodes_; }

  std::vector<NodeId> deps(NodeId id) const {
    std::vector<NodeId> deps;
    for (NodeId dep : graph_.deps(id)) {
      if (place_[dep.index] != kHidden) deps.push_back(dep);
    }
    std::sort(deps.begin(), deps.end(), [this](NodeId a, NodeId b) {
      return place_[a.index] < place_[b.index];
    });
    return deps;
  }

 private:
  static constexpr uint32_t kHidden = UINT32_MAX;
  const QueryGraph& graph_;
  std::span<const NodeId> nodes_;
  std::vector<uint32_t> place_;
};

// What dot takes between quotes; labels have no other marks to escape.
std::string DotString(absl::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string Dot(const Shown& shown) {
  std::string out = "digraph query {\n  node [shape=box];\n";
  for (NodeId id : shown.nodes()) {
    absl::StrAppend(&out, "  ", DotString(shown.graph().node(id).label), "\n");
  }
  for (NodeId id : shown.nodes()) {
    for (NodeId dep : shown.deps(id)) {
      absl::StrAppend(&out, "  ", DotString(shown.graph().node(id).label),
                      " -> ", DotString(shown.graph().node(dep).label), "\n");
    }
  }
  return out + "}\n";
}

// Draws the tree below each node on which no other one shown depends; a cycle,
// which has no such node, is entered at its first.
class TreeDrawing {
 public:
  explicit TreeDrawing(const Shown& shown)
      : shown_(shown), drawn_(shown.graph().size()) {}

  std::string Draw() {
    std::vector<bool> wanted(shown_.graph().size());
    for (NodeId id : shown_.nodes()) {
      for (NodeId dep : shown_.deps(id)) wanted[dep.index] = true;
    }
    for (NodeId id : shown_.nodes()) {
      if (!wanted[id.index]) DrawBelow(id);
    }
    for (NodeId id : shown_.nodes()) {
      if (!drawn_[id.index]) DrawBelow(id);
    }
    return std::move(out_);
  }

 private:
  struct Branch {
    std::vector<NodeId> deps;
    size_t next = 0;
  };

  // True if its dependencies are to follow.
  bool DrawNode(NodeId id) {
    const bool again = drawn_[id.index];
    drawn_[id.index] = true;
    const bool leaf = shown_.deps(id).empty();
    absl::StrAppend(&out_, shown_.graph().node(id).label,
                    again && !leaf ? " (*)\n" : "\n");
    return !again && !leaf;
  }

  void DrawBelow(NodeId root) {
    if (!DrawNode(root)) return;
    std::vector<Branch> path = {{shown_.deps(root)}};
    std::string indent;  // Four columns a level above the deepest.
    std::vector<size_t> lengths;
    while (!path.empty()) {
      Branch& branch = path.back();
      if (branch.next == branch.deps.size()) {
        path.pop_back();
        if (lengths.empty()) break;
        indent.resize(lengths.back());
        lengths.pop_back();
        continue;
      }
      const NodeId id = branch.deps[branch.next++];
      const bool last = branch.next == branch.deps.size();
      absl::StrAppend(&out_, indent, last ? "└── " : "├── ");
      if (!DrawNode(id)) continue;
      lengths.push_back(indent.size());
      indent += last ? "    " : "│   ";
      path.push_back({shown_.deps(id)});
    }
  }

  const Shown& shown_;
  std::vector<bool> drawn_;
  std::string out_;
};

std::string Lines(QueryOutput output, const QueryGraph& graph,
                  std::span<const NodeId> nodes) {
  std::string out;
  for (NodeId id : nodes) {
    const QueryNode& node = graph.node(id);
    if (output == QueryOutput::kLocation && !node.location.empty()) {
      absl::StrAppend(&out, node.location, ": ");
    }
    if (output != QueryOutput::kLabel) absl::StrAppend(&out, node.kind, " ");
    absl::StrAppend(&out, node.label, "\n");
  }
  return out;
}

}  // namespace

std::span<const absl::string_view> QueryOutputNames() { return kNames; }

std::optional<QueryOutput> QueryOutputNamed(absl::string_view name) {
  const auto* found = std::find(std::begin(kNames), std::end(kNames), name);
  if (found == std::end(kNames)) return std::nullopt;
  return static_cast<QueryOutput>(found - std::begin(kNames));
}

std::string FormatQuery(QueryOutput output, const QueryGraph& graph,
                        std::span<const NodeId> nodes) {
  switch (output) {
    case QueryOutput::kJson:
      return Json(graph, nodes);
    case QueryOutput::kDot:
      return Dot(Shown(graph, nodes));
    case QueryOutput::kTree: {
      const Shown shown(graph, nodes);
      return TreeDrawing(shown).Draw();
    }
    default:
      return Lines(output, graph, nodes);
  }
}

}  // namespace graph
