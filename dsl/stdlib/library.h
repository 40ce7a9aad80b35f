// SPDX-License-Identifier: Apache-2.0

// The parts of the universe, each in a file of its own.

#ifndef GRAPH_DSL_STDLIB_LIBRARY_H_
#define GRAPH_DSL_STDLIB_LIBRARY_H_

#include "dsl/runtime/environment.h"

namespace dsl {

// bool float int str hash
void AddConversions(Environment::Builder& builder);
// all any dict enumerate len list max min range reversed set sorted tuple zip
// abs
void AddCollections(Environment::Builder& builder);
// dir fail getattr hasattr print repr struct type
void AddReflection(Environment::Builder& builder);
// json.encode, encode_indent, decode and indent
void AddJson(Environment::Builder& builder);
void AddDepset(Environment::Builder& builder);
void AddProvider(Environment::Builder& builder);

}  // namespace dsl

#endif  // GRAPH_DSL_STDLIB_LIBRARY_H_
