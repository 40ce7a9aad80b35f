// SPDX-License-Identifier: Apache-2.0
#include "engine/analyze/actions.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace graph {
namespace {

constexpr absl::string_view kStepVersion = "1";

class ActionsValue final : public dsl::Native {
 public:
  explicit ActionsValue(const ContextLink& link) : link_(link) {}

  absl::string_view type_name() const override { return "actions"; }

  absl::StatusOr<std::optional<dsl::Value>> Attr(
      dsl::Thread& thread, absl::string_view name) const override {
    for (auto methods : {RunMethods(), FileMethods(), StepMethods()}) {
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
    for (auto methods : {RunMethods(), FileMethods(), StepMethods()}) {
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

}  // namespace graph
