// SPDX-License-Identifier: Apache-2.0
// Strings that name targets, and the calls that declare them.

#ifndef GRAPH_ENGINE_LSP_LABELS_H_
#define GRAPH_ENGINE_LSP_LABELS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/lsp/workspace.h"
#include "engine/model/label.h"
#include "engine/model/target.h"

namespace graph {

// The call at the top level of a build file that says `name = "…"`.
struct TargetCall {
  std::string callee;  // As written: `genrule`; empty if it is no name.
  const dsl::CallExpr* call = nullptr;
  const dsl::StringExpr* name = nullptr;
};
// All of a file, in order. Point into it.
std::vector<TargetCall> TargetCalls(const ParsedFile& file);

// A stretch of a string in a file that may be a label: a whole literal, or
// what stands in its `$(location …)`.
struct LabelText {
  dsl::Extent extent;  // Without quotes.
  std::string text;
  // Names a target by its place, whatever it says: an attribute that holds
  // labels. Otherwise only `:x` and `//x` are taken for labels.
  bool certain = false;
  Label label;
};
// All label-like stretches of the file that parse as labels, in order.
std::vector<LabelText> LabelsIn(Workspace& workspace, const ParsedFile& file);

// The one at `offset`.
std::optional<LabelText> LabelAt(Workspace& workspace, const ParsedFile& file,
                                 uint32_t offset);

// Where the target is declared: its call in the build file, or the file itself
// if it is a source file.
std::optional<Place> FindTargetPlace(Workspace& workspace, const Label& label);
// nullptr if its package cannot be loaded or has no such target.
const Target* FindTarget(Workspace& workspace, const Label& label);

FileId BuildFileOf(const Label& label);
// Of the package a file lies in; the file need not be there.
FileId BuildFileOf(const PackageName& package);

// `callee(…)`: its dotted name, or "".
std::string DottedName(const dsl::File& file, const dsl::Expr& expr);

}  // namespace graph

#endif  // GRAPH_ENGINE_LSP_LABELS_H_
