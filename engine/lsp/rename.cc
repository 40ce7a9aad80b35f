// SPDX-License-Identifier: Apache-2.0
// New names: for a target in all files of the workspace, for a name of the
// language in its file.

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "dsl/syntax/lexer.h"
#include "engine/load/place.h"
#include "engine/lsp/features.h"
#include "engine/lsp/names_used.h"
#include "engine/lsp/target_uses.h"

namespace graph {
namespace {

absl::Status Refuse(absl::string_view why) {
  return absl::InvalidArgumentError(why);
}

// A name that the file binds itself, with all its uses.
struct Name {
  NameUse use;
  std::vector<NameUse> all;
};

absl::StatusOr<Name> FindName(const ParsedFile& parsed, const NameUse& use) {
  const std::string text(parsed.file->name(use.name));
  if (use.kind == NameUse::Kind::kPredeclared) {
    return Refuse(absl::StrCat("`", text, "` is not of this file"));
  }
  if (use.kind == NameUse::Kind::kLoaded) {
    return Refuse(absl::StrCat(
        "`", text, "` is loaded; give it another name here in the load()"));
  }
  if (!parsed.whole) {
    return Refuse("the file has errors: names could be missed");
  }
  Name name{use, {}};
  for (const NameUse& each : NamesUsed(*parsed.file)) {
    if (each.name == use.name && each.kind == use.kind &&
        each.binding == use.binding) {
      name.all.push_back(each);
    }
  }
  return name;
}

bool IsName(const std::string& text) {
  const auto source = dsl::Source::Make("", text);
  dsl::Diagnostics ignored;
  const std::vector<dsl::Token> tokens = dsl::Lex(*source, ignored);
  return !tokens.empty() && tokens[0].type == dsl::TokenType::IDENT &&
         tokens[0].extent.end == text.size();
}

// Whether other modules load the global.
absl::StatusOr<std::string> LoadedBy(Workspace& workspace, const FileId& file,
                                     absl::string_view name) {
  for (const FileId& other : workspace.SpecFiles(/*modules_too=*/true)) {
    const auto source = workspace.Text(other);
    if (source == nullptr || !absl::StrContains(source->text(), name)) continue;
    const auto parsed = workspace.Parsed(other);
    if (parsed == nullptr) continue;
    for (const dsl::LoadStmt* load : parsed->file->loads()) {
      if (workspace.ModuleFile(load->path->value, other) != file) continue;
      for (const dsl::LoadName& each : load->names) {
        if (each.original->value == name) {
          return DisplayPath(other.repo, other.path);
        }
      }
    }
  }
  return std::string();
}

absl::StatusOr<std::vector<Replacement>> RenameName(Workspace& workspace,
                                                    const ParsedFile& parsed,
                                                    const NameUse& use,
                                                    const std::string& to) {
  ASSIGN_OR_RETURN(const Name name, FindName(parsed, use));
  if (!IsName(to)) return Refuse(absl::StrCat("`", to, "` is no name"));
  for (const NameUse& each : NamesUsed(*parsed.file)) {
    if (parsed.file->name(each.name) == to) {
      return Refuse(absl::StrCat("`", to, "` is a name of this file already"));
    }
  }
  if (use.kind == NameUse::Kind::kGlobal) {
    ASSIGN_OR_RETURN(
        const std::string user,
        LoadedBy(workspace, parsed.id, parsed.file->name(use.name)));
    if (!user.empty()) {
      return Refuse(absl::StrCat("`", user, "` loads it"));
    }
  }
  std::vector<Replacement> edits;
  for (const NameUse& each : name.all) {
    edits.push_back({parsed.At(each.extent), to});
  }
  return edits;
}

// The target at a place, if it can be renamed.
absl::StatusOr<std::pair<Label, TargetUses>> FindRenamable(
    Workspace& workspace, const ParsedFile& parsed, uint32_t offset) {
  const std::optional<Label> label = TargetAt(workspace, parsed, offset);
  if (!label.has_value()) return Refuse("there is nothing to rename here");
  if (!label->repo().empty()) {
    return Refuse(
        absl::StrCat("`", label->text(), "` is not of this workspace"));
  }
  TargetUses uses = FindTargetUses(workspace, *label);
  if (!uses.broken.empty()) {
    return Refuse(absl::StrCat("`", uses.broken[0].path,
                               "` has errors of syntax: labels in it could be "
                               "missed"));
  }
  if (uses.declaration.has_value() && uses.plain_declaration) {
    return std::pair(*label, std::move(uses));
  }
  if (uses.declaration.has_value()) {
    return Refuse(absl::StrCat("the name of `", label->text(),
                               "` is written with escapes"));
  }
  const Target* target = FindTarget(workspace, *label);
  if (target == nullptr) {
    return Refuse(absl::StrCat("there is no target `", label->text(), "`"));
  }
  switch (target->kind()) {
    case Target::Kind::kSourceFile:
      return Refuse(absl::StrCat("`", label->text(), "` is a source file"));
    case Target::Kind::kOutputFile:
      return Refuse(absl::StrCat("`", label->text(), "` is a file that `",
                                 target->generator().text(), "` makes"));
    case Target::Kind::kRule:
      break;
  }
  return Refuse(absl::StrCat("`", label->text(), "` gets its name in a macro"));
}

// What a label that names the target is to say instead.
std::string NewText(absl::string_view text, absl::string_view to) {
  const size_t colon = text.rfind(':');
  if (colon != absl::string_view::npos) {
    return absl::StrCat(text.substr(0, colon + 1), to);
  }
  // `//pkg` stood for `//pkg:pkg`.
  if (absl::StartsWith(text, "//")) return absl::StrCat(text, ":", to);
  return std::string(to);
}

}  // namespace

absl::StatusOr<Renamable> PrepareRename(Workspace& workspace,
                                        const FileId& file, uint32_t offset) {
  const std::shared_ptr<const ParsedFile> parsed = workspace.Parsed(file);
  if (parsed == nullptr) return Refuse("there is no such file");
  if (const auto use = NameAt(*parsed->file, offset)) {
    RETURN_IF_ERROR(FindName(*parsed, *use).status());
    return Renamable{parsed->At(use->extent),
                     std::string(parsed->file->name(use->name))};
  }
  ASSIGN_OR_RETURN(const auto found, FindRenamable(workspace, *parsed, offset));
  const auto& [label, uses] = found;
  Place place = *uses.declaration;
  for (const TargetUse& use : uses.uses) {
    if (use.place.file == file && Touches(use.place.extent, offset)) {
      place = use.place;
      const size_t colon = use.text.rfind(':');
      if (colon != std::string::npos) {
        place.extent.begin += static_cast<uint32_t>(colon) + 1;
      }
    }
  }
  return Renamable{place, std::string(label.name())};
}

absl::StatusOr<std::vector<Replacement>> Rename(Workspace& workspace,
                                                const FileId& file,
                                                uint32_t offset,
                                                const std::string& name) {
  const std::shared_ptr<const ParsedFile> parsed = workspace.Parsed(file);
  if (parsed == nullptr) return Refuse("there is no such file");
  if (const auto use = NameAt(*parsed->file, offset)) {
    return RenameName(workspace, *parsed, *use, name);
  }
  ASSIGN_OR_RETURN(const auto found, FindRenamable(workspace, *parsed, offset));
  const auto& [label, uses] = found;
  RETURN_IF_ERROR(CheckTargetName(name));
  if (name.find_first_of("\"'\\\n:") != std::string::npos) {
    return Refuse(absl::StrCat("`", name, "` cannot be written as a name"));
  }
  ASSIGN_OR_RETURN(const Label renamed,
                   Label::Create("", label.package(), name));
  if (renamed != label && FindTargetPlace(workspace, renamed).has_value()) {
    return Refuse(absl::StrCat("there is a `", renamed.text(), "` already"));
  }
  std::vector<Replacement> edits = {{*uses.declaration, name}};
  for (const TargetUse& use : uses.uses) {
    edits.push_back({use.place, NewText(use.text, name)});
  }
  return edits;
}

}  // namespace graph
