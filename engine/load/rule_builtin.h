// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_LOAD_RULE_BUILTIN_H_
#define GRAPH_ENGINE_LOAD_RULE_BUILTIN_H_

#include "absl/status/statusor.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/heap.h"
#include "dsl/runtime/module.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/value.h"

namespace graph {

// The builtin rule(implementation, attrs, doc, executable, test, provides).
absl::StatusOr<dsl::Value> MakeRule(dsl::Thread& thread,
                                    const dsl::Arguments& arguments);

// The rule that declares conditions of select().
dsl::Value MakeConfigSetting(dsl::Heap& heap);

// Names the rules that are bound to globals of a module that was just
// executed; nobody else may have it yet.
void NameRules(const dsl::Module& module);

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_RULE_BUILTIN_H_
