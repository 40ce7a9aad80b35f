// SPDX-License-Identifier: Apache-2.0
// Declares in the build files what commands of the last build could not see.

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/load/edit.h"
#include "engine/os/filesystem.h"
#include "engine/session/parts.h"
#include "engine/session/undeclared.h"

namespace graph {
namespace {

// An addition with the call that it goes to.
struct Planned {
  ListAddition addition;
  const Target* target;
};

// All that goes into one build file, applied from its end to its beginning, so
// that the places of what comes before stay as they are.
Fix FixFile(const LoadedPackage& package, std::string file,
            const std::vector<Planned>& planned) {
  std::vector<const Planned*> from_the_end;
  for (const Planned& each : planned) from_the_end.push_back(&each);
  std::stable_sort(from_the_end.begin(), from_the_end.end(),
                   [](const Planned* a, const Planned* b) {
                     const Location& x = a->target->location;
                     const Location& y = b->target->location;
                     return std::tie(x.line, x.column) >
                            std::tie(y.line, y.column);
                   });
  Fix fix;
  fix.file = std::move(file);
  fix.before = fix.after = std::string(package.source->text());
  std::set<const Planned*> done;
  for (const Planned* each : from_the_end) {
    std::optional<std::string> text = AddToList(
        dsl::Source::Make(fix.file, fix.after), each->target->location,
        each->addition.attribute, each->addition.added);
    if (!text) continue;
    fix.after = *std::move(text);
    done.insert(each);
  }
  for (const Planned& each : planned) {
    if (!done.contains(&each)) continue;
    const ListAddition& addition = each.addition;
    fix.changes.push_back(absl::StrCat(fix.file, ": \"", addition.added,
                                       "\" in `", addition.attribute, "` of ",
                                       addition.target));
  }
  return fix;
}

}  // namespace

absl::StatusOr<std::vector<Fix>> Session::ApplyFixes(
    const std::vector<std::string>& labels, bool dry_run) {
  absl::StatusOr<std::string> known = ReadFile(parts_->FixesPath());
  if (!known.ok()) return std::vector<Fix>();
  std::set<std::string> only;
  for (const std::string& text : labels) {
    ASSIGN_OR_RETURN(const Label label, Label::Parse(text, parts_->here));
    only.insert(label.ToString());
  }
  ASSIGN_OR_RETURN(Front * front, parts_->OpenFront());
  std::map<std::string, std::vector<Planned>> by_file;
  std::map<std::string, const LoadedPackage*> packages;
  std::vector<ListAddition> kept;
  for (ListAddition& addition : DecodeFixes(*known)) {
    if (!only.empty() && !only.contains(addition.target)) {
      kept.push_back(std::move(addition));
      continue;
    }
    ASSIGN_OR_RETURN(const Label label, Label::Parse(addition.target, {}));
    const PackageName name{"", std::string(label.package())};
    ASSIGN_OR_RETURN(const LoadedPackage* package,
                     front->loader->LoadPackage(name));
    absl::StatusOr<const Target*> target = front->loader->FindTarget(label);
    if (!target.ok()) continue;  // It has gone since.
    const std::string file = package->package.build_file();
    packages[file] = package;
    by_file[file].push_back({std::move(addition), *target});
  }
  std::vector<Fix> fixes;
  for (const auto& [file, planned] : by_file) {
    Fix fix = FixFile(*packages[file], file, planned);
    if (!fix.changes.empty()) fixes.push_back(std::move(fix));
  }
  if (dry_run) return fixes;
  for (const Fix& fix : fixes) {
    const std::string path = absl::StrCat(parts_->workspace, "/", fix.file);
    ASSIGN_OR_RETURN(const FileState state, Stat(path));
    RETURN_IF_ERROR(
        WriteFileAtomic(path, fix.after, {.mode = state.mode, .sync = true}));
  }
  RETURN_IF_ERROR(WriteFileAtomic(parts_->FixesPath(), EncodeFixes(kept)));
  return fixes;
}

}  // namespace graph
