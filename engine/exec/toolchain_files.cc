// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/toolchain_files.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/base/digest.h"
#include "engine/exec/sandbox.h"
#include "engine/os/filesystem.h"
#include "engine/os/subprocess.h"

namespace graph {
namespace {

// As many as the kernel follows.
constexpr int kMostLinks = 40;
// For one call of ldd.
constexpr size_t kMostAtOnce = 100;

// What bash, coreutils, findutils, grep, sed, awk, tar, gzip and diffutils
// bring.
constexpr absl::string_view kPrograms =
    "[ awk b2sum base32 base64 basename bash cat chmod cksum cmp comm "
    "cp csplit cut date dd diff diff3 dirname du echo egrep env expand "
    "expr false fgrep find fmt fold grep gunzip gzip head id install "
    "join ldd link ln ls md5sum mkdir mkfifo mktemp mv nl nproc numfmt "
    "od paste pathchk pr printenv printf ptx pwd readlink realpath rm "
    "rmdir sdiff sed seq sh sha1sum sha256sum sha512sum shred shuf "
    "sleep sort split stat sum tac tail tar tee test timeout touch tr "
    "true truncate tsort uname unexpand uniq unlink wc which xargs yes "
    "zcat";

absl::Status CannotTake(absl::string_view path, absl::string_view why) {
  return absl::FailedPreconditionError(
      absl::StrCat("the host toolchain names ", path, ", which ", why));
}

class Collector {
 public:
  // A file, a folder or a link, and all that belongs to it.
  absl::Status Add(const std::string& path, int links = 0);
  // The libraries of the programs that were added so far.
  absl::Status AddLibraries();
  HostFiles Take() { return std::move(found_); }

 private:
  absl::Status AddFile(const std::string& path, const FileState& state,
                       HostFile& file);
  absl::Status AddLibrariesOf(std::span<const std::string> programs);

  HostFiles found_;
  std::vector<std::string> programs_;  // Whose libraries are to be added.
};

absl::Status Collector::Add(const std::string& path, int links) {
  const std::string place = MergedPlace(path);
  const std::string top = place.substr(0, place.find('/'));
  if (std::find(std::begin(kSandboxFolders), std::end(kSandboxFolders), top) !=
      std::end(kSandboxFolders)) {
    return CannotTake(path, "is a place of the sandbox");
  }
  if (found_.files.contains(place)) return absl::OkStatus();
  absl::StatusOr<FileState> state = LinkStat(path);
  if (!state.ok()) return CannotTake(path, "this machine does not have");
  if (state->type == FileType::kDirectory) {
    ASSIGN_OR_RETURN(const std::vector<DirectoryEntry> entries,
                     ListDirectory(path));
    found_.folders.push_back(path);
    for (const DirectoryEntry& entry : entries) {
      if (entry.type == FileType::kOther) continue;
      RETURN_IF_ERROR(Add(absl::StrCat(path, "/", entry.name)));
    }
    return absl::OkStatus();
  }
  HostFile& file = found_.files[place];
  file.path = path;
  if (state->type != FileType::kSymlink) return AddFile(path, *state, file);
  file.is_link = true;
  ASSIGN_OR_RETURN(file.digest, ReadLink(path));
  if (links == kMostLinks) return CannotTake(path, "is a link to itself");
  const std::string folder = path.substr(0, path.rfind('/'));
  const std::string target = absl::StartsWith(file.digest, "/")
                                 ? file.digest
                                 : absl::StrCat(folder, "/", file.digest);
  const absl::StatusOr<std::string> parent =
      RealPath(target.substr(0, target.rfind('/') + 1));
  // A link that leads nowhere may stand in a folder.
  if (!parent.ok() || !Exists(target)) return absl::OkStatus();
  return Add(absl::StrCat(*parent == "/" ? "" : *parent,
                          target.substr(target.rfind('/'))),
             links + 1);
}

absl::Status Collector::AddFile(const std::string& path, const FileState& state,
                                HostFile& file) {
  constexpr uint32_t kEverybodyReads = 0004;
  if (state.type != FileType::kRegular) {
    return CannotTake(path, "is no file, folder or link");
  }
  if ((state.mode & kEverybodyReads) == 0) {
    return CannotTake(path, "not everybody may read");
  }
  file.is_executable = state.executable();
  ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
  file.digest = Digest::Of(bytes).hex();
  if (absl::StartsWith(bytes, "\177ELF")) programs_.push_back(path);
  return absl::OkStatus();
}

absl::Status Collector::AddLibraries() {
  while (!programs_.empty()) {
    const std::vector<std::string> programs = std::exchange(programs_, {});
    for (size_t at = 0; at < programs.size(); at += kMostAtOnce) {
      RETURN_IF_ERROR(AddLibrariesOf(std::span(programs).subspan(at).first(
          std::min(kMostAtOnce, programs.size() - at))));
    }
  }
  return absl::OkStatus();
}

// A line of ldd is `name => path (address)`, `path (address)`, or says that the
// program needs nothing.
absl::Status Collector::AddLibrariesOf(std::span<const std::string> programs) {
  Command command;
  command.argv = {"ldd"};
  command.argv.insert(command.argv.end(), programs.begin(), programs.end());
  command.env = {{"LC_ALL", "C"}, {"PATH", "/usr/bin:/bin:/usr/sbin:/sbin"}};
  ASSIGN_OR_RETURN(const CommandResult told, RunCommand(command));
  for (absl::string_view line : absl::StrSplit(told.stdout_text, '\n')) {
    if (!absl::StartsWith(line, "\t")) continue;
    absl::string_view name = line.substr(1);
    if (const size_t arrow = name.find(" => "); arrow != name.npos) {
      const absl::string_view wanted = name.substr(0, arrow);
      name.remove_prefix(arrow + 4);
      if (absl::StartsWith(name, "not found")) {
        return absl::FailedPreconditionError(
            absl::StrCat("a program of the host toolchain needs the library ",
                         wanted, ", which this machine does not have"));
      }
    }
    if (!absl::StartsWith(name, "/")) continue;
    RETURN_IF_ERROR(Add(std::string(name.substr(0, name.find(" (")))));
  }
  return absl::OkStatus();
}

}  // namespace

std::string MergedPlace(absl::string_view path) {
  absl::ConsumePrefix(&path, "/");
  for (absl::string_view merged : kMergedFolders) {
    if (absl::StartsWith(path, absl::StrCat(merged, "/"))) {
      return absl::StrCat("usr/", path);
    }
  }
  return std::string(path);
}

absl::StatusOr<HostFiles> ReadHostFiles(std::span<const std::string> paths) {
  Collector collector;
  for (const std::string& path : paths) RETURN_IF_ERROR(collector.Add(path));
  RETURN_IF_ERROR(collector.AddLibraries());
  return collector.Take();
}

absl::StatusOr<std::vector<std::string>> DefaultPrograms() {
  std::vector<std::string> found;
  for (absl::string_view program : absl::StrSplit(kPrograms, ' ')) {
    for (absl::string_view folder : {"/usr/bin/", "/bin/"}) {
      std::string path = absl::StrCat(folder, program);
      if (!Exists(path)) continue;
      found.push_back(std::move(path));
      break;
    }
  }
  const bool has_shell = std::any_of(
      found.begin(), found.end(),
      [](absl::string_view path) { return absl::EndsWith(path, "/bash"); });
  if (has_shell) return found;
  return absl::FailedPreconditionError(
      "this machine has no bash in /usr/bin or /bin, which commands run in");
}

}  // namespace graph
