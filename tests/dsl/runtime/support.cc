// SPDX-License-Identifier: Apache-2.0
#include "tests/dsl/runtime/support.h"

#include "absl/status/status_macros.h"

namespace dsl {
namespace {

absl::StatusOr<Value> Same(Thread&, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("same", 1, 1));
  return arguments.positional()[0];
}

}  // namespace

Evaluator::Evaluator() {
  builder_.Set("None", Value::None());
  builder_.Set("True", Value::Bool(true));
  builder_.Set("False", Value::Bool(false));
  builder_.SetBuiltin("same", Same);
}

const std::shared_ptr<const Environment>& Evaluator::environment() {
  if (environment_ == nullptr) environment_ = builder_.Freeze();
  return environment_;
}

std::shared_ptr<const Module> Evaluator::Run(
    const std::string& text,
    std::span<const std::shared_ptr<const Module>> loaded, FileKind kind) {
  Diagnostics diagnostics;
  const std::shared_ptr<const Program> program = Compile(
      Source::Make("test.star", text), kind, *environment(), diagnostics);
  error_ = diagnostics.Rendered();
  if (program == nullptr) return nullptr;
  auto heap = std::make_shared<Heap>();
  Thread thread(*heap);
  const absl::StatusOr<std::shared_ptr<const Module>> module =
      Execute(program, loaded, environment(), heap, thread);
  if (module.ok()) return *module;
  error_ = Render(TakeError(thread, module.status()));
  return nullptr;
}

std::string Evaluator::Repr(const std::string& text,
                            const std::string& global) {
  const std::shared_ptr<const Module> module = Run(text);
  if (module == nullptr) return error_;
  const std::optional<Value> value = module->Find(global);
  return value ? dsl::Repr(*value) : "absent";
}

}  // namespace dsl
