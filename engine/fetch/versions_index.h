// SPDX-License-Identifier: Apache-2.0
// The links of a page.

#ifndef GRAPH_ENGINE_FETCH_VERSIONS_INDEX_H_
#define GRAPH_ENGINE_FETCH_VERSIONS_INDEX_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace graph {

// The values of `href` in a page of HTML, with its entities resolved; of plain
// text the words. As written otherwise, and in their order.
std::vector<std::string> LinksOf(absl::string_view page, bool is_html);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_VERSIONS_INDEX_H_
