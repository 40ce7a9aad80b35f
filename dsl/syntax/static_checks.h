// SPDX-License-Identifier: Apache-2.0

// Checks of single nodes, for the resolver.

#ifndef GRAPH_DSL_SYNTAX_STATIC_CHECKS_H_
#define GRAPH_DSL_SYNTAX_STATIC_CHECKS_H_

#include <functional>

#include "dsl/syntax/ast.h"
#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/file.h"

namespace dsl {

// Whether a file of this kind holds only calls and values.
inline bool IsDeclarative(FileKind kind) { return kind != FileKind::kModule; }

// The order of a call's arguments, names given twice, and * and ** where the
// file may not have them.
void CheckArguments(const File& file, const CallExpr& call,
                    Diagnostics& diagnostics);

// Reports what in a target of an assignment cannot be assigned to; calls `bind`
// with each name that it binds. `nested` targets are lists and tuples.
void CheckTarget(const File& file, Expr& target, bool nested,
                 Diagnostics& diagnostics,
                 const std::function<void(NameExpr&)>& bind);

// That it has names, none of them private or twice.
void CheckLoad(const File& file, const LoadStmt& load,
               Diagnostics& diagnostics);

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_STATIC_CHECKS_H_
