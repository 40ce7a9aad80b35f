// SPDX-License-Identifier: Apache-2.0

#include "engine/cli/command_line.h"
#include "engine/cli/request.h"
#include "engine/cli/verb.h"
#include "engine/session/editor.h"

namespace graph {
namespace {

int Lsp(const Arguments& arguments, const std::string& directory,
        const Streams& streams);

constexpr Option kOptions[] = {
    {"stdio", 0, "", "what it does anyway; editors like to say it"}};

constexpr Verb kVerb = {
    "lsp",
    "",
    "serves an editor",
    "Speaks the Language Server Protocol (3.17) over standard input and "
    "output:\n"
    "diagnostics, completion, definitions, hovers, outlines and\n"
    "renaming for BUILD.spec, WORKSPACE.spec and *.spec. Editors start it;\n"
    "docs/editors.md says how to tell them.",
    kOptions,
    Lsp};

int Lsp(const Arguments& arguments, const std::string& directory,
        const Streams& streams) {
  if (!arguments.operands.empty()) {
    return ReportUsage(&kVerb, "`graph lsp` takes no operands", streams);
  }
  const absl::Status status =
      ServeEditorHere(SettingFlags(arguments, directory));
  if (status.ok()) return kExitDone;
  streams.err(ErrorText(status));
  return ExitCodeOf(status);
}

}  // namespace

const Verb& LspVerb() { return kVerb; }

}  // namespace graph
