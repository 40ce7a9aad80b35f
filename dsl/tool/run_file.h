// SPDX-License-Identifier: Apache-2.0

// Running and checking one file on its own, as `graph-dsl` and `graph eval` do.

#ifndef GRAPH_DSL_TOOL_RUN_FILE_H_
#define GRAPH_DSL_TOOL_RUN_FILE_H_

#include <iosfwd>
#include <memory>
#include <string>

#include "dsl/runtime/environment.h"

namespace dsl {

struct RunOptions {
  // Only parse and resolve, together with what is loaded.
  bool check_only = false;
  // What the file knows; the universe if null.
  std::shared_ptr<const Environment> environment = nullptr;
};

// Runs a file as a module, with print and diagnostics going to `err`. load()
// takes other files: `name` or `:name` beside the one that loads, `/…` and
// others as paths. Gives an exit code: 0, or 2 if anything was wrong.
int RunFile(const std::string& path, const RunOptions& options,
            std::ostream& err);

}  // namespace dsl

#endif  // GRAPH_DSL_TOOL_RUN_FILE_H_
