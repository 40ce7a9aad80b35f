// SPDX-License-Identifier: Apache-2.0

#include "engine/query/from_packages.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/model/attribute.h"
#include "engine/model/target.h"

namespace graph {
namespace {

using Type = QueryAttribute::Type;

Type TypeOf(AttributeType type) {
  switch (type) {
    case AttributeType::kBool:
    case AttributeType::kInt:
    case AttributeType::kString:
      return Type::kText;
    case AttributeType::kLabel:
    case AttributeType::kOutput:
      return Type::kLabel;
    case AttributeType::kStringList:
    case AttributeType::kIntList:
      return Type::kList;
    case AttributeType::kLabelList:
    case AttributeType::kOutputList:
      return Type::kLabelList;
    case AttributeType::kStringDict:
    case AttributeType::kLabelKeyedStringDict:
    case AttributeType::kStringListDict:
      return Type::kDict;
  }
  return Type::kText;
}

// Appends a value as the texts of a QueryAttribute.
struct TextsOf {
  std::vector<std::string>* out;

  void operator()(std::monostate) const {}
  void operator()(bool value) const {
    out->push_back(value ? "True" : "False");
  }
  void operator()(int64_t value) const { out->push_back(absl::StrCat(value)); }
  void operator()(const std::string& value) const { out->push_back(value); }
  void operator()(const PackedString& value) const {
    out->emplace_back(value.view());
  }
  void operator()(const Label& value) const {
    out->push_back(value.ToString());
  }
  template <typename T>
  void operator()(const PackedVector<T>& values) const {
    for (const T& value : values) (*this)(value);
  }
  void operator()(const std::pair<std::string, std::string>& entry) const {
    out->push_back(absl::StrCat(entry.first, " = ", entry.second));
  }
  void operator()(const std::pair<Label, std::string>& entry) const {
    out->push_back(absl::StrCat(entry.first.text(), " = ", entry.second));
  }
  void operator()(const std::pair<std::string, StringList>& entry) const {
    out->push_back(absl::StrCat(entry.first, " = [",
                                absl::StrJoin(entry.second, ", "), "]"));
  }
};

std::vector<std::string> ValuesOf(const Attribute& attribute) {
  std::vector<std::string> values;
  if (const AttributeValue* plain = attribute.plain()) {
    std::visit(TextsOf{&values}, *plain);
    return values;
  }
  std::vector<std::string> all;
  for (const AttributePart& part : attribute.parts()) {
    if (!part.is_select()) std::visit(TextsOf{&all}, part.plain);
    for (const SelectBranch& branch : part.branches) {
      if (branch.value.has_value()) std::visit(TextsOf{&all}, *branch.value);
    }
  }
  for (std::string& value : all) {
    if (std::find(values.begin(), values.end(), value) == values.end()) {
      values.push_back(std::move(value));
    }
  }
  return values;
}

bool IsEmpty(const Attribute& attribute, AttributeType type) {
  return attribute.plain() != nullptr && *attribute.plain() == EmptyValue(type);
}

std::string At(absl::string_view file, const Location& location) {
  return absl::StrCat(file, ":", location.line, ":", location.column);
}

// As diagnostics show it.
std::string BuildFilePath(const Package& package) {
  const std::string& repo = package.name().repo;
  if (repo.empty()) return package.build_file();
  return absl::StrCat("@", repo, "//", package.build_file());
}

class Converter {
 public:
  QueryGraph Convert(std::span<const Package* const> packages) {
    for (const Package* package : packages) AddNodes(*package);
    for (const Package* package : packages) {
      for (const Target& target : package->targets()) AddEdges(target);
      AddFiles(*package);
    }
    return std::move(graph_);
  }

 private:
  void AddNodes(const Package& package) {
    const std::string path = BuildFilePath(package);
    const std::string name = package.name().ToString();
    const std::string build_file = absl::StrCat(name, ":", kBuildFileName);
    for (const Target& target : package.targets()) {
      QueryNode node;
      node.label = target.label.ToString();
      node.kind = target.kind_text();
      node.package = name;
      node.build_file = build_file;
      node.location = At(path, target.location);
      for (const MacroFrame& frame : target.macros()) {
        node.macros.push_back(absl::StrCat(
            frame.function, " (", At(*frame.file, frame.location), ")"));
      }
      if (target.kind() == Target::Kind::kRule) {
        node.is_test = target.rule().test();
        AddAttributes(target, &node);
      }
      graph_.Add(std::move(node));
    }
  }

  static void AddAttributes(const Target& target, QueryNode* node) {
    const std::vector<AttributeSchema>& schemas = target.rule().attributes();
    node->attributes.push_back(
        {"visibility", Type::kList, target.visibility->ToStrings()});
    for (uint16_t i = 0; i < schemas.size(); ++i) {
      const AttributeSchema& schema = schemas[i];
      const Attribute& attribute = target.attribute(i);
      if (schema.is_private()) continue;
      // An empty list of labels tells that there could be some.
      if (!target.is_set(i) && schema.type != AttributeType::kLabelList &&
          IsEmpty(attribute, schema.type)) {
        continue;
      }
      node->attributes.push_back(
          {schema.name, TypeOf(schema.type), ValuesOf(attribute)});
    }
    std::sort(node->attributes.begin(), node->attributes.end(),
              [](const QueryAttribute& a, const QueryAttribute& b) {
                return a.name < b.name;
              });
  }

  void AddEdges(const Target& target) {
    std::vector<NodeId> deps;
    const auto add = [&](const Label& label) {
      if (std::optional<NodeId> id = graph_.Find(label.text())) {
        deps.push_back(*id);
      }
    };
    if (target.kind() == Target::Kind::kOutputFile) add(target.generator());
    if (target.kind() == Target::Kind::kRule) {
      const std::vector<AttributeSchema>& schemas = target.rule().attributes();
      for (uint16_t i = 0; i < schemas.size(); ++i) {
        if (IsOutput(schemas[i].type)) continue;
        ForEachLabel(target.attribute(i), add, add);
      }
    }
    if (!deps.empty()) {
      graph_.SetDeps(*graph_.Find(target.label.text()), std::move(deps));
    }
  }

  // For buildfiles().
  void AddFiles(const Package& package) {
    if (package.targets().empty()) return;
    const std::string name = package.name().ToString();
    const std::optional<NodeId> first =
        graph_.Find(package.targets().front().label.text());
    AddFile(graph_.node(*first).build_file, name);
    std::vector<std::string> modules;
    for (const Label& module : package.modules()) {
      modules.push_back(module.ToString());
      AddFile(modules.back(), module.package_text());
    }
    graph_.SetModules(name, std::move(modules));
  }

  void AddFile(const std::string& label, absl::string_view package) {
    if (graph_.Find(label).has_value()) return;
    QueryNode node;
    node.label = label;
    node.package = std::string(package);
    node.kind = "source file";
    graph_.Add(std::move(node));
  }

  QueryGraph graph_;
};

}  // namespace

QueryGraph GraphOfPackages(std::span<const Package* const> packages) {
  return Converter().Convert(packages);
}

}  // namespace graph
