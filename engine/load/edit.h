// SPDX-License-Identifier: Apache-2.0
// Changes of build files that tools propose, as text: what is not changed stays
// byte for byte as it was.

#ifndef GRAPH_ENGINE_LOAD_EDIT_H_
#define GRAPH_ENGINE_LOAD_EDIT_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "dsl/syntax/source.h"
#include "engine/model/target.h"

namespace graph {

// The text of the build file `source` with the string `added` in the list
// `attribute` of the call at `location`, which is a statement of its own.
// nullopt if there is no such call, the string is there already, or the value
// is none that a list can be added to; then a person must look.
std::optional<std::string> AddToList(
    const std::shared_ptr<const dsl::Source>& source, Location location,
    absl::string_view attribute, absl::string_view added);

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_EDIT_H_
