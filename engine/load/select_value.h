// SPDX-License-Identifier: Apache-2.0
// `select({…})`, and what `+` makes of it: a value that analysis decides.

#ifndef GRAPH_ENGINE_LOAD_SELECT_VALUE_H_
#define GRAPH_ENGINE_LOAD_SELECT_VALUE_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/native.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/value.h"

namespace graph {

class SelectValue final : public dsl::Native {
 public:
  // A plain value, or branches by their conditions: strings or labels, read
  // later in the package that uses them.
  struct Part {
    dsl::Value plain;
    std::vector<std::pair<dsl::Value, dsl::Value>> branches;
    std::string no_match_error;
  };

  explicit SelectValue(std::vector<Part> parts) : parts_(std::move(parts)) {}

  const std::vector<Part>& parts() const { return parts_; }

  absl::string_view type_name() const override { return "select"; }
  void PrintOn(dsl::Printer& printer) const override;
  absl::StatusOr<std::optional<dsl::Value>> Binary(
      dsl::Thread& thread, dsl::BinaryOp op, dsl::Value other,
      bool self_is_left) const override;

 private:
  std::vector<Part> parts_;
};

// The builtin: select(x, no_match_error = "").
absl::StatusOr<dsl::Value> Select(dsl::Thread& thread,
                                  const dsl::Arguments& arguments);

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_SELECT_VALUE_H_
