// SPDX-License-Identifier: Apache-2.0
// Of a walk: the values of targets, and the rules' implementations.
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/stdlib/depset.h"
#include "dsl/syntax/diagnostic.h"
#include "engine/analyze/context_value.h"
#include "engine/analyze/walk.h"
#include "engine/load/diagnosed.h"
#include "engine/load/place.h"

namespace graph {
namespace {

// The place of the target's call in its build file.
dsl::Span CallOf(Loader& loader, const Target& target) {
  auto package = loader.LoadPackage(target.label.package_name());
  if (!package.ok() || target.location.line == 0) return dsl::Span();
  const dsl::Source& source = *(*package)->source;
  absl::string_view line = source.Line(target.location.line);
  auto begin = static_cast<uint32_t>(line.data() - source.text().data() +
                                     target.location.column - 1);
  size_t length = line.substr(target.location.column - 1).find('(');
  if (length == absl::string_view::npos) length = 1;
  return {&source, begin, static_cast<uint32_t>(begin + length)};
}

// A failed implementation: for which target, then where it failed, or begins if
// it was not entered or has returned, then how it came there.
absl::Status ImplementationError(Loader& loader, const Target& target,
                                 dsl::Value implementation,
                                 dsl::Diagnostic failed) {
  if (!failed.span) {
    failed.span = dsl::DefinitionOf(implementation).value_or(dsl::Span());
  }
  dsl::Diagnostic diagnostic = {.span = CallOf(loader, target),
                                .message = std::move(failed.message)};
  diagnostic.notes.push_back(
      {failed.span,
       absl::StrCat("in the implementation of `", target.rule().name(),
                    "`, for ", target.label.text())});
  for (dsl::Note& note : failed.notes) {
    diagnostic.notes.push_back(std::move(note));
  }
  diagnostic.KeepSources();
  return Diagnosed({&diagnostic, 1});
}

}  // namespace

absl::StatusOr<const TargetValue*> Walk::FileTarget(const Target& target,
                                                    ArtifactId id,
                                                    const Label& owner) {
  dsl::Value file = dsl::Value::Of(state_.files.Of(id, owner));
  TargetFiles files;
  ASSIGN_OR_RETURN(files.files, dsl::Depset::Create(
                                    state_.heap, dsl::Depset::Order::kDefault,
                                    {&file, 1}, {}));
  return Plain(target, files);
}

absl::StatusOr<const TargetValue*> Walk::NoFiles(const Target& target) {
  TargetFiles files;
  ASSIGN_OR_RETURN(files.files,
                   DepsetOfFiles(state_.heap, dsl::Value(), "files"));
  return Plain(target, files);
}

absl::StatusOr<const TargetValue*> Walk::Plain(const Target& target,
                                               TargetFiles files) {
  files.runfiles = state_.no_runfiles;
  return state_.heap.New<TargetValue>(
      target.label, files, std::vector<dsl::Value>(), state_.default_info);
}

absl::StatusOr<const TargetValue*> Walk::RunRule(Step& step) {
  const Target& target = *step.target;
  const RuleFunction& rule = loader_.RuleOf(target);
  auto heap = std::make_unique<dsl::Heap>();
  RuleContext context(state_, target, std::move(step.attributes), *heap);
  auto explained = [&](const absl::Status& status) {
    return loader_.ErrorAt(
        target, "", "", status.message(),
        {absl::StrCat("the rule ", target.rule().name(), " is defined in ",
                      target.rule().defined_in())});
  };
  absl::Status declared = context.DeclareOutputs();
  if (!declared.ok()) return explained(declared);

  auto* link = heap->New<ContextLink>(context);
  absl::StatusOr<RuleResult> result =
      Implement(rule, context, MakeContextValue(context, *link));
  if (!result.ok()) {
    return IsDiagnosed(result.status()) ? result.status()
                                        : explained(result.status());
  }
  if (result->keeps_heap) {
    link->Cut();
    heap->Freeze();
    step.node->heap = std::move(heap);
  }
  return result->target;
}

absl::StatusOr<RuleResult> Walk::Implement(const RuleFunction& rule,
                                           RuleContext& context,
                                           dsl::Value ctx) {
  dsl::Thread thread(context.heap());
  thread.SetPrint([&](absl::string_view text, std::optional<dsl::Span> place) {
    if (!print_) return;
    print_(place.has_value() && *place
               ? absl::StrCat(FormatPlace(FileOf(*place), LocationOf(*place)),
                              ": ", text)
               : std::string(text));
  });
  absl::StatusOr<dsl::Value> returned =
      dsl::Call(thread, rule.implementation(), {&ctx, 1});
  if (!returned.ok()) {
    return ImplementationError(loader_, context.target(), rule.implementation(),
                               dsl::TakeError(thread, returned.status()));
  }
  absl::StatusOr<RuleResult> read = ResultOf(context, rule, *returned);
  if (!read.ok()) {
    return ImplementationError(
        loader_, context.target(), rule.implementation(),
        {.message = std::string(read.status().message())});
  }
  RuleResult result = *std::move(read);
  RETURN_IF_ERROR(context.CheckComplete());
  const TargetValue& value = *result.target;
  if (!context.rule().executable() || value.label() != context.label()) {
    return result;
  }
  ASSIGN_OR_RETURN(RunInfo run, RunInfoOf(context));
  if (context.rule().test()) {
    ASSIGN_OR_RETURN(tests_[&value], AddTest(context, value, run));
  }
  if (!run.args.empty() || !run.env.empty()) runs_[&value] = std::move(run);
  return result;
}

}  // namespace graph
