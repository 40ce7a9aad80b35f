// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/cli/command_line.h"
#include "engine/cli/request.h"
#include "engine/cli/verb.h"

namespace graph {
namespace {

int Info(const Arguments& arguments, const std::string& directory,
         const Streams& streams);

constexpr Option kOptions[] = {
    {"settings", 0, "", "show each setting and who said it"}};

constexpr Verb kVerb = {"info",
                        "[NAME]",
                        "shows the workspace, the cache, the isolation",
                        "Shows what this workspace and this host are to graph: "
                        "one `name: value` a\n"
                        "line, or the value of one name alone.",
                        kOptions,
                        Info};

std::string Padded(std::string text, size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

std::string SettingsText(const std::vector<Setting>& settings) {
  size_t names = 0;
  size_t values = 0;
  for (const Setting& setting : settings) {
    names = std::max(names, setting.name.size());
    values = std::max(values, setting.value.size());
  }
  std::string out;
  for (const Setting& setting : settings) {
    absl::StrAppend(&out, Padded(setting.name, names), " = ",
                    Padded(setting.value, values), "  # ", setting.origin,
                    "\n");
  }
  return out;
}

int Info(const Arguments& arguments, const std::string& directory,
         const Streams& streams) {
  if (arguments.operands.size() > 1) {
    return ReportUsage(&kVerb, "`graph info` takes one name", streams);
  }
  Request request(Request::Kind::kQuestion, arguments, directory, streams);
  const absl::StatusOr<Session*> session = request.Open();
  if (!session.ok()) return request.Fail(session.status());
  if (arguments.IsOn("settings")) {
    streams.out(SettingsText((*session)->settings()));
    return request.Finish(kExitDone);
  }
  const auto facts = (*session)->Info();
  if (!facts.ok()) return request.Fail(facts.status());
  std::string out;
  for (const auto& [name, value] : *facts) {
    if (arguments.operands.empty()) {
      absl::StrAppend(&out, name, ": ", value, "\n");
    } else if (arguments.operands[0] == name) {
      absl::StrAppend(&out, value, "\n");
    }
  }
  if (out.empty()) {
    return request.Fail(absl::InvalidArgumentError(
        absl::StrCat("`graph info` knows no `", arguments.operands[0], "`")));
  }
  streams.out(out);
  return request.Finish(kExitDone);
}

}  // namespace

const Verb& InfoVerb() { return kVerb; }

}  // namespace graph
