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

// The place of the target's call in its build file, as a note.
dsl::Note NoteAt(Loader& loader, const Target& target, std::string text) {
  dsl::Note note{.span = std::nullopt, .text = std::move(text)};
  auto package = loader.LoadPackage(target.label.package_name());
  if (!package.ok() || target.location.line == 0) return note;
  const dsl::Source& source = *(*package)->source;
  absl::string_view line = source.Line(target.location.line);
  auto begin = static_cast<uint32_t>(line.data() - source.text().data() +
                                     target.location.column - 1);
  size_t length = line.substr(target.location.column - 1).find('(');
  if (length == absl::string_view::npos) length = 1;
  note.span = dsl::Span{&source, begin, static_cast<uint32_t>(begin + length)};
  return note;
}

// A failed implementation: where it failed, then which target that was for,
// then how it came there.
absl::Status ImplementationError(Loader& loader, const Target& target,
                                 dsl::Thread& thread,
                                 const absl::Status& status) {
  dsl::Diagnostic diagnostic = dsl::TakeError(thread, status);
  diagnostic.notes.insert(
      diagnostic.notes.begin(),
      NoteAt(loader, target,
             absl::StrCat("in the implementation of ", target.rule->name(),
                          ", for ", target.label.text())));
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
        {absl::StrCat("the rule ", target.rule->name(), " is defined in ",
                      target.rule->defined_in())});
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
    return ImplementationError(loader_, context.target(), thread,
                               returned.status());
  }
  ASSIGN_OR_RETURN(RuleResult result, ResultOf(context, rule, *returned));
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
