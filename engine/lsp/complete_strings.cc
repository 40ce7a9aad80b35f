// SPDX-License-Identifier: Apache-2.0
// Completion within strings: labels, files, modules and the names in them.

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/load/file_view.h"
#include "engine/load/glob.h"
#include "engine/load/workspace.h"
#include "engine/lsp/complete.h"
#include "engine/lsp/describe.h"
#include "engine/lsp/labels.h"
#include "engine/lsp/meaning.h"
#include "engine/model/package.h"

namespace graph {
namespace {

using Kind = Completion::Kind;

bool IsLabelType(AttributeType type) {
  return type == AttributeType::kLabel || type == AttributeType::kLabelList ||
         type == AttributeType::kLabelKeyedStringDict;
}

void OfferText(CompletionWork& work, std::string text, Kind kind,
               std::string detail = "") {
  Completion item;
  item.insert = text;
  item.label = std::move(text);
  item.kind = kind;
  item.detail = std::move(detail);
  work.Offer(std::move(item));
}

// `//a/b:c` in its parts; `head` is all before the package, `//` or `@rules//`.
struct LabelStart {
  std::string head;
  std::string repo;
  std::string package;
  bool has_colon = false;
};

LabelStart SplitStart(absl::string_view text) {
  LabelStart start;
  const size_t slashes = text.find("//");
  start.head = std::string(text.substr(0, slashes + 2));
  start.repo = std::string(absl::StripPrefix(text.substr(0, slashes), "@"));
  text.remove_prefix(slashes + 2);
  start.has_colon = absl::StrContains(text, ":");
  start.package = std::string(text.substr(0, text.find(':')));
  return start;
}

std::vector<SourceEntry> Entries(const CompletionWork& work,
                                 absl::string_view repo,
                                 absl::string_view folder) {
  const SourceTree* tree = work.workspace.Tree(repo);
  if (tree == nullptr) return {};
  auto entries = tree->List(folder);
  return entries.ok() ? *std::move(entries) : std::vector<SourceEntry>();
}

// The folders that the last part of `//a/b` may begin.
void OfferFolders(CompletionWork& work, const LabelStart& start) {
  const std::string above(SplitPath(start.package).first);
  for (const SourceEntry& entry : Entries(work, start.repo, above)) {
    if (entry.kind != EntryKind::kDirectory || entry.name.front() == '.' ||
        (above.empty() && entry.name == kOutputFolder)) {
      continue;
    }
    OfferText(work, absl::StrCat(start.head, JoinPath(above, entry.name)),
              Kind::kFolder);
  }
}

struct NamedTarget {
  std::string name;
  std::string kind;
};

// The targets of a package: as loaded, or as far as its calls tell.
std::vector<NamedTarget> TargetsOf(Workspace& workspace,
                                   const PackageName& package) {
  std::vector<NamedTarget> targets;
  std::set<std::string> seen;
  const auto loaded = workspace.loader().LoadPackage(package);
  if (loaded.ok()) {
    for (const Target& target : (*loaded)->package.targets()) {
      if (target.kind() == Target::Kind::kSourceFile) continue;
      std::string name(target.label.name());
      seen.insert(name);
      targets.push_back({std::move(name), target.kind_text()});
    }
    return targets;
  }
  const auto source = workspace.Text(BuildFileOf(package));
  if (source == nullptr) return targets;
  for (const std::string& name : SaidNames(*source)) {
    if (seen.insert(name).second) targets.push_back({name, ""});
  }
  return targets;
}

void OfferTargets(CompletionWork& work, const PackageName& package,
                  absl::string_view before_name) {
  for (NamedTarget& target : TargetsOf(work.workspace, package)) {
    OfferText(work, absl::StrCat(before_name, target.name), Kind::kTarget,
              std::move(target.kind));
  }
}

bool IsPackage(const CompletionWork& work, const PackageName& package) {
  const SourceTree* tree = work.workspace.Tree(package.repo);
  return tree != nullptr &&
         tree->Stat(JoinPath(package.path, kBuildFileName)) == EntryKind::kFile;
}

// Labels that begin with `//`, `@` or `:`.
void OfferLabels(CompletionWork& work) {
  const std::string& before = work.cursor.before;
  const PackageName here = work.file.package();
  work.found.incomplete = true;
  if (before.empty() || before.front() == ':') {
    OfferTargets(work, here, ":");
  }
  if (!absl::StrContains(before, "//")) {
    OfferText(work, "//", Kind::kFolder, "the workspace");
    OfferText(work, "@rules//", Kind::kFolder, "the rules of the tool");
    return;
  }
  const LabelStart start = SplitStart(before);
  const PackageName package{start.repo, start.package};
  if (!start.has_colon) OfferFolders(work, start);
  if (IsPackage(work, package)) {
    OfferTargets(work, package, absl::StrCat(start.head, start.package, ":"));
  }
}

// The files of the package in the folder that was typed so far.
void OfferFiles(CompletionWork& work, const FileFilter& filter) {
  if (filter.kind == FileFilter::Kind::kNone) return;
  const PackageName here = work.file.package();
  const std::string folder(SplitPath(work.cursor.before).first);
  work.found.incomplete = true;
  for (const SourceEntry& entry :
       Entries(work, here.repo, JoinPath(here.path, folder))) {
    const std::string path = JoinPath(folder, entry.name);
    if (entry.kind == EntryKind::kDirectory) {
      if (entry.name.front() == '.' ||
          (here.path.empty() && folder.empty() &&
           entry.name == kOutputFolder) ||
          IsPackage(work, {here.repo, JoinPath(here.path, path)})) {
        continue;
      }
      OfferText(work, absl::StrCat(path, "/"), Kind::kFolder);
    } else if (filter.Accepts(entry.name) && entry.name != kBuildFileName) {
      OfferText(work, path, Kind::kFile);
    }
  }
}

void OfferVisibility(CompletionWork& work) {
  OfferText(work, "//visibility:public", Kind::kValue, "everybody");
  OfferText(work, "//visibility:private", Kind::kValue, "this package");
  if (!absl::StrContains(work.cursor.before, "//")) return;
  const LabelStart start = SplitStart(work.cursor.before);
  if (!start.has_colon) OfferFolders(work, start);
  for (absl::string_view group : {":__pkg__", ":__subpackages__"}) {
    OfferText(work, absl::StrCat(start.head, start.package, group),
              Kind::kValue);
  }
}

// Modules: `:x.spec`, `//a:x.spec`.
void OfferModules(CompletionWork& work) {
  const std::string& before = work.cursor.before;
  work.found.incomplete = true;
  const auto offer_in = [&](const PackageName& folder,
                            const std::string& head) {
    for (const SourceEntry& entry : Entries(work, folder.repo, folder.path)) {
      if (entry.kind != EntryKind::kFile ||
          !absl::EndsWith(entry.name, ".spec") ||
          entry.name == kBuildFileName || entry.name == kWorkspaceFileName ||
          (folder == work.file.package() && entry.name == work.file.name())) {
        continue;
      }
      OfferText(work, absl::StrCat(head, entry.name), Kind::kModule);
    }
  };
  if (before.empty() || before.front() == ':') {
    offer_in(work.file.package(), ":");
  }
  if (!absl::StrContains(before, "//")) {
    OfferText(work, "//", Kind::kFolder, "the workspace");
    OfferText(work, "@rules//", Kind::kFolder, "the rules of the tool");
    return;
  }
  const LabelStart start = SplitStart(before);
  if (!start.has_colon) OfferFolders(work, start);
  offer_in({start.repo, start.package},
           absl::StrCat(start.head, start.package, ":"));
}

// What the module of this load() gives, but for what is loaded already.
void OfferExports(CompletionWork& work) {
  const dsl::Source& source = *work.found.replace.source;
  const std::string path = LoadPathAt(source, work.cursor.word.begin);
  const auto module = work.workspace.ModuleFile(path, work.file);
  if (!module.has_value()) return;
  const std::shared_ptr<const dsl::Source> text = work.workspace.Text(*module);
  if (text == nullptr) return;
  std::set<std::string> taken;
  for (const LoadedName& load : FindLoads(source)) {
    if (load.path == path && load.original != source.Text(work.cursor.word)) {
      taken.insert(load.original);
    }
  }
  for (const std::string& name : GlobalNames(*text)) {
    if (name.front() == '_' || taken.contains(name)) continue;
    Completion item;
    item.label = item.insert = name;
    item.kind = RuleNamed(work.workspace, *module, name) != nullptr
                    ? Kind::kRule
                    : Kind::kVariable;
    item.doc = DescribeName(work.workspace, *module, name);
    work.Offer(std::move(item));
  }
}

// The label within `$(location label)` that is being typed; nothing if none is.
bool NarrowToLocation(const CompletionWork& work, Cursor& narrowed) {
  const std::string& before = work.cursor.before;
  const size_t open = before.rfind("$(");
  if (open == std::string::npos ||
      before.find(')', open) != std::string::npos) {
    return false;
  }
  const size_t space = before.find(' ', open);
  if (space == std::string::npos) return false;
  narrowed.before = before.substr(space + 1);
  narrowed.word.begin += static_cast<uint32_t>(space + 1);
  return true;
}

bool IsLabelByte(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
         absl::string_view("/:@._-+").find(c) != absl::string_view::npos;
}

// Of a string, no more is replaced behind the cursor than belongs to the label.
void TrimReplaced(CompletionWork& work) {
  dsl::Extent& extent = work.found.replace.extent;
  const absl::string_view text = work.found.replace.source->text();
  const uint32_t stop = work.cursor.word.end;
  extent.begin = work.cursor.word.begin;
  extent.end = extent.begin + static_cast<uint32_t>(work.cursor.before.size());
  while (extent.end < stop && IsLabelByte(text[extent.end])) ++extent.end;
}

void CompleteByAttribute(CompletionWork& work,
                         const AttributeSchema& attribute) {
  for (const std::string& each : attribute.strings) {
    OfferText(work, each, Kind::kValue);
  }
  Cursor narrowed = work.cursor;
  if (NarrowToLocation(work, narrowed)) {
    CompletionWork inner{work.workspace, work.file, narrowed, work.found};
    TrimReplaced(inner);
    return OfferLabels(inner);
  }
  if (!IsLabelType(attribute.type)) return;
  OfferLabels(work);
  if (!absl::StrContains(work.cursor.before, ":")) {
    OfferFiles(work, attribute.files);
  }
}

}  // namespace

const AttributeSchema* AttributeAt(const CompletionWork& work) {
  const std::vector<OpenCall>& calls = work.cursor.calls;
  for (size_t i = calls.size(); i-- > 0;) {
    if (calls[i].callee == "select") continue;
    const RuleClass* rule =
        RuleNamed(work.workspace, work.file, calls[i].callee);
    if (rule == nullptr) return nullptr;
    const auto index = rule->Find(calls[i].argument);
    return index.has_value() ? &rule->attributes()[*index] : nullptr;
  }
  return nullptr;
}

void CompleteString(CompletionWork& work) {
  const OpenCall* call = work.cursor.call();
  TrimReplaced(work);
  const std::string callee = call == nullptr ? "" : call->callee;
  const std::string argument = call == nullptr ? "" : call->argument;
  if (callee == "load") {
    if (call->position == 0) return OfferModules(work);
    return OfferExports(work);
  }
  const bool marked = absl::StartsWith(work.cursor.before, "/") ||
                      absl::StartsWith(work.cursor.before, ":") ||
                      absl::StartsWith(work.cursor.before, "@");
  if (Workspace::KindOf(work.file) != dsl::FileKind::kBuildFile) {
    if (marked) OfferLabels(work);
    return;
  }
  if (argument == "name") return;
  if (argument == "visibility" || argument == "default_visibility") {
    return OfferVisibility(work);
  }
  FileFilter any;
  any.kind = FileFilter::Kind::kAny;
  if (callee == "glob" || callee == "exports_files") {
    return OfferFiles(work, any);
  }
  if (callee == "select" && work.cursor.is_key) {
    OfferText(work, "//conditions:default", Kind::kValue, "otherwise");
    return OfferLabels(work);
  }
  if (const AttributeSchema* attribute = AttributeAt(work)) {
    return CompleteByAttribute(work, *attribute);
  }
  if (marked || call != nullptr) OfferLabels(work);
  // A macro may pass it on as it likes.
  if (call != nullptr && !absl::StrContains(work.cursor.before, ":")) {
    OfferFiles(work, any);
  }
}

}  // namespace graph
