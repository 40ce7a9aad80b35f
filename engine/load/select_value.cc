// SPDX-License-Identifier: Apache-2.0
#include "engine/load/select_value.h"

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/heap.h"
#include "dsl/runtime/printer.h"
#include "engine/load/label_value.h"

namespace graph {
namespace {

bool IsJoinable(dsl::Value value) {
  return value.is_list() || value.is_tuple() || value.is_string() ||
         value.is_dict();
}

}  // namespace

void SelectValue::PrintOn(dsl::Printer& printer) const {
  if (!printer.Enter(this, "select(...)")) return;
  absl::string_view plus = "";
  for (const Part& part : parts_) {
    printer.Text(plus);
    plus = " + ";
    if (part.branches.empty()) {
      printer.Print(part.plain);
      continue;
    }
    absl::string_view comma = "select({";
    for (const auto& [condition, value] : part.branches) {
      printer.Text(comma);
      printer.Print(condition);
      printer.Text(": ");
      printer.Print(value);
      comma = ", ";
    }
    printer.Text("})");
  }
  printer.Leave();
}

absl::StatusOr<std::optional<dsl::Value>> SelectValue::Binary(
    dsl::Thread& thread, dsl::BinaryOp op, dsl::Value other,
    bool self_is_left) const {
  if (op != dsl::BinaryOp::kAdd && op != dsl::BinaryOp::kOr) {
    return std::nullopt;
  }
  std::vector<Part> others;
  if (const auto* select = dsl::NativeCast<SelectValue>(other)) {
    others = select->parts_;
  } else if (IsJoinable(other)) {
    others.push_back({.plain = other});
  } else {
    return std::nullopt;
  }
  std::vector<Part> joined = self_is_left ? parts_ : others;
  const std::vector<Part>& right = self_is_left ? others : parts_;
  joined.insert(joined.end(), right.begin(), right.end());
  return dsl::Value::Of(thread.heap().New<SelectValue>(std::move(joined)));
}

absl::StatusOr<dsl::Value> Select(dsl::Thread& thread,
                                  const dsl::Arguments& arguments) {
  dsl::Value dict;
  SelectValue::Part part;
  RETURN_IF_ERROR(arguments.Unpack(
      "select", {{"x", &dict}, {"no_match_error?", &part.no_match_error}}));
  if (!dict.is_dict()) {
    return absl::InvalidArgumentError(
        absl::StrCat("select() wants a dict of conditions to values, got ",
                     dict.type_name()));
  }
  part.branches = dsl::DictItems(dict);
  if (part.branches.empty()) {
    return absl::InvalidArgumentError(
        "select() has no branch: the dict is empty");
  }
  for (const auto& [condition, value] : part.branches) {
    if (!condition.is_string() &&
        dsl::NativeCast<LabelValue>(condition) == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat("a condition of select() is a label, got ",
                       condition.type_name(), " ", dsl::Brief(condition)));
    }
    if (dsl::NativeCast<SelectValue>(value) != nullptr) {
      return absl::InvalidArgumentError(
          "select() cannot stand inside select()");
    }
  }
  std::vector<SelectValue::Part> parts;
  parts.push_back(std::move(part));
  return dsl::Value::Of(thread.heap().New<SelectValue>(std::move(parts)));
}

}  // namespace graph
