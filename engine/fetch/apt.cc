// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/apt.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "engine/fetch/http_source.h"
#include "engine/fetch/lock.h"
#include "engine/net/http.h"
#include "engine/net/url.h"
#include "engine/os/environment.h"
#include "engine/os/filesystem.h"
#include "engine/os/mapped_file.h"

namespace graph {
namespace {

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
  return PercentDecoded(uri);
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

// Whether there is at least one list of packages.
absl::StatusOr<bool> HasLists(const std::string& folder) {
  ASSIGN_OR_RETURN(std::vector<DirectoryEntry> entries,
                   ListDirectory(folder + "/lists"));
  return std::any_of(entries.begin(), entries.end(), [](const auto& entry) {
    return absl::StrContains(entry.name, "_Packages");
  });
}

}  // namespace

std::vector<AptUri> ParseAptUris(absl::string_view output) {
  std::vector<AptUri> uris;
  for (absl::string_view line : absl::StrSplit(output, '\n')) {
    if (!absl::ConsumePrefix(&line, "'")) continue;
    const size_t end = line.find('\'');
    if (end == 0 || end == absl::string_view::npos) continue;
    AptUri uri{.uri = std::string(line.substr(0, end))};
    const std::vector<absl::string_view> fields =
        absl::StrSplit(line.substr(end + 1), ' ', absl::SkipEmpty());
    if (!fields.empty()) uri.file = std::string(fields.front());
    for (absl::string_view field : fields) {
      if (absl::ConsumePrefix(&field, "SHA256:")) {
        uri.sha256 = std::string(field);
      }
    }
    uris.push_back(std::move(uri));
  }
  return uris;
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

bool IsAptName(absl::string_view text, absl::string_view more) {
  return !text.empty() && absl::ascii_isalnum(text.front()) &&
         std::all_of(text.begin(), text.end(), [&](char c) {
           return absl::ascii_isalnum(c) || absl::StrContains(more, c);
         });
}

FolderStore AptFolders(const std::string& cache_dir) {
  return FolderStore(cache_dir + "/apt");
}

Apt::Apt(const FetchContext& context, const Cancellation& cancellation,
         std::string architecture)
    : context_(context),
      cancellation_(cancellation),
      architecture_(std::move(architecture)),
      folders_(AptFolders(context.cache_dir)) {}

absl::StatusOr<FolderHold> Apt::Folder() const {
  return folders_.FindOrMake(
      Digest::Of(absl::StrCat("apt index 1 ", architecture_)).hex(),
      [](const std::string& path) { return MakeDirectory(path); });
}

absl::StatusOr<bool> Apt::Knows(absl::string_view architecture) const {
  ASSIGN_OR_RETURN(CommandResult said,
                   Run("apt-config", {"dump", "--no-empty", "--format", "%v%n",
                                      "APT::Architectures"}));
  const std::vector<absl::string_view> known =
      absl::StrSplit(said.stdout_text, '\n');
  return architecture == "all" ||
         std::find(known.begin(), known.end(), architecture) != known.end();
}

// What makes apt one of another architecture, with lists in our folder. Where
// we are root, it is to write there as root.
std::vector<std::string> Apt::OfArchitecture(const std::string& folder) const {
  if (architecture_.empty()) return {};
  return {"APT::Architecture=" + architecture_,
          "APT::Architectures=" + architecture_,
          "APT::Sandbox::User=root",
          "Acquire::Languages=none",
          "Debug::NoLocking=1",
          "Dir::Cache=" + folder,
          "Dir::State::lists=" + folder + "/lists"};
}

absl::Status Apt::Update(absl::Duration age) const {
  ASSIGN_OR_RETURN(const FolderHold hold, Folder());
  const std::string& folder = hold.path();
  const std::string done = folder + "/updated";
  RETURN_IF_ERROR(MakeDirectories(folder + "/lists/partial"));
  ASSIGN_OR_RETURN(FileLock alone,
                   AcquireOrCancel(folder + "/updating", cancellation_));
  absl::StatusOr<FileState> last = Stat(done);
  if (last.ok() && absl::Now() - absl::FromUnixNanos(last->mtime_ns) < age) {
    return absl::OkStatus();
  }
  // What the machine runs after an update is for its own lists.
  const std::string settings = folder + "/settings";
  RETURN_IF_ERROR(WriteFile(settings,
                            "#clear APT::Update::Pre-Invoke;\n"
                            "#clear APT::Update::Post-Invoke;\n"
                            "#clear APT::Update::Post-Invoke-Success;\n"));
  ASSIGN_OR_RETURN(CommandResult said,
                   Run("apt-get", {"-c", settings, "-q", "update"}));
  folders_.Measure();
  if (said.exit_code == 0) return WriteFile(done, "");
  ASSIGN_OR_RETURN(bool any, HasLists(folder));
  const std::string trouble(absl::StripAsciiWhitespace(said.stderr_text));
  if (any) return WriteFile(done, trouble);
  return absl::UnavailableError(absl::StrCat(
      "apt-get gets no lists of packages for ", architecture_, ": ", trouble));
}

std::string Apt::Trouble() const {
  if (architecture_.empty()) return "";
  absl::StatusOr<FolderHold> folder = Folder();
  if (!folder.ok()) return "";
  absl::StatusOr<std::string> text = ReadFile(folder->path() + "/updated");
  if (!text.ok() || text->empty()) return "";
  return absl::StrCat("; some lists could not be had: ", *text);
}

// apt's index of its lists is kept in a folder of ours: without one, as where
// images are made small, it takes seconds to read them all anew. It is that
// of a machine without packages, so that no installation makes it old, and no
// version counts that is only installed.
absl::StatusOr<CommandResult> Apt::Run(std::string program,
                                       std::vector<std::string> words) const {
  ASSIGN_OR_RETURN(const FolderHold folder, Folder());
  const std::string index = folder.path() + "/pkgcache.bin";
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
  for (const std::string& option : OfArchitecture(folder.path())) {
    command.argv.insert(command.argv.end(), {"-o", option});
  }
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

absl::StatusOr<std::optional<std::string>> Apt::ProxyFor(
    const std::string& uri) const {
  ASSIGN_OR_RETURN(
      CommandResult said,
      Run("apt-config", {"dump", "--no-empty", "--format", "%f %v%n",
                         "Acquire::http", "Acquire::https"}));
  return ParseAptProxy(said.stdout_text, uri);
}

absl::StatusOr<Digest> Apt::Fetch(const std::string& uri,
                                  const std::string& sha256,
                                  BlobStore& store) const {
  if (const std::string path = LocalPath(uri); !path.empty()) {
    return TakeLocal(path, sha256, context_, store);
  }
  if (!absl::StartsWith(uri, "http://") && !absl::StartsWith(uri, "https://")) {
    return absl::FailedPreconditionError(absl::StrCat(
        "apt would get it from ", UrlForPeople(uri), ", but we read only ",
        "http, https, file and copy: add such a mirror to apt's sources"));
  }
  FetchContext context = context_;
  ASSIGN_OR_RETURN(context.http.proxy, ProxyFor(uri));
  return FetchFile({.urls = {uri}, .sha256 = sha256}, context, store,
                   cancellation_);
}

}  // namespace graph
