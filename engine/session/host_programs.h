// SPDX-License-Identifier: Apache-2.0
// Programs of the host, as people ask for them in build files.

#ifndef GRAPH_ENGINE_SESSION_HOST_PROGRAMS_H_
#define GRAPH_ENGINE_SESSION_HOST_PROGRAMS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/action/action.h"
#include "engine/analyze/analysis.h"
#include "engine/exec/toolchains.h"
#include "engine/load/loader.h"

namespace graph {

// Tells of each package that targets ask for who does, and where. REQUIRES:
// nobody else uses the loader, which the result does not.
Toolchains::AskedBy AskersOf(const Analysis& analysis, Loader& loader);

// The programs that were not found, as what a command wrote says it: each once,
// in that order, without their folders.
std::vector<std::string> MissingProgramsIn(absl::string_view text);

// What to do about a command that failed for a program which this host has: in
// which package it is, and how to ask for it. Empty, or whole lines for people.
// REQUIRES: nobody else uses the loader.
std::string AdviceOnPrograms(const Action& action, absl::string_view said,
                             Toolchains& toolchains, Loader& loader);

}  // namespace graph

#endif  // GRAPH_ENGINE_SESSION_HOST_PROGRAMS_H_
