// SPDX-License-Identifier: Apache-2.0
#include "engine/analyze/actions.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "engine/base/json_text.h"

namespace graph {
namespace {

constexpr absl::string_view kStepVersion = "1";

class ActionsValue final : public dsl::Native {
 public:
  explicit ActionsValue(const ContextLink& link) : link_(link) {}

  absl::string_view type_name() const override { return "actions"; }

  absl::StatusOr<std::optional<dsl::Value>> Attr(
      dsl::Thread& thread, absl::string_view name) const override {
    for (auto methods : {RunMethods(), FileMethods(), StepMethods(),
                         FetchMethods(), LayerMethods()}) {
      for (const auto& [known, method] : methods) {
        if (known == name) {
          return MakeMethod(thread.heap(), link_, name, method);
        }
      }
    }
    return std::nullopt;
  }

  std::vector<std::string> AttrNames() const override {
    std::vector<std::string> names;
    for (auto methods : {RunMethods(), FileMethods(), StepMethods(),
                         FetchMethods(), LayerMethods()}) {
      for (const auto& [name, method] : methods) names.emplace_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
  }

 private:
  const ContextLink& link_;
};

}  // namespace

dsl::Value MakeMethod(dsl::Heap& heap, const ContextLink& link,
                      absl::string_view name, Method method) {
  return heap.Builtin(
      name,
      [&link, method](dsl::Thread& thread, const dsl::Arguments& arguments)
          -> absl::StatusOr<dsl::Value> {
        ASSIGN_OR_RETURN(RuleContext * context, link.Follow());
        return method(*context, thread, arguments);
      });
}

dsl::Value MakeActionsValue(dsl::Heap& heap, const ContextLink& link) {
  return dsl::Value::Of(heap.New<ActionsValue>(link));
}

absl::StatusOr<const FileValue*> FileOf(dsl::Value value,
                                        absl::string_view what) {
  const auto* file = dsl::NativeCast<FileValue>(value);
  if (file == nullptr) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`", what, "` takes a File; got a value of type ", value.type_name()));
  }
  return file;
}

absl::StatusOr<ArtifactId> OutputOf(dsl::Value output, Artifact::Kind kind,
                                    absl::string_view method) {
  ASSIGN_OR_RETURN(const FileValue* file,
                   FileOf(output, absl::StrCat(method, ": output")));
  bool directory = kind == Artifact::Kind::kDirectory;
  if (file->is_directory() != directory) {
    return absl::InvalidArgumentError(
        absl::StrCat(method, ": `", file->path(), "` has to be declared with ",
                     directory ? "declare_directory" : "declare_file"));
  }
  return file->id();
}

Action MakeStep(absl::string_view step, absl::string_view mnemonic) {
  Action action;
  action.kind = Action::Kind::kBuiltin;
  action.mnemonic = std::string(mnemonic);
  action.argv = {std::string(step), std::string(kStepVersion)};
  return action;
}

std::string ProgressMessage(const RuleContext& context,
                            absl::string_view message, const Action& action) {
  if (message.find("%{") == absl::string_view::npos) {
    return std::string(message);
  }
  const ActionGraph& graph = context.state().graph.graph();
  auto first = [&](const std::vector<ArtifactId>& ids) -> absl::string_view {
    if (ids.empty()) return "";
    return graph.artifact(ids[0]).path;
  };
  return absl::StrReplaceAll(message, {{"%{label}", context.label().text()},
                                       {"%{input}", first(action.inputs)},
                                       {"%{output}", first(action.outputs)}});
}

absl::Status SetOptional(std::vector<ArtifactId> optional,
                         std::vector<ArtifactId> required, int64_t min_success,
                         Action& action) {
  const auto sort = [](std::vector<ArtifactId>& ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  };
  sort(optional);
  sort(required);
  if (!std::includes(optional.begin(), optional.end(), required.begin(),
                     required.end())) {
    return absl::InvalidArgumentError(
        "`required` names files that are not among the optional inputs");
  }
  const int64_t listed = optional.size();
  if (min_success < 0 || min_success > listed) {
    return absl::InvalidArgumentError(
        absl::StrCat("`min_success` is ", min_success, ", but ", listed, " ",
                     listed == 1 ? "input is" : "inputs are", " optional"));
  }
  action.min_success =
      std::max<int64_t>(0, min_success - static_cast<int64_t>(required.size()));
  sort(action.inputs);
  action.inputs.insert(action.inputs.end(), required.begin(), required.end());
  sort(action.inputs);
  std::set_difference(optional.begin(), optional.end(), action.inputs.begin(),
                      action.inputs.end(),
                      std::back_inserter(action.optional_inputs));
  action.inputs.insert(action.inputs.end(), action.optional_inputs.begin(),
                       action.optional_inputs.end());
  return absl::OkStatus();
}

absl::Status CheckRelativePath(absl::string_view path, absl::string_view what) {
  if (path.empty()) return absl::OkStatus();
  for (absl::string_view part : absl::StrSplit(path, '/')) {
    if (part.empty() || part == "." || part == "..") {
      return absl::InvalidArgumentError(
          absl::StrCat("`", what, "`: `", path,
                       "` is not a plain relative path (no empty part, no `.`, "
                       "no `..`)"));
    }
  }
  return absl::OkStatus();
}

std::string JsonStrings(const std::vector<std::string>& texts) {
  return absl::StrCat("[",
                      absl::StrJoin(texts, ", ",
                                    [](std::string* out, const auto& text) {
                                      AppendJsonString(text, out);
                                    }),
                      "]");
}

absl::StatusOr<std::vector<std::string>> StringsOf(dsl::Value list,
                                                   absl::string_view what) {
  std::vector<std::string> texts;
  if (!list.is_list() && !list.is_tuple()) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", what, "` takes a list of strings"));
  }
  for (dsl::Value element : dsl::Elements(list)) {
    if (!element.is_string()) {
      return absl::InvalidArgumentError(
          absl::StrCat("`", what, "` takes a list of strings; one is ",
                       dsl::Brief(element)));
    }
    texts.emplace_back(element.as_string());
  }
  return texts;
}

absl::StatusOr<dsl::Value> AddStep(RuleContext& context, Action action,
                                   dsl::Value output, Artifact::Kind kind,
                                   absl::string_view message) {
  ASSIGN_OR_RETURN(ArtifactId id, OutputOf(output, kind, action.argv[0]));
  action.outputs = {id};
  action.message = ProgressMessage(context, message, action);
  RETURN_IF_ERROR(context.Add(std::move(action)).status());
  return dsl::Value::None();
}

absl::StatusOr<std::string> EntryJson(dsl::Value entry, absl::string_view step,
                                      Action& action) {
  if (!entry.is_tuple() || dsl::Elements(entry).size() != 2 ||
      !dsl::Elements(entry)[0].is_string()) {
    return absl::InvalidArgumentError(
        absl::StrCat(step, ": `entries` takes a list of (path, File); got ",
                     dsl::Brief(entry)));
  }
  absl::string_view path = dsl::Elements(entry)[0].as_string();
  ASSIGN_OR_RETURN(const FileValue* file,
                   FileOf(dsl::Elements(entry)[1], "entries"));
  RETURN_IF_ERROR(CheckRelativePath(path, "entries"));
  if (path.empty() && !file->is_directory()) {
    return absl::InvalidArgumentError(absl::StrCat(
        step, ": `", file->path(), "` is a file and needs a path in it"));
  }
  action.inputs.push_back(file->id());
  return absl::StrCat("{\"input\": ", JsonString(file->path()),
                      ", \"as\": ", JsonString(path), "}");
}

}  // namespace graph
