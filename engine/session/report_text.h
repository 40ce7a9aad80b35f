// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_SESSION_REPORT_TEXT_H_
#define GRAPH_ENGINE_SESSION_REPORT_TEXT_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "engine/session/session.h"

namespace graph {

// A report of a build that went well, as bytes to remember: targets, tests and
// how many actions there were.
std::string EncodeReport(const BuildReport& report);

// The report as it is when all of it is remembered: up to date, every action
// and test cached. Nothing if `bytes` are not what EncodeReport makes.
std::optional<BuildReport> DecodeReport(absl::string_view bytes);

}  // namespace graph

#endif  // GRAPH_ENGINE_SESSION_REPORT_TEXT_H_
