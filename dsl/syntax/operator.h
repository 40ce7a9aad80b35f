// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_SYNTAX_OPERATOR_H_
#define GRAPH_DSL_SYNTAX_OPERATOR_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace dsl {

// The operators of expressions, unary and binary.
enum class Operator : uint8_t {
  kAdd,
  kSub,
  kMul,
  kDiv,
  kFloorDiv,
  kMod,
  kAnd,  // &
  kOr,   // |
  kXor,
  kShl,
  kShr,
  kEq,
  kNe,
  kLt,
  kGt,
  kLe,
  kGe,
  kIn,
  kNotIn,
  kLogicalAnd,  // and
  kLogicalOr,   // or
  kNot,         // unary only
  kInvert,      // unary only: ~
};

// As written: `+`, `not in`.
absl::string_view ToString(Operator op);

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_OPERATOR_H_
