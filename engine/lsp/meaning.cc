// SPDX-License-Identifier: Apache-2.0
#include "engine/lsp/meaning.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "dsl/runtime/heap.h"
#include "dsl/runtime/native.h"
#include "dsl/runtime/thread.h"
#include "engine/lsp/cursor.h"
#include "engine/lsp/walk.h"

namespace graph {
namespace {

// A chain of aliases that is longer goes in a circle.
constexpr int kMaxAliases = 32;

constexpr absl::string_view kPreludeRepo = "rules";
constexpr absl::string_view kPrelude = "core/defs.spec";

std::optional<dsl::Value> ValueOfName(Workspace& workspace, const FileId& file,
                                      absl::string_view name) {
  const std::shared_ptr<const dsl::Source> source = workspace.Text(file);
  if (source == nullptr) return std::nullopt;
  for (const LoadedName& load : FindLoads(*source)) {
    if (load.local != name) continue;
    const std::optional<FileId> module = workspace.ModuleFile(load.path, file);
    if (!module.has_value()) return std::nullopt;
    return workspace.Export(*module, load.original);
  }
  if (std::optional<dsl::Value> known = workspace.NamesOf(file).Find(name)) {
    return known;
  }
  return workspace.Export(file, name);
}

// The statement at the top level that binds what lies at `binding`.
const dsl::Stmt* BindingStatement(const dsl::File& file, dsl::Extent binding) {
  for (const dsl::Stmt* statement : file.body().statements) {
    if (statement->extent.begin <= binding.begin &&
        binding.end <= statement->extent.end) {
      return statement;
    }
  }
  return nullptr;
}

// The name that `statement` gives another name to, if it does only that.
const dsl::NameExpr* AliasedName(const dsl::Stmt& statement) {
  if (statement.kind != dsl::StmtKind::kAssign) return nullptr;
  const auto& assign = dsl::As<dsl::AssignStmt>(statement);
  if (assign.target->kind != dsl::ExprKind::kName ||
      assign.value->kind != dsl::ExprKind::kName) {
    return nullptr;
  }
  return &dsl::As<dsl::NameExpr>(*assign.value);
}

// The load() that brings in the local name at `binding`.
struct LoadOfName {
  std::string path;
  std::string original;
};
std::optional<LoadOfName> FindLoad(const dsl::File& file, dsl::Extent binding) {
  for (const dsl::LoadStmt* load : file.loads()) {
    for (const dsl::LoadName& each : load->names) {
      if (each.local->extent == binding) {
        return LoadOfName{std::string(load->path->value),
                          std::string(each.original->value)};
      }
    }
  }
  return std::nullopt;
}

std::optional<dsl::Extent> BindingOf(const ParsedFile& parsed,
                                     std::span<const dsl::Identifier> bound,
                                     absl::string_view name) {
  for (const dsl::Identifier& each : bound) {
    if (parsed.file->name(each.name) == name) return each.extent;
  }
  return std::nullopt;
}

}  // namespace

std::optional<dsl::Value> ValueOf(Workspace& workspace, const FileId& file,
                                  absl::string_view name) {
  const std::vector<std::string> parts = absl::StrSplit(name, '.');
  std::optional<dsl::Value> value = ValueOfName(workspace, file, parts[0]);
  dsl::Heap heap;
  dsl::Thread thread(heap);
  for (size_t i = 1; i < parts.size() && value.has_value(); ++i) {
    if (!value->is_object()) return std::nullopt;
    const absl::StatusOr<dsl::Value> member =
        value->object()->AttrOf(thread, parts[i]);
    // What was made just now dies with the heap.
    if (!member.ok() || !*member || member->is(dsl::Kind::kMethod)) {
      return std::nullopt;
    }
    value = *member;
  }
  return value;
}

const RuleClass* RuleNamed(Workspace& workspace, const FileId& file,
                           absl::string_view name) {
  if (name.empty()) return nullptr;
  const std::optional<dsl::Value> value = ValueOf(workspace, file, name);
  if (!value.has_value()) return nullptr;
  const auto* rule = dsl::NativeCast<RuleFunction>(*value);
  return rule != nullptr && rule->exported() ? &rule->rule_class() : nullptr;
}

std::optional<GlobalMade> FindGlobal(Workspace& workspace, const FileId& file,
                                     absl::string_view name) {
  FileId at = file;
  std::string wanted(name);
  std::optional<GlobalMade> made;
  for (int i = 0; i < kMaxAliases; ++i) {
    const std::shared_ptr<const ParsedFile> parsed = workspace.Parsed(at);
    if (parsed == nullptr) return made;
    const dsl::File& tree = *parsed->file;
    if (const auto loaded = BindingOf(*parsed, tree.loaded(), wanted)) {
      made = GlobalMade{parsed, *loaded, BindingStatement(tree, *loaded)};
      const std::optional<LoadOfName> load = FindLoad(tree, *loaded);
      if (!load.has_value()) return made;
      const auto module = workspace.ModuleFile(load->path, at);
      if (!module.has_value()) return made;
      at = *module;
      wanted = load->original;
      continue;
    }
    const auto global = BindingOf(*parsed, tree.globals(), wanted);
    if (!global.has_value()) return made;
    made = GlobalMade{parsed, *global, BindingStatement(tree, *global)};
    const dsl::NameExpr* alias =
        made->statement == nullptr ? nullptr : AliasedName(*made->statement);
    if (alias == nullptr) return made;
    wanted = std::string(tree.name(alias->name));
  }
  return made;
}

std::optional<GlobalMade> FindMade(Workspace& workspace, const FileId& file,
                                   absl::string_view name) {
  if (auto made = FindGlobal(workspace, file, name)) return made;
  const std::shared_ptr<const dsl::Source> source = workspace.Text(file);
  if (source == nullptr) return std::nullopt;
  // The file may be broken where it loads.
  for (const LoadedName& load : FindLoads(*source)) {
    if (load.local != name) continue;
    const auto module = workspace.ModuleFile(load.path, file);
    if (!module.has_value()) return std::nullopt;
    return FindGlobal(workspace, *module, load.original);
  }
  absl::string_view plain = name;
  const bool native = absl::ConsumePrefix(&plain, "native.");
  if (!native && Workspace::KindOf(file) != dsl::FileKind::kBuildFile) {
    return std::nullopt;
  }
  return FindGlobal(workspace,
                    {std::string(kPreludeRepo), std::string(kPrelude)}, plain);
}

std::optional<Place> FindParameter(const GlobalMade& made,
                                   absl::string_view name) {
  if (made.statement == nullptr) return std::nullopt;
  const dsl::File& file = *made.file->file;
  if (made.statement->kind == dsl::StmtKind::kDef) {
    const auto& def = dsl::As<dsl::DefStmt>(*made.statement);
    for (const dsl::ParameterDecl& each : def.function.parameters) {
      if (file.name(each.name.name) == name) {
        return made.file->At(each.name.extent);
      }
    }
    return std::nullopt;
  }
  if (made.statement->kind != dsl::StmtKind::kAssign) return std::nullopt;
  std::optional<Place> found;
  TreeVisitor visitor;
  visitor.expression = [&](const dsl::Expr& expr) {
    if (expr.kind != dsl::ExprKind::kDict) return;
    for (const dsl::DictEntry& entry : dsl::As<dsl::DictExpr>(expr).entries) {
      if (entry.key->kind == dsl::ExprKind::kString &&
          dsl::As<dsl::StringExpr>(*entry.key).value == name) {
        found = made.file->At(entry.key->extent);
      }
    }
  };
  Walk(*dsl::As<dsl::AssignStmt>(*made.statement).value, visitor);
  return found;
}

std::string SignatureText(const ParsedFile& file, const dsl::DefStmt& def) {
  const absl::string_view text = file.source->text();
  const dsl::FunctionDecl& function = def.function;
  uint32_t from = def.target->extent.end;
  if (!function.parameters.empty()) {
    from = function.parameters.back().extent.end;
  }
  size_t end = text.find(')', from);
  if (end == absl::string_view::npos) end = from;
  if (function.result_type != nullptr) end = function.result_type->extent.end;
  end = std::min<size_t>(end + (function.result_type == nullptr ? 1 : 0),
                         text.size());
  return std::string(text.substr(def.extent.begin, end - def.extent.begin));
}

}  // namespace graph
