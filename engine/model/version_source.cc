// SPDX-License-Identifier: Apache-2.0
#include "engine/model/version_source.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace graph {
namespace {

std::string Quoted(absl::string_view text) {
  return absl::StrCat("\"", text, "\"");
}

// ` was "a", now is "b"`.
std::string Change(absl::string_view what, const std::string& then,
                   const std::string& now) {
  return absl::StrCat(what, " was ", then, ", now is ", now);
}

}  // namespace

bool VersionSourceKind::HasField(absl::string_view field) const {
  return std::find(fields.begin(), fields.end(), field) != fields.end();
}

std::span<const VersionSourceKind> VersionSourceKinds() {
  static const auto* kKinds = new std::vector<VersionSourceKind>{
      {"deb", {"package", "architecture?"}, {"file", "sha256", "version"}},
      {"git_branch", {"remote", "branch?"}, {"commit", "version"}},
      {"git_tags", {"remote", "pattern?"}, {"commit", "tag", "version"}},
      {"github_releases",
       {"repository", "asset?"},
       {"file", "sha256", "tag", "url", "version"}},
      {"npm", {"package"}, {"file", "sha256", "url", "version"}},
      {"oci_tags",
       {"image", "pattern?", "platform?"},
       {"digest", "tag", "version"}},
      {"pypi",
       {"package", "file?"},
       {"file", "requires_python", "sha256", "url", "version"}},
      {"python_org", {"series", "file?"}, {"file", "sha256", "url", "version"}},
      {"url_index", {"url", "pattern"}, {"file", "sha256", "url", "version"}},
  };
  return *kKinds;
}

const VersionSourceKind* FindVersionSourceKind(absl::string_view name) {
  for (const VersionSourceKind& kind : VersionSourceKinds()) {
    if (kind.name == name) return &kind;
  }
  return nullptr;
}

std::span<const absl::string_view> VersionFields() {
  static constexpr absl::string_view kFields[] = {
      "commit", "digest", "file", "requires_python",
      "sha256", "tag",    "url",  "version"};
  return kFields;
}

std::string SourceText(const VersionSource& source) {
  std::vector<std::string> parts;
  const VersionSourceKind* kind = FindVersionSourceKind(source.kind);
  for (const auto& [name, value] : source.arguments) {
    const bool first = kind != nullptr && kind->parameters[0] == name;
    parts.insert(
        first ? parts.begin() : parts.end(),
        first ? Quoted(value) : absl::StrCat(name, " = ", Quoted(value)));
  }
  return absl::StrCat(source.kind, "(", absl::StrJoin(parts, ", "), ")");
}

std::string RequestChange(const VersionRequest& then,
                          const VersionRequest& now) {
  std::vector<std::string> changes;
  if (then.source != now.source) {
    changes.push_back(
        Change("source", SourceText(then.source), SourceText(now.source)));
  }
  if (then.constraint != now.constraint) {
    changes.push_back(
        Change("constraint", Quoted(then.constraint), Quoted(now.constraint)));
  }
  if (then.prerelease != now.prerelease) {
    changes.push_back(Change("prerelease", then.prerelease ? "True" : "False",
                             now.prerelease ? "True" : "False"));
  }
  return absl::StrJoin(changes, "; ");
}

absl::Status CheckVersionName(absl::string_view name) {
  const bool right =
      !name.empty() && absl::ascii_isalnum(name.front()) &&
      std::all_of(name.begin(), name.end(), [](char c) {
        return absl::ascii_isalnum(c) || absl::StrContains("._+-", c);
      });
  if (right) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "`", name, "` cannot be the name of a version: letters, digits, `.`, ",
      "`_`, `+` and `-`, beginning with a letter or a digit"));
}

}  // namespace graph
