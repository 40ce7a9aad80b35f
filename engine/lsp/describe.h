// SPDX-License-Identifier: Apache-2.0
// Things in a few lines of Markdown, for hovers and completions.

#ifndef GRAPH_ENGINE_LSP_DESCRIBE_H_
#define GRAPH_ENGINE_LSP_DESCRIBE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "engine/docs/builtin_docs.h"
#include "engine/lsp/workspace.h"
#include "engine/model/label.h"

namespace graph {

// A block of code.
std::string Code(absl::string_view text);
// The line on which a place begins, without its indentation.
std::string LineOf(const Place& place);
// A docstring without the indentation of its later lines.
std::string PlainDoc(absl::string_view doc);

// What a global, loaded or builtin name of a file stands for; "" if nothing is
// known.
std::string DescribeName(Workspace& workspace, const FileId& file,
                         absl::string_view name);
// `object.name`; "" if nothing is known.
std::string DescribeMember(Workspace& workspace, const ParsedFile& file,
                           const dsl::DotExpr& member);
// A builtin with its example.
std::string DescribeBuiltin(const BuiltinDoc& doc);
// The kind of a target, its place, and what it says of itself.
std::string DescribeTarget(Workspace& workspace, const Label& label,
                           const Place& place);

}  // namespace graph

#endif  // GRAPH_ENGINE_LSP_DESCRIBE_H_
