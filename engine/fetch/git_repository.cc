// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/git_repository.h"

#include <algorithm>
#include <array>
#include <optional>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "engine/base/digest.h"
#include "engine/fetch/lock.h"
#include "engine/net/http.h"
#include "engine/os/environment.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

// Blobs are read so many bytes and so many objects at a time.
constexpr int64_t kBatchBytes = 32 << 20;
constexpr size_t kBatchObjects = 20'000;
constexpr int kTries = 3;

// What git is told of the repository that it was started in.
constexpr std::array<absl::string_view, 13> kRepositoryVariables = {
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
    "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE",
    "GIT_REPLACE_REF_BASE",
    "GIT_INTERNAL_SUPER_PREFIX"};

// `phrases` are in lower case.
bool SaysAny(absl::string_view said,
             std::initializer_list<absl::string_view> phrases) {
  const std::string lower = absl::AsciiStrToLower(said);
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](absl::string_view phrase) {
                       return absl::StrContains(lower, phrase);
                     });
}

// The server will not give a commit that no branch or tag names; or has none.
bool IsUnadvertised(absl::string_view said) {
  return SaysAny(said, {"not our ref", "unadvertised object",
                        "couldn't find remote ref", "no such remote ref"});
}

// A server of plain files: it gives everything or nothing.
bool IsDumb(absl::string_view said) {
  return SaysAny(said, {"dumb http transport"});
}

bool IsPassing(absl::string_view said) {
  return SaysAny(said, {"early eof", "rpc failed", "connection reset",
                        "connection refused", "connection timed out",
                        "timed out", "could not resolve", "hung up",
                        "returned error: 429", "returned error: 5"});
}

// The lines in which git says what is wrong, as one.
std::string Gist(absl::string_view said) {
  std::vector<absl::string_view> lines;
  for (absl::string_view line : absl::StrSplit(said, '\n', absl::SkipEmpty())) {
    if (absl::ConsumePrefix(&line, "fatal: ") ||
        absl::ConsumePrefix(&line, "error: ") ||
        absl::ConsumePrefix(&line, "remote: ") ||
        absl::StartsWith(line, "ssh: ")) {
      lines.push_back(absl::StripAsciiWhitespace(line));
    }
  }
  if (lines.empty()) return std::string(absl::StripAsciiWhitespace(said));
  return absl::StrJoin(lines, "; ");
}

std::string RefOf(const std::string& commit) {
  return absl::StrCat("refs/graph/", commit);
}

// One `<mode> <type> <object> <size>\t<path>` of `git ls-tree -l -z`.
std::optional<GitEntry> ParseEntry(absl::string_view line) {
  std::pair<absl::string_view, absl::string_view> halves =
      absl::StrSplit(line, absl::MaxSplits('\t', 1));
  std::vector<absl::string_view> fields =
      absl::StrSplit(halves.first, ' ', absl::SkipEmpty());
  GitEntry entry{.path = std::string(halves.second)};
  if (fields.size() != 4 || entry.path.empty()) return std::nullopt;
  for (char digit : fields[0]) entry.mode = entry.mode * 8 + (digit - '0');
  entry.object = std::string(fields[2]);
  if (fields[3] != "-" && !absl::SimpleAtoi(fields[3], &entry.size)) {
    return std::nullopt;
  }
  return entry;
}

// Takes the answer for one object off `answers` of `git cat-file --batch`:
// `<object> <type> <size>\n<bytes>\n`.
absl::StatusOr<absl::string_view> TakeAnswer(const GitEntry& entry,
                                             absl::string_view& answers) {
  const std::string head =
      absl::StrCat(entry.object, " blob ", entry.size, "\n");
  const size_t size = static_cast<size_t>(entry.size);
  if (!absl::ConsumePrefix(&answers, head) || answers.size() < size + 1) {
    return absl::DataLossError(
        absl::StrCat("git has no object ", entry.object, " for ", entry.path));
  }
  absl::string_view bytes = answers.substr(0, size);
  answers.remove_prefix(size + 1);
  return bytes;
}

}  // namespace

Git::Git(const Cancellation& cancellation) : cancellation_(cancellation) {
  std::map<std::string, std::string> variables =
      HostEnvironment::FromProcess().variables();
  for (absl::string_view name : kRepositoryVariables) {
    variables.erase(std::string(name));
  }
  variables["LC_ALL"] = "C";  // We read what it says.
  variables["GIT_TERMINAL_PROMPT"] = "0";
  variables["GIT_NO_REPLACE_OBJECTS"] = "1";
  // ssh then asks nobody, rather than a terminal that is not its own.
  variables["SSH_ASKPASS_REQUIRE"] = "force";
  variables.emplace("SSH_ASKPASS", "false");
  environment_.assign(variables.begin(), variables.end());
}

absl::StatusOr<CommandResult> Git::Run(std::vector<std::string> arguments,
                                       std::string input) const {
  Command command{
      .argv = {"git"}, .env = environment_, .input = std::move(input)};
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  absl::StatusOr<CommandResult> result = RunCommand(command, &cancellation_);
  if (absl::IsNotFound(result.status())) {
    return absl::FailedPreconditionError(
        "there is no git here: apt install git");
  }
  return result;
}

absl::Status GitFailure(absl::string_view remote, absl::string_view said) {
  const std::string shown = UrlForPeople(remote);
  if (SaysAny(said, {"authentication failed", "permission denied",
                     "could not read username", "could not read password",
                     "returned error: 401", "returned error: 403"})) {
    return absl::PermissionDeniedError(
        absl::StrCat(shown, " lets us not in, or is not there: ", Gist(said)));
  }
  if (SaysAny(said, {"repository not found", "does not appear to be a git",
                     "does not exist", "returned error: 404", "' not found"})) {
    return absl::NotFoundError(
        absl::StrCat(shown, " is no git repository: ", Gist(said)));
  }
  return absl::UnavailableError(
      absl::StrCat("cannot reach ", shown, ": ", Gist(said)));
}

absl::StatusOr<GitRepository> GitRepository::Open(
    const std::string& remote, size_t hash_digits, const FetchContext& context,
    const Git& git, const Cancellation& cancellation) {
  const std::string format = hash_digits == 64 ? "sha256" : "sha1";
  const std::string folder = context.cache_dir + "/git";
  RETURN_IF_ERROR(MakeDirectories(folder));
  const std::string path = absl::StrCat(
      folder, "/",
      Digest::Of(absl::StrCat(format, " ", remote)).hex().substr(0, 32));
  ASSIGN_OR_RETURN(FileLock lock,
                   AcquireOrCancel(path + ".lock", cancellation));
  return GitRepository(remote, path, format, context.offline, std::move(lock),
                       git, cancellation);
}

absl::StatusOr<CommandResult> GitRepository::Run(
    std::vector<std::string> arguments, std::string input) const {
  std::vector<std::string> all = {
      "--git-dir", path_, "-c", "gc.auto=0", "-c", "maintenance.auto=false",
      // Always a pack: it is there whole or not at all.
      "-c", "fetch.unpackLimit=1"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return git_.Run(std::move(all), std::move(input));
}

// Makes the repository, or makes it fit again after a git that was killed: its
// locks cannot be anybody's, for we hold ours.
absl::Status GitRepository::Prepare() const {
  for (const std::string& folder : {path_, path_ + "/refs/graph"}) {
    absl::StatusOr<std::vector<DirectoryEntry>> names = ListDirectory(folder);
    if (!names.ok()) continue;
    for (const DirectoryEntry& entry : *names) {
      if (!absl::EndsWith(entry.name, ".lock")) continue;
      RETURN_IF_ERROR(RemoveFile(absl::StrCat(folder, "/", entry.name)));
    }
  }
  ASSIGN_OR_RETURN(
      CommandResult made,
      git_.Run({"init", "--quiet", "--bare", "--template=",
                absl::StrCat("--object-format=", object_format_), path_}));
  if (made.exit_code == 0) return absl::OkStatus();
  return absl::UnavailableError(
      absl::StrCat("git cannot make ", path_, ": ", Gist(made.stderr_text)));
}

// By our ref, which git sets only when everything below the commit is there.
absl::StatusOr<bool> GitRepository::Has(const std::string& commit) const {
  if (!Exists(path_ + "/HEAD")) return false;
  ASSIGN_OR_RETURN(CommandResult found,
                   Run({"rev-parse", "--quiet", "--verify", RefOf(commit)}));
  return found.exit_code == 0;
}

absl::StatusOr<CommandResult> GitRepository::RunPatiently(
    const std::vector<std::string>& arguments) const {
  for (int attempt = 1;; ++attempt) {
    ASSIGN_OR_RETURN(CommandResult result, Run(arguments));
    if (result.exit_code == 0 || attempt == kTries ||
        !IsPassing(result.stderr_text)) {
      return result;
    }
    RETURN_IF_ERROR(Pause(absl::Seconds(attempt), cancellation_));
  }
}

absl::Status GitRepository::Fetch(const std::string& commit) {
  ASSIGN_OR_RETURN(bool here, Has(commit));
  if (!here) {
    if (offline_) {
      return absl::UnavailableError(
          absl::StrCat("commit ", commit, " of ", UrlForPeople(remote_),
                       " was not fetched before, and we are offline"));
    }
    RETURN_IF_ERROR(Prepare());
    RETURN_IF_ERROR(FetchAlone(commit));
  }
  ASSIGN_OR_RETURN(
      CommandResult peeled,
      Run({"rev-parse", "--quiet", "--verify", RefOf(commit) + "^{commit}"}));
  const absl::string_view is = absl::StripAsciiWhitespace(peeled.stdout_text);
  if (is == commit) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      commit, " is not a commit",
      is.empty()
          ? ""
          : absl::StrCat(" but a tag of one: write commit = \"", is, "\"")));
}

absl::Status GitRepository::FetchAlone(const std::string& commit) const {
  ASSIGN_OR_RETURN(
      CommandResult result,
      RunPatiently({"fetch", "--quiet", "--no-tags", "--no-recurse-submodules",
                    "--no-write-fetch-head", "--depth=1", "--", remote_,
                    absl::StrCat(commit, ":", RefOf(commit))}));
  if (result.exit_code == 0) return absl::OkStatus();
  if (IsUnadvertised(result.stderr_text) || IsDumb(result.stderr_text)) {
    return FetchWithAll(commit);
  }
  return GitFailure(remote_, result.stderr_text);
}

// For servers that give only what a branch or tag names: everything that one
// names, and the commit among it.
absl::Status GitRepository::FetchWithAll(const std::string& commit) const {
  std::vector<std::string> arguments = {
      "fetch",
      "--quiet",
      "--no-tags",
      "--no-recurse-submodules",
      "--no-write-fetch-head",
      "--prune",
      "--depth=2147483647",  // All, also below what we fetched alone before.
      "--",
      remote_,
      "+refs/heads/*:refs/remote/heads/*",
      "+refs/tags/*:refs/remote/tags/*"};
  ASSIGN_OR_RETURN(CommandResult result, RunPatiently(arguments));
  if (result.exit_code != 0 && IsDumb(result.stderr_text)) {
    std::erase(arguments, "--depth=2147483647");
    ASSIGN_OR_RETURN(result, RunPatiently(arguments));
  }
  if (result.exit_code != 0) return GitFailure(remote_, result.stderr_text);
  ASSIGN_OR_RETURN(CommandResult updated,
                   Run({"update-ref", RefOf(commit), commit}));
  if (updated.exit_code == 0) return absl::OkStatus();
  return absl::NotFoundError(
      absl::StrCat(UrlForPeople(remote_), " has no commit ", commit,
                   ": is it pushed, and is it still on a branch?"));
}

absl::StatusOr<std::vector<GitEntry>> GitRepository::List(
    const std::string& commit, const std::string& subdir) const {
  ASSIGN_OR_RETURN(CommandResult result,
                   Run({"ls-tree", "-r", "-l", "-z", "--full-tree",
                        absl::StrCat(commit, ":", subdir)}));
  if (result.exit_code != 0) {
    return absl::NotFoundError(absl::StrCat("there is no folder `", subdir,
                                            "` in commit ", commit, " of ",
                                            UrlForPeople(remote_)));
  }
  std::vector<GitEntry> entries;
  for (absl::string_view line :
       absl::StrSplit(result.stdout_text, '\0', absl::SkipEmpty())) {
    std::optional<GitEntry> entry = ParseEntry(line);
    if (!entry) {
      return absl::InternalError(absl::StrCat("git ls-tree says `", line, "`"));
    }
    entries.push_back(*std::move(entry));
  }
  return entries;
}

absl::Status GitRepository::Read(
    std::span<const GitEntry> entries,
    const std::function<absl::Status(const GitEntry&, absl::string_view)>& take)
    const {
  while (!entries.empty()) {
    std::string objects;
    int64_t bytes = 0;
    size_t count = 0;
    while (count < entries.size() && count < kBatchObjects &&
           (count == 0 || bytes + entries[count].size <= kBatchBytes)) {
      bytes += entries[count].size;
      absl::StrAppend(&objects, entries[count].object, "\n");
      ++count;
    }
    ASSIGN_OR_RETURN(CommandResult result,
                     Run({"cat-file", "--batch"}, std::move(objects)));
    absl::string_view answers = result.stdout_text;
    for (const GitEntry& entry : entries.first(count)) {
      ASSIGN_OR_RETURN(absl::string_view blob, TakeAnswer(entry, answers),
                       _ << "delete " << path_ << " and try again");
      RETURN_IF_ERROR(take(entry, blob));
    }
    entries = entries.subspan(count);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::map<std::string, std::string>> GitRepository::Submodules(
    const std::string& commit) const {
  ASSIGN_OR_RETURN(CommandResult result,
                   Run({"config", "--blob", commit + ":.gitmodules", "-z",
                        "--get-regexp", "^submodule\\..*\\.(path|url)$"}));
  // Name → path and URL; each answer is `submodule.<name>.<key>\n<value>`.
  std::map<std::string, std::string> paths;
  std::map<std::string, std::string> urls;
  for (absl::string_view answer :
       absl::StrSplit(result.stdout_text, '\0', absl::SkipEmpty())) {
    std::pair<absl::string_view, absl::string_view> pair =
        absl::StrSplit(answer, absl::MaxSplits('\n', 1));
    absl::string_view key = pair.first;
    const bool is_path = absl::ConsumeSuffix(&key, ".path");
    if (!is_path) absl::ConsumeSuffix(&key, ".url");
    (is_path ? paths : urls)[std::string(key)] = std::string(pair.second);
  }
  std::map<std::string, std::string> submodules;
  for (const auto& [name, path] : paths) {
    auto url = urls.find(name);
    if (url != urls.end()) submodules[path] = url->second;
  }
  return submodules;
}

}  // namespace graph
