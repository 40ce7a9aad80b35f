// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/deb_source.h"

#include <algorithm>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "engine/fetch/apt.h"
#include "engine/fetch/http_source.h"

namespace graph {
namespace {

// `hostname:amd64`.
std::string NameForApt(const DebSource& source) {
  if (source.architecture.empty()) return source.package;
  return absl::StrCat(source.package, ":", source.architecture);
}

std::string ForPeople(const DebSource& source) {
  return absl::StrCat(source.package, " ", source.version,
                      source.architecture.empty() ? "" : " for ",
                      source.architecture);
}

// Lists of an architecture that the machine does not have are asked for again
// after this time, if what is wanted is not in them.
constexpr absl::Duration kListsAreOld = absl::Hours(1);

// Why apt does not tell where it is.
absl::Status Failure(const DebSource& source, const CommandResult& said,
                     const Apt& apt) {
  const std::string name = NameForApt(source);
  ASSIGN_OR_RETURN(CommandResult madison,
                   apt.Run("apt-cache", {"madison", name}));
  const std::vector<std::string> versions = ParseMadison(madison.stdout_text);
  if (!versions.empty() && std::find(versions.begin(), versions.end(),
                                     source.version) == versions.end()) {
    return absl::NotFoundError(absl::StrCat(
        "apt has no version ", source.version, " of ", name, "; it ", "has ",
        absl::StrJoin(versions, ", "), ". Write one of them with its ",
        "sha256, run `apt-get update` if apt's lists are old, or add a ",
        "snapshot mirror, which keeps old versions, to apt's sources",
        apt.Trouble()));
  }
  if (versions.empty() && absl::StrContains(said.stderr_text, "E: ")) {
    return absl::NotFoundError(absl::StrCat(
        "apt has no package ", name, ": is the name right, are apt's lists ",
        "there (`apt-get update`)",
        source.architecture.empty()
            ? "?"
            : ", and do apt's sources have this architecture? We asked them "
              "for its lists",
        apt.Trouble()));
  }
  return absl::UnavailableError(
      absl::StrCat("apt-get does not tell where ", ForPeople(source),
                   " is: ", absl::StripAsciiWhitespace(said.stderr_text)));
}

absl::StatusOr<AptUri> Locate(const DebSource& source, const Apt& apt) {
  ASSIGN_OR_RETURN(CommandResult said,
                   apt.Run("apt-get", {"--print-uris", "download",
                                       absl::StrCat(NameForApt(source), "=",
                                                    source.version)}));
  if (said.exit_code == 0) {
    std::vector<AptUri> uris = ParseAptUris(said.stdout_text);
    if (!uris.empty()) return std::move(uris.front());
  }
  return Failure(source, said, apt);
}

// Where apt has it: by the machine's lists, or by those of its architecture.
absl::StatusOr<AptUri> LocateAnywhere(const DebSource& source, const Apt& apt,
                                      const FetchContext& context,
                                      const Cancellation& cancellation) {
  bool known = true;
  if (!source.architecture.empty()) {
    ASSIGN_OR_RETURN(known, apt.Knows(source.architecture));
  }
  if (known) return Locate(source, apt);
  const Apt other(context, cancellation, source.architecture);
  RETURN_IF_ERROR(other.Update(absl::InfiniteDuration()));
  absl::StatusOr<AptUri> uri = Locate(source, other);
  if (!absl::IsNotFound(uri.status())) return uri;
  RETURN_IF_ERROR(other.Update(kListsAreOld));
  return Locate(source, other);
}

absl::StatusOr<Digest> FetchFrom(const AptUri& from, const Apt& apt,
                                 const DebSource& source, BlobStore& store) {
  if (!source.sha256.empty() && !from.sha256.empty() &&
      from.sha256 != source.sha256) {
    return absl::DataLossError(absl::StrCat(
        "apt has it with sha256 ", from.sha256, ", but ", source.sha256,
        " is expected: another repository with the same version, or a "
        "mistake in writing?"));
  }
  absl::StatusOr<Digest> digest = apt.Fetch(from.uri, source.sha256, store);
  if (!absl::IsNotFound(digest.status()) ||
      !absl::StartsWith(from.uri, "http")) {
    return digest;
  }
  return absl::NotFoundError(absl::StrCat(
      digest.status().message(),
      ": apt's lists are older than the mirror, run `apt-get update`"));
}

}  // namespace

absl::Status CheckDebSource(const DebSource& source) {
  if (!IsAptName(source.package, "+-.")) {
    return absl::InvalidArgumentError(
        absl::StrCat("`package` takes the name of a Debian package; got `",
                     source.package, "`"));
  }
  if (!IsAptName(source.version, "+-.~:")) {
    return absl::InvalidArgumentError(
        absl::StrCat("`version` takes the whole version of a Debian package, "
                     "as `apt-cache policy ",
                     source.package, "` shows it; got `", source.version, "`"));
  }
  if (!source.architecture.empty() && !IsAptName(source.architecture, "-")) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`architecture` takes a name like amd64, arm64 or all; got `",
        source.architecture, "`"));
  }
  return absl::OkStatus();
}

std::vector<std::string> ParseMadison(absl::string_view output) {
  std::vector<std::string> versions;
  for (absl::string_view line : absl::StrSplit(output, '\n')) {
    const std::vector<absl::string_view> fields = absl::StrSplit(line, '|');
    if (fields.size() != 3 || !absl::EndsWith(fields[2], " Packages")) continue;
    std::string version(absl::StripAsciiWhitespace(fields[1]));
    if (std::find(versions.begin(), versions.end(), version) ==
        versions.end()) {
      versions.push_back(std::move(version));
    }
  }
  return versions;
}

absl::StatusOr<Digest> FetchDeb(const DebSource& source,
                                const FetchContext& context, BlobStore& store,
                                const Cancellation& cancellation) {
  RETURN_IF_ERROR(CheckDebSource(source));
  if (!source.sha256.empty()) {
    ASSIGN_OR_RETURN(std::optional<Digest> known,
                     FindFetched(source.sha256, context, store));
    if (known) return *known;
  }
  if (context.offline) {
    return absl::UnavailableError(absl::StrCat(
        ForPeople(source), " was not fetched before, and we are offline"));
  }
  const Apt apt(context, cancellation);
  ASSIGN_OR_RETURN(const AptUri from, Locate(source, apt));
  return FetchFrom(from, apt, source, store);
}

}  // namespace graph
