// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/toolchain.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/action/host_packages.h"
#include "engine/base/digest.h"
#include "engine/exec/sandbox.h"
#include "engine/exec/toolchain_files.h"
#include "engine/exec/toolchain_packages.h"
#include "engine/os/environment.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

// Counts what the tree has besides the files of packages. To be raised with
// every change to what this file makes.
constexpr absl::string_view kLayout = "graph toolchain 2";
constexpr absl::string_view kUnfinished = "unfinished-";
constexpr absl::string_view kIndexFormat = "graph toolchain index 2";

constexpr const char* kPackageStates = "/var/lib/dpkg/status";

// Folders of packages that no program needs to run.
constexpr absl::string_view kLeftOut[] = {
    "usr/share/doc/",      "usr/share/man/",  "usr/share/locale/",
    "usr/share/info/",     "usr/share/bug/",  "usr/share/lintian/",
    "usr/share/doc-base/", "usr/share/menu/", "usr/share/bash-completion/"};

struct SmallFile {
  const char* path;
  const char* text;
};

// These are in every toolchain, whatever the host says.
constexpr SmallFile kSettings[] = {
    {"etc/passwd", "graph:x:1000:1000:graph:/tmp:/bin/bash\n"},
    {"etc/group", "graph:x:1000:\n"},
    {"etc/hosts", "127.0.0.1 localhost graph\n"},
    {"etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n"},
    // Where the sandbox mounts the devices of the host.
    {"dev/null", ""},
    {"dev/zero", ""},
    {"dev/full", ""},
    {"dev/random", ""},
    {"dev/urandom", ""},
};

constexpr const char* kMountPoints[] = {"build", "dev/shm", "etc", "proc",
                                        "tmp"};

// Where a file of a package goes, relative to the root of the toolchain: all
// below usr, as on systems with merged folders. nullopt: nowhere.
std::optional<std::string> PlaceOf(absl::string_view path) {
  std::string place = MergedPlace(path);
  if (!absl::StartsWith(place, "usr/")) return std::nullopt;
  for (absl::string_view left_out : kLeftOut) {
    if (absl::StartsWith(place, left_out)) return std::nullopt;
  }
  return place;
}

// Configuration that is for services, for people who log in, or that this file
// makes anew. Without a cache, which would be the host's, ld.so.conf says
// nothing.
constexpr absl::string_view kNoSettings[] = {"etc/alternatives/",
                                             "etc/apparmor.d/",
                                             "etc/apt/",
                                             "etc/bash_completion",
                                             "etc/ca-certificates/",
                                             "etc/cron.",
                                             "etc/default/",
                                             "etc/dpkg/",
                                             "etc/init.d/",
                                             "etc/ld.so.",
                                             "etc/logrotate.d/",
                                             "etc/pam.d/",
                                             "etc/profile.d/",
                                             "etc/security/",
                                             "etc/skel/",
                                             "etc/sysctl.",
                                             "etc/systemd/",
                                             "etc/update-motd.d/"};

// Where a configuration file goes; nullopt: nowhere.
std::optional<std::string> SettingPlaceOf(absl::string_view path) {
  path.remove_prefix(absl::StartsWith(path, "/") ? 1 : 0);
  if (!absl::StartsWith(path, "etc/") || IsOwnSetting(path)) {
    return std::nullopt;
  }
  for (absl::string_view left_out : kNoSettings) {
    if (absl::StartsWith(path, left_out)) return std::nullopt;
  }
  return std::string(path);
}

// A configuration file as it is on this machine.
struct Setting {
  bool is_link = false;
  bool is_executable = false;
  std::string text;  // The bytes; of a link, where it leads.
};

// nullopt: it is not there, a folder, or not for everybody's eyes.
absl::StatusOr<std::optional<Setting>> ReadSetting(const std::string& path) {
  absl::StatusOr<FileState> state = LinkStat(path);
  if (absl::IsNotFound(state.status())) return std::nullopt;
  RETURN_IF_ERROR(state.status());
  Setting setting;
  if (state->type == FileType::kSymlink) {
    setting.is_link = true;
    ASSIGN_OR_RETURN(setting.text, ReadLink(path));
    return setting;
  }
  constexpr uint32_t kEverybodyReads = 0004;
  if (state->type != FileType::kRegular ||
      (state->mode & kEverybodyReads) == 0) {
    return std::nullopt;
  }
  setting.is_executable = state->executable();
  ASSIGN_OR_RETURN(setting.text, ReadFile(path));
  return setting;
}

struct PackageFile {
  std::string path;    // On the host.
  size_t package = 0;  // Of Recipe::packages.
};

// What a toolchain is made of.
struct Recipe {
  std::string host_root;  // Without a slash at its end.
  std::vector<std::string> packages;
  std::map<std::string, PackageFile> files;         // By place.
  std::map<std::string, std::string> alternatives;  // Place → target.
  std::map<std::string, Setting> settings;          // By place.
  HostFiles host_files;

  std::string Identity() const {
    // Packages of two architectures may have the same versions.
    std::string text = absl::StrCat(kLayout, "\n", HostPlatform(), "\n");
    for (const std::string& package : packages) {
      absl::StrAppend(&text, package, "\n");
    }
    for (const auto& [place, target] : alternatives) {
      absl::StrAppend(&text, place, " -> ", target, "\n");
    }
    for (const auto& [place, setting] : settings) {
      absl::StrAppend(&text, place, setting.is_link ? " -> " : " = ",
                      setting.is_executable ? "x " : "",
                      Digest::Of(setting.text).hex(), "\n");
    }
    for (const auto& [place, file] : host_files.files) {
      absl::StrAppend(&text, place,
                      file.is_link         ? " => "
                      : file.is_executable ? " == x "
                                           : " == ",
                      file.digest, "\n");
    }
    return Digest::Of(text).hex();
  }
};

// The default packages of this machine and what they need, by name.
std::set<std::string> UsualPackages(const DebianPackages& database) {
  std::set<std::string> usual;
  for (absl::string_view name : DefaultPackages()) {
    const std::string one(name);
    auto packages = database.Closure({&one, 1});
    if (!packages.ok()) continue;
    for (const DebianPackage* package : *packages) usual.insert(package->name);
  }
  return usual;
}

absl::Status AddPackage(const DebianPackages& database,
                        const DebianPackage& package, bool is_usual,
                        Recipe* recipe) {
  recipe->packages.push_back(absl::StrCat(package.name, "=", package.version));
  ASSIGN_OR_RETURN(auto files, database.Files(package));
  for (const std::string& file : files) {
    if (std::optional<std::string> place = PlaceOf(file)) {
      recipe->files.emplace(*place,
                            PackageFile{file, recipe->packages.size() - 1});
      continue;
    }
    const std::optional<std::string> place = SettingPlaceOf(file);
    if (is_usual || !place.has_value()) continue;
    ASSIGN_OR_RETURN(std::optional<Setting> setting,
                     ReadSetting(absl::StrCat(recipe->host_root, file)));
    if (setting.has_value()) recipe->settings[*place] = *std::move(setting);
  }
  return absl::OkStatus();
}

// The alternative that this machine has chosen, if it is in the toolchain, or
// the best of those that are.
void AddAlternatives(const DebianPackages& database, Recipe* recipe) {
  for (const auto& [path, targets] : database.Alternatives()) {
    std::optional<std::string> place = PlaceOf(path);
    if (!place.has_value() || recipe->files.contains(*place)) continue;
    for (const std::string& target : targets) {
      std::optional<std::string> target_place = PlaceOf(target);
      if (target_place.has_value() && recipe->files.contains(*target_place)) {
        recipe->alternatives.emplace(*place, target);
        break;
      }
    }
  }
}

absl::Status AddPackages(const std::vector<std::string>& names,
                         Recipe* recipe) {
  ASSIGN_OR_RETURN(DebianPackages database,
                   DebianPackages::Read(recipe->host_root));
  ASSIGN_OR_RETURN(auto packages, database.Closure(names));
  const std::set<std::string> usual = UsualPackages(database);
  for (const DebianPackage* package : packages) {
    RETURN_IF_ERROR(
        AddPackage(database, *package, usual.contains(package->name), recipe));
  }
  AddAlternatives(database, recipe);
  return absl::OkStatus();
}

// Where nothing tells packages, those of the default toolchain stand for the
// programs that they bring elsewhere.
absl::Status AddWithoutPackages(const std::vector<std::string>& names,
                                std::vector<std::string>* files) {
  const auto usual = DefaultPackages();
  for (const std::string& name : names) {
    if (std::find(usual.begin(), usual.end(), name) != usual.end()) continue;
    return absl::FailedPreconditionError(absl::StrCat(
        "this machine has no Debian packages (no ", kPackageStates,
        "), so nobody can tell what belongs to ", name,
        "; name its programs and folders in `files` of the host_toolchain"));
  }
  ASSIGN_OR_RETURN(const std::vector<std::string> programs, DefaultPrograms());
  files->insert(files->end(), programs.begin(), programs.end());
  return absl::OkStatus();
}

// A name that begins with a slash is that of a file or a folder.
absl::StatusOr<Recipe> MakeRecipe(const std::string& host_root,
                                  const std::vector<std::string>& names) {
  Recipe recipe;
  recipe.host_root = host_root;
  std::vector<std::string> packages, files;
  for (const std::string& name : names) {
    (absl::StartsWith(name, "/") ? files : packages).push_back(name);
  }
  if (!packages.empty()) {
    const absl::StatusOr<FileState> states =
        Stat(absl::StrCat(host_root, kPackageStates));
    const bool is_debian = states.ok() && states->size > 0;
    RETURN_IF_ERROR(is_debian ? AddPackages(packages, &recipe)
                              : AddWithoutPackages(packages, &files));
  }
  ASSIGN_OR_RETURN(recipe.host_files, ReadHostFiles(files));
  return recipe;
}

std::string ParentOf(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}

absl::Status CopyPackageFile(const std::string& from, const std::string& to) {
  absl::StatusOr<FileState> state = LinkStat(from);
  // Some installations leave out files of packages on purpose.
  if (absl::IsNotFound(state.status())) return absl::OkStatus();
  RETURN_IF_ERROR(state.status());
  if (state->type == FileType::kDirectory) return absl::OkStatus();
  RETURN_IF_ERROR(MakeDirectories(ParentOf(to)));
  if (state->type == FileType::kSymlink) {
    ASSIGN_OR_RETURN(std::string target, ReadLink(from));
    return Symlink(target, to);
  }
  absl::Status copied = CopyFile(from, to);
  // A helper that only root may read is one that only root may run.
  if (absl::IsPermissionDenied(copied)) return absl::OkStatus();
  RETURN_IF_ERROR(copied);
  return SetMode(to, state->executable() ? 0555 : 0444);
}

// For each package of the recipe, the root of a toolchain below `toolchains`
// that has it; empty if none has.
std::vector<std::string> KnownRoots(const Recipe& recipe,
                                    const std::string& toolchains) {
  std::vector<std::string> roots(recipe.packages.size());
  absl::StatusOr<std::vector<DirectoryEntry>> entries =
      ListDirectory(toolchains);
  if (!entries.ok()) return roots;
  for (const DirectoryEntry& entry : *entries) {
    const std::string folder = absl::StrCat(toolchains, "/", entry.name);
    if (absl::StartsWith(entry.name, kUnfinished) ||
        ReadFile(folder + "/platform").value_or("") != HostPlatform()) {
      continue;
    }
    const std::string text = ReadFile(folder + "/packages").value_or("");
    const std::vector<std::string> packages = absl::StrSplit(text, '\n');
    const std::set<std::string> there(packages.begin(), packages.end());
    for (size_t i = 0; i < roots.size(); ++i) {
      if (there.contains(recipe.packages[i])) {
        roots[i] = absl::StrCat(folder, "/root");
      }
    }
  }
  return roots;
}

absl::Status AddPackageFiles(const Recipe& recipe,
                             const std::string& toolchains,
                             const std::string& root) {
  const std::vector<std::string> known = KnownRoots(recipe, toolchains);
  for (const auto& [place, file] : recipe.files) {
    const std::string to = absl::StrCat(root, "/", place);
    if (const std::string& from = known[file.package]; !from.empty()) {
      const std::string there = absl::StrCat(from, "/", place);
      if (absl::StatusOr<FileState> state = LinkStat(there);
          state.ok() && state->type == FileType::kRegular) {
        RETURN_IF_ERROR(MakeDirectories(ParentOf(to)));
        if (HardLink(there, to).ok()) continue;
      }
    }
    RETURN_IF_ERROR(
        CopyPackageFile(absl::StrCat(recipe.host_root, file.path), to));
  }
  return absl::OkStatus();
}

absl::Status AddHostFiles(const Recipe& recipe, const std::string& root) {
  for (const auto& [place, file] : recipe.host_files.files) {
    const std::string to = absl::StrCat(root, "/", place);
    if (Exists(to)) continue;  // A package brought it.
    RETURN_IF_ERROR(MakeDirectories(ParentOf(to)));
    if (file.is_link) {
      RETURN_IF_ERROR(Symlink(file.digest, to));
      continue;
    }
    RETURN_IF_ERROR(CopyPackageFile(file.path, to));
    absl::StatusOr<std::string> bytes = ReadFile(to);
    if (!bytes.ok() || Digest::Of(*bytes).hex() != file.digest) {
      return absl::UnavailableError(
          absl::StrCat(file.path, " changed while it was copied; try again"));
    }
  }
  return absl::OkStatus();
}

absl::Status Populate(const Recipe& recipe, const std::string& toolchains,
                      const std::string& root) {
  for (const char* folder : kMountPoints) {
    RETURN_IF_ERROR(MakeDirectories(absl::StrCat(root, "/", folder)));
  }
  for (const SmallFile& file : kSettings) {
    RETURN_IF_ERROR(
        WriteFile(absl::StrCat(root, "/", file.path), file.text, 0444));
  }
  for (const SandboxLink& link : kSandboxLinks) {
    RETURN_IF_ERROR(
        Symlink(link.target, absl::StrCat(root, "/dev/", link.name)));
  }
  RETURN_IF_ERROR(AddPackageFiles(recipe, toolchains, root));
  RETURN_IF_ERROR(AddHostFiles(recipe, root));
  for (const auto& [place, setting] : recipe.settings) {
    const std::string path = absl::StrCat(root, "/", place);
    RETURN_IF_ERROR(MakeDirectories(ParentOf(path)));
    RETURN_IF_ERROR(setting.is_link
                        ? Symlink(setting.text, path)
                        : WriteFile(path, setting.text,
                                    setting.is_executable ? 0555 : 0444));
  }
  for (const auto& [place, target] : recipe.alternatives) {
    const std::string link = absl::StrCat(root, "/", place);
    RETURN_IF_ERROR(MakeDirectories(ParentOf(link)));
    RETURN_IF_ERROR(Symlink(target, link));
  }
  for (absl::string_view merged : kMergedFolders) {
    if (!IsDirectory(absl::StrCat(root, "/usr/", merged))) continue;
    RETURN_IF_ERROR(
        Symlink(absl::StrCat("usr/", merged), absl::StrCat(root, "/", merged)));
  }
  return absl::OkStatus();
}

// Makes the toolchain as the folder `path`.
absl::Status Make(const Recipe& recipe, const std::string& toolchains,
                  const std::string& path) {
  RETURN_IF_ERROR(MakeDirectory(path));
  RETURN_IF_ERROR(Populate(recipe, toolchains, absl::StrCat(path, "/root")));
  RETURN_IF_ERROR(WriteFile(absl::StrCat(path, "/platform"), HostPlatform()));
  RETURN_IF_ERROR(
      WriteFile(absl::StrCat(path, "/packages"),
                absl::StrCat(absl::StrJoin(recipe.packages, "\n"), "\n")));
  return SyncFilesystem(toolchains);
}

// In which a hold keeps the tree.
void SetFolder(FolderHold hold, Toolchain& toolchain) {
  toolchain.root = absl::StrCat(hold.path(), "/root");
  toolchain.hold = std::make_shared<const FolderHold>(std::move(hold));
}

std::string StateText(const absl::StatusOr<FileState>& found) {
  const FileState state = found.value_or(FileState());
  return absl::StrCat(state.inode, ".", state.size, ".", state.mtime_ns, ".",
                      state.ctime_ns);
}

// One line that changes when packages or alternatives may have.
std::string StateOfDatabase(const std::string& host_root) {
  std::string text;
  for (const char* path : {kPackageStates, "/etc/alternatives"}) {
    absl::StrAppend(&text, StateText(Stat(absl::StrCat(host_root, path))), " ");
  }
  return text;
}

// The index: its format; the state of the database; the identity; then a line
// each: `=`, state and path of a setting; the packages.
std::string IndexText(const Toolchain& toolchain, const std::string& state) {
  std::string text =
      absl::StrCat(kIndexFormat, "\n", state, "\n", toolchain.identity, "\n");
  for (const std::string& path : toolchain.settings) {
    absl::StrAppend(&text, "=", StateText(LinkStat(path)), " ", path, "\n");
  }
  for (const std::string& package : toolchain.packages) {
    absl::StrAppend(&text, package, "\n");
  }
  return text;
}

std::optional<Toolchain> ReadIndex(const FolderStore& folders,
                                   const std::string& index,
                                   const std::string& state) {
  absl::StatusOr<std::string> text = ReadFile(index);
  if (!text.ok()) return std::nullopt;
  std::vector<std::string> lines =
      absl::StrSplit(*text, '\n', absl::SkipEmpty());
  if (lines.size() < 4 || lines[0] != kIndexFormat || lines[1] != state) {
    return std::nullopt;
  }
  Toolchain toolchain;
  toolchain.identity = lines[2];
  for (size_t i = 3; i < lines.size(); ++i) {
    absl::string_view line = lines[i];
    if (!absl::ConsumePrefix(&line, "=")) {
      toolchain.packages.push_back(lines[i]);
      continue;
    }
    const size_t space = line.find(' ');
    if (space == line.npos) return std::nullopt;
    std::string path(line.substr(space + 1));
    if (StateText(LinkStat(path)) != line.substr(0, space)) return std::nullopt;
    toolchain.settings.push_back(std::move(path));
  }
  std::optional<FolderHold> hold = folders.Find(toolchain.identity);
  if (!hold.has_value()) return std::nullopt;
  SetFolder(*std::move(hold), toolchain);
  return toolchain;
}

}  // namespace

FolderStore ToolchainFolders(const std::string& cache_dir) {
  return FolderStore(cache_dir + "/toolchains");
}

bool IsOwnSetting(absl::string_view place) {
  return std::any_of(std::begin(kSettings), std::end(kSettings),
                     [&](const SmallFile& file) { return place == file.path; });
}

absl::StatusOr<Toolchain> HostToolchain(const ToolchainOptions& options) {
  std::vector<std::string> names = options.packages;
  if (names.empty()) {
    for (absl::string_view name : DefaultPackages()) names.emplace_back(name);
  }
  const std::string host_root =
      options.host_root == "/" ? "" : options.host_root;
  FolderStore folders = ToolchainFolders(options.cache_dir);
  const std::string& toolchains = folders.root();
  const std::string index = absl::StrCat(
      toolchains, "/index-",
      Digest::Of(absl::StrCat(host_root, "\n", absl::StrJoin(names, " ")))
          .hex()
          .substr(0, 16));
  const std::string state = StateOfDatabase(host_root);
  if (auto known = ReadIndex(folders, index, state)) return *known;

  ASSIGN_OR_RETURN(Recipe recipe, MakeRecipe(host_root, names));
  RETURN_IF_ERROR(MakeDirectories(toolchains));
  Toolchain toolchain;
  toolchain.identity = recipe.Identity();
  toolchain.packages = recipe.packages;
  for (const auto& [place, setting] : recipe.settings) {
    toolchain.settings.push_back(absl::StrCat(host_root, "/", place));
  }
  for (const auto& [place, file] : recipe.host_files.files) {
    toolchain.settings.push_back(file.path);
  }
  for (const std::string& folder : recipe.host_files.folders) {
    toolchain.settings.push_back(folder);
  }
  std::sort(toolchain.settings.begin(), toolchain.settings.end());
  const std::string text = IndexText(toolchain, state);
  ASSIGN_OR_RETURN(
      FolderHold hold,
      folders.FindOrMake(toolchain.identity, [&](const std::string& path) {
        return Make(recipe, toolchains, path);
      }));
  SetFolder(std::move(hold), toolchain);
  RETURN_IF_ERROR(WriteFileAtomic(index, text));
  return toolchain;
}

}  // namespace graph
