// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/apt.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/fetch/lock.h"
#include "engine/os/environment.h"
#include "engine/os/file_lock.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

// `hostname:amd64`.
std::string NameForApt(const DebSource& source) {
  if (source.architecture.empty()) return source.package;
  return absl::StrCat(source.package, ":", source.architecture);
}

}  // namespace

absl::StatusOr<AptUri> Apt::Locate(const DebSource& source) const {
  ASSIGN_OR_RETURN(
      CommandResult said,
      Run("apt-get", {"--print-uris", "download",
                      absl::StrCat(NameForApt(source), "=", source.version)}));
  if (said.exit_code == 0) {
    if (std::optional<AptUri> uri = ParseAptUri(said.stdout_text)) {
      return *std::move(uri);
    }
  }
  return Failure(source, said);
}

absl::StatusOr<std::optional<std::string>> Apt::Proxy(
    const AptUri& from) const {
  ASSIGN_OR_RETURN(
      CommandResult said,
      Run("apt-config", {"dump", "--no-empty", "--format", "%f %v%n",
                         "Acquire::http", "Acquire::https"}));
  return ParseAptProxy(said.stdout_text, from.uri);
}

// apt's index of its lists is kept in a folder of ours: without one, as where
// images are made small, it takes seconds to read them all anew. It is that
// of a machine without packages, so that no installation makes it old, and no
// version counts that is only installed.
absl::StatusOr<CommandResult> Apt::Run(std::string program,
                                       std::vector<std::string> words) const {
  const std::string index = folder_ + "/pkgcache.bin";
  RETURN_IF_ERROR(MakeDirectories(folder_));
  std::optional<FileLock> first;
  if (!Exists(index)) {  // One makes it, the others wait and use it.
    ASSIGN_OR_RETURN(first, AcquireOrCancel(folder_ + "/lock", cancellation_));
  }
  std::map<std::string, std::string> variables =
      HostEnvironment::FromProcess().variables();
  variables["LC_ALL"] = "C";  // We read what it says.
  Command command{
      .argv = {std::move(program), "-o", "Dir::State::status=/dev/null", "-o",
               "Dir::Cache::pkgcache=" + index, "-o",
               "Dir::Cache::srcpkgcache="},
      .env = {{variables.begin(), variables.end()}}};
  command.argv.insert(command.argv.end(), words.begin(), words.end());
  absl::StatusOr<CommandResult> result = RunCommand(command, &cancellation_);
  if (absl::IsNotFound(result.status())) {
    return absl::FailedPreconditionError(
        "there is no apt here to ask where Debian packages are: build on "
        "Debian or a system made of it, or name a URL with http_file");
  }
  return result;
}

absl::StatusOr<std::vector<std::string>> Apt::Versions(
    const DebSource& source) const {
  ASSIGN_OR_RETURN(CommandResult madison,
                   Run("apt-cache", {"madison", NameForApt(source)}));
  return ParseMadison(madison.stdout_text);
}

absl::StatusOr<AptRecord> Apt::Show(const DebSource& source) const {
  const std::string name =
      absl::StrCat(NameForApt(source), "=", source.version);
  ASSIGN_OR_RETURN(CommandResult said, Run("apt-cache", {"show", name}));
  std::optional<AptRecord> record = ParseAptRecord(said.stdout_text);
  if (record) return *std::move(record);
  return absl::NotFoundError(
      absl::StrCat("apt tells no SHA256 of ", name, ": ",
                   absl::StripAsciiWhitespace(said.stderr_text)));
}

absl::Status Apt::NoPackage(const DebSource& source) {
  return absl::NotFoundError(absl::StrCat(
      "apt has no package ", NameForApt(source), ": is the name right, are ",
      "apt's lists there (`apt-get update`)",
      source.architecture.empty()
          ? ""
          : ", and does it know this architecture (`dpkg "
            "--print-foreign-architectures`)",
      "?"));
}

absl::Status Apt::Failure(const DebSource& source,
                          const CommandResult& said) const {
  const std::string name = NameForApt(source);
  ASSIGN_OR_RETURN(const std::vector<std::string> versions, Versions(source));
  if (!versions.empty() && std::find(versions.begin(), versions.end(),
                                     source.version) == versions.end()) {
    return absl::NotFoundError(absl::StrCat(
        "apt has no version ", source.version, " of ", name, "; it has ",
        absl::StrJoin(versions, ", "), ". Write one of them with its ",
        "sha256, run `apt-get update` if apt's lists are old, or add a ",
        "snapshot mirror, which keeps old versions, to apt's sources"));
  }
  if (versions.empty() && absl::StrContains(said.stderr_text, "E: ")) {
    return NoPackage(source);
  }
  return absl::UnavailableError(absl::StrCat(
      "apt-get does not tell where ", source.package, " ", source.version,
      source.architecture.empty() ? "" : " for ", source.architecture,
      " is: ", absl::StripAsciiWhitespace(said.stderr_text)));
}

std::optional<AptUri> ParseAptUri(absl::string_view output) {
  for (absl::string_view line : absl::StrSplit(output, '\n')) {
    if (!absl::ConsumePrefix(&line, "'")) continue;
    const size_t end = line.find('\'');
    if (end == 0 || end == absl::string_view::npos) continue;
    AptUri uri{.uri = std::string(line.substr(0, end))};
    for (absl::string_view field : absl::StrSplit(line.substr(end + 1), ' ')) {
      if (absl::ConsumePrefix(&field, "SHA256:"))
        uri.sha256 = std::string(field);
    }
    return uri;
  }
  return std::nullopt;
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

std::optional<std::string> ParseAptProxy(absl::string_view configuration,
                                         absl::string_view uri) {
  const size_t colon = std::min(uri.find("://"), uri.size());
  const absl::string_view scheme = uri.substr(0, colon);
  absl::string_view host = uri.substr(std::min(colon + 3, uri.size()));
  host = host.substr(0, host.find_first_of("/:"));
  std::vector<std::string> options;
  for (absl::string_view kind : {scheme, absl::string_view("http")}) {
    const std::string option = absl::StrCat("Acquire::", kind, "::Proxy");
    options.push_back(absl::StrCat(option, "::", host));
    options.push_back(option);
  }
  for (const std::string& option : options) {
    for (absl::string_view line : absl::StrSplit(configuration, '\n')) {
      if (!absl::ConsumePrefix(&line, option + " ") || line.empty()) continue;
      return line == "DIRECT" ? "" : std::string(line);
    }
  }
  return std::nullopt;
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

}  // namespace graph
