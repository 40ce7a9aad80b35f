// SPDX-License-Identifier: Apache-2.0
// `Label`: the name of a target, as a value of the language.

#ifndef GRAPH_ENGINE_LOAD_LABEL_VALUE_H_
#define GRAPH_ENGINE_LOAD_LABEL_VALUE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/heap.h"
#include "dsl/runtime/native.h"
#include "dsl/runtime/printer.h"
#include "dsl/runtime/value.h"
#include "engine/model/attribute.h"
#include "engine/model/label.h"

namespace graph {

// Has `name`, `package`, `repo_name`, `workspace_name`, `workspace_root`,
// `relative(text)` and `same_package_label(name)`. Equal labels are equal
// values, and may be keys.
class LabelValue final : public dsl::Native, public dsl::OwnText {
 public:
  explicit LabelValue(Label label) : label_(std::move(label)) {}

  const Label& label() const { return label_; }

  absl::string_view type_name() const override { return "Label"; }
  void Repr(std::string* out) const override;
  // `//x:y`, so that str(label) can be read again.
  std::string Text() const override { return label_.ToString(); }
  absl::StatusOr<std::optional<dsl::Value>> Attr(
      dsl::Thread& thread, absl::string_view name) const override;
  std::vector<std::string> AttrNames() const override;
  bool Equals(const dsl::Native& other) const override;
  absl::StatusOr<uint64_t> Hash() const override;

 private:
  Label label_;
};

dsl::Value MakeLabelValue(dsl::Heap& heap, Label label);

// A plain attribute as a value; labels become LabelValues.
dsl::Value ToValue(dsl::Heap& heap, const AttributeValue& value);

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_LABEL_VALUE_H_
