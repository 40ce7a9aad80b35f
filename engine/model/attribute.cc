// SPDX-License-Identifier: Apache-2.0
#include "engine/model/attribute.h"

#include <cstddef>
#include <iterator>
#include <type_traits>

#include "absl/status/status.h"
#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace graph {
namespace {

std::string Join(const std::vector<Label>& labels) {
  return absl::StrJoin(labels, ", ", [](std::string* out, const Label& label) {
    absl::StrAppend(out, "`", label.text(), "`");
  });
}

// The branch that is taken; nullptr if none fits.
absl::StatusOr<const SelectBranch*> Decide(const AttributePart& part,
                                           const ConditionMatcher& match) {
  const SelectBranch* otherwise = nullptr;
  std::vector<const SelectBranch*> best;
  int most = -1;
  for (const SelectBranch& branch : part.branches) {
    if (branch.condition.empty()) {
      otherwise = &branch;
      continue;
    }
    ASSIGN_OR_RETURN(std::optional<int> fits, match(branch.condition));
    if (!fits.has_value() || *fits < most) continue;
    if (*fits > most) best.clear();
    most = *fits;
    best.push_back(&branch);
  }
  if (best.empty()) return otherwise;
  for (const SelectBranch* branch : best) {
    if (branch->value == best.front()->value) continue;
    return absl::InvalidArgumentError(absl::StrCat(
        "select() cannot decide: `", best.front()->condition.text(), "` and `",
        branch->condition.text(), "` both hold, and give different values"));
  }
  return best.front();
}

absl::Status NothingFits(const AttributePart& part) {
  if (!part.no_match_error.empty()) {
    return absl::InvalidArgumentError(part.no_match_error.view());
  }
  std::vector<Label> conditions;
  for (const SelectBranch& branch : part.branches) {
    conditions.push_back(branch.condition);
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "no branch of select() fits this configuration: none of ",
      Join(conditions), " holds, and there is no `//conditions:default`"));
}

// Puts `more` behind `value`. Lists are chained; of dicts, the later entry of a
// key wins, in the place of the earlier; strings are chained, as `+` does.
absl::Status Append(AttributeValue& value, const AttributeValue& more) {
  if (std::holds_alternative<std::monostate>(value)) {
    value = more;
    return absl::OkStatus();
  }
  if (value.index() != more.index()) {
    return absl::InvalidArgumentError(
        "the parts joined by `+` with select() are of different types");
  }
  return std::visit(
      [&more](auto& to) -> absl::Status {
        using T = std::decay_t<decltype(to)>;
        const T& from = std::get<T>(more);
        if constexpr (std::is_same_v<T, PackedString>) {
          to = absl::StrCat(to.view(), from.view());
        } else if constexpr (std::is_same_v<T, StringDict> ||
                             std::is_same_v<T, LabelDict> ||
                             std::is_same_v<T, StringListDict>) {
          for (const auto& entry : from) {
            size_t at = 0;
            while (at < to.size() && to[at].first != entry.first) ++at;
            if (at == to.size()) {
              to.push_back(entry);
            } else {
              to[at].second = entry.second;
            }
          }
        } else if constexpr (std::is_same_v<T, StringList> ||
                             std::is_same_v<T, LabelList> ||
                             std::is_same_v<T, IntList>) {
          to.Append(from.begin(), from.end());
        } else {
          return absl::InvalidArgumentError(
              "values of this type cannot be joined by `+`");
        }
        return absl::OkStatus();
      },
      value);
}

}  // namespace

absl::string_view Describe(AttributeType type) {
  switch (type) {
    case AttributeType::kBool:
      return "a bool";
    case AttributeType::kInt:
      return "an int";
    case AttributeType::kString:
      return "a string";
    case AttributeType::kLabel:
      return "a label";
    case AttributeType::kOutput:
      return "the name of an output";
    case AttributeType::kStringList:
      return "a list of strings";
    case AttributeType::kLabelList:
      return "a list of labels";
    case AttributeType::kIntList:
      return "a list of ints";
    case AttributeType::kOutputList:
      return "a list of names of outputs";
    case AttributeType::kStringDict:
      return "a dict of strings to strings";
    case AttributeType::kLabelKeyedStringDict:
      return "a dict of labels to strings";
    case AttributeType::kStringListDict:
      return "a dict of strings to lists of strings";
  }
  return "";
}

absl::string_view Name(AttributeType type) {
  switch (type) {
    case AttributeType::kBool:
      return "bool";
    case AttributeType::kInt:
      return "int";
    case AttributeType::kString:
      return "string";
    case AttributeType::kLabel:
      return "label";
    case AttributeType::kOutput:
      return "output";
    case AttributeType::kStringList:
      return "string_list";
    case AttributeType::kLabelList:
      return "label_list";
    case AttributeType::kIntList:
      return "int_list";
    case AttributeType::kOutputList:
      return "output_list";
    case AttributeType::kStringDict:
      return "string_dict";
    case AttributeType::kLabelKeyedStringDict:
      return "label_keyed_string_dict";
    case AttributeType::kStringListDict:
      return "string_list_dict";
  }
  return "";
}

bool IsOutput(AttributeType type) {
  return type == AttributeType::kOutput || type == AttributeType::kOutputList;
}

AttributeValue EmptyValue(AttributeType type) {
  switch (type) {
    case AttributeType::kBool:
      return false;
    case AttributeType::kInt:
      return int64_t{0};
    case AttributeType::kString:
      return PackedString();
    case AttributeType::kLabel:
    case AttributeType::kOutput:
      return std::monostate();
    case AttributeType::kStringList:
      return StringList();
    case AttributeType::kLabelList:
    case AttributeType::kOutputList:
      return LabelList();
    case AttributeType::kIntList:
      return IntList();
    case AttributeType::kStringDict:
      return StringDict();
    case AttributeType::kLabelKeyedStringDict:
      return LabelDict();
    case AttributeType::kStringListDict:
      return StringListDict();
  }
  return std::monostate();
}

Attribute::Attribute(std::vector<AttributePart> parts) {
  if (parts.size() == 1 && !parts[0].is_select()) {
    plain_ = std::move(parts[0].plain);
  } else {
    parts_ = PackedVector<AttributePart>(std::make_move_iterator(parts.begin()),
                                         std::make_move_iterator(parts.end()));
  }
}

std::span<const AttributePart> Attribute::parts() const {
  return {parts_.begin(), parts_.size()};
}

absl::StatusOr<AttributeValue> Resolve(const Attribute& attribute,
                                       const AttributeValue& fallback,
                                       const ConditionMatcher& match) {
  if (attribute.plain() != nullptr) return *attribute.plain();
  AttributeValue value;
  for (const AttributePart& part : attribute.parts()) {
    if (!part.is_select()) {
      RETURN_IF_ERROR(Append(value, part.plain));
      continue;
    }
    ASSIGN_OR_RETURN(const SelectBranch* branch, Decide(part, match));
    if (branch == nullptr) return NothingFits(part);
    RETURN_IF_ERROR(
        Append(value, branch->value.has_value() ? *branch->value : fallback));
  }
  return value;
}

void ForEachLabel(const AttributeValue& value,
                  const std::function<void(const Label&)>& visit) {
  if (const auto* single = std::get_if<Label>(&value)) {
    visit(*single);
  } else if (const auto* labels = std::get_if<LabelList>(&value)) {
    for (const Label& label : *labels) visit(label);
  } else if (const auto* dict = std::get_if<LabelDict>(&value)) {
    for (const auto& [label, text] : *dict) visit(label);
  }
}

void ForEachLabel(const Attribute& attribute,
                  const std::function<void(const Label&)>& visit,
                  const std::function<void(const Label&)>& visit_condition) {
  if (attribute.plain() != nullptr) {
    ForEachLabel(*attribute.plain(), visit);
    return;
  }
  for (const AttributePart& part : attribute.parts()) {
    ForEachLabel(part.plain, visit);
    for (const SelectBranch& branch : part.branches) {
      if (branch.value.has_value()) ForEachLabel(*branch.value, visit);
      if (visit_condition && !branch.condition.empty()) {
        visit_condition(branch.condition);
      }
    }
  }
}

}  // namespace graph
