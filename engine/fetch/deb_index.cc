// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/deb_index.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "engine/os/subprocess.h"

namespace graph {
namespace {

// `hostname:amd64`.
std::string NameForApt(const DebSource& source) {
  if (source.architecture.empty()) return source.package;
  return absl::StrCat(source.package, ":", source.architecture);
}

// Lists of an architecture that the machine does not have are asked for again
// after this time, if what is wanted is not in them.
constexpr absl::Duration kListsAreOld = absl::Hours(1);

absl::StatusOr<std::vector<std::string>> Versions(const DebSource& source,
                                                  const Apt& apt) {
  ASSIGN_OR_RETURN(CommandResult madison,
                   apt.Run("apt-cache", {"madison", NameForApt(source)}));
  return ParseMadison(madison.stdout_text);
}

absl::Status NoPackage(const DebSource& source, const Apt& apt) {
  return absl::NotFoundError(absl::StrCat(
      "apt has no package ", NameForApt(source), ": is the name right, are ",
      "apt's lists there (`apt-get update`)",
      source.architecture.empty()
          ? "?"
          : ", and do apt's sources have this architecture? We asked them for "
            "its lists",
      apt.Trouble()));
}

// Why apt does not tell where it is.
absl::Status Failure(const DebSource& source, const CommandResult& said,
                     const Apt& apt) {
  const std::string name = NameForApt(source);
  ASSIGN_OR_RETURN(const std::vector<std::string> versions,
                   Versions(source, apt));
  if (!versions.empty() && std::find(versions.begin(), versions.end(),
                                     source.version) == versions.end()) {
    return absl::NotFoundError(absl::StrCat(
        "apt has no version ", source.version, " of ", name, "; it has ",
        absl::StrJoin(versions, ", "), ". Write one of them with its ",
        "sha256, run `apt-get update` if apt's lists are old, or add a ",
        "snapshot mirror, which keeps old versions, to apt's sources",
        apt.Trouble()));
  }
  if (versions.empty() && absl::StrContains(said.stderr_text, "E: ")) {
    return NoPackage(source, apt);
  }
  return absl::UnavailableError(
      absl::StrCat("apt-get does not tell where ", name, " ", source.version,
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

// What `ask` answers: by the machine's lists or, where these have nothing of
// the architecture, by lists of ours, which are made new if they do not have
// it.
template <typename Ask>
auto AskedAnywhere(const DebSource& source, const FetchContext& context,
                   const Cancellation& cancellation, Ask ask)
    -> decltype(ask(std::declval<const Apt&>())) {
  const Apt apt(context, cancellation);
  bool known = true;
  if (!source.architecture.empty()) {
    ASSIGN_OR_RETURN(known, apt.Knows(source.architecture));
  }
  if (known) return ask(apt);
  const Apt other(context, cancellation, source.architecture);
  RETURN_IF_ERROR(other.Update(absl::InfiniteDuration()));
  auto answer = ask(other);
  if (!absl::IsNotFound(answer.status())) return answer;
  RETURN_IF_ERROR(other.Update(kListsAreOld));
  return ask(other);
}

}  // namespace

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

std::optional<AptRecord> ParseAptRecord(absl::string_view output) {
  AptRecord record;
  for (absl::string_view line : absl::StrSplit(output, '\n')) {
    if (line.empty()) {  // The end of a record.
      record = {};
    } else if (absl::ConsumePrefix(&line, "Filename: ")) {
      record.file = std::string(line.substr(line.rfind('/') + 1));
    } else if (absl::ConsumePrefix(&line, "SHA256: ")) {
      record.sha256 = std::string(line);
    }
    if (!record.file.empty() && !record.sha256.empty()) return record;
  }
  return std::nullopt;
}

absl::StatusOr<AptUri> LocateDeb(const DebSource& source,
                                 const FetchContext& context,
                                 const Cancellation& cancellation) {
  return AskedAnywhere(source, context, cancellation,
                       [&](const Apt& apt) { return Locate(source, apt); });
}

absl::StatusOr<std::vector<std::string>> VersionsOfDeb(
    const DebSource& source, const FetchContext& context,
    const Cancellation& cancellation) {
  return AskedAnywhere(
      source, context, cancellation,
      [&](const Apt& apt) -> absl::StatusOr<std::vector<std::string>> {
        ASSIGN_OR_RETURN(std::vector<std::string> versions,
                         Versions(source, apt));
        if (versions.empty()) return NoPackage(source, apt);
        return versions;
      });
}

absl::StatusOr<AptRecord> RecordOfDeb(const DebSource& source,
                                      const FetchContext& context,
                                      const Cancellation& cancellation) {
  return AskedAnywhere(
      source, context, cancellation,
      [&](const Apt& apt) -> absl::StatusOr<AptRecord> {
        const std::string name =
            absl::StrCat(NameForApt(source), "=", source.version);
        ASSIGN_OR_RETURN(CommandResult said,
                         apt.Run("apt-cache", {"show", name}));
        std::optional<AptRecord> record = ParseAptRecord(said.stdout_text);
        if (record) return *std::move(record);
        return absl::NotFoundError(
            absl::StrCat("apt tells no SHA256 of ", name, ": ",
                         absl::StripAsciiWhitespace(said.stderr_text)));
      });
}

}  // namespace graph
