// SPDX-License-Identifier: Apache-2.0
// The outline of a file: its functions, variables, rules and targets.

#include <string>
#include <vector>

#include "engine/lsp/features.h"
#include "engine/lsp/labels.h"

namespace graph {
namespace {

void AddAssignment(const ParsedFile& parsed, const dsl::AssignStmt& assign,
                   std::vector<Symbol>& symbols) {
  if (assign.target->kind != dsl::ExprKind::kName) return;
  const auto& name = dsl::As<dsl::NameExpr>(*assign.target);
  Symbol symbol;
  symbol.name = std::string(parsed.file->name(name.name));
  if (assign.value->kind == dsl::ExprKind::kCall) {
    const auto& call = dsl::As<dsl::CallExpr>(*assign.value);
    symbol.detail = DottedName(*parsed.file, *call.callee);
    if (symbol.detail == "rule") symbol.kind = Symbol::Kind::kRule;
  }
  symbol.whole = parsed.At(assign.extent);
  symbol.selection = parsed.At(name.extent);
  symbols.push_back(std::move(symbol));
}

}  // namespace

std::vector<Symbol> Symbols(Workspace& workspace, const FileId& file) {
  const std::shared_ptr<const ParsedFile> parsed = workspace.Parsed(file);
  std::vector<Symbol> symbols;
  if (parsed == nullptr) return symbols;
  for (const TargetCall& call : TargetCalls(*parsed)) {
    Symbol symbol;
    symbol.name = std::string(call.name->value);
    symbol.detail = call.callee;
    symbol.kind = Symbol::Kind::kTarget;
    symbol.whole = parsed->At(call.call->extent);
    symbol.selection = parsed->At(call.name->extent);
    // The protocol wants names.
    if (!symbol.name.empty()) symbols.push_back(std::move(symbol));
  }
  for (const dsl::Stmt* statement : parsed->file->body().statements) {
    if (statement->kind == dsl::StmtKind::kDef) {
      const auto& def = dsl::As<dsl::DefStmt>(*statement);
      Symbol symbol;
      symbol.name = std::string(parsed->file->name(def.target->name));
      symbol.kind = Symbol::Kind::kFunction;
      symbol.whole = parsed->At(def.extent);
      symbol.selection = parsed->At(def.target->extent);
      symbols.push_back(std::move(symbol));
    } else if (statement->kind == dsl::StmtKind::kAssign) {
      AddAssignment(*parsed, dsl::As<dsl::AssignStmt>(*statement), symbols);
    }
  }
  return symbols;
}

}  // namespace graph
