// SPDX-License-Identifier: Apache-2.0
// Looking for what is questionable, file by file.

#include "dsl/check/check.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/check/silences.h"
#include "dsl/runtime/module.h"
#include "dsl/stdlib/universe.h"
#include "dsl/syntax/parser.h"
#include "dsl/tool/format_files.h"
#include "engine/load/deprecations.h"
#include "engine/load/diagnosed.h"
#include "engine/load/file_view.h"
#include "engine/load/place.h"
#include "engine/load/workspace.h"
#include "engine/session/parts.h"
#include "engine/session/spec_files.h"

namespace graph {
namespace {

class Checker {
 public:
  Checker(Loader& loader, const SourceTree& tree)
      : loader_(loader),
        tree_(tree),
        workspace_names_(WorkspaceNames(dsl::Universe())) {}

  absl::Status Add(const std::string& path) {
    ++report_.files;
    dsl::Diagnostics found;
    const dsl::FileKind kind = dsl::FileKindOf(path);
    std::vector<absl::Status> errors;
    if (kind == dsl::FileKind::kBuildFile) {
      const absl::StatusOr<const LoadedPackage*> package =
          loader_.LoadPackage({"", std::string(SplitPath(path).first)});
      errors.push_back(package.status());
      if (package.ok()) errors = FindDeprecated(loader_, **package, found);
    } else if (kind == dsl::FileKind::kModule) {
      errors.push_back(loader_.LoadModule(ModuleLabel("", path)).status());
    }
    for (const absl::Status& error : errors) {
      if (error.ok()) continue;
      if (!IsDiagnosed(error)) {
        return absl::Status(error.code(),
                            absl::StrCat(path, ": ", error.message()));
      }
      AddError(error.message());
    }
    ASSIGN_OR_RETURN(std::string text, tree_.ReadFile(path));
    AddWarnings(dsl::Source::Make(path, std::move(text)), kind, found);
    return absl::OkStatus();
  }

  CheckReport Take() { return std::move(report_); }

 private:
  void AddError(absl::string_view text) {
    ++report_.errors;
    // Of a module that several load, once.
    if (said_.emplace(text).second) absl::StrAppend(&report_.text, text);
  }

  void AddWarnings(const std::shared_ptr<const dsl::Source>& source,
                   dsl::FileKind kind, const dsl::Diagnostics& of_loader) {
    dsl::Diagnostics found;
    const std::unique_ptr<dsl::File> file = dsl::Parse(source, kind, found);
    const dsl::Environment& names = kind == dsl::FileKind::kWorkspaceFile
                                        ? *workspace_names_
                                        : loader_.Names(kind);
    if (file == nullptr || !dsl::Resolve(*file, names, found)) {
      // The loader has said so of all but this one.
      if (kind == dsl::FileKind::kWorkspaceFile) AddError(found.Rendered());
      return;
    }
    const dsl::Silences silences(*source);
    for (const dsl::Diagnostic& warning : of_loader.all()) {
      if (!silences.Cover(warning.check, warning.span.begin)) {
        found.Add(warning);
      }
    }
    dsl::Check(*file, found, DeprecationChecks());
    if (found.empty()) return;
    found.SortByPlace();
    report_.warnings += static_cast<int>(found.all().size());
    ++report_.files_with_warnings;
    absl::StrAppend(&report_.text, found.Rendered());
  }

  Loader& loader_;
  const SourceTree& tree_;
  const std::shared_ptr<const dsl::Environment> workspace_names_;
  CheckReport report_;
  std::set<std::string> said_;
};

}  // namespace

absl::StatusOr<CheckReport> Session::Check(
    const std::vector<std::string>& operands) {
  ASSIGN_OR_RETURN(Front * front, parts_->OpenFront());
  ASSIGN_OR_RETURN(const std::set<std::string> paths,
                   FindSpecFiles(*front->workspace, parts_->workspace,
                                 parts_->here, operands));
  Checker checker(*front->loader, *front->workspace);
  for (const std::string& path : paths) {
    if (parts_->cancellation.cancelled()) {
      return absl::CancelledError("interrupted");
    }
    RETURN_IF_ERROR(checker.Add(path));
  }
  return checker.Take();
}

std::vector<std::pair<std::string, std::string>> CheckNames() {
  std::vector<std::pair<std::string, std::string>> names;
  for (const auto& checks : {dsl::Checks(), DeprecationChecks()}) {
    for (const dsl::CheckInfo& check : checks) {
      names.emplace_back(check.name, check.summary);
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace graph
