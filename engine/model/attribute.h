// SPDX-License-Identifier: Apache-2.0
// What a target says of itself under one name, as plain values.

#ifndef GRAPH_ENGINE_MODEL_ATTRIBUTE_H_
#define GRAPH_ENGINE_MODEL_ATTRIBUTE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/packed_string.h"
#include "engine/base/packed_vector.h"
#include "engine/model/label.h"

namespace graph {

enum class AttributeType : uint8_t {
  kBool,
  kInt,
  kString,
  kLabel,
  kOutput,
  kStringList,
  kLabelList,
  kIntList,
  kOutputList,
  kStringDict,
  kLabelKeyedStringDict,
  kStringListDict,
};

// As people say it: `a string`, `a list of labels`.
absl::string_view Describe(AttributeType type);
// As in `attr.label_list`: `label_list`.
absl::string_view Name(AttributeType type);
bool IsOutput(AttributeType type);

using StringList = PackedVector<std::string>;
using LabelList = PackedVector<Label>;
using IntList = PackedVector<int64_t>;
// Dicts keep the order in which they were written.
using StringDict = PackedVector<std::pair<std::string, std::string>>;
using LabelDict = PackedVector<std::pair<Label, std::string>>;
using StringListDict = PackedVector<std::pair<std::string, StringList>>;

// std::monostate stands for None: a label, an output or another attribute that
// has no value. kLabel and kOutput hold a Label, kLabelList and kOutputList
// labels, kLabelKeyedStringDict a LabelDict. Every alternative is as small as
// a pointer: there are several values for each target.
using AttributeValue =
    std::variant<std::monostate, bool, int64_t, PackedString, Label, StringList,
                 LabelList, IntList, StringDict, LabelDict, StringListDict>;

// What an attribute of this type has if nothing else is said: false, 0, "",
// None for kLabel and kOutput, else empty.
AttributeValue EmptyValue(AttributeType type);

// One branch of a select(). An empty condition is `//conditions:default`; a
// branch without a value (None) stands for the default of the attribute.
struct SelectBranch {
  Label condition;
  std::optional<AttributeValue> value;
};

// A plain value, or a select() over conditions that only analysis can decide.
struct AttributePart {
  AttributeValue plain;  // If there are no branches.
  PackedVector<SelectBranch> branches;
  PackedString no_match_error;  // What select() said to answer; may be empty.

  bool is_select() const { return !branches.empty(); }
};

// A value as written: mostly plain; else several parts that are to be joined,
// in order, once each select() among them is decided.
class Attribute {
 public:
  Attribute() = default;
  explicit Attribute(AttributeValue value) : plain_(std::move(value)) {}
  explicit Attribute(std::vector<AttributePart> parts);

  // nullptr if it has a select().
  const AttributeValue* plain() const {
    return parts_.empty() ? &plain_ : nullptr;
  }
  // Empty if it is plain.
  std::span<const AttributePart> parts() const;

 private:
  AttributeValue plain_;
  PackedVector<AttributePart> parts_;
};

// How well a condition fits: nothing if it does not hold, else how many things
// it asks for. Of two that hold, the one that asks for more is taken.
using ConditionMatcher =
    std::function<absl::StatusOr<std::optional<int>>(const Label& condition)>;

// The value of `attribute`, each select() decided by `match`. `fallback` is the
// default of the attribute. Fails with kInvalidArgument if no branch of a
// select() fits, or two fit equally well and differ; the message names the
// conditions.
absl::StatusOr<AttributeValue> Resolve(const Attribute& attribute,
                                       const AttributeValue& fallback,
                                       const ConditionMatcher& match);

// Calls `visit` for each label in the value (outputs too), in order.
void ForEachLabel(const AttributeValue& value,
                  const std::function<void(const Label&)>& visit);
// The same over every branch; conditions, if `visit_condition` is given.
void ForEachLabel(
    const Attribute& attribute, const std::function<void(const Label&)>& visit,
    const std::function<void(const Label&)>& visit_condition = nullptr);

}  // namespace graph

#endif  // GRAPH_ENGINE_MODEL_ATTRIBUTE_H_
