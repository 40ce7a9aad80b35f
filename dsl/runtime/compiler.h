// SPDX-License-Identifier: Apache-2.0

// From a resolved syntax tree to an executable one.

#ifndef GRAPH_DSL_RUNTIME_COMPILER_H_
#define GRAPH_DSL_RUNTIME_COMPILER_H_

#include <span>
#include <vector>

#include "dsl/runtime/call_nodes.h"
#include "dsl/runtime/eval.h"
#include "dsl/runtime/expr_nodes.h"
#include "dsl/runtime/stmt_nodes.h"
#include "dsl/syntax/file.h"

namespace dsl {

// Compiles one file into a Code. The parser bounds the depth of the tree, so
// recursion over it is safe.
class Compiler {
 public:
  Compiler(const File& file, Code& code) : file_(file), code_(code) {}

  void CompileFile();

 private:
  template <class T, class From>
  T* Make(const From& from) {
    T* node = code_.arena.New<T>();
    node->span = file_.SpanOf(from);
    return node;
  }
  template <class T>
  std::span<const T> Copy(const std::vector<T>& items) {
    return code_.arena.Copy(items.data(), items.size());
  }
  absl::string_view Text(NameId name);
  Value Constant(absl::string_view text) {
    return code_.constants.String(text);
  }
  Node* MakeConstant(const Expr& expr, Value value);

  // compile_expr.cc
  const Node* Compile(const Expr& expr);
  std::span<const Node* const> CompileAll(std::span<Expr* const> exprs);
  const Node* CompileName(const NameExpr& expr);
  const Node* CompileInt(const IntExpr& expr);
  const Node* CompileDict(const DictExpr& expr);
  const Node* CompileFString(const FStringExpr& expr);
  const Node* CompileComprehension(const ComprehensionExpr& expr);
  const DotNode* CompileDot(const DotExpr& expr);
  const Node* CompileCall(const CallExpr& expr);
  const Node* CompileIndex(const IndexExpr& expr);
  const Node* CompileSlice(const SliceExpr& expr);
  const Node* CompileUnary(const UnaryExpr& expr);
  const Node* CompileBinary(const BinaryExpr& expr);
  const Node* CompileChain(const BinaryExpr& expr);
  const Node* CompileConditional(const ConditionalExpr& expr);
  BinaryNode* MakeBinary(Operator op);
  template <BinaryOp op>
  BinaryNode* Arithmetic() {
    return code_.arena.New<ArithmeticNode<op>>();
  }
  template <Operator op>
  BinaryNode* Comparison() {
    return code_.arena.New<CompareNode<op>>();
  }

  // compile_stmt.cc
  const StmtNode* Compile(const Block& block);
  const StmtNode* Compile(const Stmt& stmt);
  const StmtNode* CompileAssign(const AssignStmt& stmt);
  const StmtNode* CompileAugAssign(const AugAssignStmt& stmt);
  const StmtNode* CompileFor(const ForStmt& stmt);
  const StmtNode* CompileDef(const DefStmt& stmt);
  template <BinaryOp op>
  const StmtNode* AugmentLocal(const AugAssignStmt& stmt);
  const StmtNode* MakeAugmentLocal(const AugAssignStmt& stmt, BinaryOp op);
  const TargetNode* CompileTarget(const Expr& expr);
  const DotTarget* MakeDotTarget(const DotExpr& expr, const Node* object);
  const TargetNode* CompileNameTarget(const NameExpr& expr);
  const TypeNode* CompileType(const Expr& expr);
  void CompileTypeArguments(const Expr& index, TypeNode* type);
  const FunctionCode* CompileFunction(const FunctionDecl& function,
                                      Extent extent);
  void CompileParameters(const FunctionDecl& function, FunctionCode* code);
  void CompileScope(const FunctionScope& scope, FunctionCode* code);
  void CompileLoads();

  const File& file_;
  Code& code_;
};

// The slot of an uncaptured local that the expression is, or -1.
int32_t LocalSlot(const Expr& expr);
// The arithmetic operator that stands before `=`, or between operands.
BinaryOp ToBinaryOp(Operator op);

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_COMPILER_H_
