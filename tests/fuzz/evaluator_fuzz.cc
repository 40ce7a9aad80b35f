// SPDX-License-Identifier: Apache-2.0

// Any program ends, with a module or an error, and does the same twice.

#include "dsl/runtime/module.h"
#include "dsl/stdlib/universe.h"
#include "dsl/tool/test_builtins.h"
#include "tests/fuzz/fuzz.h"

namespace {

constexpr uint64_t kMaxSteps = 20000;

std::string Run(const std::string& text,
                const std::shared_ptr<const dsl::Environment>& environment) {
  dsl::Diagnostics diagnostics;
  const auto program =
      dsl::Compile(dsl::Source::Make("f.spec", text), dsl::FileKind::kModule,
                   *environment, diagnostics);
  if (program == nullptr) return diagnostics.Rendered();
  if (!program->loads().empty()) return "";
  auto heap = std::make_shared<dsl::Heap>();
  dsl::Thread thread(*heap);
  thread.SetMaxSteps(kMaxSteps);
  std::string out;
  thread.SetPrint([&](absl::string_view line, std::optional<dsl::Span>) {
    out.append(line.data(), line.size());
  });
  const auto module = dsl::Execute(program, {}, environment, heap, thread);
  if (!module.ok()) {
    return out + dsl::Render(dsl::TakeError(thread, module.status()));
  }
  for (const absl::string_view name : (*module)->Names()) {
    const auto value = (*module)->Find(name);
    if (value) out += std::string(value->type_name());
  }
  return out;
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto* const environment =
      new std::shared_ptr<const dsl::Environment>(
          dsl::WithTestBuiltins(dsl::Universe()));
  const std::string text = dsl::TextOf(data, size);
  const std::string first = Run(text, *environment);
  dsl::Require(Run(text, *environment) == first, "a program does one thing");
  return 0;
}
