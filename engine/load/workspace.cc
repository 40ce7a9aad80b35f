// SPDX-License-Identifier: Apache-2.0
#include "engine/load/workspace.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/status_macros.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/heap.h"
#include "dsl/runtime/module.h"
#include "dsl/runtime/thread.h"
#include "engine/load/diagnosed.h"
#include "engine/load/version_builtins.h"

namespace graph {
namespace {

// What workspace() and version() said; hung on the thread.
struct Reading {
  WorkspaceSettings settings;
  bool called = false;
  std::optional<dsl::Diagnostic> twice;  // A version that is declared twice.
};

absl::StatusOr<dsl::Value> CallWorkspace(dsl::Thread& thread,
                                         const dsl::Arguments& arguments) {
  auto* reading = thread.Get<Reading>();
  if (reading->called) {
    return absl::InvalidArgumentError("workspace() is called a second time");
  }
  reading->called = true;
  WorkspaceSettings& settings = reading->settings;
  RETURN_IF_ERROR(arguments.Unpack(
      "workspace", {{"*"},
                    {"name", &settings.name},
                    {"minimum_version?", &settings.minimum_version},
                    {"default_platform?", &settings.default_platform},
                    {"default_configs?", &settings.default_configs},
                    {"isolation?", &settings.isolation},
                    {"jobs?", &settings.jobs}}));
  if (settings.name.empty()) {
    return absl::InvalidArgumentError("the name of a workspace is empty");
  }
  if (settings.jobs < 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("jobs cannot be ", settings.jobs));
  }
  return dsl::Value::None();
}

absl::StatusOr<dsl::Value> DeclareVersion(dsl::Thread& thread,
                                          const dsl::Arguments& arguments) {
  auto* reading = thread.Get<Reading>();
  if (!reading->called) {
    return absl::InvalidArgumentError("version() must come after workspace()");
  }
  ASSIGN_OR_RETURN(DeclaredVersion version, UnpackVersion(thread, arguments));
  for (const DeclaredVersion& known : reading->settings.versions) {
    if (known.request.name != version.request.name) continue;
    reading->twice = DeclaredTwice(known, version);
    return absl::InvalidArgumentError(reading->twice->message);
  }
  reading->settings.versions.push_back(std::move(version));
  return dsl::Value::None();
}

// `1.10.2` → {1, 10, 2}; nothing if it is no version.
std::vector<int> ReadVersion(absl::string_view text) {
  std::vector<int> numbers;
  for (absl::string_view part : absl::StrSplit(text, '.')) {
    int number;
    if (!absl::SimpleAtoi(part, &number) || number < 0) return {};
    numbers.push_back(number);
  }
  return numbers;
}

absl::Status CheckVersion(const std::string& minimum,
                          absl::string_view tool_version) {
  if (minimum.empty()) return absl::OkStatus();
  std::vector<int> wanted = ReadVersion(minimum);
  if (wanted.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("minimum_version `", minimum, "` is no version"));
  }
  std::vector<int> have = ReadVersion(tool_version);
  size_t parts = std::max(have.size(), wanted.size());
  have.resize(parts);
  wanted.resize(parts);
  if (have >= wanted) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("this workspace wants version ", minimum,
                   " of the tool, or a newer one; this is ", tool_version));
}

// Tells `report` of the mistakes, and makes a status of them.
absl::Status Report(std::span<const dsl::Diagnostic> mistakes,
                    const std::function<void(const dsl::Diagnostic&)>& report) {
  for (dsl::Diagnostic mistake : mistakes) {
    if (!report) break;
    mistake.KeepSources();
    report(mistake);
  }
  return Diagnosed(mistakes);
}

dsl::Diagnostic At(const dsl::Source& source, absl::string_view message) {
  dsl::Diagnostic diagnostic;
  diagnostic.span = source.At({});
  diagnostic.message = std::string(message);
  return diagnostic;
}

}  // namespace

std::shared_ptr<const dsl::Environment> WorkspaceNames(
    std::shared_ptr<const dsl::Environment> universe) {
  dsl::Environment::Builder builder(std::move(universe));
  builder.SetBuiltin("workspace", CallWorkspace);
  builder.SetBuiltin("version", DeclareVersion);
  AddVersionSources(builder);
  return builder.Freeze();
}

absl::StatusOr<WorkspaceSettings> LoadWorkspace(
    const SourceTree& tree, std::shared_ptr<const dsl::Environment> universe,
    absl::string_view tool_version,
    const std::function<void(const dsl::Diagnostic&)>& report) {
  ASSIGN_OR_RETURN(std::string text, tree.ReadFile(kWorkspaceFileName));
  const std::shared_ptr<const dsl::Environment> names =
      WorkspaceNames(std::move(universe));

  std::shared_ptr<const dsl::Source> source =
      dsl::Source::Make(std::string(kWorkspaceFileName), std::move(text));
  dsl::Diagnostics diagnostics;
  std::shared_ptr<const dsl::Program> program =
      dsl::Compile(source, dsl::FileKind::kWorkspaceFile, *names, diagnostics);
  if (program != nullptr && !program->loads().empty()) {
    diagnostics.Error(program->loads()[0].span,
                      "WORKSPACE.spec holds settings only: it loads nothing");
  }
  if (diagnostics.has_errors()) {
    return Report(diagnostics.all(), report);
  }

  Reading reading;
  auto heap = std::make_shared<dsl::Heap>();
  dsl::Thread thread(*heap);
  thread.Set(&reading);
  absl::StatusOr<std::shared_ptr<const dsl::Module>> module =
      dsl::Execute(program, {}, names, heap, thread);
  if (!module.ok()) {
    dsl::Diagnostic error = dsl::TakeError(thread, module.status());
    if (reading.twice) error = *std::move(reading.twice);
    return Report({&error, 1}, report);
  }
  if (!reading.called) {
    const dsl::Diagnostic error =
        At(*source, "WORKSPACE.spec must call workspace(name = …)");
    return Report({&error, 1}, report);
  }
  absl::Status version =
      CheckVersion(reading.settings.minimum_version, tool_version);
  if (!version.ok()) {
    const dsl::Diagnostic error = At(*source, version.message());
    return Report({&error, 1}, report);
  }
  return std::move(reading.settings);
}

}  // namespace graph
