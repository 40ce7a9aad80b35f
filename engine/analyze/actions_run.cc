// SPDX-License-Identifier: Apache-2.0
// ctx.actions: commands.
#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/stdlib/depset.h"
#include "engine/action/requirements.h"
#include "engine/analyze/actions.h"
#include "engine/analyze/args.h"
#include "engine/analyze/toolchain_value.h"

namespace graph {
namespace {

constexpr absl::string_view kShell = "/bin/bash";

// The parameters that run() and run_shell() share.
struct Command {
  dsl::Value outputs;
  dsl::Value inputs;
  std::vector<dsl::Value> tools;
  std::vector<dsl::Value> arguments;
  dsl::Value env;
  absl::string_view mnemonic = "Action";
  absl::string_view message;
  dsl::Value requirements;
  int64_t timeout = 0;
  bool tolerant = false;
  dsl::Value optional_inputs;
  int64_t min_success = 0;
  dsl::Value required;
  dsl::Value root;
  dsl::Value layer;
  dsl::Value toolchain;
  PackageUnion packages;  // Of its programs.
};

void Append(const std::vector<ArtifactId>& more, Action& action) {
  action.inputs.insert(action.inputs.end(), more.begin(), more.end());
}

absl::Status AddProgram(const FileValue& file, const RuleContext& context,
                        Action& action, PackageUnion& packages) {
  action.inputs.push_back(file.id());
  auto needs = context.state().programs.find(file.id().index);
  if (needs == context.state().programs.end()) return absl::OkStatus();
  ASSIGN_OR_RETURN(std::vector<ArtifactId> runfiles,
                   ArtifactsIn(needs->second.runfiles->files(), "runfiles"));
  Append(runfiles, action);
  if (needs->second.packages != nullptr) packages.Add(*needs->second.packages);
  return absl::OkStatus();
}

// A tool: a File (with what it needs, if it is a program of a dependency), a
// depset of Files, or a program with its runfiles.
absl::Status AddTool(dsl::Value tool, const RuleContext& context,
                     Action& action, PackageUnion& packages) {
  if (const auto* file = dsl::NativeCast<FileValue>(tool)) {
    return AddProgram(*file, context, action, packages);
  }
  if (const auto* program = dsl::NativeCast<FilesToRunValue>(tool)) {
    const TargetFiles& files = program->target_files();
    ASSIGN_OR_RETURN(std::vector<ArtifactId> all,
                     ArtifactsIn(files.files, "tools"));
    Append(all, action);
    if (files.executable != nullptr) {
      action.inputs.push_back(files.executable->id());
    }
    ASSIGN_OR_RETURN(all, ArtifactsIn(files.runfiles->files(), "tools"));
    Append(all, action);
    if (files.packages != nullptr) packages.Add(*files.packages);
    return absl::OkStatus();
  }
  if (dsl::NativeCast<dsl::Depset>(tool) != nullptr) {
    ASSIGN_OR_RETURN(std::vector<ArtifactId> all, ArtifactsIn(tool, "tools"));
    Append(all, action);
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("`tools` takes Files, depsets of Files and files_to_run; ",
                   "got a value of type ", tool.type_name()));
}

absl::Status AddOutputs(const Command& command, Action& action) {
  if (command.outputs) {
    ASSIGN_OR_RETURN(action.outputs, ArtifactsIn(command.outputs, "outputs"));
  }
  const bool has_layer = command.layer && !command.layer.is_none();
  if (action.outputs.empty() && !has_layer) {
    return absl::InvalidArgumentError("`outputs` must name at least one File");
  }
  return absl::OkStatus();
}

absl::Status AddArguments(const std::vector<dsl::Value>& arguments,
                          Action& action) {
  for (dsl::Value argument : arguments) {
    if (argument.is_string()) {
      action.argv.emplace_back(argument.as_string());
    } else if (const auto* args = dsl::NativeCast<ArgsValue>(argument)) {
      action.argv.insert(action.argv.end(), args->words().begin(),
                         args->words().end());
    } else {
      return absl::InvalidArgumentError(
          absl::StrCat("`arguments` takes strings and args(); got a value of ",
                       "type ", argument.type_name(),
                       dsl::NativeCast<FileValue>(argument) != nullptr
                           ? " (its path is `.path`)"
                           : ""));
    }
  }
  return absl::OkStatus();
}

absl::Status AddEnvironment(dsl::Value env, Action& action) {
  if (!env || env.is_none()) return absl::OkStatus();
  if (!env.is_dict()) {
    return absl::InvalidArgumentError("`env` takes a dict of strings");
  }
  for (const auto& [name, value] : dsl::DictItems(env)) {
    if (!name.is_string() || !value.is_string() || name.as_string().empty() ||
        name.as_string().find('=') != absl::string_view::npos) {
      return absl::InvalidArgumentError(
          absl::StrCat("`env` takes a dict of strings; got ", dsl::Brief(name),
                       ": ", dsl::Brief(value)));
    }
    action.env.emplace_back(name.as_string(), value.as_string());
  }
  return absl::OkStatus();
}

// What the command can do without, and what of that it cannot.
absl::Status AddOptional(const Command& command, Action& action) {
  std::vector<ArtifactId> optional, required;
  if (command.optional_inputs) {
    ASSIGN_OR_RETURN(optional,
                     ArtifactsIn(command.optional_inputs, "optional_inputs"));
  }
  if (command.required) {
    ASSIGN_OR_RETURN(required, ArtifactsIn(command.required, "required"));
  }
  return SetOptional(std::move(optional), std::move(required),
                     command.min_success, action);
}

// The root filesystem that the command runs in, and what becomes of its
// changes.
absl::Status AddRoot(const Command& command, Action& action) {
  const bool has_layer = command.layer && !command.layer.is_none();
  if (command.root && !command.root.is_none()) {
    ASSIGN_OR_RETURN(action.root, ArtifactsIn(command.root, "root"));
    Append(action.root, action);
  }
  if (!has_layer) return absl::OkStatus();
  if (action.root.empty()) {
    return absl::InvalidArgumentError(
        "`layer` is what a command changes in its `root`, and there is no "
        "`root`");
  }
  ASSIGN_OR_RETURN(action.layer,
                   OutputOf(command.layer, Artifact::Kind::kFile, "layer"));
  if (std::find(action.outputs.begin(), action.outputs.end(), action.layer) !=
      action.outputs.end()) {
    return absl::InvalidArgumentError(
        "the File that `layer` names is made of what the command changes, not "
        "by the command; take it out of `outputs`");
  }
  action.outputs.push_back(action.layer);
  return absl::OkStatus();
}

absl::Status AddRequirements(dsl::Value requirements, Action& action) {
  if (!requirements || requirements.is_none()) return absl::OkStatus();
  if (!requirements.is_dict()) {
    return absl::InvalidArgumentError(
        "`execution_requirements` takes a dict of strings");
  }
  for (const auto& [name, value] : dsl::DictItems(requirements)) {
    if (!name.is_string() || !value.is_string()) {
      return absl::InvalidArgumentError(
          absl::StrCat("`execution_requirements` takes a dict of strings; got ",
                       dsl::Repr(name), ": ", dsl::Repr(value)));
    }
    ASSIGN_OR_RETURN(auto property,
                     RequirementProperty(name.as_string(), value.as_string()));
    action.properties.push_back(std::move(property));
  }
  std::sort(action.properties.begin(), action.properties.end());
  return absl::OkStatus();
}

// `action` has the beginning of its argv.
absl::StatusOr<dsl::Value> AddCommand(RuleContext& context, Command& command,
                                      Action action) {
  action.mnemonic = std::string(command.mnemonic);
  RETURN_IF_ERROR(AddOutputs(command, action));
  RETURN_IF_ERROR(AddRoot(command, action));
  if (command.inputs) {
    ASSIGN_OR_RETURN(std::vector<ArtifactId> inputs,
                     ArtifactsIn(command.inputs, "inputs"));
    action.inputs.insert(action.inputs.begin(), inputs.begin(), inputs.end());
  }
  RETURN_IF_ERROR(AddOptional(command, action));
  for (dsl::Value tool : command.tools) {
    RETURN_IF_ERROR(AddTool(tool, context, action, command.packages));
  }
  RETURN_IF_ERROR(AddToolchain(context, command.toolchain, command.packages));
  action.packages = command.packages.packages();
  RETURN_IF_ERROR(AddArguments(command.arguments, action));
  RETURN_IF_ERROR(AddEnvironment(command.env, action));
  RETURN_IF_ERROR(AddRequirements(command.requirements, action));
  if (command.timeout < 0) {
    return absl::InvalidArgumentError("`timeout` must not be below 0");
  }
  action.timeout_s = command.timeout;
  action.tolerant = command.tolerant;
  action.message = ProgressMessage(context, command.message, action);
  RETURN_IF_ERROR(context.Add(std::move(action)).status());
  return dsl::Value::None();
}

// The word that starts a program: a path with a `/`, lest PATH is searched.
std::string ProgramWord(absl::string_view path) {
  return path.find('/') == absl::string_view::npos ? absl::StrCat("./", path)
                                                   : std::string(path);
}

absl::StatusOr<dsl::Value> Run(RuleContext& context, dsl::Thread&,
                               const dsl::Arguments& arguments) {
  Command command;
  dsl::Value executable;
  RETURN_IF_ERROR(arguments.Unpack(
      "run", {{"outputs?", &command.outputs},
              {"inputs?", &command.inputs},
              {"executable", &executable},
              {"tools??", &command.tools},
              {"arguments??", &command.arguments},
              {"mnemonic??", &command.mnemonic},
              {"progress_message??", &command.message},
              {"env?", &command.env},
              {"*"},
              {"execution_requirements?", &command.requirements},
              {"timeout??", &command.timeout},
              {"tolerant??", &command.tolerant},
              {"optional_inputs?", &command.optional_inputs},
              {"min_success??", &command.min_success},
              {"required?", &command.required},
              {"root?", &command.root},
              {"layer?", &command.layer},
              {"toolchain?", &command.toolchain}}));
  Action action;
  if (const auto* program = dsl::NativeCast<FilesToRunValue>(executable)) {
    if (program->target_files().executable == nullptr) {
      return absl::InvalidArgumentError(
          "run: `executable` is a target that cannot be run");
    }
    executable = dsl::Value::Of(program->target_files().executable);
  }
  if (executable.is_string()) {
    action.argv.emplace_back(executable.as_string());
  } else {
    ASSIGN_OR_RETURN(const FileValue* file, FileOf(executable, "executable"));
    action.argv.push_back(ProgramWord(file->path()));
    RETURN_IF_ERROR(AddProgram(*file, context, action, command.packages));
  }
  return AddCommand(context, command, std::move(action));
}

absl::StatusOr<dsl::Value> RunShell(RuleContext& context, dsl::Thread&,
                                    const dsl::Arguments& arguments) {
  Command command;
  absl::string_view text;
  RETURN_IF_ERROR(arguments.Unpack(
      "run_shell", {{"outputs?", &command.outputs},
                    {"inputs?", &command.inputs},
                    {"tools??", &command.tools},
                    {"arguments??", &command.arguments},
                    {"mnemonic??", &command.mnemonic},
                    {"command", &text},
                    {"progress_message??", &command.message},
                    {"env?", &command.env},
                    {"*"},
                    {"execution_requirements?", &command.requirements},
                    {"timeout??", &command.timeout},
                    {"tolerant??", &command.tolerant},
                    {"optional_inputs?", &command.optional_inputs},
                    {"min_success??", &command.min_success},
                    {"required?", &command.required},
                    {"root?", &command.root},
                    {"layer?", &command.layer},
                    {"toolchain?", &command.toolchain}}));
  Action action;
  action.argv = {std::string(kShell), "-c", std::string(text)};
  // $0, so that the arguments are $1 and so on.
  if (!command.arguments.empty()) action.argv.emplace_back("");
  return AddCommand(context, command, std::move(action));
}

absl::StatusOr<dsl::Value> MakeArgs(RuleContext& context, dsl::Thread&,
                                    const dsl::Arguments& arguments) {
  RETURN_IF_ERROR(arguments.Unpack("args", {}));
  return dsl::Value::Of(context.heap().New<ArgsValue>());
}

constexpr std::array<NamedMethod, 3> kMethods = {{
    {"run", Run},
    {"run_shell", RunShell},
    {"args", MakeArgs},
}};

}  // namespace

std::span<const NamedMethod> RunMethods() { return kMethods; }

}  // namespace graph
