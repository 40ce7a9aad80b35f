// SPDX-License-Identifier: Apache-2.0
#include "engine/load/label_value.h"

#include <type_traits>
#include <variant>

#include "absl/hash/hash.h"
#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/thread.h"

namespace graph {
namespace {

dsl::Value OneValue(dsl::Heap& heap, const PackedString& text) {
  return heap.String(text.view());
}
dsl::Value OneValue(dsl::Heap& heap, const std::string& text) {
  return heap.String(text);
}
dsl::Value OneValue(dsl::Heap& heap, const Label& label) {
  return MakeLabelValue(heap, label);
}
dsl::Value OneValue(dsl::Heap& heap, int64_t number) {
  return heap.Int(number);
}
template <typename T>
dsl::Value OneValue(dsl::Heap& heap, const PackedVector<T>& items) {
  std::vector<dsl::Value> values;
  values.reserve(items.size());
  for (const T& item : items) values.push_back(OneValue(heap, item));
  return heap.List(values);
}
template <typename K, typename V>
dsl::Value OneValue(dsl::Heap& heap,
                    const PackedVector<std::pair<K, V>>& entries) {
  dsl::Value dict = heap.Dict();
  for (const auto& [key, value] : entries) {
    // Cannot fail: strings and labels are hashable, and the dict is new.
    heap.DictSet(dict, OneValue(heap, key), OneValue(heap, value))
        .IgnoreError();
  }
  return dict;
}

}  // namespace

void LabelValue::Repr(std::string* out) const {
  absl::StrAppend(out, "Label(\"", label_.text(), "\")");
}

absl::StatusOr<std::optional<dsl::Value>> LabelValue::Attr(
    dsl::Thread& thread, absl::string_view name) const {
  dsl::Heap& heap = thread.heap();
  if (name == "name") return heap.String(label_.name());
  if (name == "package") return heap.String(label_.package());
  if (name == "repo_name" || name == "workspace_name") {
    return heap.String(label_.repo());
  }
  if (name == "workspace_root") {
    return heap.String(
        label_.repo().empty() ? "" : absl::StrCat("external/", label_.repo()));
  }
  if (name != "relative" && name != "same_package_label") return std::nullopt;
  PackageName context = label_.package_name();
  std::string function(name);
  return heap.Builtin(
      name,
      [context, function](dsl::Thread& caller, const dsl::Arguments& arguments)
          -> absl::StatusOr<dsl::Value> {
        absl::string_view text;
        RETURN_IF_ERROR(arguments.Unpack(function, {{"label", &text}}));
        ASSIGN_OR_RETURN(Label label,
                         function == "relative"
                             ? Label::Parse(text, context)
                             : Label::Create(context.repo, context.path, text));
        return MakeLabelValue(caller.heap(), std::move(label));
      });
}

std::vector<std::string> LabelValue::AttrNames() const {
  return {"name",
          "package",
          "relative",
          "repo_name",
          "same_package_label",
          "workspace_name",
          "workspace_root"};
}

bool LabelValue::Equals(const dsl::Native& other) const {
  const auto* label = dynamic_cast<const LabelValue*>(&other);
  return label != nullptr && label->label_ == label_;
}

absl::StatusOr<uint64_t> LabelValue::Hash() const {
  return absl::HashOf(label_);
}

dsl::Value MakeLabelValue(dsl::Heap& heap, Label label) {
  return dsl::Value::Of(heap.New<LabelValue>(std::move(label)));
}

dsl::Value ToValue(dsl::Heap& heap, const AttributeValue& value) {
  return std::visit(
      [&heap](const auto& v) -> dsl::Value {
        using T = std::decay_t<decltype(v)>;
        if constexpr (std::is_same_v<T, std::monostate>) {
          return dsl::Value::None();
        } else if constexpr (std::is_same_v<T, bool>) {
          return dsl::Value::Bool(v);
        } else {
          return OneValue(heap, v);
        }
      },
      value);
}

}  // namespace graph
