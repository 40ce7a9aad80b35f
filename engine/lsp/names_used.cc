// SPDX-License-Identifier: Apache-2.0
#include "engine/lsp/names_used.h"

#include <algorithm>

#include "engine/lsp/walk.h"

namespace graph {
namespace {

using dsl::Scope;

class Collector {
 public:
  explicit Collector(const dsl::File& file)
      : file_(file), functions_{&file.scope()} {}

  std::vector<NameUse> Collect() {
    TreeVisitor visitor;
    visitor.expression = [this](const dsl::Expr& expr) {
      if (expr.kind == dsl::ExprKind::kName) {
        Add(dsl::As<dsl::NameExpr>(expr));
      }
    };
    visitor.enter = [this](const dsl::FunctionDecl& function) {
      functions_.push_back(&function.scope);
      const size_t count =
          std::min(function.parameters.size(), function.scope.locals.size());
      for (size_t i = 0; i < count; ++i) {
        const dsl::Identifier& name = function.parameters[i].name;
        uses_.push_back({name.extent, function.scope.locals[i].extent,
                         NameUse::Kind::kLocal, name.name});
      }
    };
    visitor.leave = [this](const dsl::FunctionDecl&) { functions_.pop_back(); };
    Walk(file_, visitor);
    std::sort(uses_.begin(), uses_.end(),
              [](const NameUse& a, const NameUse& b) {
                return a.extent.begin < b.extent.begin;
              });
    return std::move(uses_);
  }

 private:
  // Where a variable of the function at `depth` is bound.
  const dsl::Local* Free(size_t depth, uint32_t slot) const {
    while (depth > 0 && slot < functions_[depth]->free.size()) {
      const dsl::FreeVariable& variable = functions_[depth]->free[slot];
      --depth;
      slot = variable.index;
      if (variable.from_local) return LocalAt(depth, slot);
    }
    return nullptr;
  }
  const dsl::Local* LocalAt(size_t depth, uint32_t slot) const {
    const dsl::FunctionScope& scope = *functions_[depth];
    return slot < scope.locals.size() ? &scope.locals[slot] : nullptr;
  }

  void AddLocal(const dsl::NameExpr& name, const dsl::Local* local) {
    if (local == nullptr) return;
    uses_.push_back(
        {name.extent, local->extent, NameUse::Kind::kLocal, name.name});
  }
  void AddOf(const dsl::NameExpr& name, std::span<const dsl::Identifier> bound,
             NameUse::Kind kind) {
    if (name.slot >= bound.size()) return;
    uses_.push_back({name.extent, bound[name.slot].extent, kind, name.name});
  }

  void Add(const dsl::NameExpr& name) {
    const size_t innermost = functions_.size() - 1;
    switch (name.scope) {
      case Scope::kUnresolved:
        return;
      case Scope::kLocal:
      case Scope::kCell:
        return AddLocal(name, LocalAt(innermost, name.slot));
      case Scope::kFree:
        return AddLocal(name, Free(innermost, name.slot));
      case Scope::kGlobal:
        return AddOf(name, file_.globals(), NameUse::Kind::kGlobal);
      case Scope::kLoaded:
        return AddOf(name, file_.loaded(), NameUse::Kind::kLoaded);
      case Scope::kPredeclared:
        uses_.push_back(
            {name.extent, {}, NameUse::Kind::kPredeclared, name.name});
    }
  }

  const dsl::File& file_;
  // The file itself, then the functions around the present place.
  std::vector<const dsl::FunctionScope*> functions_;
  std::vector<NameUse> uses_;
};

}  // namespace

std::vector<NameUse> NamesUsed(const dsl::File& file) {
  return Collector(file).Collect();
}

std::optional<NameUse> NameAt(const dsl::File& file, uint32_t offset) {
  std::optional<NameUse> found;
  for (const NameUse& use : NamesUsed(file)) {
    if (Touches(use.extent, offset)) found = use;
  }
  return found;
}

}  // namespace graph
