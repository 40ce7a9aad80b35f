// SPDX-License-Identifier: Apache-2.0
// `ctx.actions`: how an implementation says what is to be done.

#ifndef GRAPH_ENGINE_ANALYZE_ACTIONS_H_
#define GRAPH_ENGINE_ANALYZE_ACTIONS_H_

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/heap.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/value.h"
#include "engine/action/action.h"
#include "engine/analyze/context_value.h"
#include "engine/analyze/rule_context.h"

namespace graph {

using Method = absl::StatusOr<dsl::Value> (*)(RuleContext& context,
                                              dsl::Thread& thread,
                                              const dsl::Arguments& arguments);
using NamedMethod = std::pair<absl::string_view, Method>;

// A function of the language that calls `method` with what `link` leads to.
dsl::Value MakeMethod(dsl::Heap& heap, const ContextLink& link,
                      absl::string_view name, Method method);

dsl::Value MakeActionsValue(dsl::Heap& heap, const ContextLink& link);

// The methods, by the file that implements them: declare_file,
// declare_directory, write, expand_template, symlink; run, run_shell, args;
// merge_tree, archive, unpack; fetch_deb, fetch_deb_source, fetch_git,
// fetch_http, fetch_npm, fetch_oci, fetch_pypi; layer, compress, digests.
std::span<const NamedMethod> FileMethods();
std::span<const NamedMethod> RunMethods();
std::span<const NamedMethod> StepMethods();
std::span<const NamedMethod> FetchMethods();
std::span<const NamedMethod> LayerMethods();

// --- What they share.

// The artifact of `output`, which has to be a File of this kind.
absl::StatusOr<ArtifactId> OutputOf(dsl::Value output, Artifact::Kind kind,
                                    absl::string_view method);

// The File that `value` is. `what` names the parameter in errors.
absl::StatusOr<const FileValue*> FileOf(dsl::Value value,
                                        absl::string_view what);

// A step that the engine does itself, as exec/builtin_steps.h wants it.
Action MakeStep(absl::string_view step, absl::string_view mnemonic);

// Adds a step whose parameters are all read, and makes `output`, a File of
// this kind, its one output.
absl::StatusOr<dsl::Value> AddStep(RuleContext& context, Action action,
                                   dsl::Value output, Artifact::Kind kind,
                                   absl::string_view message);

// `message` with `%{label}`, `%{input}` and `%{output}` replaced.
std::string ProgressMessage(const RuleContext& context,
                            absl::string_view message, const Action& action);

// Adds `optional` to the inputs of `action`, and says that it can do without
// those that are not `required` as long as `min_success` of all are there.
absl::Status SetOptional(std::vector<ArtifactId> optional,
                         std::vector<ArtifactId> required, int64_t min_success,
                         Action& action);

// The texts as a JSON list.
std::string JsonStrings(const std::vector<std::string>& texts);

// The strings of a list. `what` names the parameter in errors.
absl::StatusOr<std::vector<std::string>> StringsOf(dsl::Value list,
                                                   absl::string_view what);

// (path, File), one of the `entries` of `step`, as JSON: {"input", "as"}. The
// File becomes an input of `action`.
absl::StatusOr<std::string> EntryJson(dsl::Value entry, absl::string_view step,
                                      Action& action);

// Fails if `path` is absolute, has empty, `.` or `..` parts; "" is fine.
absl::Status CheckRelativePath(absl::string_view path, absl::string_view what);

}  // namespace graph

#endif  // GRAPH_ENGINE_ANALYZE_ACTIONS_H_
