// SPDX-License-Identifier: Apache-2.0
#include "engine/analyze/rule_result.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/stdlib/depset.h"
#include "dsl/stdlib/provider.h"
#include "engine/action/requirements.h"
#include "engine/analyze/toolchain_value.h"

namespace graph {
namespace {

constexpr absl::string_view kTestSuiteInfo = "TestSuiteInfo";

// The instances in what was returned.
absl::StatusOr<std::vector<dsl::Value>> Instances(dsl::Value returned) {
  std::vector<dsl::Value> values;
  if (returned.is_list() || returned.is_tuple()) {
    auto elements = dsl::Elements(returned);
    values.assign(elements.begin(), elements.end());
  } else if (!returned.is_none()) {
    values = {returned};
  }
  for (size_t i = 0; i < values.size(); ++i) {
    const auto* instance = dsl::NativeCast<dsl::ProviderInstance>(values[i]);
    if (instance == nullptr) {
      return absl::InvalidArgumentError(absl::StrCat(
          "the implementation must return a list of providers' instances; got ",
          dsl::Brief(values[i])));
    }
    for (size_t j = 0; j < i; ++j) {
      const auto* other = dsl::NativeCast<dsl::ProviderInstance>(values[j]);
      if (&other->provider() == &instance->provider()) {
        return absl::InvalidArgumentError(
            absl::StrCat("the implementation returned ",
                         instance->provider().name(), " twice"));
      }
    }
  }
  return values;
}

// The field, unless it is absent or None.
std::optional<dsl::Value> Given(const dsl::ProviderInstance& instance,
                                absl::string_view name) {
  std::optional<dsl::Value> field = instance.Field(name);
  return field.has_value() && !field->is_none() ? field : std::nullopt;
}

absl::StatusOr<dsl::Value> RunfilesDepset(dsl::Heap& heap, dsl::Value value) {
  if (const auto* runfiles = dsl::NativeCast<RunfilesValue>(value)) {
    return runfiles->files();
  }
  return DepsetOfFiles(heap, value, "DefaultInfo: runfiles");
}

// What `DefaultInfo` says; the rest stays as it is.
absl::Status ReadDefaultInfo(RuleContext& context,
                             const dsl::ProviderInstance& info,
                             TargetFiles& files) {
  dsl::Heap& heap = context.heap();
  if (auto given = Given(info, "files")) {
    ASSIGN_OR_RETURN(files.files,
                     DepsetOfFiles(heap, *given, "DefaultInfo: files"));
  }
  if (auto given = Given(info, "executable")) {
    files.executable = dsl::NativeCast<FileValue>(*given);
    if (files.executable == nullptr) {
      return absl::InvalidArgumentError(absl::StrCat(
          "`DefaultInfo: executable` takes a File; got ", dsl::Brief(*given)));
    }
    if (files.executable->owner() != context.label()) {
      return absl::InvalidArgumentError(absl::StrCat(
          "`", files.executable->path(), "` cannot be the executable of ",
          context.label().text(), ": no action of this target makes it"));
    }
  }
  std::vector<dsl::Value> parts;
  for (absl::string_view name :
       {"runfiles", "default_runfiles", "data_runfiles"}) {
    auto given = Given(info, name);
    if (!given.has_value()) continue;
    ASSIGN_OR_RETURN(dsl::Value part, RunfilesDepset(heap, *given));
    parts.push_back(part);
  }
  if (parts.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(
      dsl::Value all,
      parts.size() == 1
          ? parts[0]
          : dsl::Depset::Create(heap, dsl::Depset::Order::kDefault, {}, parts));
  files.runfiles = heap.New<RunfilesValue>(all);
  return absl::OkStatus();
}

// The files of the output attributes, and the program.
absl::StatusOr<dsl::Value> DefaultFiles(RuleContext& context,
                                        const FileValue* executable) {
  std::vector<dsl::Value> outputs;
  for (ArtifactId id : context.outputs()) {
    outputs.push_back(
        dsl::Value::Of(context.state().files.Of(id, context.label())));
  }
  if (executable != nullptr) outputs.push_back(dsl::Value::Of(executable));
  return dsl::Depset::Create(context.heap(), dsl::Depset::Order::kDefault,
                             outputs, {});
}

// A copy of the depset on the heap of the state; nothing if it has parts in
// common with others.
absl::StatusOr<std::optional<dsl::Value>> CopyIfFlat(AnalysisState& state,
                                                     dsl::Value files) {
  const auto* depset = dsl::NativeCast<dsl::Depset>(files);
  if (!depset->is_flat()) return std::nullopt;
  return dsl::Depset::Create(state.heap, depset->order(), depset->ToList(), {});
}

// Whether all of `files` is on the heap of the state now.
absl::StatusOr<bool> MoveIfFlat(AnalysisState& state, TargetFiles& files) {
  ASSIGN_OR_RETURN(std::optional<dsl::Value> direct,
                   CopyIfFlat(state, files.files));
  if (!direct.has_value()) return false;
  files.files = *direct;
  if (files.runfiles == state.no_runfiles) return true;
  ASSIGN_OR_RETURN(std::optional<dsl::Value> runfiles,
                   CopyIfFlat(state, files.runfiles->files()));
  if (!runfiles.has_value()) return false;
  files.runfiles = state.heap.New<RunfilesValue>(*runfiles);
  return true;
}

absl::Status CheckProvides(const RuleFunction& rule,
                           const TargetValue& target) {
  for (dsl::Value wanted : rule.provides()) {
    const auto* provider = dsl::NativeCast<dsl::Provider>(wanted);
    if (provider == nullptr || target.Provides(*provider)) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("the rule says that it provides ", provider->name(),
                     ", but its implementation did not return it"));
  }
  return absl::OkStatus();
}

// A plain attribute of this type; its empty value if there is none.
template <typename T>
T Plain(const RuleContext& context, absl::string_view name) {
  const DecidedAttribute* attribute = context.Find(name);
  if (attribute == nullptr) return T();
  const T* value = std::get_if<T>(attribute->value);
  return value == nullptr ? T() : *value;
}

int64_t TimeoutOf(const RuleContext& context) {
  // As Bazel counts them.
  using Known = std::pair<absl::string_view, int64_t>;
  constexpr std::array<Known, 8> kSeconds = {{{"short", 60},
                                              {"moderate", 300},
                                              {"long", 900},
                                              {"eternal", 3600},
                                              {"small", 60},
                                              {"medium", 300},
                                              {"large", 900},
                                              {"enormous", 3600}}};
  PackedString word = Plain<PackedString>(context, "timeout");
  if (word.empty()) word = Plain<PackedString>(context, "size");
  for (const auto& [name, seconds] : kSeconds) {
    if (name == word.view()) return seconds;
  }
  return 300;
}

}  // namespace

absl::StatusOr<RuleResult> ResultOf(RuleContext& context,
                                    const RuleFunction& rule,
                                    dsl::Value returned) {
  if (const auto* target = dsl::NativeCast<TargetValue>(returned)) {
    return RuleResult{.target = target, .keeps_heap = false};
  }
  ASSIGN_OR_RETURN(std::vector<dsl::Value> instances, Instances(returned));
  AnalysisState& state = context.state();
  TargetFiles files;
  std::vector<dsl::Value> providers;
  for (dsl::Value value : instances) {
    const auto* instance = dsl::NativeCast<dsl::ProviderInstance>(value);
    if (&instance->provider() == &state.default_info) {
      RETURN_IF_ERROR(ReadDefaultInfo(context, *instance, files));
    } else {
      providers.push_back(value);
    }
  }
  if (context.rule().executable() && files.executable == nullptr) {
    return absl::InvalidArgumentError(
        "the rule is executable, but its implementation returned no "
        "DefaultInfo(executable = …)");
  }
  if (!files.files) {
    ASSIGN_OR_RETURN(files.files, DefaultFiles(context, files.executable));
  }
  if (files.runfiles == nullptr) files.runfiles = state.no_runfiles;
  ASSIGN_OR_RETURN(bool moved, MoveIfFlat(state, files));
  ASSIGN_OR_RETURN(files.packages, ReadToolchain(context, providers));
  if (files.executable != nullptr) {
    state.programs.emplace(files.executable->id().index, files);
  }
  RuleResult result;
  result.keeps_heap = !moved || !providers.empty();
  const auto* target = state.heap.New<TargetValue>(
      context.label(), files, std::move(providers), state.default_info);
  RETURN_IF_ERROR(CheckProvides(rule, *target));
  result.target = target;
  return result;
}

absl::StatusOr<RunInfo> RunInfoOf(const RuleContext& context) {
  RunInfo run;
  const auto args = Plain<StringList>(context, "args");
  run.args.assign(args.begin(), args.end());
  for (std::string& arg : run.args) {
    ASSIGN_OR_RETURN(arg, context.ExpandLocation(arg, {}, /*quote=*/false));
  }
  const auto env = Plain<StringDict>(context, "env");
  run.env.assign(env.begin(), env.end());
  for (auto& [name, value] : run.env) {
    ASSIGN_OR_RETURN(value, context.ExpandLocation(value, {}, /*quote=*/false));
  }
  std::sort(run.env.begin(), run.env.end());
  return run;
}

absl::StatusOr<ActionId> AddTest(RuleContext& context,
                                 const TargetValue& target,
                                 const RunInfo& run) {
  const FileValue& program = *target.files().executable;
  Action action;
  action.mnemonic = "Test";
  action.argv = {program.path()};
  action.argv.insert(action.argv.end(), run.args.begin(), run.args.end());
  action.env = run.env;
  ASSIGN_OR_RETURN(action.inputs,
                   ArtifactsIn(target.files().runfiles->files(), "runfiles"));
  action.inputs.push_back(program.id());
  if (target.files().packages != nullptr) {
    action.packages = *target.files().packages;
  }
  action.timeout_s = TimeoutOf(context);
  for (const auto& [name, value] :
       Plain<StringDict>(context, "execution_requirements")) {
    ASSIGN_OR_RETURN(auto property, RequirementProperty(name, value));
    action.properties.push_back(std::move(property));
  }
  std::sort(action.properties.begin(), action.properties.end());
  action.is_test = true;
  return context.Add(std::move(action));
}

std::vector<const TargetValue*> SuiteOf(const TargetValue& target) {
  std::vector<const TargetValue*> tests;
  for (dsl::Value value : target.providers()) {
    const auto* instance = dsl::NativeCast<dsl::ProviderInstance>(value);
    if (instance->provider().name() != kTestSuiteInfo) continue;
    std::optional<dsl::Value> members = instance->Field("tests");
    if (!members.has_value() || !members->is_list()) continue;
    for (dsl::Value member : dsl::Elements(*members)) {
      if (const auto* test = dsl::NativeCast<TargetValue>(member)) {
        tests.push_back(test);
      }
    }
  }
  return tests;
}

}  // namespace graph
