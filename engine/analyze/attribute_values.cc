// SPDX-License-Identifier: Apache-2.0
#include "engine/analyze/attribute_values.h"

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status_macros.h"
#include "dsl/stdlib/depset.h"
#include "engine/load/label_value.h"

namespace graph {
namespace {

// A dependency as its target; an output, which has none, as its label.
dsl::Value OneLabel(const DecidedAttribute& attribute, const Label& label,
                    size_t place, dsl::Heap& heap) {
  if (place < attribute.targets.size()) {
    return dsl::Value::Of(attribute.targets[place].second);
  }
  return MakeLabelValue(heap, label);
}

}  // namespace

absl::StatusOr<dsl::Value> AttributeToValue(const DecidedAttribute& attribute,
                                            dsl::Heap& heap) {
  if (const auto* label = std::get_if<Label>(attribute.value)) {
    return OneLabel(attribute, *label, 0, heap);
  }
  if (const auto* labels = std::get_if<LabelList>(attribute.value)) {
    std::vector<dsl::Value> values;
    values.reserve(labels->size());
    for (size_t i = 0; i < labels->size(); ++i) {
      values.push_back(OneLabel(attribute, (*labels)[i], i, heap));
    }
    return heap.List(values);
  }
  if (const auto* entries = std::get_if<LabelDict>(attribute.value)) {
    dsl::Value dict = heap.Dict();
    for (size_t i = 0; i < entries->size(); ++i) {
      const auto& [label, text] = (*entries)[i];
      RETURN_IF_ERROR(heap.DictSet(dict, OneLabel(attribute, label, i, heap),
                                   heap.String(text)));
    }
    return dict;
  }
  return ToValue(heap, *attribute.value);
}

absl::StatusOr<dsl::Value> FilesOfAttribute(const DecidedAttribute& attribute,
                                            dsl::Heap& heap) {
  std::vector<dsl::Value> files;
  absl::flat_hash_set<uint64_t> seen;
  for (const auto& [label, target] : attribute.targets) {
    const auto* depset = dsl::NativeCast<dsl::Depset>(target->files().files);
    for (dsl::Value file : depset->ToList()) {
      if (seen.insert(file.bits()).second) files.push_back(file);
    }
  }
  return heap.List(files);
}

}  // namespace graph
