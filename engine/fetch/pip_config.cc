// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/pip_config.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

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

constexpr absl::string_view kDefaultIndex = "https://pypi.org/simple/";

// As pip compares them: `--Index_URL` is `index-url`.
std::string Key(absl::string_view text) {
  std::string key = absl::AsciiStrToLower(absl::StripAsciiWhitespace(text));
  for (char& c : key) {
    if (c == '_') c = '-';
  }
  return std::string(absl::StripPrefix(key, "--"));
}

// The values of `[global]`. An indented line goes on with the value above.
void AddIni(absl::string_view text, Values& values) {
  bool global = false;
  std::string* last = nullptr;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    const bool indented = !line.empty() && absl::ascii_isspace(line.front());
    line = absl::StripAsciiWhitespace(line);
    if (line.empty() || line.front() == '#' || line.front() == ';') continue;
    if (indented && last != nullptr) {
      absl::StrAppend(last, "\n", line);
      continue;
    }
    last = nullptr;
    if (line.front() == '[') {
      global = line == "[global]";
      continue;
    }
    const size_t end = line.find_first_of("=:");
    if (!global || end == absl::string_view::npos) continue;
    last = &values[Key(line.substr(0, end))];
    *last = std::string(absl::StripAsciiWhitespace(line.substr(end + 1)));
  }
}

absl::StatusOr<Values> Load(const HostEnvironment& environment) {
  std::vector<std::string> paths = {"/etc/pip.conf",
                                    environment.Home() + "/.pip/pip.conf",
                                    environment.ConfigHome() + "/pip/pip.conf"};
  if (auto folder = environment.Find("VIRTUAL_ENV");
      folder.value_or("") != "") {
    paths.push_back(*folder + "/pip.conf");
  }
  const std::string named = environment.Find("PIP_CONFIG_FILE").value_or("");
  if (named == "/dev/null") {
    paths.clear();
  } else if (!named.empty()) {
    paths.push_back(named);
  }
  Values values;
  for (const std::string& path : paths) {
    absl::StatusOr<std::string> text = ReadFile(path);
    if (absl::IsNotFound(text.status())) continue;
    RETURN_IF_ERROR(text.status());
    AddIni(*text, values);
  }
  for (auto [variable, key] : {std::pair("PIP_INDEX_URL", "index-url"),
                               {"PIP_EXTRA_INDEX_URL", "extra-index-url"}}) {
    const std::string said = environment.Find(variable).value_or("");
    if (!said.empty()) values[key] = said;
  }
  return values;
}

absl::StatusOr<PypiIndex> IndexOf(absl::string_view said) {
  PypiIndex index;
  const size_t host = said.find("://") + 3;
  if (!absl::StartsWith(said, "https://") &&
      !absl::StartsWith(said, "http://")) {
    return absl::InvalidArgumentError(
        absl::StrCat("your pip configuration has `", UrlForPeople(said),
                     "` for an index, which is no http or https URL"));
  }
  const size_t host_end = std::min(said.find('/', host), said.size());
  const size_t at = said.substr(0, host_end).rfind('@');
  if (at == absl::string_view::npos) {
    index.url = std::string(said);
  } else {
    index.url = absl::StrCat(said.substr(0, host), said.substr(at + 1));
    const absl::string_view login = said.substr(host, at - host);
    const size_t colon = std::min(login.find(':'), login.size());
    index.authorization =
        "Basic " +
        absl::Base64Escape(absl::StrCat(
            PercentDecoded(login.substr(0, colon)), ":",
            PercentDecoded(login.substr(std::min(colon + 1, login.size())))));
  }
  if (!absl::EndsWith(index.url, "/")) index.url += "/";
  if (!index.authorization.empty() && !IsSafeForLogin(index.url)) {
    return absl::FailedPreconditionError(absl::StrCat(
        "your pip configuration has a login for ", UrlForPeople(index.url),
        ", which would go there unencrypted: use https there"));
  }
  return index;
}

}  // namespace

absl::StatusOr<std::vector<PypiIndex>> PypiIndices(
    const HostEnvironment& environment) {
  ASSIGN_OR_RETURN(const Values values, Load(environment));
  auto said = [&](absl::string_view key, absl::string_view usual) {
    auto value = values.find(key);
    return std::string(value == values.end() ? usual : value->second);
  };
  std::vector<PypiIndex> indices;
  const std::string all = absl::StrCat(said("index-url", kDefaultIndex), " ",
                                       said("extra-index-url", ""));
  for (absl::string_view url :
       absl::StrSplit(all, absl::ByAnyChar(" \t\n"), absl::SkipEmpty())) {
    ASSIGN_OR_RETURN(PypiIndex index, IndexOf(url));
    indices.push_back(std::move(index));
  }
  if (indices.empty()) indices.push_back({.url = std::string(kDefaultIndex)});
  return indices;
}

}  // namespace graph
