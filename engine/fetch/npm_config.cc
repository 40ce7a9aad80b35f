// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/npm_config.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/net/http.h"
#include "engine/net/url.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

constexpr absl::string_view kDefaultRegistry = "https://registry.npmjs.org/";
constexpr absl::string_view kVariablePrefix = "npm_config_";

// `"a"` and `'a'` are `a`.
std::string Unquoted(absl::string_view text) {
  if (text.size() >= 2 && text.front() == '\'' && text.back() == '\'') {
    text = text.substr(1, text.size() - 2);
  }
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    const nlohmann::json value = nlohmann::json::parse(
        text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
    if (value.is_string()) return value.get<std::string>();
  }
  return std::string(text);
}

// With each ${NAME} replaced; ${NAME?} may be unset.
absl::StatusOr<std::string> Expanded(absl::string_view text,
                                     const HostEnvironment& environment) {
  std::string expanded;
  while (true) {
    const size_t begin = text.find("${");
    const size_t end =
        begin == absl::string_view::npos ? begin : text.find('}', begin);
    if (end == absl::string_view::npos) break;
    absl::string_view name = text.substr(begin + 2, end - begin - 2);
    const bool optional = absl::ConsumeSuffix(&name, "?");
    const std::optional<std::string> value = environment.Find(name);
    if (!value && !optional) {
      return absl::InvalidArgumentError(absl::StrCat(
          "the environment variable ", name, " is not set: set it, or write ",
          "${", name, "?} if nothing will do"));
    }
    absl::StrAppend(&expanded, text.substr(0, begin), value.value_or(""));
    text.remove_prefix(end + 1);
  }
  return absl::StrCat(expanded, text);
}

absl::Status AddFile(const std::string& path,
                     const HostEnvironment& environment, Values& values) {
  absl::StatusOr<std::string> text = ReadFile(path);
  if (absl::IsNotFound(text.status())) return absl::OkStatus();
  RETURN_IF_ERROR(text.status());
  int number = 0;
  for (absl::string_view line : absl::StrSplit(*text, '\n')) {
    ++number;
    line = absl::StripAsciiWhitespace(line);
    const size_t equals = line.find('=');
    if (line.empty() || line.front() == ';' || line.front() == '#' ||
        equals == absl::string_view::npos) {
      continue;
    }
    auto part = [&](absl::string_view raw) -> absl::StatusOr<std::string> {
      ASSIGN_OR_RETURN(
          std::string expanded,
          Expanded(Unquoted(absl::StripAsciiWhitespace(raw)), environment),
          _ << absl::StrCat(path, ":", number));
      return expanded;
    };
    ASSIGN_OR_RETURN(std::string key, part(line.substr(0, equals)));
    ASSIGN_OR_RETURN(values[key], part(line.substr(equals + 1)));
  }
  return absl::OkStatus();
}

// What a variable of this name sets; "" if it is none of npm's. Places keep
// their letters: `npm_config_//host/:_authToken`.
std::string KeyOfVariable(absl::string_view name) {
  if (!absl::StartsWithIgnoreCase(name, kVariablePrefix)) return "";
  name.remove_prefix(kVariablePrefix.size());
  if (absl::StartsWith(name, "//")) return std::string(name);
  std::string key = absl::AsciiStrToLower(name);
  for (size_t i = 1; i < key.size(); ++i) {
    if (key[i] == '_') key[i] = '-';
  }
  return key;
}

// `https://host/a/b.tgz` → `//host/a/`, `//host/`.
std::vector<std::string> PlacesAbove(absl::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  std::string place = absl::StrCat("//", HostOfUrl(url));
  const size_t host_end = url.find('/', url.find("://") + 3);
  const size_t host_size = place.size();
  if (host_end != absl::string_view::npos) {
    absl::StrAppend(&place, url.substr(host_end));
  }
  std::vector<std::string> places;
  for (size_t slash = place.rfind('/');
       slash != std::string::npos && slash >= host_size;
       slash = place.rfind('/')) {
    places.push_back(place.substr(0, slash + 1));
    place.resize(slash);
  }
  if (places.empty()) places.push_back(place + "/");
  return places;
}

}  // namespace

absl::StatusOr<NpmConfig> NpmConfig::Load(const HostEnvironment& environment) {
  Values variables;
  for (const auto& [name, value] : environment.variables()) {
    const std::string key = KeyOfVariable(name);
    // As npm has it, an empty variable says nothing.
    if (!key.empty() && !value.empty()) variables[key] = value;
  }
  auto path = [&](const char* key, std::string usual) {
    auto said = variables.find(key);
    return said == variables.end() ? usual : said->second;
  };
  Values values;
  RETURN_IF_ERROR(
      AddFile(path("globalconfig", "/etc/npmrc"), environment, values));
  RETURN_IF_ERROR(AddFile(path("userconfig", environment.Home() + "/.npmrc"),
                          environment, values));
  for (auto& [key, value] : variables) values[key] = value;
  return NpmConfig(std::move(values));
}

const std::string* NpmConfig::Find(absl::string_view key) const {
  auto value = values_.find(key);
  return value == values_.end() || value->second.empty() ? nullptr
                                                         : &value->second;
}

absl::StatusOr<std::string> NpmConfig::RegistryOf(
    absl::string_view package) const {
  const std::string* said = nullptr;
  std::string key = "registry";
  if (absl::StartsWith(package, "@")) {
    key = absl::StrCat(package.substr(0, package.find('/')), ":registry");
    said = Find(key);
    if (said == nullptr) key = "registry";
  }
  if (said == nullptr) said = Find("registry");
  std::string url(said == nullptr ? kDefaultRegistry : *said);
  if (!absl::StartsWith(url, "https://") && !absl::StartsWith(url, "http://")) {
    return absl::InvalidArgumentError(
        absl::StrCat("your npm configuration has ", key, " = `",
                     UrlForPeople(url), "`, which is no http or https URL"));
  }
  if (!absl::EndsWith(url, "/")) url += "/";
  return url;
}

absl::StatusOr<std::string> NpmConfig::AuthorizationFor(
    absl::string_view url) const {
  for (const std::string& place : PlacesAbove(url)) {
    std::string authorization;
    if (const std::string* token = Find(place + ":_authToken")) {
      authorization = "Bearer " + *token;
    } else if (const std::string* both = Find(place + ":_auth")) {
      authorization = "Basic " + *both;
    } else if (const std::string* user = Find(place + ":username")) {
      const std::string* encoded = Find(place + ":_password");
      std::string password;
      if (encoded == nullptr || !absl::Base64Unescape(*encoded, &password)) {
        return absl::FailedPreconditionError(
            absl::StrCat("your npm configuration has a username for ", place,
                         ", but no ", "`_password` beside it that is base64"));
      }
      authorization =
          "Basic " + absl::Base64Escape(absl::StrCat(*user, ":", password));
    } else {
      continue;
    }
    if (IsSafeForLogin(url)) return authorization;
    return absl::FailedPreconditionError(absl::StrCat(
        "your npm configuration has a login for ", place, ", which would go ",
        "unencrypted to ", UrlForPeople(url), ": use https there"));
  }
  return "";
}

}  // namespace graph
