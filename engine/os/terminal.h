// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_OS_TERMINAL_H_
#define GRAPH_ENGINE_OS_TERMINAL_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace graph {

enum class StandardStream { kInput = 0, kOutput = 1, kError = 2 };

bool IsTerminal(StandardStream stream);

// In columns; nullopt if it is not a terminal or does not tell.
std::optional<int> TerminalWidth(StandardStream stream);

// Writes all of `bytes`, unbuffered. False if nobody reads any more.
bool WriteTo(StandardStream stream, absl::string_view bytes);

// What is there to be read, as soon as there is something; waits as long as it
// takes, or `timeout_ms` if that is not negative. Nothing: none came in time.
// Empty: the end, or an error.
std::optional<std::string> ReadSome(StandardStream stream, int timeout_ms);

}  // namespace graph

#endif  // GRAPH_ENGINE_OS_TERMINAL_H_
