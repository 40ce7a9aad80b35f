// SPDX-License-Identifier: Apache-2.0

#include "dsl/syntax/operator.h"

namespace dsl {

absl::string_view ToString(Operator op) {
  constexpr absl::string_view kTexts[] = {"+",  "-",   "*",  "/",      "//",
                                          "%",  "&",   "|",  "^",      "<<",
                                          ">>", "==",  "!=", "<",      ">",
                                          "<=", ">=",  "in", "not in", "and",
                                          "or", "not", "~"};
  return kTexts[static_cast<size_t>(op)];
}

}  // namespace dsl
