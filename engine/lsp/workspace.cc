// SPDX-License-Identifier: Apache-2.0
#include "engine/lsp/workspace.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "dsl/stdlib/universe.h"
#include "dsl/syntax/parser.h"
#include "dsl/syntax/resolver.h"
#include "engine/load/file_view.h"
#include "engine/load/glob.h"
#include "engine/load/place.h"
#include "engine/load/workspace.h"
#include "engine/lsp/file_uri.h"
#include "engine/model/package.h"

namespace graph {
namespace {

constexpr absl::string_view kRules = "rules";
// What a file may take before the server gives it up: some seconds, more than
// any that is to be built.
constexpr uint64_t kMaxSteps = 50'000'000;
// More parsed files than this are not kept.
constexpr size_t kMaxParsed = 64;

class KnownNames final : public dsl::PredeclaredNames {
 public:
  explicit KnownNames(const dsl::Environment& names) : names_(names) {}
  bool Contains(absl::string_view name) const override {
    return names_.Find(name).has_value();
  }
  std::vector<std::string> All() const override { return names_.Names(); }

 private:
  const dsl::Environment& names_;
};

// `path` relative to `folder`, if it lies below.
std::optional<std::string> Below(absl::string_view path,
                                 absl::string_view folder) {
  if (folder.empty() || !absl::ConsumePrefix(&path, folder) ||
      !absl::ConsumePrefix(&path, "/") || path.empty()) {
    return std::nullopt;
  }
  return std::string(path);
}

void FindSpecFiles(const SourceTree& tree, const std::string& folder,
                   bool modules_too, std::vector<FileId>& found) {
  const absl::StatusOr<std::vector<SourceEntry>> entries = tree.List(folder);
  if (!entries.ok()) return;
  for (const SourceEntry& entry : *entries) {
    if (entry.kind == EntryKind::kFile) {
      if (entry.name == kBuildFileName ||
          (modules_too && absl::EndsWith(entry.name, ".spec") &&
           entry.name != kWorkspaceFileName)) {
        found.push_back({"", JoinPath(folder, entry.name)});
      }
    } else if (!entry.linked && entry.name.front() != '.' &&
               !(folder.empty() && entry.name == kOutputFolder)) {
      FindSpecFiles(tree, JoinPath(folder, entry.name), modules_too, found);
    }
  }
}

}  // namespace

absl::string_view FileId::folder() const { return SplitPath(path).first; }
absl::string_view FileId::name() const { return SplitPath(path).second; }

Workspace::Workspace(EditorFiles files)
    : files_(std::move(files)), overlay_(*files_.workspace) {}
Workspace::~Workspace() = default;

std::optional<FileId> Workspace::IdOf(absl::string_view uri) const {
  const std::optional<std::string> path = PathOfUri(uri);
  if (!path.has_value()) return std::nullopt;
  if (std::optional<std::string> rules = Below(*path, files_.rules_folder)) {
    return FileId{std::string(kRules), *std::move(rules)};
  }
  if (std::optional<std::string> below = Below(*path, files_.root)) {
    return FileId{"", *std::move(below)};
  }
  return FileId{std::string(FileId::kOutside), *path};
}

std::string Workspace::UriOf(const FileId& id) const {
  if (const OpenFile* open = FindOpen(id)) return open->uri;
  if (id.outside()) return UriOfPath(id.path);
  const std::string& root = id.repo.empty() ? files_.root : files_.rules_folder;
  return UriOfPath(absl::StrCat(root, "/", id.path));
}

void Workspace::Open(const FileId& id, OpenFile file) {
  std::string text(file.source->text());
  const int64_t version = file.version;
  open_.insert_or_assign(id, std::move(file));
  SetText(id, version, std::move(text));
}

void Workspace::SetText(const FileId& id, int64_t version, std::string text) {
  OpenFile& file = open_.at(id);
  file.version = version;
  file.source =
      dsl::Source::Make(DisplayPath(id.repo, id.path), std::move(text));
  if (id.repo.empty()) overlay_.Set(id.path, file.source);
  Changed();
}

void Workspace::Close(const FileId& id) {
  open_.erase(id);
  if (id.repo.empty()) overlay_.Remove(id.path);
  Changed();
}

void Workspace::Forget() { Changed(); }

void Workspace::Changed() {
  parsed_.clear();
  loader_ = nullptr;
  mistakes_.clear();
}

const Workspace::OpenFile* Workspace::FindOpen(const FileId& id) const {
  const auto found = open_.find(id);
  return found == open_.end() ? nullptr : &found->second;
}

dsl::FileKind Workspace::KindOf(const FileId& id) {
  if (id.name() == kBuildFileName) return dsl::FileKind::kBuildFile;
  if (id.name() == kWorkspaceFileName) return dsl::FileKind::kWorkspaceFile;
  return dsl::FileKind::kModule;
}

const SourceTree* Workspace::Tree(absl::string_view repo) const {
  if (repo.empty()) return &overlay_;
  return repo == kRules ? files_.rules : nullptr;
}

std::shared_ptr<const dsl::Source> Workspace::Text(const FileId& id) const {
  if (const OpenFile* open = FindOpen(id)) return open->source;
  const SourceTree* tree = Tree(id.repo);
  if (tree == nullptr) return nullptr;
  absl::StatusOr<std::string> text = tree->ReadFile(id.path);
  if (!text.ok()) return nullptr;
  return dsl::Source::Make(DisplayPath(id.repo, id.path), *std::move(text));
}

std::shared_ptr<const ParsedFile> Workspace::Parsed(const FileId& id) {
  if (const auto known = parsed_.find(id); known != parsed_.end()) {
    return known->second;
  }
  auto parsed = std::make_shared<ParsedFile>();
  parsed->id = id;
  parsed->source = Text(id);
  if (parsed->source == nullptr) return nullptr;
  parsed->file =
      dsl::ParsePartly(parsed->source, KindOf(id), parsed->diagnostics);
  parsed->whole = !parsed->diagnostics.has_errors();
  dsl::Resolve(*parsed->file, KnownNames(NamesOf(id)), parsed->diagnostics);
  if (parsed_.size() >= kMaxParsed) parsed_.clear();
  parsed_.emplace(id, parsed);
  return parsed;
}

const dsl::Environment& Workspace::NamesOf(const FileId& id) {
  if (KindOf(id) != dsl::FileKind::kWorkspaceFile) {
    return loader().Names(KindOf(id));
  }
  if (workspace_names_ == nullptr) {
    workspace_names_ = WorkspaceNames(dsl::Universe());
  }
  return *workspace_names_;
}

Loader& Workspace::loader() {
  if (loader_ == nullptr) {
    SourceTrees trees;
    trees[""] = &overlay_;
    if (files_.rules != nullptr) trees[std::string(kRules)] = files_.rules;
    LoaderOptions options;
    options.threads = files_.threads;
    options.max_steps = kMaxSteps;
    options.report = [this](const dsl::Diagnostic& mistake) {
      mistakes_.push_back(mistake);
    };
    loader_ = std::make_unique<Loader>(std::move(trees), dsl::Universe(),
                                       std::move(options));
  }
  return *loader_;
}

FileId Workspace::FileOfSource(const dsl::Source& source) {
  absl::string_view path = source.path();
  if (absl::StartsWith(path, "@")) {
    const size_t slashes = path.find("//");
    if (slashes != absl::string_view::npos) {
      return {std::string(path.substr(1, slashes - 1)),
              std::string(path.substr(slashes + 2))};
    }
  }
  return {"", std::string(path)};
}

std::optional<FileId> Workspace::ModuleFile(absl::string_view label,
                                            const FileId& from) const {
  const absl::StatusOr<Label> parsed = Label::Parse(label, from.package());
  if (!parsed.ok()) return std::nullopt;
  return FileId{std::string(parsed->repo()),
                JoinPath(parsed->package(), parsed->name())};
}

std::optional<dsl::Value> Workspace::Export(const FileId& module,
                                            absl::string_view name) {
  if (KindOf(module) != dsl::FileKind::kModule ||
      Tree(module.repo) == nullptr) {
    return std::nullopt;
  }
  const absl::StatusOr<const dsl::Module*> loaded =
      loader().LoadModule(ModuleLabel(module.repo, module.path));
  if (!loaded.ok()) return std::nullopt;
  return (*loaded)->Find(name);
}

std::vector<FileId> Workspace::SpecFiles(bool modules_too) const {
  std::vector<FileId> found;
  FindSpecFiles(overlay_, "", modules_too, found);
  return found;
}

}  // namespace graph
