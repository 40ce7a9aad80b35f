// SPDX-License-Identifier: Apache-2.0

// What `graph-dsl check` does.

#ifndef GRAPH_DSL_TOOL_CHECK_FILES_H_
#define GRAPH_DSL_TOOL_CHECK_FILES_H_

#include <iosfwd>
#include <span>
#include <string>

namespace dsl {

// Looks for errors in modules and in what they load, and for what is
// questionable in the modules themselves (dsl/check); all goes to `err`. Gives
// an exit code: 0, 1 if there were only warnings, 2 if there were errors.
int CheckFiles(std::span<const std::string> paths, std::ostream& err);

}  // namespace dsl

#endif  // GRAPH_DSL_TOOL_CHECK_FILES_H_
