// SPDX-License-Identifier: Apache-2.0

// The language line by line.

#ifndef GRAPH_DSL_TOOL_REPL_H_
#define GRAPH_DSL_TOOL_REPL_H_

#include <atomic>
#include <iosfwd>
#include <string>

namespace dsl {

// Whether the text so far waits for more lines: a bracket or a string is open,
// or a block has begun that no empty line ended.
bool WantsMore(const std::string& text);

// Reads statements from `in` until it ends, and runs each: prints what an
// expression gives to `out`, mistakes to `err`. `_` is the last value. What is
// bound stays, may be bound again, and is not frozen. `interrupted`, set at any
// time (by a handler of SIGINT), ends an evaluation, or the lines that were
// read so far. Gives an exit code.
int Repl(std::istream& in, std::ostream& out, std::ostream& err,
         std::atomic<bool>& interrupted);

}  // namespace dsl

#endif  // GRAPH_DSL_TOOL_REPL_H_
