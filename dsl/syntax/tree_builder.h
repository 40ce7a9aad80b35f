// SPDX-License-Identifier: Apache-2.0

// The actions of the grammar: what dsl/grammar/Spec.g4 calls to build the tree.

#ifndef GRAPH_DSL_SYNTAX_TREE_BUILDER_H_
#define GRAPH_DSL_SYNTAX_TREE_BUILDER_H_

#include <functional>
#include <string>
#include <vector>

#include "dsl/syntax/ast.h"
#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/file.h"
#include "dsl/syntax/token.h"

namespace dsl {

using TokenRef = Token;

// Builds a file's tree from below: finished pieces wait on stacks, one for each
// kind of piece, until the construct that they are part of is complete and
// takes them off. Each action says what it takes; it also moves the parser over
// the tokens. What the language forbids beyond the grammar is reported here as
// far as it shows in the order of the tokens; the rest is the resolver's.
class TreeBuilder {
 public:
  // Thrown when a tree would be too deep; reported already.
  struct TooDeep {};
  // Parses an expression of an f-string that starts at `part.begin`; returns it
  // and sets `end` to where it stops, or null if it is wrong.
  using EmbeddedParser = std::function<Expr*(Extent part, uint32_t* end)>;

  // `tokens` end with END. All must outlive the builder.
  TreeBuilder(File& file, const std::vector<Token>& tokens,
              EmbeddedParser embedded, Diagnostics& diagnostics);

  // --- the tokens ---
  TokenType NextType() const { return tokens_[next_].type; }
  Extent Next() const { return tokens_[next_].extent; }
  uint32_t Here() const { return tokens_[next_].extent.begin; }
  void Advance() {
    if (tokens_[next_].type != TokenType::END) ++next_;
  }
  Extent Last() const { return LastToken().extent; }
  const TokenRef& LastToken() const { return tokens_[next_ - 1]; }
  size_t position() const { return next_; }
  const std::vector<Token>& tokens() const { return tokens_; }
  const File& file() const { return file_; }
  Diagnostics& diagnostics() { return diagnostics_; }

  // --- how much waits on the stacks ---
  size_t expressions() const { return expressions_.size(); }
  size_t operators() const { return operators_.size(); }
  size_t parameters() const { return parameters_.size(); }
  size_t arguments() const { return arguments_.size(); }
  size_t clauses() const { return clauses_.size(); }
  size_t branches() const { return branches_.size(); }
  size_t statements() const { return statements_.size(); }
  size_t load_names() const { return load_names_.size(); }

  // --- expressions: of the last token ---
  void Name();
  void Int();
  void Float();
  void String();
  void FString();
  void Ellipsis();
  // --- expressions: of those that wait from `m` on, or of the topmost ---
  void List(uint32_t begin, size_t m);
  void Tuple(uint32_t begin, size_t m);
  void Dict(uint32_t begin, size_t m);
  void EntryColon() { colons_.push_back(Last()); }
  void Paren(uint32_t begin);
  void Dot();
  void Missing() { expressions_.push_back(nullptr); }
  void Index(Extent open);
  void Slice(Extent open);
  void ArgumentName();
  void Argument(uint32_t begin, ArgumentKind kind);
  void Call(Extent open, size_t n);
  void Conditional();
  void Lambda(uint32_t begin, size_t n);
  void ForClause(Extent keyword);
  void IfClause(Extent keyword);
  void Clauses(size_t n);
  void ListComprehension(uint32_t begin);
  void DictComprehension(uint32_t begin);
  void BareTrailingComma();
  // --- operators: each waits until one that binds less tightly comes ---
  void Prefix();
  void Binary(size_t n);
  void BinaryNotIn(size_t n);
  void Reduce(size_t n);

  // --- parameters ---
  void Parameter(uint32_t begin, ParameterKind kind);
  void BareStar();
  void ParameterType();
  void ParameterDefault();
  void ResultType();
  void NoResultType() { result_types_.push_back(nullptr); }

  // --- statements ---
  void Def(uint32_t begin, size_t n);
  void Branch(uint32_t begin);
  void If(size_t n, bool has_else);
  void For(uint32_t begin);
  void Suite(size_t n);
  void Return(uint32_t begin, bool has_value);
  void Break();
  void Continue();
  void Pass();
  void Assign(const TokenRef& op);
  void AnnotatedAssign(const TokenRef& op);
  void ExpressionStatement();
  void TypeAlias(uint32_t begin);
  void LoadSame();
  void LoadAs();
  void Load(uint32_t begin, size_t n);
  void EndFile();

  // Takes the topmost expression.
  Expr* PopExpr() {
    Expr* const expr = expressions_.back();
    expressions_.pop_back();
    return expr;
  }
  void Error(Extent extent, std::string message, std::string hint = "");

 private:
  struct PendingOperator {
    Operator op;
    uint8_t precedence;
    bool unary;
    Extent extent;
  };
  struct PendingParameter {
    ParameterDecl declaration;
    bool bare_star;
  };
  struct PendingBranch {
    uint32_t begin;
    Expr* condition;
    Block then;
  };

  template <class T>
  T* Make(uint32_t begin, uint32_t end);
  template <class T>
  T* MakeStatement(uint32_t begin, uint32_t end);
  // The expression waits from now on; `below` are its parts.
  void Push(Expr* expr, std::initializer_list<const Expr*> below);
  void PushAbove(Expr* expr, uint32_t depth_below);
  template <class T>
  std::span<T> Take(std::vector<T>* stack, size_t from);
  Block PopBlock();
  Identifier LastName();
  void PushOperator(Operator op, int precedence, Extent extent, size_t n);
  void ReduceOne();
  void Comprehension(uint32_t begin, Expr* element, Expr* value);
  uint32_t TextPart(Extent part, bool raw, std::vector<FStringPart>* parts);
  uint32_t ExprPart(Extent part, std::vector<FStringPart>* parts,
                    uint32_t* depth);
  std::span<ParameterDecl> TakeParameters(size_t n);
  void CheckParameters(size_t n);

  File& file_;
  Arena& arena_;
  const std::vector<Token>& tokens_;
  size_t next_ = 0;
  const EmbeddedParser embedded_;
  Diagnostics& diagnostics_;

  std::vector<Expr*> expressions_;
  std::vector<Extent> colons_;
  std::vector<PendingOperator> operators_;
  std::vector<PendingParameter> parameters_;
  std::vector<Expr*> result_types_;
  std::vector<Identifier> argument_names_;
  std::vector<dsl::Argument> arguments_;
  std::vector<Clause> clauses_;
  std::span<const Clause> last_clauses_;
  std::vector<PendingBranch> branches_;
  std::vector<Block> blocks_;
  std::vector<Stmt*> statements_;
  std::vector<LoadName> load_names_;
};

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_TREE_BUILDER_H_
