// SPDX-License-Identifier: Apache-2.0

// Running and checking one file on its own, as `graph-dsl` and `graph eval` do.

#ifndef GRAPH_DSL_TOOL_RUN_FILE_H_
#define GRAPH_DSL_TOOL_RUN_FILE_H_

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "dsl/runtime/environment.h"

namespace dsl {

// How far to go.
enum class Stage {
  kParse,
  kResolve,  // also know what each name means
  kCheck,    // the same for all that is loaded
  kRun,
};

struct RunOptions {
  Stage stage = Stage::kRun;
  // Adds the names of test_builtins.h.
  bool test_builtins = false;
  // An evaluation that takes more steps fails (Thread::SetMaxSteps); 0: none.
  uint64_t max_steps = 0;
  // What the file knows; the universe if null.
  std::shared_ptr<const Environment> environment = nullptr;
};

// Runs a file as a module, with print and diagnostics going to `err`. load()
// takes other files: `name` or `:name` beside the one that loads, `/…` and
// others as paths. Gives an exit code: 0, or 2 if anything was wrong.
int RunFile(const std::string& path, const RunOptions& options,
            std::ostream& err);

// The same, as a command line says it: options, and one file. Nothing if it
// makes no sense; `problem` then says why.
//   --parse-only --resolve-only --test-builtins --max-steps N
struct RunRequest {
  std::string file;
  RunOptions options;
};
std::optional<RunRequest> ParseRunRequest(
    std::span<const std::string> arguments, std::string* problem);

}  // namespace dsl

#endif  // GRAPH_DSL_TOOL_RUN_FILE_H_
