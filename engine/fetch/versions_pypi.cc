// SPDX-License-Identifier: Apache-2.0
// pypi: the files of a project, by the JSON of the simple API (PEP 691):
//
//   <project>/   {"meta": {"api-version": "1.…"}, "files": [{"filename": "…",
//                "url": "…", "hashes": {"sha256": "…"}, "requires-python":
//                ">=3.9", "yanked": false | true | "<why>"}, …], …}
//
// A version is what the names of its files say. One whose files are all yanked
// (PEP 592) is withdrawn.
#include "engine/fetch/versions_pypi.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/fetch/json_api.h"
#include "engine/fetch/pip_config.h"
#include "engine/fetch/pypi_page.h"
#include "engine/fetch/version_kinds.h"
#include "engine/net/url.h"
#include "engine/os/environment.h"

namespace graph {
namespace {

constexpr absl::string_view kAccept =
    "Accept: application/vnd.pypi.simple.v1+json";
// From the form that is usual to those of old releases.
constexpr absl::string_view kSdists[] = {".tar.gz", ".zip", ".tar.bz2",
                                         ".tar.xz", ".tgz"};

// The page of `project` in one index; kNotFound if it has no such project.
absl::StatusOr<nlohmann::json> Page(const PypiIndex& index,
                                    absl::string_view project,
                                    const VersionQuestion& question) {
  const std::string url = absl::StrCat(index.url, project, "/");
  std::vector<std::string> headers = {std::string(kAccept)};
  if (!index.authorization.empty()) {
    headers.push_back("Authorization: " + index.authorization);
  }
  ASSIGN_OR_RETURN(nlohmann::json page, GetJson(url, headers, question.context,
                                                question.cancellation));
  const std::string api = page.is_object() && page.contains("meta")
                              ? TextMember(page["meta"], "api-version")
                              : "";
  if (!absl::StartsWith(api, "1.") || !page["files"].is_array()) {
    return OddAnswer(url, "not of PEP 691, version 1");
  }
  for (nlohmann::json& file : page["files"]) {
    if (TextMember(file, "filename").empty() ||
        TextMember(file, "url").empty()) {
      return OddAnswer(url, "wrong: a file without name or URL");
    }
    file["url"] = ResolveUrl(url, TextMember(file, "url"));
  }
  return page;
}

// Of the first index of the user's pip configuration that has the project.
absl::StatusOr<nlohmann::json> Files(const VersionQuestion& question) {
  const std::string project = question.Argument("package");
  const std::string name = NormalizedProject(project);
  if (!std::all_of(name.begin(), name.end(),
                   [](char c) { return absl::ascii_isalnum(c) || c == '-'; })) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`package` takes the name of a project; got `", project, "`"));
  }
  ASSIGN_OR_RETURN(const std::vector<PypiIndex> indices,
                   PypiIndices(HostEnvironment::FromProcess()));
  absl::Status absent;
  for (const PypiIndex& index : indices) {
    absl::StatusOr<nlohmann::json> page = Page(index, name, question);
    if (page.ok()) return std::move((*page)["files"]);
    if (!absl::IsNotFound(page.status())) return page.status();
    absent = page.status();
  }
  return absl::NotFoundError(absl::StrCat("the index has no project ", project,
                                          ": ", absent.message()));
}

bool IsYanked(const nlohmann::json& file) {
  return BoolMember(file, "yanked") ||
         (file.contains("yanked") && file["yanked"].is_string());
}

absl::StatusOr<std::vector<FoundVersion>> List(
    const VersionQuestion& question) {
  ASSIGN_OR_RETURN(const nlohmann::json files, Files(question));
  const std::string project = question.Argument("package");
  std::vector<std::pair<FoundVersion, nlohmann::json>> versions;
  for (const nlohmann::json& file : files) {
    const std::string text =
        VersionOfPythonFile(project, TextMember(file, "filename"));
    std::optional<Version> version =
        Version::Parse(VersionScheme::kPython, text);
    if (!version) continue;
    auto known = std::find_if(
        versions.begin(), versions.end(),
        [&](const auto& one) { return one.first.version == *version; });
    if (known == versions.end()) {
      FoundVersion one{.version = *version};
      one.is_prerelease = version->is_prerelease();
      one.fields["version"] = text;
      one.withdrawn = "";
      versions.emplace_back(std::move(one), nlohmann::json::array());
      known = versions.end() - 1;
    }
    known->second.push_back(file);
    if (!IsYanked(file)) {
      known->first.withdrawn.reset();
    } else if (known->first.withdrawn) {
      known->first.withdrawn = TextMember(file, "yanked");
    }
  }
  std::vector<FoundVersion> found;
  for (auto& [version, its_files] : versions) {
    version.details = its_files.dump();
    found.push_back(std::move(version));
  }
  return found;
}

// The source distribution in the most usual form, if there is one.
const nlohmann::json* Sdist(const std::vector<nlohmann::json>& files) {
  for (absl::string_view ending : kSdists) {
    for (const nlohmann::json& file : files) {
      if (absl::EndsWith(TextMember(file, "filename"), ending)) return &file;
    }
  }
  return nullptr;
}

absl::Status Complete(const VersionQuestion& question, FoundVersion& version) {
  std::vector<nlohmann::json> usable;
  for (const nlohmann::json& file : nlohmann::json::parse(
           version.details, nullptr, /*allow_exceptions=*/false)) {
    if (version.withdrawn || !IsYanked(file)) usable.push_back(file);
  }
  std::vector<NamedFile> files;
  for (const nlohmann::json& file : usable) {
    files.push_back(
        {TextMember(file, "filename"), TextMember(file, "url"),
         file.contains("hashes") ? TextMember(file["hashes"], "sha256") : ""});
  }
  std::string glob = question.Argument("file");
  if (glob.empty() || glob == "sdist") {
    const nlohmann::json* sdist = Sdist(usable);
    glob = sdist == nullptr ? "*.tar.gz" : TextMember(*sdist, "filename");
  }
  ASSIGN_OR_RETURN(
      const NamedFile file,
      ChooseFile(files, glob,
                 absl::StrCat(question.Argument("package"), " ",
                              version.version.text(), " at the index")));
  for (const nlohmann::json& one : usable) {
    const std::string requires_python = TextMember(one, "requires-python");
    if (TextMember(one, "filename") == file.name && !requires_python.empty()) {
      version.fields["requires_python"] = requires_python;
    }
  }
  return SetFile(question, file, version);
}

}  // namespace

std::string VersionOfPythonFile(absl::string_view project,
                                absl::string_view file) {
  const std::string name = NormalizedProject(project);
  if (absl::EndsWith(file, ".whl")) {
    const std::vector<absl::string_view> parts = absl::StrSplit(file, '-');
    return parts.size() >= 5 && NormalizedProject(parts[0]) == name
               ? std::string(parts[1])
               : "";
  }
  for (absl::string_view ending : kSdists) {
    if (!absl::ConsumeSuffix(&file, ending)) continue;
    // Old names have hyphens of their own.
    for (size_t at = file.find('-'); at != file.npos;
         at = file.find('-', at + 1)) {
      if (NormalizedProject(file.substr(0, at)) == name) {
        return std::string(file.substr(at + 1));
      }
    }
  }
  return "";
}

VersionKind PypiVersions() { return {"pypi", List, Complete}; }

}  // namespace graph
