// SPDX-License-Identifier: Apache-2.0
// What is wrong with what is open: syntax, names, loading, labels.

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "dsl/check/check.h"
#include "dsl/check/silences.h"
#include "dsl/stdlib/universe.h"
#include "engine/base/version.h"
#include "engine/load/deprecations.h"
#include "engine/load/place.h"
#include "engine/load/workspace.h"
#include "engine/lsp/features.h"
#include "engine/lsp/labels.h"

namespace graph {
namespace {

using Findings = std::map<FileId, std::vector<Finding>>;

Place PlaceOf(const dsl::Span& span) {
  return {Workspace::FileOfSource(*span.source),
          span.source->shared_from_this(),
          {span.begin, span.end}};
}

Finding FindingOf(const dsl::Diagnostic& diagnostic, const Place& fallback) {
  Finding finding;
  finding.place = diagnostic.span ? PlaceOf(diagnostic.span) : fallback;
  finding.warning = diagnostic.severity == dsl::Severity::kWarning;
  finding.check = diagnostic.check;
  finding.message = diagnostic.message;
  if (diagnostic.edit.has_value()) {
    const dsl::Edit& edit = *diagnostic.edit;
    finding.fix = Replacement{PlaceOf(edit.span), edit.replacement};
    finding.fix_title =
        edit.replacement.empty()
            ? "Remove it"
            : absl::StrCat("Change it to `", edit.replacement, "`");
    if (diagnostic.hint.empty() && !edit.replacement.empty()) {
      absl::StrAppend(&finding.message, "; did you mean `", edit.replacement,
                      "`?");
    }
  }
  if (!diagnostic.hint.empty()) {
    absl::StrAppend(&finding.message, "\n", diagnostic.hint);
  }
  for (const dsl::Note& note : diagnostic.notes) {
    if (note.span.has_value() && *note.span) {
      finding.related.push_back({PlaceOf(*note.span), note.text});
    } else {
      absl::StrAppend(&finding.message, "\n", note.text);
    }
  }
  return finding;
}

class Diagnoser {
 public:
  explicit Diagnoser(Workspace& workspace) : workspace_(workspace) {}

  Findings Diagnose() {
    for (const auto& [id, open] : workspace_.open()) findings_[id];
    for (const auto& [id, open] : workspace_.open()) {
      const Place begin{id, open.source, {}};
      const bool ok = Load(id, begin);
      TakeMistakes(begin);
      if (!ok && findings_[id].empty()) BlameLoads(id);
      if (findings_[id].empty()) AddWarnings(id, begin);
    }
    return std::move(findings_);
  }

 private:
  // False if something is wrong with the file or with what it needs.
  bool Load(const FileId& id, const Place& begin) {
    if (!id.repo.empty()) return AddParsed(id, begin);
    switch (Workspace::KindOf(id)) {
      case dsl::FileKind::kBuildFile:
        return LoadPackage(id);
      case dsl::FileKind::kModule:
        return workspace_.loader()
            .LoadModule(ModuleLabel(id.repo, id.path))
            .ok();
      case dsl::FileKind::kWorkspaceFile:
        break;
    }
    if (id.path != kWorkspaceFileName) return AddParsed(id, begin);
    return LoadWorkspace(*workspace_.Tree(""), dsl::Universe(), kVersion,
                         [&](const dsl::Diagnostic& diagnostic) {
                           Add(FindingOf(diagnostic, begin));
                         })
        .ok();
  }

  bool AddParsed(const FileId& id, const Place& begin) {
    const auto parsed = workspace_.Parsed(id);
    if (parsed == nullptr) return true;
    for (const dsl::Diagnostic& each : parsed->diagnostics.all()) {
      Add(FindingOf(each, begin));
    }
    return true;
  }

  // Of a file without mistakes.
  void AddWarnings(const FileId& id, const Place& begin) {
    const auto parsed = workspace_.Parsed(id);
    if (parsed == nullptr || !parsed->whole ||
        parsed->diagnostics.has_errors()) {
      return;
    }
    dsl::Diagnostics warnings;
    dsl::Check(*parsed->file, warnings, DeprecationChecks());
    AddDeprecated(id, *parsed, warnings);
    for (const dsl::Diagnostic& each : warnings.all()) {
      Add(FindingOf(each, begin));
    }
  }

  void AddDeprecated(const FileId& id, const ParsedFile& parsed,
                     dsl::Diagnostics& warnings) {
    if (Workspace::KindOf(id) != dsl::FileKind::kBuildFile) return;
    const auto package = workspace_.loader().LoadPackage(id.package());
    if (!package.ok()) return;
    dsl::Diagnostics found;
    // Its errors are those of FindDependency, which were told already.
    FindDeprecated(workspace_.loader(), **package, found);
    const dsl::Silences silences(*parsed.source);
    for (const dsl::Diagnostic& each : found.all()) {
      if (!silences.Cover(each.check, each.span.begin)) warnings.Add(each);
    }
  }

  bool LoadPackage(const FileId& id) {
    Loader& loader = workspace_.loader();
    const auto loaded = loader.LoadPackage(id.package());
    if (!loaded.ok()) return false;
    for (const Target& target : (*loaded)->package.targets()) {
      if (target.kind() != Target::Kind::kRule) continue;
      for (const Target::Setting& setting : target.settings()) {
        const AttributeSchema& schema =
            target.rule().attributes()[setting.attribute];
        if (IsOutput(schema.type)) continue;
        const auto visit = [&](const Label& label) {
          // The loader tells of what is wrong.
          loader.FindDependency(target, schema.name, label)
              .status()
              .IgnoreError();
        };
        ForEachLabel(setting.value, visit, visit);
      }
    }
    return true;
  }

  // Those that the loader found since the last time.
  void TakeMistakes(const Place& fallback) {
    const std::vector<dsl::Diagnostic>& all = workspace_.mistakes();
    std::vector<Finding> elsewhere;
    for (; taken_ < all.size(); ++taken_) {
      Finding finding = FindingOf(all[taken_], fallback);
      if (finding.place.file != fallback.file) elsewhere.push_back(finding);
      Add(std::move(finding));
    }
    if (!findings_[fallback.file].empty()) return;
    for (const Finding& finding : elsewhere) Mirror(finding, fallback.file);
  }

  // A mistake elsewhere that came to light by what `file` does is shown there,
  // too.
  void Mirror(const Finding& finding, const FileId& file) {
    for (const Related& related : finding.related) {
      if (related.place.file != file) continue;
      Finding mirrored;
      mirrored.place = related.place;
      mirrored.message = finding.message;
      mirrored.related.push_back({finding.place, finding.message});
      return Add(std::move(mirrored));
    }
  }

  void BlameLoads(const FileId& id) {
    const auto parsed = workspace_.Parsed(id);
    if (parsed == nullptr) return;
    for (const dsl::LoadStmt* load : parsed->file->loads()) {
      const auto module = workspace_.ModuleFile(load->path->value, id);
      if (!module.has_value() || workspace_.Tree(module->repo) == nullptr ||
          workspace_.loader()
              .LoadModule(ModuleLabel(module->repo, module->path))
              .ok()) {
        continue;
      }
      Finding finding;
      finding.place = parsed->At(load->path->extent);
      finding.message = absl::StrCat("`", load->path->value,
                                     "` cannot be loaded: it, or what ",
                                     "it loads, has mistakes");
      Add(std::move(finding));
    }
  }

  void Add(Finding finding) {
    std::vector<Finding>& file = findings_[finding.place.file];
    for (const Finding& known : file) {
      if (known.place.extent == finding.place.extent &&
          known.message == finding.message) {
        return;
      }
    }
    file.push_back(std::move(finding));
  }

  Workspace& workspace_;
  Findings findings_;
  size_t taken_ = 0;
};

}  // namespace

std::map<FileId, std::vector<Finding>> Diagnose(Workspace& workspace) {
  return Diagnoser(workspace).Diagnose();
}

}  // namespace graph
