// SPDX-License-Identifier: Apache-2.0
// ctx.actions: declaring files, and files of text.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/analyze/actions.h"
#include "engine/analyze/args.h"
#include "engine/base/json_text.h"

namespace graph {
namespace {

absl::StatusOr<dsl::Value> Declare(RuleContext& context,
                                   const dsl::Arguments& arguments,
                                   absl::string_view method,
                                   Artifact::Kind kind) {
  absl::string_view name;
  dsl::Value sibling;
  RETURN_IF_ERROR(arguments.Unpack(
      method, {{"filename", &name}, {"*"}, {"sibling??", &sibling}}));
  std::string path(name);
  if (sibling && !sibling.is_none()) {
    ASSIGN_OR_RETURN(const FileValue* file, FileOf(sibling, "sibling"));
    // In the sibling's folder, which has to be one of this package's outputs.
    const std::string root = OutputFolder(context.label()) + "/";
    absl::string_view folder = file->path();
    folder.remove_suffix(folder.size() - folder.rfind('/') - 1);
    if (!absl::ConsumePrefix(&folder, root)) {
      return absl::InvalidArgumentError(
          absl::StrCat(method, ": `sibling` is no output of this package: `",
                       file->path(), "`"));
    }
    path = absl::StrCat(folder, name);
  }
  ASSIGN_OR_RETURN(const FileValue* file, context.Declare(path, kind));
  return dsl::Value::Of(file);
}

absl::StatusOr<dsl::Value> DeclareFile(RuleContext& context, dsl::Thread&,
                                       const dsl::Arguments& arguments) {
  return Declare(context, arguments, "declare_file", Artifact::Kind::kFile);
}

absl::StatusOr<dsl::Value> DeclareDirectory(RuleContext& context, dsl::Thread&,
                                            const dsl::Arguments& arguments) {
  return Declare(context, arguments, "declare_directory",
                 Artifact::Kind::kDirectory);
}

absl::StatusOr<dsl::Value> Write(RuleContext& context, dsl::Thread&,
                                 const dsl::Arguments& arguments) {
  dsl::Value output;
  dsl::Value content;
  bool is_executable = false;
  absl::string_view mnemonic = "FileWrite";
  RETURN_IF_ERROR(arguments.Unpack("write", {{"output", &output},
                                             {"content", &content},
                                             {"is_executable?", &is_executable},
                                             {"*"},
                                             {"mnemonic?", &mnemonic}}));
  Action action = MakeStep("write", mnemonic);
  action.argv.push_back(is_executable ? "x" : "-");
  if (content.is_string()) {
    action.content = std::string(content.as_string());
  } else if (const auto* args = dsl::NativeCast<ArgsValue>(content)) {
    for (const std::string& word : args->words()) {
      absl::StrAppend(&action.content, word, "\n");
    }
  } else {
    return absl::InvalidArgumentError(
        absl::StrCat("write: `content` takes a string or args(); got a value ",
                     "of type ", content.type_name()));
  }
  ASSIGN_OR_RETURN(ArtifactId id,
                   OutputOf(output, Artifact::Kind::kFile, "write"));
  action.outputs = {id};
  RETURN_IF_ERROR(context.Add(std::move(action)).status());
  return dsl::Value::None();
}

// {"from": "to", …}, in the order of the dict.
absl::StatusOr<std::string> SubstitutionsJson(dsl::Value substitutions) {
  if (!substitutions.is_dict()) {
    return absl::InvalidArgumentError(
        "expand_template: `substitutions` takes a dict of strings");
  }
  std::string json = "{";
  for (const auto& [key, value] : dsl::DictItems(substitutions)) {
    if (!key.is_string() || !value.is_string() || key.as_string().empty()) {
      return absl::InvalidArgumentError(absl::StrCat(
          "expand_template: `substitutions` takes a dict of strings, none of ",
          "them replacing an empty one; got ", dsl::Brief(key), ": ",
          dsl::Brief(value)));
    }
    absl::StrAppend(&json, json.size() > 1 ? ", " : "");
    AppendJsonString(key.as_string(), &json);
    absl::StrAppend(&json, ": ");
    AppendJsonString(value.as_string(), &json);
  }
  return json + "}";
}

absl::StatusOr<dsl::Value> ExpandTemplate(RuleContext& context, dsl::Thread&,
                                          const dsl::Arguments& arguments) {
  dsl::Value template_file;
  dsl::Value output;
  dsl::Value substitutions;
  bool is_executable = false;
  absl::string_view mnemonic = "TemplateExpand";
  RETURN_IF_ERROR(
      arguments.Unpack("expand_template", {{"template", &template_file},
                                           {"output", &output},
                                           {"substitutions?", &substitutions},
                                           {"is_executable?", &is_executable},
                                           {"*"},
                                           {"mnemonic?", &mnemonic}}));
  ASSIGN_OR_RETURN(const FileValue* from, FileOf(template_file, "template"));
  if (from->is_directory()) {
    return absl::InvalidArgumentError(
        absl::StrCat("expand_template: `", from->path(), "` is a directory"));
  }
  Action action = MakeStep("expand_template", mnemonic);
  action.argv.push_back(is_executable ? "x" : "-");
  action.content = "{}";
  if (substitutions) {
    ASSIGN_OR_RETURN(action.content, SubstitutionsJson(substitutions));
  }
  ASSIGN_OR_RETURN(ArtifactId id,
                   OutputOf(output, Artifact::Kind::kFile, "expand_template"));
  action.inputs = {from->id()};
  action.outputs = {id};
  RETURN_IF_ERROR(context.Add(std::move(action)).status());
  return dsl::Value::None();
}

absl::StatusOr<dsl::Value> Symlink(RuleContext& context, dsl::Thread&,
                                   const dsl::Arguments& arguments) {
  dsl::Value output;
  dsl::Value target_file;
  absl::string_view message;
  RETURN_IF_ERROR(
      arguments.Unpack("symlink", {{"output", &output},
                                   {"target_file", &target_file},
                                   {"*"},
                                   {"progress_message??", &message}}));
  ASSIGN_OR_RETURN(const FileValue* from, FileOf(target_file, "target_file"));
  Action action = MakeStep("copy", "Symlink");
  ASSIGN_OR_RETURN(ArtifactId id,
                   OutputOf(output,
                            from->is_directory() ? Artifact::Kind::kDirectory
                                                 : Artifact::Kind::kFile,
                            "symlink"));
  action.inputs = {from->id()};
  action.outputs = {id};
  action.message = ProgressMessage(context, message, action);
  RETURN_IF_ERROR(context.Add(std::move(action)).status());
  return dsl::Value::None();
}

constexpr std::array<NamedMethod, 5> kMethods = {{
    {"declare_file", DeclareFile},
    {"declare_directory", DeclareDirectory},
    {"write", Write},
    {"expand_template", ExpandTemplate},
    {"symlink", Symlink},
}};

}  // namespace

std::span<const NamedMethod> FileMethods() { return kMethods; }

}  // namespace graph
