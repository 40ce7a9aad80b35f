// SPDX-License-Identifier: Apache-2.0
// What `build`, `test` and `run` make of the report of a build.

#ifndef GRAPH_ENGINE_CLI_REPORT_H_
#define GRAPH_ENGINE_CLI_REPORT_H_

#include <string>

#include "engine/session/session.h"

namespace graph {

// The exit code that a finished build deserves.
int ExitCodeOf(const BuildReport& report, bool interrupted);

// The targets asked for and where their outputs are, one a line; of many, the
// first few and how many more there are.
std::string OutputsText(const BuildReport& report);

}  // namespace graph

#endif  // GRAPH_ENGINE_CLI_REPORT_H_
