// SPDX-License-Identifier: Apache-2.0
// python_org: the releases of Python, by the API of python.org, version 2:
//
//   release/?is_published=true   [{"name": "Python 3.14.0rc1", "is_published":
//                                true, "pre_release": true, "resource_uri":
//                                "…/release/<id>/", …}, …]
//   release_file/?release=<id>   [{"url": "…", "sha256_sum": "…", …}, …]
//
// Old files have no sha256_sum.
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/fetch/json_api.h"
#include "engine/fetch/version_kinds.h"

namespace graph {
namespace {

constexpr absl::string_view kApi = "https://www.python.org/api/v2/downloads/";
constexpr absl::string_view kSource = "Python-*.tar.xz";

// `https://…/release/1082/` → `1082`.
absl::string_view IdOf(absl::string_view uri) {
  absl::ConsumeSuffix(&uri, "/");
  return uri.substr(uri.rfind('/') + 1);
}

absl::StatusOr<std::vector<FoundVersion>> List(
    const VersionQuestion& question) {
  const std::string url = absl::StrCat(kApi, "release/?is_published=true");
  ASSIGN_OR_RETURN(const nlohmann::json releases,
                   GetJson(url, {}, question.context, question.cancellation));
  if (!releases.is_array() || releases.empty()) {
    return OddAnswer(url, "no list of releases");
  }
  std::vector<FoundVersion> found;
  for (const nlohmann::json& release : releases) {
    const std::string name = TextMember(release, "name");
    absl::string_view text = name;
    // There are others, such as "Python install manager 25.0".
    if (!absl::ConsumePrefix(&text, "Python ")) continue;
    std::optional<Version> version =
        Version::Parse(VersionScheme::kPython, text);
    if (!version || !BoolMember(release, "is_published")) continue;
    const std::string uri = TextMember(release, "resource_uri");
    FoundVersion& one =
        found.emplace_back(FoundVersion{.version = *std::move(version)});
    one.is_prerelease =
        one.version.is_prerelease() || BoolMember(release, "pre_release");
    one.fields["version"] = std::string(text);
    one.details = std::string(IdOf(uri));
  }
  if (found.empty()) return OddAnswer(url, "without any release of Python");
  return found;
}

absl::Status Complete(const VersionQuestion& question, FoundVersion& version) {
  const std::string url =
      absl::StrCat(kApi, "release_file/?release=", version.details);
  ASSIGN_OR_RETURN(const nlohmann::json list,
                   GetJson(url, {}, question.context, question.cancellation));
  if (!list.is_array()) return OddAnswer(url, "no list of files");
  std::vector<NamedFile> files;
  for (const nlohmann::json& file : list) {
    const std::string place = TextMember(file, "url");
    std::string name = place.substr(place.rfind('/') + 1);
    if (name.empty()) continue;
    files.push_back({std::move(name), place, TextMember(file, "sha256_sum")});
  }
  const std::string glob = question.Argument("file");
  ASSIGN_OR_RETURN(const NamedFile file,
                   ChooseFile(files, glob.empty() ? kSource : glob,
                              absl::StrCat("Python ", version.version.text(),
                                           " at python.org")));
  return SetFile(question, file, version);
}

}  // namespace

VersionKind PythonOrgVersions() { return {"python_org", List, Complete}; }

}  // namespace graph
