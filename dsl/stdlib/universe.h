// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_STDLIB_UNIVERSE_H_
#define GRAPH_DSL_STDLIB_UNIVERSE_H_

#include <memory>

#include "dsl/runtime/environment.h"

namespace dsl {

// The builtins of the language: None, True, False, len, print, …, json,
// struct, depset, provider. Built once by the embedder, shared by all; the
// embedder's own names go into an Environment that stands on it.
std::shared_ptr<const Environment> Universe();

}  // namespace dsl

#endif  // GRAPH_DSL_STDLIB_UNIVERSE_H_
