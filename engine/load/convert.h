// SPDX-License-Identifier: Apache-2.0
// Values of the language → attributes.

#ifndef GRAPH_ENGINE_LOAD_CONVERT_H_
#define GRAPH_ENGINE_LOAD_CONVERT_H_

#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/value.h"
#include "engine/model/attribute.h"
#include "engine/model/label.h"
#include "engine/model/rule_class.h"

namespace graph {

// Reads labels as written in one package, each text once, so that equal labels
// share their bytes. One thread at a time.
class LabelReader {
 public:
  explicit LabelReader(PackageName context) : context_(std::move(context)) {}

  const PackageName& context() const { return context_; }
  absl::StatusOr<Label> Read(absl::string_view text);

 private:
  PackageName context_;
  absl::flat_hash_map<std::string, Label> known_;
};

// What went wrong: a sentence without subject (`wants a list of labels, got a
// string`), what to do (may be empty), and the text of the literal at fault if
// it is a part of the value (may be empty).
struct ConvertError {
  std::string message;
  std::string hint;
  std::string literal;
};

// The value as the schema wants it. REQUIRES: not None. False: `*error` says
// why.
bool Convert(const AttributeSchema& schema, dsl::Value value,
             LabelReader& labels, Attribute* attribute, ConvertError* error);

// What people say of a value: `a string`, `an int`, `a list`.
std::string DescribeValue(dsl::Value value);

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_CONVERT_H_
