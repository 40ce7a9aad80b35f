// SPDX-License-Identifier: Apache-2.0
// deb: the versions of a package that the machine's apt knows. No URL is told:
// where packages lie is for the apt of each machine to say.
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/fetch/deb_index.h"
#include "engine/fetch/deb_source.h"
#include "engine/fetch/version_kinds.h"

namespace graph {
namespace {

DebSource SourceOf(const VersionQuestion& question, std::string version) {
  return {.package = question.Argument("package"),
          .version = std::move(version),
          .architecture = question.Argument("architecture"),
          .sha256 = ""};
}

absl::StatusOr<std::vector<FoundVersion>> List(
    const VersionQuestion& question) {
  const DebSource source = SourceOf(question, "0");
  RETURN_IF_ERROR(CheckDebSource(source));
  ASSIGN_OR_RETURN(
      const std::vector<std::string> versions,
      VersionsOfDeb(source, question.context, question.cancellation));
  std::vector<FoundVersion> found;
  for (const std::string& text : versions) {
    std::optional<Version> version =
        Version::Parse(VersionScheme::kDebian, text);
    if (!version) continue;
    FoundVersion& one =
        found.emplace_back(FoundVersion{.version = *std::move(version)});
    one.is_prerelease = one.version.is_prerelease();
    one.fields["version"] = text;
  }
  return found;
}

absl::Status Complete(const VersionQuestion& question, FoundVersion& version) {
  ASSIGN_OR_RETURN(const AptRecord record,
                   RecordOfDeb(SourceOf(question, version.version.text()),
                               question.context, question.cancellation));
  version.fields["sha256"] = record.sha256;
  version.fields["file"] = record.file;
  return absl::OkStatus();
}

}  // namespace

VersionKind DebVersions() { return {"deb", List, Complete}; }

}  // namespace graph
