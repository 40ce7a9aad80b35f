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
#include "engine/action/requirements.h"
#include "engine/base/quantity.h"
#include "engine/base/spelling.h"
#include "engine/os/filesystem.h"

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

// The best that this machine allows, but not none.
constexpr char kBestIsolation[] = "best";

std::optional<Isolation> IsolationNamed(absl::string_view name) {
  for (Isolation level :
       {Isolation::kStrict, Isolation::kBasic, Isolation::kNone}) {
    if (name == IsolationName(level)) return level;
  }
  return std::nullopt;
}

constexpr absl::string_view kNoLimit = "none";

// 0 for `none`.
std::optional<int64_t> SecondsIn(absl::string_view text) {
  if (text == kNoLimit) return 0;
  constexpr absl::string_view kUnits = "smh";
  constexpr int64_t kSeconds[] = {1, 60, 3600};
  const size_t unit = text.empty() ? text.npos : kUnits.find(text.back());
  int64_t count = 0;
  if (unit == text.npos ||
      !absl::SimpleAtoi(text.substr(0, text.size() - 1), &count) || count < 1 ||
      count > 1'000'000) {
    return std::nullopt;
  }
  return count * kSeconds[unit];
}

bool IsProcesses(absl::string_view text) {
  int count = 0;
  return absl::SimpleAtoi(text, &count) && count >= 1 && count <= 4194304;
}

bool IsJobs(absl::string_view text) {
  int jobs = 0;
  return absl::SimpleAtoi(text, &jobs) && jobs >= 1 && jobs <= 4096;
}

// Settings that may be said several times, and how often is one value: no URL,
// host or path with this in it could be written in the user's file.
constexpr absl::string_view kAnother = ", ";

bool MayRepeat(absl::string_view name) {
  return name == "mirror" || name == "login";
}

template <typename Parse>
std::string WantedOfEach(Parse parse, absl::string_view value) {
  for (absl::string_view one :
       absl::StrSplit(value, kAnother, absl::SkipEmpty())) {
    const auto parsed = parse(one);
    if (!parsed.ok()) return std::string(parsed.status().message());
  }
  return "";
}

// What the value of a setting must be, in words; empty if it is that.
std::string WantedInstead(absl::string_view name, absl::string_view value) {
  if (name == "jobs") {
    return IsJobs(value) ? "" : "a number from 1 to 4096";
  }
  if (name == "keep-going" || name == "offline" || name == "sandbox-debug" ||
      name == "fail-on-tolerated") {
    return IsBool(value) ? "" : "`true` or `false`";
  }
  if (name == "isolation") {
    return value == kBestIsolation || IsolationNamed(value).has_value()
               ? ""
               : "`best`, `strict`, `basic` or `none`";
  }
  if (name == "action-timeout") {
    return SecondsIn(value).has_value()
               ? ""
               : "a time with s, m or h (`90s`, `6h`), or `none`";
  }
  if (name == "memory-limit") {
    return value == kNoLimit || ParseMemorySize(value).ok()
               ? ""
               : "a size of at least 16M (`512M`, `4G`), or `none`";
  }
  if (name == "process-limit") {
    return value == kNoLimit || IsProcesses(value)
               ? ""
               : "a number from 1 to 4194304, or `none`";
  }
  if (name == "cache-dir") {
    return absl::StartsWith(value, "/") ? "" : "an absolute path";
  }
  if (name == "cache-max-size") {
    return value == "auto" || value == "none" || ParseSize(value).has_value()
               ? ""
               : "a size like `50GB`, `auto` or `none`";
  }
  if (name == "platform") return value.empty() ? "a name" : "";
  if (name == "mirror") return WantedOfEach(ParseHttpMirror, value);
  if (name == "login") return WantedOfEach(ParseHttpLogin, value);
  return "";
}

}  // namespace

Settings::Settings(const HostEnvironment& environment)
    : settings_({
          {"action-timeout", "6h", "default"},
          {"cache-dir", absl::StrCat(environment.CacheHome(), "/graph"),
           "default"},
          {"cache-max-size", "auto", "default"},
          {"config", "", "default"},
          {"fail-on-tolerated", "false", "default"},
          {"isolation", kBestIsolation, "default"},
          {"jobs", absl::StrCat(UsableProcessors()), "default"},
          {"keep-going", "false", "default"},
          {"login", "", "default"},
          {"memory-limit", "none", "default"},
          {"mirror", "", "default"},
          {"offline", "false", "default"},
          {"platform", HostPlatform(), "default"},
          {"process-limit", "none", "default"},
          {"sandbox-debug", "false", "default"},
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
  } else if (MayRepeat(name) && Layer(origin) == Layer(it->origin) &&
             !it->value.empty()) {
    absl::StrAppend(&it->value, kAnother, value);
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

std::optional<Isolation> Settings::isolation() const {
  return IsolationNamed(Value("isolation"));
}

bool Settings::sandbox_debug() const {
  return Value("sandbox-debug") == "true";
}

int64_t Settings::action_timeout_s() const {
  return SecondsIn(Value("action-timeout")).value_or(0);
}

int64_t Settings::memory_limit() const {
  return ParseMemorySize(Value("memory-limit")).value_or(0);
}

uint32_t Settings::process_limit() const {
  uint32_t count = 0;
  (void)absl::SimpleAtoi(Value("process-limit"), &count);
  return count;
}

const std::string& Settings::cache_dir() const { return Value("cache-dir"); }

std::optional<int64_t> Settings::cache_max_size() const {
  const std::string& value = Value("cache-max-size");
  if (value == "auto") return std::nullopt;
  return value == "none" ? kNoCeiling : ParseSize(value);
}

const std::string& Settings::platform() const { return Value("platform"); }

std::vector<std::string> Settings::configs() const {
  return absl::StrSplit(Value("config"), ',', absl::SkipEmpty());
}

std::vector<HttpMirror> Settings::mirrors() const {
  std::vector<HttpMirror> mirrors;
  for (absl::string_view one :
       absl::StrSplit(Value("mirror"), kAnother, absl::SkipEmpty())) {
    absl::StatusOr<HttpMirror> mirror = ParseHttpMirror(one);
    if (mirror.ok()) mirrors.push_back(*std::move(mirror));
  }
  return mirrors;
}

std::vector<HttpLogin> Settings::logins() const {
  std::vector<HttpLogin> logins;
  for (absl::string_view one :
       absl::StrSplit(Value("login"), kAnother, absl::SkipEmpty())) {
    absl::StatusOr<HttpLogin> login = ParseHttpLogin(one);
    if (login.ok()) logins.push_back(*std::move(login));
  }
  return logins;
}

absl::Status ReadLayers(
    const HostEnvironment& environment,
    const std::vector<std::pair<std::string, std::string>>& flags,
    Settings& settings, std::string* user_file) {
  const std::string path =
      absl::StrCat(environment.ConfigHome(), "/graph/config");
  absl::StatusOr<std::string> text = ReadFile(path);
  if (absl::IsNotFound(text.status())) text = "";
  RETURN_IF_ERROR(text.status());
  RETURN_IF_ERROR(settings.ReadUserFile(*text, path));
  RETURN_IF_ERROR(settings.ReadEnvironment(environment));
  for (const auto& [name, value] : flags) {
    RETURN_IF_ERROR(settings.Set(name, value, "command line"));
  }
  if (user_file != nullptr) *user_file = *std::move(text);
  return absl::OkStatus();
}

}  // namespace graph
