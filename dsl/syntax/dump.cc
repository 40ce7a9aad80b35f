// SPDX-License-Identifier: Apache-2.0

// The tree as an S-expression.

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "dsl/syntax/file.h"

namespace dsl {
namespace {

class Dumper {
 public:
  explicit Dumper(const File& file) : file_(file) {}

  std::string Run() {
    for (const Stmt* statement : file_.body().statements) {
      Put(*statement);
      out_ += '\n';
    }
    return std::move(out_);
  }

 private:
  void Open(absl::string_view what) { absl::StrAppend(&out_, "(", what); }
  void Close() { out_ += ')'; }
  void Word(absl::string_view word) { absl::StrAppend(&out_, " ", word); }
  void Name(const Identifier& name) { Word(file_.name(name.name)); }
  void Text(absl::string_view text) {
    absl::StrAppend(&out_, " \"", absl::CHexEscape(text), "\"");
  }

  void Part(const Expr* expr) {
    out_ += ' ';
    if (expr == nullptr) {
      out_ += '-';
    } else {
      Put(*expr);
    }
  }
  void Parts(absl::string_view what, std::span<Expr* const> parts) {
    Open(what);
    for (const Expr* part : parts) Part(part);
    Close();
  }
  void PutBlock(absl::string_view what, const Block& block) {
    absl::StrAppend(&out_, " (", what);
    for (const Stmt* statement : block.statements) {
      out_ += ' ';
      Put(*statement);
    }
    Close();
  }

  void PutFunction(const FunctionDecl& function) {
    out_ += " (";
    absl::string_view between = "";
    for (const ParameterDecl& parameter : function.parameters) {
      constexpr absl::string_view kMarks[] = {"", "key ", "*", "**"};
      absl::StrAppend(&out_, between, kMarks[static_cast<int>(parameter.kind)],
                      file_.name(parameter.name.name));
      if (parameter.type != nullptr) {
        out_ += ':';
        Part(parameter.type);
      }
      if (parameter.default_value != nullptr) {
        out_ += " =";
        Part(parameter.default_value);
      }
      between = ", ";
    }
    Close();
    if (function.result_type != nullptr) {
      out_ += " ->";
      Part(function.result_type);
    }
  }

  void Put(const Expr& expr);
  void PutCollection(const Expr& expr);
  void PutCall(const CallExpr& call);
  void PutComprehension(const ComprehensionExpr& comprehension);
  void Put(const Stmt& statement);
  void PutSimple(const Stmt& statement);
  void PutLoad(const LoadStmt& load);

  const File& file_;
  std::string out_;
};

void Dumper::PutCall(const CallExpr& call) {
  Open("call");
  Part(call.callee);
  for (const Argument& argument : call.arguments) {
    switch (argument.kind) {
      case ArgumentKind::kPositional:
        break;
      case ArgumentKind::kNamed:
        absl::StrAppend(&out_, " ", file_.name(argument.name.name), " =");
        break;
      case ArgumentKind::kStar:
        out_ += " *";
        break;
      case ArgumentKind::kStarStar:
        out_ += " **";
        break;
    }
    Part(argument.value);
  }
  Close();
}

void Dumper::PutComprehension(const ComprehensionExpr& comprehension) {
  Open("comprehension");
  Part(comprehension.element);
  if (comprehension.value != nullptr) Part(comprehension.value);
  for (const Clause& clause : comprehension.clauses) {
    if (clause.iterable == nullptr) {
      out_ += " (if";
      Part(clause.condition);
    } else {
      out_ += " (for";
      Part(clause.targets);
      Part(clause.iterable);
    }
    Close();
  }
  Close();
}

void Dumper::PutCollection(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kList:
      return Parts("list", As<ListExpr>(expr).elements);
    case ExprKind::kTuple:
      return Parts("tuple", As<TupleExpr>(expr).elements);
    case ExprKind::kDict:
      Open("dict");
      for (const DictEntry& entry : As<DictExpr>(expr).entries) {
        Part(entry.key);
        Part(entry.value);
      }
      return Close();
    case ExprKind::kFString:
      Open("fstring");
      for (const FStringPart& part : As<FStringExpr>(expr).parts) {
        if (part.expr == nullptr) {
          Text(part.text);
        } else {
          Part(part.expr);
          if (part.conversion == FStringPart::Conversion::kRepr) Word("!r");
        }
      }
      return Close();
    default:
      return PutComprehension(As<ComprehensionExpr>(expr));
  }
}

void Dumper::Put(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kName:
      absl::StrAppend(&out_, file_.name(As<NameExpr>(expr).name));
      return;
    case ExprKind::kInt:
    case ExprKind::kFloat:
      absl::StrAppend(&out_, file_.source()->Text(expr.extent));
      return;
    case ExprKind::kString:
      absl::StrAppend(&out_, "\"", absl::CHexEscape(As<StringExpr>(expr).value),
                      "\"");
      return;
    case ExprKind::kEllipsis:
      out_ += "...";
      return;
    case ExprKind::kParen:
      return Put(*As<ParenExpr>(expr).inner);
    case ExprKind::kDot:
      Open("dot");
      Part(As<DotExpr>(expr).object);
      Name(As<DotExpr>(expr).name);
      return Close();
    case ExprKind::kCall:
      return PutCall(As<CallExpr>(expr));
    case ExprKind::kIndex:
      return Parts("index", std::vector<Expr*>{As<IndexExpr>(expr).object,
                                               As<IndexExpr>(expr).index});
    case ExprKind::kSlice: {
      const auto& slice = As<SliceExpr>(expr);
      return Parts("slice", std::vector<Expr*>{slice.object, slice.start,
                                               slice.stop, slice.step});
    }
    case ExprKind::kUnary:
      return Parts(ToString(As<UnaryExpr>(expr).op),
                   std::vector<Expr*>{As<UnaryExpr>(expr).operand});
    case ExprKind::kBinary:
      return Parts(ToString(As<BinaryExpr>(expr).op),
                   std::vector<Expr*>{As<BinaryExpr>(expr).left,
                                      As<BinaryExpr>(expr).right});
    case ExprKind::kConditional: {
      const auto& conditional = As<ConditionalExpr>(expr);
      return Parts(
          "if", std::vector<Expr*>{conditional.condition, conditional.if_true,
                                   conditional.if_false});
    }
    case ExprKind::kLambda:
      Open("lambda");
      PutFunction(As<LambdaExpr>(expr).function);
      Part(As<LambdaExpr>(expr).function.result);
      return Close();
    default:
      return PutCollection(expr);
  }
}

void Dumper::PutLoad(const LoadStmt& load) {
  Open("load");
  Text(load.path->value);
  for (const LoadName& name : load.names) {
    absl::StrAppend(&out_, " ", file_.name(name.local->name), "=",
                    name.original->value);
  }
  Close();
}

void Dumper::PutSimple(const Stmt& statement) {
  switch (statement.kind) {
    case StmtKind::kAssign:
      Open("=");
      Part(As<AssignStmt>(statement).target);
      if (As<AssignStmt>(statement).type != nullptr) {
        out_ += " :";
        Part(As<AssignStmt>(statement).type);
      }
      Part(As<AssignStmt>(statement).value);
      return Close();
    case StmtKind::kAugAssign:
      Open(absl::StrCat(ToString(As<AugAssignStmt>(statement).op), "="));
      Part(As<AugAssignStmt>(statement).target);
      Part(As<AugAssignStmt>(statement).value);
      return Close();
    case StmtKind::kReturn:
      Open("return");
      Part(As<ReturnStmt>(statement).value);
      return Close();
    case StmtKind::kTypeAlias:
      Open("type");
      Part(As<TypeAliasStmt>(statement).target);
      Part(As<TypeAliasStmt>(statement).value);
      return Close();
    case StmtKind::kBreak:
      out_ += "(break)";
      return;
    case StmtKind::kContinue:
      out_ += "(continue)";
      return;
    default:
      out_ += "(pass)";
      return;
  }
}

void Dumper::Put(const Stmt& statement) {
  switch (statement.kind) {
    case StmtKind::kDef: {
      const FunctionDecl& function = As<DefStmt>(statement).function;
      Open("def");
      Name(function.name);
      PutFunction(function);
      PutBlock("do", *function.body);
      return Close();
    }
    case StmtKind::kIf: {
      const auto& branch = As<IfStmt>(statement);
      Open("if");
      Part(branch.condition);
      PutBlock("then", branch.then);
      if (!branch.otherwise.statements.empty()) {
        PutBlock("else", branch.otherwise);
      }
      return Close();
    }
    case StmtKind::kFor:
      Open("for");
      Part(As<ForStmt>(statement).targets);
      Part(As<ForStmt>(statement).iterable);
      PutBlock("do", As<ForStmt>(statement).body);
      return Close();
    case StmtKind::kExpr:
      return Put(*As<ExprStmt>(statement).expr);
    case StmtKind::kLoad:
      return PutLoad(As<LoadStmt>(statement));
    default:
      return PutSimple(statement);
  }
}

}  // namespace

std::string Dump(const File& file) { return Dumper(file).Run(); }

}  // namespace dsl
