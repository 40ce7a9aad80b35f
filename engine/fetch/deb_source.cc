// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/deb_source.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/fetch/http_source.h"
#include "engine/fetch/lock.h"
#include "engine/os/environment.h"
#include "engine/os/filesystem.h"
#include "engine/os/mapped_file.h"
#include "engine/os/subprocess.h"

namespace graph {
namespace {

bool IsName(absl::string_view text, absl::string_view more) {
  return !text.empty() && absl::ascii_isalnum(text.front()) &&
         std::all_of(text.begin(), text.end(), [&](char c) {
           return absl::ascii_isalnum(c) || absl::StrContains(more, c);
         });
}

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

}  // namespace

FolderStore AptFolders(const std::string& cache_dir) {
  return FolderStore(cache_dir + "/apt");
}

namespace {

// The machine's apt, asked in a way that changes nothing of it.
class Apt {
 public:
  Apt(const FetchContext& context, const Cancellation& cancellation)
      : folders_(AptFolders(context.cache_dir)), cancellation_(cancellation) {}

  absl::StatusOr<AptUri> Locate(const DebSource& source) const {
    ASSIGN_OR_RETURN(CommandResult said,
                     Run("apt-get", {"--print-uris", "download",
                                     absl::StrCat(NameForApt(source), "=",
                                                  source.version)}));
    if (said.exit_code == 0) {
      if (std::optional<AptUri> uri = ParseAptUri(said.stdout_text)) {
        return *std::move(uri);
      }
    }
    return Failure(source, said);
  }

  absl::StatusOr<std::optional<std::string>> Proxy(const AptUri& from) const {
    ASSIGN_OR_RETURN(
        CommandResult said,
        Run("apt-config", {"dump", "--no-empty", "--format", "%f %v%n",
                           "Acquire::http", "Acquire::https"}));
    return ParseAptProxy(said.stdout_text, from.uri);
  }

 private:
  // apt's index of its lists is kept in a folder of ours: without one, as where
  // images are made small, it takes seconds to read them all anew. It is that
  // of a machine without packages, so that no installation makes it old, and no
  // version counts that is only installed.
  absl::StatusOr<CommandResult> Run(std::string program,
                                    std::vector<std::string> words) const {
    ASSIGN_OR_RETURN(const FolderHold folder,
                     folders_.FindOrMake(Digest::Of("apt index 1").hex(),
                                         [](const std::string& path) {
                                           return MakeDirectory(path);
                                         }));
    const std::string index = absl::StrCat(folder.path(), "/pkgcache.bin");
    std::optional<FileLock> first;
    if (!Exists(index)) {  // One makes it, the others wait and use it.
      ASSIGN_OR_RETURN(first,
                       AcquireOrCancel(folder.path() + "/lock", cancellation_));
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
    if (first.has_value()) folders_.Measure();
    if (absl::IsNotFound(result.status())) {
      return absl::FailedPreconditionError(
          "there is no apt here to ask where Debian packages are: build on "
          "Debian or a system made of it, or name a URL with http_file");
    }
    return result;
  }

  absl::Status Failure(const DebSource& source,
                       const CommandResult& said) const {
    const std::string name = NameForApt(source);
    ASSIGN_OR_RETURN(CommandResult madison,
                     Run("apt-cache", {"madison", name}));
    const std::vector<std::string> versions = ParseMadison(madison.stdout_text);
    if (!versions.empty() && std::find(versions.begin(), versions.end(),
                                       source.version) == versions.end()) {
      return absl::NotFoundError(absl::StrCat(
          "apt has no version ", source.version, " of ", name, "; it ", "has ",
          absl::StrJoin(versions, ", "), ". Write one of them with its ",
          "sha256, run `apt-get update` if apt's lists are old, or add a ",
          "snapshot mirror, which keeps old versions, to apt's sources"));
    }
    if (versions.empty() && absl::StrContains(said.stderr_text, "E: ")) {
      return absl::NotFoundError(absl::StrCat(
          "apt has no package ", name, ": is the name right, are apt's lists ",
          "there (`apt-get update`)",
          source.architecture.empty()
              ? ""
              : ", and does it know this architecture (`dpkg "
                "--print-foreign-architectures`)",
          "?"));
    }
    return absl::UnavailableError(
        absl::StrCat("apt-get does not tell where ", ForPeople(source),
                     " is: ", absl::StripAsciiWhitespace(said.stderr_text)));
  }

  const FolderStore folders_;
  const Cancellation& cancellation_;
};

// `file:/srv/a%2bb`, `copy:///srv/a` → `/srv/a+b`; "" for other schemes.
std::string LocalPath(absl::string_view uri) {
  if (!absl::ConsumePrefix(&uri, "file:") &&
      !absl::ConsumePrefix(&uri, "copy:")) {
    return "";
  }
  if (absl::StartsWith(uri, "//")) {
    const size_t path = uri.find('/', 2);
    uri = path == absl::string_view::npos ? "" : uri.substr(path);
  }
  std::string path;
  for (size_t i = 0; i < uri.size(); ++i) {
    uint32_t code = 0;
    if (uri[i] == '%' && i + 2 < uri.size() &&
        absl::SimpleHexAtoi(uri.substr(i + 1, 2), &code)) {
      path += static_cast<char>(code);
      i += 2;
    } else {
      path += uri[i];
    }
  }
  return path;
}

// The file of a repository on this machine.
absl::StatusOr<Digest> TakeLocal(const std::string& path,
                                 const std::string& sha256,
                                 const FetchContext& context,
                                 BlobStore& store) {
  ASSIGN_OR_RETURN(MappedFile file, MappedFile::Open(path));
  const std::string is = Digest::Of(file.bytes()).hex();
  if (sha256.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "sha256 is missing; ", path, " has sha256 = \"", is, "\": add it"));
  }
  if (is != sha256) {
    return absl::DataLossError(
        absl::StrCat(path, " has sha256 ", is, ", but ", sha256,
                     " is expected: has it been replaced?"));
  }
  ASSIGN_OR_RETURN(Digest digest, store.Put(file.bytes()));
  RETURN_IF_ERROR(NoteFetched(digest, context));
  return digest;
}

absl::StatusOr<Digest> FetchFrom(const AptUri& from, const Apt& apt,
                                 const DebSource& source, FetchContext context,
                                 BlobStore& store,
                                 const Cancellation& cancellation) {
  if (!source.sha256.empty() && !from.sha256.empty() &&
      from.sha256 != source.sha256) {
    return absl::DataLossError(absl::StrCat(
        "apt has it with sha256 ", from.sha256, ", but ", source.sha256,
        " is expected: another repository with the same version, or a "
        "mistake in writing?"));
  }
  if (const std::string path = LocalPath(from.uri); !path.empty()) {
    return TakeLocal(path, source.sha256, context, store);
  }
  if (!absl::StartsWith(from.uri, "http://") &&
      !absl::StartsWith(from.uri, "https://")) {
    return absl::FailedPreconditionError(absl::StrCat(
        "apt would get it from ", UrlForPeople(from.uri), ", but we read only ",
        "http, https, file and copy: add such a mirror to apt's sources"));
  }
  ASSIGN_OR_RETURN(context.http.proxy, apt.Proxy(from));
  absl::StatusOr<Digest> digest =
      FetchFile({.urls = {from.uri}, .sha256 = source.sha256}, context, store,
                cancellation);
  if (!absl::IsNotFound(digest.status())) return digest;
  return absl::NotFoundError(absl::StrCat(
      digest.status().message(),
      ": apt's lists are older than the mirror, run `apt-get update`"));
}

}  // namespace

absl::Status CheckDebSource(const DebSource& source) {
  if (!IsName(source.package, "+-.")) {
    return absl::InvalidArgumentError(
        absl::StrCat("`package` takes the name of a Debian package; got `",
                     source.package, "`"));
  }
  if (!IsName(source.version, "+-.~:")) {
    return absl::InvalidArgumentError(
        absl::StrCat("`version` takes the whole version of a Debian package, "
                     "as `apt-cache policy ",
                     source.package, "` shows it; got `", source.version, "`"));
  }
  if (!source.architecture.empty() && !IsName(source.architecture, "-")) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`architecture` takes a name like amd64, arm64 or all; got `",
        source.architecture, "`"));
  }
  return absl::OkStatus();
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
  ASSIGN_OR_RETURN(AptUri from, apt.Locate(source));
  return FetchFrom(from, apt, source, context, store, cancellation);
}

}  // namespace graph
