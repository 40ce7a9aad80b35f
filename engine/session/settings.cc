// SPDX-License-Identifier: Apache-2.0
#include "engine/session/settings.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/base/spelling.h"

namespace graph {
namespace {

constexpr absl::string_view kVariablePrefix = "GRAPH_";

// From the weakest to the strongest.
int Layer(absl::string_view origin) {
  if (origin == "default") return 0;
  if (origin == "WORKSPACE.spec") return 1;
  if (origin == "command line") return 4;
  return absl::StartsWith(origin, kVariablePrefix) ? 3 : 2;
}

bool IsBool(absl::string_view text) {
  return text == "true" || text == "false";
}

bool IsJobs(absl::string_view text) {
  int jobs = 0;
  return absl::SimpleAtoi(text, &jobs) && jobs >= 1 && jobs <= 4096;
}

// What the value of a setting must be, in words; empty if it is that.
std::string WantedInstead(absl::string_view name, absl::string_view value) {
  if (name == "jobs") {
    return IsJobs(value) ? "" : "a number from 1 to 4096";
  }
  if (name == "keep-going" || name == "offline" ||
      name == "fail-on-tolerated") {
    return IsBool(value) ? "" : "`true` or `false`";
  }
  if (name == "isolation") {
    return value == "strict" || value == "none" ? "" : "`strict` or `none`";
  }
  if (name == "cache-dir") {
    return absl::StartsWith(value, "/") ? "" : "an absolute path";
  }
  if (name == "platform") return value.empty() ? "a name" : "";
  return "";
}

}  // namespace

Settings::Settings(const HostEnvironment& environment)
    : settings_({
          {"cache-dir", absl::StrCat(environment.CacheHome(), "/graph"),
           "default"},
          {"config", "", "default"},
          {"fail-on-tolerated", "false", "default"},
          {"isolation", "strict", "default"},
          {"jobs", absl::StrCat(UsableProcessors()), "default"},
          {"keep-going", "false", "default"},
          {"offline", "false", "default"},
          {"platform", HostPlatform(), "default"},
      }) {}

absl::Status Settings::Set(absl::string_view name, absl::string_view value,
                           absl::string_view origin) {
  auto it = std::find_if(settings_.begin(), settings_.end(),
                         [&](const Setting& s) { return s.name == name; });
  if (it == settings_.end()) {
    const absl::string_view nearest = Nearest(name);
    return absl::InvalidArgumentError(absl::StrCat(
        origin, ": no setting named `", name, "`: ",
        nearest.empty() ? "`graph info --settings` lists them"
                        : absl::StrCat("did you mean `", nearest, "`?")));
  }
  if (const std::string wanted = WantedInstead(name, value); !wanted.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        origin, ": `", name, "` must be ", wanted, ", not `", value, "`"));
  }
  if (Layer(origin) < Layer(it->origin)) return absl::OkStatus();
  if (name == "config" && it->origin == origin && !it->value.empty()) {
    it->value = absl::StrCat(it->value, ",", value);  // It may repeat.
  } else {
    it->value = std::string(value);
  }
  it->origin = std::string(origin);
  return absl::OkStatus();
}

absl::Status Settings::ReadUserFile(absl::string_view text,
                                    const std::string& path) {
  int number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    line = absl::StripAsciiWhitespace(line.substr(0, line.find('#')));
    if (line.empty()) continue;
    const std::string place = absl::StrCat(path, ":", number);
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(line, absl::MaxSplits('=', 1));
    if (!absl::StrContains(line, '=')) {
      return absl::InvalidArgumentError(
          absl::StrCat(place, ": want `name = value`, not `", line, "`"));
    }
    RETURN_IF_ERROR(Set(absl::StripAsciiWhitespace(parts.first),
                        absl::StripAsciiWhitespace(parts.second), place));
  }
  return absl::OkStatus();
}

absl::Status Settings::ReadEnvironment(const HostEnvironment& environment) {
  for (const auto& [variable, value] : environment.variables()) {
    absl::string_view rest = variable;
    if (!absl::ConsumePrefix(&rest, kVariablePrefix)) continue;
    const std::string name =
        absl::StrReplaceAll(absl::AsciiStrToLower(rest), {{"_", "-"}});
    if (Nearest(name).empty()) continue;
    RETURN_IF_ERROR(Set(name, value, variable));
  }
  return absl::OkStatus();
}

absl::string_view Settings::Nearest(absl::string_view name) const {
  std::vector<absl::string_view> names;
  for (const Setting& setting : settings_) names.push_back(setting.name);
  return NearestName(name, names);
}

std::vector<Setting> Settings::Describe() const { return settings_; }

const std::string& Settings::Value(absl::string_view name) const {
  return std::find_if(settings_.begin(), settings_.end(),
                      [&](const Setting& s) { return s.name == name; })
      ->value;
}

int Settings::jobs() const {
  int jobs = 1;
  (void)absl::SimpleAtoi(Value("jobs"), &jobs);
  return jobs;
}

bool Settings::keep_going() const { return Value("keep-going") == "true"; }
bool Settings::fail_on_tolerated() const {
  return Value("fail-on-tolerated") == "true";
}
bool Settings::offline() const { return Value("offline") == "true"; }

Isolation Settings::isolation() const {
  return Value("isolation") == "none" ? Isolation::kNone : Isolation::kStrict;
}

const std::string& Settings::cache_dir() const { return Value("cache-dir"); }
const std::string& Settings::platform() const { return Value("platform"); }

std::vector<std::string> Settings::configs() const {
  return absl::StrSplit(Value("config"), ',', absl::SkipEmpty());
}

}  // namespace graph
