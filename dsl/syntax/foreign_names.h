// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_SYNTAX_FOREIGN_NAMES_H_
#define GRAPH_DSL_SYNTAX_FOREIGN_NAMES_H_

#include "absl/strings/string_view.h"

namespace dsl {

// What to write instead of a name that other languages have and ours has not;
// empty if there is nothing to say.
absl::string_view InsteadOfName(absl::string_view name);

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_FOREIGN_NAMES_H_
