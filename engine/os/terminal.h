// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_OS_TERMINAL_H_
#define GRAPH_ENGINE_OS_TERMINAL_H_

#include <optional>

#include "absl/strings/string_view.h"

namespace graph {

enum class StandardStream { kInput = 0, kOutput = 1, kError = 2 };

bool IsTerminal(StandardStream stream);

// In columns; nullopt if it is not a terminal or does not tell.
std::optional<int> TerminalWidth(StandardStream stream);

// Writes all of `bytes`, unbuffered. False if nobody reads any more.
bool WriteTo(StandardStream stream, absl::string_view bytes);

}  // namespace graph

#endif  // GRAPH_ENGINE_OS_TERMINAL_H_
