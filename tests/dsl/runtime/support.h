// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_TESTS_DSL_RUNTIME_SUPPORT_H_
#define GRAPH_TESTS_DSL_RUNTIME_SUPPORT_H_

#include <memory>
#include <span>
#include <string>

#include "dsl/runtime/environment.h"
#include "dsl/runtime/module.h"

namespace dsl {

// Evaluates texts as modules, with a few builtins of its own: None, True,
// False, `same(x)`, which gives its argument, and what the test adds.
class Evaluator {
 public:
  Evaluator();

  Environment::Builder& builder() { return builder_; }

  // The module, or nullptr; then error() says why.
  std::shared_ptr<const Module> Run(
      const std::string& text,
      std::span<const std::shared_ptr<const Module>> loaded = {},
      FileKind kind = FileKind::kModule);
  // The value of a global of a module that consists of this text; repr'd, or
  // "error: …".
  std::string Repr(const std::string& text, const std::string& global);
  // Rendered.
  const std::string& error() const { return error_; }
  const std::shared_ptr<const Environment>& environment();

 private:
  Environment::Builder builder_;
  std::shared_ptr<const Environment> environment_;
  std::string error_;
};

}  // namespace dsl

#endif  // GRAPH_TESTS_DSL_RUNTIME_SUPPORT_H_
