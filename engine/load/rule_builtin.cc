// SPDX-License-Identifier: Apache-2.0
#include "engine/load/rule_builtin.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/load/attr_builtins.h"
#include "engine/load/convert.h"
#include "engine/load/place.h"
#include "engine/load/rule_function.h"
#include "engine/model/configuration.h"

namespace graph {
namespace {

bool IsIdentifier(absl::string_view name) {
  if (name.empty() || absl::ascii_isdigit(name.front())) return false;
  for (char c : name) {
    if (!absl::ascii_isalnum(c) && c != '_') return false;
  }
  return true;
}

absl::Status CheckAttribute(absl::string_view name,
                            const AttributeSchema& schema) {
  if (!IsIdentifier(name)) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", name, "` cannot be the name of an attribute"));
  }
  if (name == "name" || name == "visibility") {
    return absl::InvalidArgumentError(
        absl::StrCat("every rule has an attribute `", name, "` already"));
  }
  if (name.front() == '_' && schema.mandatory) {
    return absl::InvalidArgumentError(
        absl::StrCat("nobody can set `", name, "`: it cannot be mandatory"));
  }
  return absl::OkStatus();
}

absl::Status ReadAttributes(dsl::Value attrs,
                            RuleFunction::Definition& definition) {
  if (!attrs || attrs.is_none()) return absl::OkStatus();
  if (!attrs.is_dict()) {
    return absl::InvalidArgumentError(
        absl::StrCat("attrs wants a dict, got ", DescribeValue(attrs)));
  }
  for (const auto& [name, value] : dsl::DictItems(attrs)) {
    const auto* attribute = dsl::NativeCast<AttributeDefinition>(value);
    if (!name.is_string() || attribute == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat("attrs maps names to what attr.… returns; got ",
                       dsl::Brief(name), ": ", dsl::Brief(value)));
    }
    RETURN_IF_ERROR(CheckAttribute(name.as_string(), attribute->schema()));
    definition.attributes.push_back(attribute->schema());
    definition.attributes.back().name = std::string(name.as_string());
    definition.providers.push_back(attribute->providers());
  }
  return absl::OkStatus();
}

AttributeSchema Schema(absl::string_view name, AttributeType type,
                       absl::string_view doc) {
  AttributeSchema schema;
  schema.name = std::string(name);
  schema.type = type;
  schema.doc = std::string(doc);
  schema.default_value = Attribute(EmptyValue(type));
  return schema;
}

}  // namespace

absl::StatusOr<dsl::Value> MakeRule(dsl::Thread& thread,
                                    const dsl::Arguments& arguments) {
  RuleFunction::Definition definition;
  dsl::Value attrs;
  dsl::Value provides;
  RETURN_IF_ERROR(arguments.Unpack(
      "rule", {{"implementation", &definition.implementation},
               {"attrs?", &attrs},
               {"*"},
               {"doc?", &definition.traits.doc},
               {"executable?", &definition.traits.executable},
               {"test?", &definition.traits.test},
               {"provides?", &provides},
               {"deprecated?", &definition.traits.deprecated}}));
  if (!definition.implementation.is_function()) {
    return absl::InvalidArgumentError(
        absl::StrCat("implementation wants a function, got ",
                     DescribeValue(definition.implementation)));
  }
  RETURN_IF_ERROR(ReadAttributes(attrs, definition));
  if (provides && !provides.is_none()) {
    ASSIGN_OR_RETURN(ProviderChoices choices,
                     ReadProviders(provides, "provides"));
    if (choices.size() > 1) {
      return absl::InvalidArgumentError("provides is a list of providers");
    }
    if (!choices.empty()) definition.provides = std::move(choices[0]);
  }
  if (std::optional<dsl::Span> place = thread.Place()) {
    absl::string_view file = FileOf(*place);
    PackageName folder = FolderOf(file);
    definition.defined_in =
        absl::StrCat(folder.ToString(), ":", file.substr(file.rfind('/') + 1));
  }
  return dsl::Value::Of(thread.heap().New<RuleFunction>(std::move(definition)));
}

dsl::Value MakeConfigSetting(dsl::Heap& heap) {
  RuleFunction::Definition definition;
  definition.implementation = dsl::Value::None();
  definition.traits.builtin = true;
  definition.traits.doc =
      "A condition of select(): holds if all that it asks "
      "for does.";
  definition.attributes = {
      Schema("config", AttributeType::kString, "A name given by --config."),
      Schema("platform", AttributeType::kString, "What --platform says."),
      Schema("values", AttributeType::kStringDict,
             "Other settings and what they have to be."),
  };
  auto* rule = heap.New<RuleFunction>(std::move(definition));
  rule->Export(kConfigSetting);
  return dsl::Value::Of(rule);
}

void NameRules(const dsl::Module& module) {
  for (absl::string_view name : module.Names()) {
    std::optional<dsl::Value> value = module.Find(name);
    if (!value.has_value()) continue;
    auto* rule = dsl::NativeCast<RuleFunction>(*value);
    if (rule != nullptr && !rule->exported()) rule->Export(name);
  }
}

}  // namespace graph
