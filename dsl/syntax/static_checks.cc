// SPDX-License-Identifier: Apache-2.0

#include "dsl/syntax/static_checks.h"

#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace dsl {
namespace {

// What an expression is called that stands where it cannot be assigned to.
absl::string_view KindName(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kInt:
    case ExprKind::kFloat:
      return "a number";
    case ExprKind::kString:
    case ExprKind::kFString:
      return "a string";
    case ExprKind::kDict:
      return "a dict";
    case ExprKind::kComprehension:
      return "a comprehension";
    case ExprKind::kCall:
      return "a call";
    case ExprKind::kSlice:
      return "a slice";
    case ExprKind::kConditional:
      return "a conditional expression";
    case ExprKind::kLambda:
      return "a lambda";
    case ExprKind::kList:
      return "a list";
    case ExprKind::kTuple:
      return "a tuple";
    default:
      return "an expression";
  }
}

// Follows the arguments of one call.
class ArgumentOrder {
 public:
  ArgumentOrder(const File& file, Diagnostics& diagnostics)
      : file_(file), diagnostics_(diagnostics) {}

  void Check(const Argument& argument) {
    const bool unpacks = argument.kind == ArgumentKind::kStar ||
                         argument.kind == ArgumentKind::kStarStar;
    if (unpacks && IsDeclarative(file_.kind())) {
      Error(argument,
            absl::StrCat(
                "this file may not use ",
                argument.kind == ArgumentKind::kStar ? "*args" : "**kwargs",
                " in calls"),
            "do it in a macro");
    }
    if (star_star_) return Error(argument, "no argument may follow **");
    switch (argument.kind) {
      case ArgumentKind::kPositional:
        if (star_) {
          Error(argument, "a positional argument cannot follow *");
        } else if (named_) {
          Error(argument, "a positional argument cannot follow a named one");
        }
        break;
      case ArgumentKind::kNamed:
        CheckName(argument);
        named_ = true;
        break;
      case ArgumentKind::kStar:
        if (star_) Error(argument, "a second * argument");
        star_ = true;
        break;
      case ArgumentKind::kStarStar:
        star_star_ = true;
        break;
    }
  }

 private:
  void Error(const Argument& argument, std::string message,
             std::string hint = "") {
    diagnostics_.Error(file_.SpanOf(argument), std::move(message),
                       std::move(hint));
  }
  void CheckName(const Argument& argument) {
    const Extent* const first = FirstOf(argument.name);
    if (first == nullptr) return;
    diagnostics_
        .Error(file_.SpanOf(argument.name),
               absl::StrCat("the argument `", file_.name(argument.name.name),
                            "` is given twice"))
        .notes.push_back({file_.At(*first), "first given here"});
  }

  // Where the name was given before; null, and noted, if it was not. Few names
  // are looked through one by one, without a table.
  const Extent* FirstOf(const Identifier& name) {
    constexpr size_t kFew = 16;
    if (few_.size() < kFew) {
      for (const Identifier& each : few_) {
        if (each.name == name.name) return &each.extent;
      }
      few_.push_back(name);
      return nullptr;
    }
    if (names_.empty()) {
      for (const Identifier& each : few_) names_[each.name] = each.extent;
    }
    const auto [at, added] = names_.emplace(name.name, name.extent);
    return added ? nullptr : &at->second;
  }

  const File& file_;
  Diagnostics& diagnostics_;
  absl::InlinedVector<Identifier, 16> few_;
  bool named_ = false;
  bool star_ = false;
  bool star_star_ = false;
  absl::flat_hash_map<NameId, Extent> names_;
};

}  // namespace

void CheckArguments(const File& file, const CallExpr& call,
                    Diagnostics& diagnostics) {
  ArgumentOrder order(file, diagnostics);
  for (const Argument& argument : call.arguments) order.Check(argument);
}

void CheckTarget(const File& file, Expr& target, bool nested,
                 Diagnostics& diagnostics,
                 const std::function<void(NameExpr&)>& bind) {
  switch (target.kind) {
    case ExprKind::kName:
      return bind(As<NameExpr>(target));
    case ExprKind::kDot:
    case ExprKind::kIndex:
      return;
    case ExprKind::kParen:
      return CheckTarget(file, *As<ParenExpr>(target).inner, nested,
                         diagnostics, bind);
    case ExprKind::kList:
    case ExprKind::kTuple: {
      if (!nested) break;
      const auto elements = target.kind == ExprKind::kList
                                ? As<ListExpr>(target).elements
                                : As<TupleExpr>(target).elements;
      for (Expr* element : elements) {
        CheckTarget(file, *element, true, diagnostics, bind);
      }
      return;
    }
    default:
      break;
  }
  diagnostics.Error(file.SpanOf(target),
                    absl::StrCat("cannot assign to ", KindName(target)));
}

void CheckLoad(const File& file, const LoadStmt& load,
               Diagnostics& diagnostics) {
  if (load.names.empty()) {
    diagnostics.Error(file.SpanOf(load), "this load names no symbol to import");
  }
  for (const LoadName& name : load.names) {
    if (absl::StartsWith(name.original->value, "_")) {
      diagnostics.Error(
          file.SpanOf(*name.original),
          absl::StrCat("`", name.original->value, "` is private to its file"));
    }
  }
}

}  // namespace dsl
