// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/toolchain_packages.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

#if defined(__x86_64__)
constexpr absl::string_view kArchitecture = "amd64";
#elif defined(__aarch64__)
constexpr absl::string_view kArchitecture = "arm64";
#else
#error "we do not know Debian's name of this machine"
#endif

// `libc6:any (>= 2.36)` → `libc6`.
absl::string_view NameOf(absl::string_view relation) {
  relation = absl::StripAsciiWhitespace(relation);
  return relation.substr(0, relation.find_first_of(" :(["));
}

// `a (>= 1) | b, c` → {{a, b}, {c}}.
void AddNeeds(absl::string_view relations,
              std::vector<std::vector<std::string>>* needs) {
  for (absl::string_view group :
       absl::StrSplit(relations, ',', absl::SkipWhitespace())) {
    std::vector<std::string>& choices = needs->emplace_back();
    for (absl::string_view choice : absl::StrSplit(group, '|')) {
      choices.emplace_back(NameOf(choice));
    }
  }
}

using AlternativeMap = std::map<std::string, std::vector<std::string>>;

constexpr absl::string_view kMissing = "graph/missing-package";

// Its files are in place, also while dpkg has not yet told it, or others, of
// further packages that it is about to install.
bool IsInstalled(absl::string_view status) {
  return absl::EndsWith(status, " installed") ||
         absl::EndsWith(status, " triggers-pending") ||
         absl::EndsWith(status, " triggers-awaited");
}

// One file of the alternatives: its mode; the path of the name; pairs of a
// further name and its path; an empty line; the choices, each with what it has
// for the name, its priority, and what it has for each further name.
void AddAlternatives(const std::string& host_root, const std::string& name,
                     absl::string_view text, AlternativeMap* alternatives) {
  const std::vector<std::string> lines = absl::StrSplit(text, '\n');
  if (lines.size() < 2) return;
  std::vector<std::pair<std::string, std::string>> names = {{name, lines[1]}};
  size_t at = 2;
  for (; at + 1 < lines.size() && !lines[at].empty(); at += 2) {
    names.emplace_back(lines[at], lines[at + 1]);
  }
  std::vector<std::pair<int, size_t>> choices;  // Minus priority; its line.
  for (++at; at + names.size() < lines.size() && !lines[at].empty();
       at += names.size() + 1) {
    int priority = 0;
    if (!absl::SimpleAtoi(lines[at + 1], &priority)) break;
    choices.emplace_back(-priority, at);
  }
  std::sort(choices.begin(), choices.end());
  for (size_t i = 0; i < names.size(); ++i) {
    std::vector<std::string>& targets = (*alternatives)[names[i].second];
    absl::StatusOr<std::string> now =
        ReadLink(absl::StrCat(host_root, "/etc/alternatives/", names[i].first));
    if (now.ok()) targets.push_back(*std::move(now));
    for (const auto& [priority, line] : choices) {
      const std::string& target = lines[line + (i == 0 ? 0 : i + 1)];
      if (!target.empty()) targets.push_back(target);
    }
  }
}

}  // namespace

absl::StatusOr<DebianPackages> DebianPackages::Read(
    const std::string& host_root) {
  DebianPackages packages;
  packages.host_root_ = host_root == "/" ? "" : host_root;
  absl::StatusOr<std::string> status =
      ReadFile(absl::StrCat(packages.host_root_, "/var/lib/dpkg/status"));
  if (!status.ok()) {
    return absl::FailedPreconditionError(
        "the tools that actions see come from Debian packages, and this system "
        "has no package database of Debian (/var/lib/dpkg/status)");
  }
  for (absl::string_view paragraph :
       absl::StrSplit(*status, "\n\n", absl::SkipEmpty())) {
    packages.AddParagraph(paragraph);
  }
  RETURN_IF_ERROR(packages.ReadDiversions());
  return packages;
}

void DebianPackages::AddParagraph(absl::string_view paragraph) {
  DebianPackage package;
  std::vector<std::vector<std::string>> provides;
  bool installed = false;
  for (absl::string_view line : absl::StrSplit(paragraph, '\n')) {
    if (absl::ConsumePrefix(&line, "Package: ")) {
      package.name = std::string(line);
    } else if (absl::ConsumePrefix(&line, "Status: ")) {
      installed = IsInstalled(line);
      if (!installed) return;
    } else if (absl::ConsumePrefix(&line, "Version: ")) {
      package.version = std::string(line);
    } else if (absl::ConsumePrefix(&line, "Architecture: ")) {
      package.architecture = std::string(line);
    } else if (absl::ConsumePrefix(&line, "Depends: ") ||
               absl::ConsumePrefix(&line, "Pre-Depends: ")) {
      AddNeeds(line, &package.needs);
    } else if (absl::ConsumePrefix(&line, "Provides: ")) {
      AddNeeds(line, &provides);
    }
  }
  // Other architectures may be installed beside ours.
  if (!installed || (package.architecture != kArchitecture &&
                     package.architecture != "all")) {
    return;
  }
  for (const std::vector<std::string>& name : provides) {
    providers_[name.front()].push_back(package.name);
  }
  std::string name = package.name;
  packages_.emplace(std::move(name), std::move(package));
}

absl::Status DebianPackages::ReadDiversions() {
  absl::StatusOr<std::string> text =
      ReadFile(absl::StrCat(host_root_, "/var/lib/dpkg/diversions"));
  if (absl::IsNotFound(text.status())) return absl::OkStatus();
  RETURN_IF_ERROR(text.status());
  std::vector<std::string> lines =
      absl::StrSplit(*text, '\n', absl::SkipEmpty());
  for (size_t i = 0; i + 2 < lines.size(); i += 3) {
    diversions_[lines[i]] = {lines[i + 1], lines[i + 2]};
  }
  return absl::OkStatus();
}

const DebianPackage* DebianPackages::Find(absl::string_view name) const {
  auto found = packages_.find(name);
  if (found != packages_.end()) return &found->second;
  auto providers = providers_.find(name);
  if (providers == providers_.end()) return nullptr;
  // Any would do; always the same one.
  return Find(
      *std::min_element(providers->second.begin(), providers->second.end()));
}

absl::StatusOr<std::vector<const DebianPackage*>> DebianPackages::Closure(
    std::span<const std::string> names) const {
  absl::flat_hash_set<const DebianPackage*> found;
  std::vector<const DebianPackage*> queue;
  auto add = [&](const DebianPackage* package) {
    if (found.insert(package).second) queue.push_back(package);
  };
  for (const std::string& name : names) {
    const DebianPackage* package = Find(name);
    if (package == nullptr) {
      absl::Status missing = absl::FailedPreconditionError(absl::StrCat(
          "the Debian package ", name,
          ", whose programs actions are to see, is not installed; `apt-get "
          "install ",
          name, "` brings it"));
      missing.SetPayload(kMissing, absl::Cord(name));
      return missing;
    }
    add(package);
  }
  for (size_t i = 0; i < queue.size(); ++i) {
    for (const std::vector<std::string>& choices : queue[i]->needs) {
      const DebianPackage* chosen = nullptr;
      for (const std::string& choice : choices) {
        if (chosen == nullptr) chosen = Find(choice);
      }
      // dpkg would not leave it so; forced installations may.
      if (chosen != nullptr) add(chosen);
    }
  }
  std::sort(queue.begin(), queue.end(),
            [](const auto* a, const auto* b) { return a->name < b->name; });
  return queue;
}

absl::StatusOr<std::vector<std::string>> DebianPackages::Files(
    const DebianPackage& package) const {
  const std::string info = absl::StrCat(host_root_, "/var/lib/dpkg/info/");
  absl::StatusOr<std::string> text = ReadFile(
      absl::StrCat(info, package.name, ":", package.architecture, ".list"));
  if (!text.ok()) text = ReadFile(absl::StrCat(info, package.name, ".list"));
  RETURN_IF_ERROR(text.status());
  std::vector<std::string> files;
  for (absl::string_view path :
       absl::StrSplit(*text, '\n', absl::SkipEmpty())) {
    auto diverted = diversions_.find(path);
    const bool moved = diverted != diversions_.end() &&
                       diverted->second.second != package.name;
    files.emplace_back(moved ? diverted->second.first : path);
  }
  return files;
}

std::map<std::string, std::vector<std::string>> DebianPackages::Alternatives()
    const {
  AlternativeMap alternatives;
  const std::string folder =
      absl::StrCat(host_root_, "/var/lib/dpkg/alternatives");
  absl::StatusOr<std::vector<DirectoryEntry>> entries = ListDirectory(folder);
  if (!entries.ok()) return alternatives;
  for (const DirectoryEntry& entry : *entries) {
    absl::StatusOr<std::string> text =
        ReadFile(absl::StrCat(folder, "/", entry.name));
    if (text.ok()) {
      AddAlternatives(host_root_, entry.name, *text, &alternatives);
    }
  }
  return alternatives;
}

std::string DebianPackages::OwnerOfProgram(absl::string_view name) const {
  absl::flat_hash_set<std::string> places;
  for (absl::string_view folder :
       {"/usr/bin/", "/bin/", "/usr/sbin/", "/sbin/"}) {
    places.insert(absl::StrCat(folder, name));
  }
  const AlternativeMap alternatives = Alternatives();
  for (const std::string& place :
       std::vector<std::string>(places.begin(), places.end())) {
    auto found = alternatives.find(place);
    if (found != alternatives.end() && !found->second.empty()) {
      places.insert(found->second.front());
    }
  }
  std::string owner;
  for (const auto& [package, description] : packages_) {
    if (!owner.empty() && owner < package) continue;
    absl::StatusOr<std::vector<std::string>> files = Files(description);
    if (!files.ok()) continue;
    if (std::any_of(files->begin(), files->end(), [&](const std::string& file) {
          return places.contains(file);
        })) {
      owner = package;
    }
  }
  return owner;
}

std::string MissingPackage(const absl::Status& status) {
  const auto name = status.GetPayload(kMissing);  // Of another optional.
  return name.has_value() ? std::string(*name) : "";
}

}  // namespace graph
