// SPDX-License-Identifier: Apache-2.0

// The executable tree that a file is compiled to. Every name is resolved to a
// slot, every constant is a Value, common shapes have nodes of their own; a
// node evaluates itself. Nodes lie in the arena of their Code, are immutable,
// and are shared by all threads.

#ifndef GRAPH_DSL_RUNTIME_EVAL_H_
#define GRAPH_DSL_RUNTIME_EVAL_H_

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/heap.h"
#include "dsl/runtime/module.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/types/cell.h"
#include "dsl/runtime/types/type.h"
#include "dsl/runtime/value.h"
#include "dsl/syntax/arena.h"
#include "dsl/syntax/ast.h"
#include "dsl/syntax/source.h"

namespace dsl {

// What the functions of a module refer to. Kept alive by the module's heap, so
// that a function works as long as its heap lives.
struct ModuleData {
  std::shared_ptr<const Program> program;
  std::vector<std::shared_ptr<const Module>> loaded_modules;
  std::shared_ptr<const Environment> environment;
  std::vector<Value> globals;
  std::vector<Value> loaded;
  std::vector<Value> predeclared;
};

// One call of a function of the language.
struct EvalFrame {
  Value* locals;
  Cell* const* free;
  ModuleData* module;
  Thread& thread;
  Heap& heap;
  Value result;  // of the return statement
  ActiveFrame active;
  Value left;  // of the operator that a ChainNode evaluates

  // Makes the error and gives the value-less Value().
  Value Fail(const Span& place, const absl::Status& status) {
    active.at = &place;
    thread.Fail(status, place);
    return Value();
  }
  Value Fail(const Span& place, absl::string_view message) {
    active.at = &place;
    thread.Fail(message, place);
    return Value();
  }
};

// An expression. Eval gives the value-less Value() when it failed; the thread
// then has the error.
struct Node {
  virtual Value Eval(EvalFrame& frame) const = 0;

  Span span;
  // Shortcuts that spare a virtual call: an uncaptured local, a constant.
  int32_t local = -1;
  Value constant;

 protected:
  ~Node() = default;
};

inline Value Evaluate(const Node* node, EvalFrame& frame) {
  if (node->local >= 0) {
    const Value value = frame.locals[node->local];
    if (value) return value;
  } else if (node->constant) {
    return node->constant;
  }
  return node->Eval(frame);
}

// How a statement ended.
enum class Flow : uint8_t { kNext, kBreak, kContinue, kReturn, kError };

struct StmtNode {
  virtual Flow Exec(EvalFrame& frame) const = 0;

  Span span;

 protected:
  ~StmtNode() = default;
};

// What can be assigned to.
struct TargetNode {
  // False if it failed.
  virtual bool Assign(EvalFrame& frame, Value value) const = 0;

  Span span;

 protected:
  ~TargetNode() = default;
};

// The type that an annotation names.
struct TypeNode {
  enum class Form : uint8_t { kAny, kValue, kUnion, kGeneric };

  // Nullptr if it failed.
  const Type* Eval(EvalFrame& frame) const;

  Form form = Form::kAny;
  bool sequence = false;  // generic[…, ...]
  Span span;
  const Node* value = nullptr;  // or the generic
  std::span<const TypeNode* const> arguments;
};

struct ParameterCode {
  ParameterKind kind;
  absl::string_view name;
  const Node* default_value = nullptr;
  const TypeNode* type = nullptr;

  bool by_name() const {
    return kind == ParameterKind::kPositional ||
           kind == ParameterKind::kKeywordOnly;
  }
};

struct FreeCode {
  bool from_local;
  uint32_t index;
};

// A function before it is made: what all closures of one `def` share.
struct FunctionCode {
  // Which parameter can be given by that name; parameters.size() if none.
  size_t ParameterNamed(absl::string_view wanted) const;

  absl::string_view name;
  Span span;  // of the name in a `def`, or of the lambda
  absl::string_view doc;
  std::span<const ParameterCode> parameters;
  uint32_t positional = 0;  // parameters that can be given by position
  int32_t args = -1;        // the place of *args and **kwargs
  int32_t kwargs = -1;
  bool typed = false;
  uint32_t locals = 0;
  std::span<const uint32_t> captured;  // the locals that are cells
  std::span<const FreeCode> free;
  const TypeNode* result_type = nullptr;
  const StmtNode* body = nullptr;  // of a def
  const Node* result = nullptr;    // of a lambda
};

struct LoadedName {
  size_t load;  // which of Program::loads
  uint32_t slot;
  absl::string_view original;
  Span span;
};

// What a file is compiled to. Constants lie on a frozen heap.
struct Code {
  Arena arena;
  Heap constants;
  FunctionCode top;
  std::vector<absl::string_view> globals;
  std::vector<absl::string_view> predeclared;
  size_t loaded = 0;
  std::vector<LoadedName> loaded_names;
};

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_EVAL_H_
