// SPDX-License-Identifier: Apache-2.0
#include "engine/session/undeclared.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/load/edit.h"
#include "engine/load/place.h"
#include "engine/model/package.h"

namespace graph {
namespace {

// How programs say that a file is not there. In lower case.
constexpr std::array<absl::string_view, 9> kComplaints = {
    "no such file",    "not found",      "cannot open",
    "can't open",      "cannot find",    "can't find",
    "no rule to make", "does not exist", "could not open",
};
// Libraries of every language name their headers so, and what they stand on.
constexpr absl::string_view kHeaders = "hdrs";
constexpr absl::string_view kDependencies = "deps";
// Of a failed command; who writes more has other troubles.
constexpr size_t kMostLines = 2000;
constexpr size_t kMostAdvised = 3;

bool IsComplaint(absl::string_view line) {
  const std::string lower = absl::AsciiStrToLower(line);
  return std::any_of(
      kComplaints.begin(), kComplaints.end(),
      [&](absl::string_view words) { return absl::StrContains(lower, words); });
}

// A word of a message, as a path: `‘./app/x.h':` is app/x.h.
std::string PathIn(absl::string_view word) {
  constexpr absl::string_view kQuotes[] = {"\u2018", "\u2019", "\u201c",
                                           "\u201d"};
  for (absl::string_view quote : kQuotes) {
    absl::ConsumePrefix(&word, quote);
    while (absl::ConsumeSuffix(&word, quote)) {
    }
  }
  while (!word.empty() && absl::StrContains(":;,.!", word.back())) {
    word.remove_suffix(1);
  }
  absl::ConsumePrefix(&word, "/build/");
  while (absl::ConsumePrefix(&word, "./")) {
  }
  return std::string(word);
}

bool IsPlainPath(absl::string_view path) {
  if (path.empty() || path.size() > 4096 || path.front() == '/') return false;
  for (absl::string_view part : absl::StrSplit(path, '/')) {
    if (part.empty() || part == "." || part == "..") return false;
  }
  return true;
}

absl::string_view FolderOfPath(absl::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == path.npos ? "" : path.substr(0, slash);
}

std::string Join(absl::string_view folder, absl::string_view name) {
  return folder.empty() ? std::string(name) : absl::StrCat(folder, "/", name);
}

// The list of `target` that such a file belongs to, if it has one.
std::optional<std::string> ListFor(const Target& target,
                                   absl::string_view path) {
  constexpr std::array<absl::string_view, 3> kUsual = {"srcs", "hdrs", "data"};
  std::optional<std::string> found;
  size_t rank = kUsual.size() + 1;
  for (const AttributeSchema& schema : target.rule().attributes()) {
    if (schema.type != AttributeType::kLabelList || schema.is_private() ||
        !schema.files.Accepts(path)) {
      continue;
    }
    const size_t mine =
        std::find(kUsual.begin(), kUsual.end(), schema.name) - kUsual.begin();
    if (mine < rank) {
      rank = mine;
      found = schema.name;
    }
  }
  return found;
}

// The lines that differ, as a diff shows them; `line` is where the first is.
std::string ChangedLines(absl::string_view before, absl::string_view after,
                         int* line) {
  std::vector<absl::string_view> old = absl::StrSplit(before, '\n');
  std::vector<absl::string_view> fresh = absl::StrSplit(after, '\n');
  size_t top = 0, bottom = 0;
  while (top < old.size() && old[top] == fresh[top]) ++top;
  while (bottom < old.size() - top &&
         old[old.size() - 1 - bottom] == fresh[fresh.size() - 1 - bottom]) {
    ++bottom;
  }
  *line = static_cast<int>(top) + 1;
  std::string out;
  for (size_t i = top; i < old.size() - bottom; ++i) {
    absl::StrAppend(&out, "  - ", old[i], "\n");
  }
  for (size_t i = top; i < fresh.size() - bottom; ++i) {
    absl::StrAppend(&out, "  + ", fresh[i], "\n");
  }
  return out;
}

}  // namespace

std::vector<std::string> MissingPathsIn(absl::string_view text) {
  std::vector<std::string> paths;
  size_t lines = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    if (++lines > kMostLines) break;
    if (!IsComplaint(line)) continue;
    for (absl::string_view word :
         absl::StrSplit(line, absl::ByAnyChar(" \t'\"`()<>[]"))) {
      // `main.c:3:10:` and `cat:` are left over by some splits; harmless.
      std::string path = PathIn(word.substr(0, word.find(':')));
      if (!IsPlainPath(path)) continue;
      if (std::find(paths.begin(), paths.end(), path) == paths.end()) {
        paths.push_back(std::move(path));
      }
    }
  }
  return paths;
}

bool UndeclaredReads::Declares(const Action& action,
                               absl::string_view path) const {
  return std::any_of(
      action.inputs.begin(), action.inputs.end(), [&](ArtifactId id) {
        const Artifact& artifact = graph_.artifact(id);
        return artifact.path == path ||
               (artifact.kind == Artifact::Kind::kDirectory &&
                absl::StartsWith(path, absl::StrCat(artifact.path, "/")));
      });
}

// The file of the workspace that a command means by `path`: seen from where
// commands run, from its target's package, or from one of its inputs.
std::optional<std::string> UndeclaredReads::Find(
    const Action& action, const std::string& path) const {
  std::vector<std::string> places = {path};
  const absl::StatusOr<Label> owner = Label::Parse(action.owner, {});
  if (owner.ok()) places.push_back(Join(owner->package(), path));
  for (ArtifactId id : action.inputs) {
    const Artifact& artifact = graph_.artifact(id);
    if (artifact.producer != kNoAction) continue;
    places.push_back(Join(FolderOfPath(artifact.path), path));
  }
  for (const std::string& place : places) {
    if (absl::StartsWith(place, "graph-out/") ||
        tree_.Stat(place) == EntryKind::kAbsent) {
      continue;
    }
    if (Declares(action, place)) return std::nullopt;
    return place;
  }
  return std::nullopt;
}

std::optional<PackageName> UndeclaredReads::OwnerOf(
    absl::string_view path) const {
  for (absl::string_view folder = FolderOfPath(path);;
       folder = FolderOfPath(folder)) {
    if (tree_.Stat(Join(folder, kBuildFileName)) == EntryKind::kFile) {
      return PackageName{"", std::string(folder)};
    }
    if (folder.empty()) return std::nullopt;
  }
}

// The library that has the file `name` of the package among its headers, for
// those that depend on it.
std::optional<Label> UndeclaredReads::GiverOf(const PackageName& owner,
                                              absl::string_view name) const {
  const absl::StatusOr<const LoadedPackage*> package =
      loader_.LoadPackage(owner);
  if (!package.ok()) return std::nullopt;
  for (const Target& target : (*package)->package.targets()) {
    const Attribute* headers = target.attribute(kHeaders);
    bool has_it = false;
    if (headers != nullptr) {
      ForEachLabel(*headers, [&](const Label& label) {
        has_it |= label.IsNeighbour(target.label) && label.name() == name;
      });
    }
    if (has_it) return target.label;
  }
  return std::nullopt;
}

std::string UndeclaredReads::AdviceOn(const Target& target,
                                      const std::string& path) {
  std::string out = absl::StrCat(
      "note: the workspace has ", path, ", but ", target.label.ToString(),
      " does not declare it, so its commands cannot see it\n");
  const std::optional<PackageName> owner = OwnerOf(path);
  if (!owner) {
    return absl::StrCat(
        out, "  no package owns it: no folder above it has a BUILD.spec\n");
  }
  const std::string rest(absl::StripPrefix(
      absl::StripPrefix(absl::string_view(path), owner->path), "/"));
  const bool own = owner->path == target.label.package();
  const std::optional<Label> giver = target.attribute(kDependencies) == nullptr
                                         ? std::nullopt
                                         : GiverOf(*owner, rest);
  std::string added = own ? rest : absl::StrCat("//", owner->path, ":", rest);
  std::optional<std::string> list = ListFor(target, path);
  if (giver && *giver != target.label) {
    list = std::string(kDependencies);
    added = own ? absl::StrCat(":", giver->name()) : giver->ToString();
    absl::StrAppend(&out, "  ", giver->ToString(), " has it in its `", kHeaders,
                    "`\n");
  }
  if (!list) {
    return absl::StrCat(out, "  `", target.rule().name(),
                        "` has no list that takes it\n");
  }
  if (tree_.Stat(path) == EntryKind::kDirectory) {
    return absl::StrCat(
        out, "  add glob([\"", rest, "/**\"]) to its `", *list, "`, at ",
        FormatPlace(Join(target.label.package(), kBuildFileName),
                    target.location),
        own ? "" : absl::StrCat(", from a target of //", owner->path), "\n");
  }
  if (!own && list != kDependencies) {
    absl::StrAppend(&out, "  it belongs to //", owner->path,
                    ", which has to export it: exports_files([\"", rest,
                    "\"])\n");
  }
  return absl::StrCat(out, ChangeOf(target, *list, added));
}

// The change of the build file, if it can be made by itself, or what to change.
std::string UndeclaredReads::ChangeOf(const Target& target,
                                      const std::string& list,
                                      const std::string& added) {
  const std::string build_file = Join(target.label.package(), kBuildFileName);
  const absl::StatusOr<const LoadedPackage*> package =
      loader_.LoadPackage(PackageName{"", std::string(target.label.package())});
  std::optional<std::string> after;
  if (package.ok() && target.macros().empty()) {
    after = AddToList((*package)->source, target.location, list, added);
  }
  if (!after) {
    return absl::StrCat("  add \"", added, "\" to its `", list, "`, at ",
                        FormatPlace(build_file, target.location), "\n");
  }
  int line = 0;
  const std::string change =
      ChangedLines((*package)->source->text(), *after, &line);
  const ListAddition fix = {target.label.ToString(), list, added};
  if (std::find(fixes_.begin(), fixes_.end(), fix) == fixes_.end()) {
    fixes_.push_back(fix);
  }
  return absl::StrCat("  ", build_file, ":", line, ":\n", change,
                      "  `graph fix` makes this change\n");
}

std::string UndeclaredReads::Advice(const Action& action,
                                    absl::string_view said) {
  const std::vector<std::string> paths = MissingPathsIn(said);
  if (paths.empty()) return "";
  MutexLock lock(&mu_);
  const absl::StatusOr<Label> label = Label::Parse(action.owner, {});
  if (!label.ok() || !label->repo().empty()) return "";
  const absl::StatusOr<const Target*> target = loader_.FindTarget(*label);
  if (!target.ok() || (*target)->kind() != Target::Kind::kRule) return "";
  std::string out;
  std::vector<std::string> advised;
  for (const std::string& path : paths) {
    const std::optional<std::string> found = Find(action, path);
    if (!found ||
        std::find(advised.begin(), advised.end(), *found) != advised.end()) {
      continue;
    }
    advised.push_back(*found);
    absl::StrAppend(&out, AdviceOn(**target, *found));
    if (advised.size() == kMostAdvised) break;
  }
  return out;
}

std::vector<ListAddition> UndeclaredReads::Fixes() const {
  MutexLock lock(&mu_);
  return fixes_;
}

std::string EncodeFixes(const std::vector<ListAddition>& fixes) {
  std::string out;
  for (const ListAddition& fix : fixes) {
    absl::StrAppend(&out, fix.target, "\t", fix.attribute, "\t", fix.added,
                    "\n");
  }
  return out;
}

std::vector<ListAddition> DecodeFixes(absl::string_view text) {
  std::vector<ListAddition> fixes;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    const std::vector<std::string> fields = absl::StrSplit(line, '\t');
    if (fields.size() != 3) continue;
    fixes.push_back({fields[0], fields[1], fields[2]});
  }
  return fixes;
}

}  // namespace graph
