// SPDX-License-Identifier: Apache-2.0
// Writing JSON as text, in the order in which one calls: for what must be the
// same bytes every time, and for lines that are written often.

#ifndef GRAPH_ENGINE_BASE_JSON_TEXT_H_
#define GRAPH_ENGINE_BASE_JSON_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace graph {

// Appends `text` quoted. Control characters are escaped; bytes that are not
// UTF-8 become U+FFFD, so that what is written is always JSON.
void AppendJsonString(absl::string_view text, std::string* out);

std::string JsonString(absl::string_view text);

}  // namespace graph

#endif  // GRAPH_ENGINE_BASE_JSON_TEXT_H_
