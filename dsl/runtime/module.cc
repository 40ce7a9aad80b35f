// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/module.h"

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/compiler.h"
#include "dsl/runtime/eval.h"
#include "dsl/runtime/static_types.h"
#include "dsl/runtime/types/function.h"
#include "dsl/syntax/resolver.h"
#include "dsl/syntax/spelling.h"

namespace dsl {
namespace {

class EnvironmentNames final : public PredeclaredNames {
 public:
  explicit EnvironmentNames(const Environment& environment)
      : environment_(environment) {}

  bool Contains(absl::string_view name) const override {
    return environment_.Find(name).has_value();
  }
  std::vector<std::string> All() const override { return environment_.Names(); }

 private:
  const Environment& environment_;
};

// Fills in what the file loads; fails for a name that is not there.
absl::Status BindLoaded(const Program& program, const Code& code,
                        ModuleData& data, Thread& thread) {
  data.loaded.resize(code.loaded, Value::None());
  for (const LoadedName& name : code.loaded_names) {
    const Module& from = *data.loaded_modules[name.load];
    const std::optional<Value> value = from.Find(name.original);
    if (value) {
      data.loaded[name.slot] = *value;
      continue;
    }
    std::string message =
        absl::StrCat("file `", program.loads()[name.load].path,
                     "` has no name `", name.original, "`");
    const std::vector<absl::string_view> names = from.Names();
    const absl::string_view nearest = NearestName(name.original, names);
    if (!nearest.empty()) {
      absl::StrAppend(&message, ", did you mean `", nearest, "`?");
    }
    thread.Fail(message, name.span);
    return thread.ErrorStatus();
  }
  return absl::OkStatus();
}

absl::Status RunTop(const Code& code, ModuleData& data, Thread& thread) {
  const Function top(&code.top, &data, nullptr, nullptr, nullptr);
  const Thread::SlotMark mark = thread.MarkSlots();
  Value* slots = thread.PushSlots(code.top.locals);
  const Value result = top.Run(thread, slots);
  thread.PopSlots(mark);
  return result ? absl::OkStatus() : thread.ErrorStatus();
}

}  // namespace

bool Resolve(File& file, const Environment& predeclared,
             Diagnostics& diagnostics) {
  return Resolve(file, EnvironmentNames(predeclared), diagnostics);
}

Program::Program() = default;
Program::~Program() = default;
Module::Module() = default;
Module::~Module() = default;

std::shared_ptr<const Program> Compile(std::shared_ptr<const Source> source,
                                       FileKind kind,
                                       const Environment& predeclared,
                                       Diagnostics& diagnostics) {
  Diagnostics found;
  const std::unique_ptr<File> file = ParsePartly(source, kind, found);
  Resolve(*file, EnvironmentNames(predeclared), found);
  if (!found.has_errors()) CheckStaticTypes(*file, found);
  found.SortByPlace();
  found.Limit();
  for (const Diagnostic& each : found.all()) diagnostics.Add(each);
  if (found.has_errors()) return nullptr;
  auto program = std::make_shared<Program>();
  program->source_ = std::move(source);
  if (file->doc() != nullptr) {
    program->doc_ = std::string(file->doc()->value);
  }
  for (const LoadStmt* load : file->loads()) {
    Load made{std::string(load->path->value), file->SpanOf(*load->path), {}};
    for (const LoadName& name : load->names) {
      made.names.emplace_back(name.original->value);
    }
    program->loads_.push_back(std::move(made));
  }
  program->code_ = std::make_unique<Code>();
  Compiler(*file, *program->code_).CompileFile();
  return program;
}

std::optional<Value> Module::Find(absl::string_view name) const {
  const std::vector<absl::string_view>& names = program_->code_->globals;
  for (size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name && data_->globals[i]) return data_->globals[i];
  }
  return std::nullopt;
}

std::vector<absl::string_view> Module::Names() const {
  return program_->code_->globals;
}

absl::StatusOr<std::shared_ptr<const Module>> Execute(
    std::shared_ptr<const Program> program,
    std::span<const std::shared_ptr<const Module>> loaded,
    std::shared_ptr<const Environment> predeclared, std::shared_ptr<Heap> heap,
    Thread& thread, const GlobalsBefore& before) {
  const Code& code = *program->code_;
  auto data = std::make_shared<ModuleData>();
  heap->Retain(data);
  data->program = program;
  data->loaded_modules.assign(loaded.begin(), loaded.end());
  data->globals.resize(code.globals.size());
  for (size_t i = 0; before && i < code.globals.size(); ++i) {
    data->globals[i] = before(code.globals[i]).value_or(Value());
  }
  for (const absl::string_view name : code.predeclared) {
    data->predeclared.push_back(
        predeclared->Find(name).value_or(Value::None()));
  }
  data->environment = std::move(predeclared);
  RETURN_IF_ERROR(BindLoaded(*program, code, *data, thread));
  RETURN_IF_ERROR(RunTop(code, *data, thread));
  heap->Freeze();
  auto module = std::make_shared<Module>();
  module->program_ = std::move(program);
  module->heap_ = std::move(heap);
  module->data_ = std::move(data);
  return module;
}

}  // namespace dsl
