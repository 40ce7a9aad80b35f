// SPDX-License-Identifier: Apache-2.0
// A page of Markdown that is partly written by hand and partly filled in:
//
//   <!-- graph docs //tools:defs.spec -->
//   what is filled in
//   <!-- end of graph docs -->

#ifndef GRAPH_ENGINE_DOCS_PAGE_H_
#define GRAPH_ENGINE_DOCS_PAGE_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace graph {

// The page with what `text_of` says of each name or label between the marks; a
// page without marks stays as it is. Fails with kInvalidArgument, and a
// sentence that names the line, if a mark has no end; else as `text_of` does.
absl::StatusOr<std::string> FillPage(
    absl::string_view page, const std::function<absl::StatusOr<std::string>(
                                const std::string& operand)>& text_of);

}  // namespace graph

#endif  // GRAPH_ENGINE_DOCS_PAGE_H_
