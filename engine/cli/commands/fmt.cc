// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <iostream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "dsl/tool/format_files.h"
#include "engine/cli/command_line.h"
#include "engine/cli/request.h"
#include "engine/cli/verb.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

int Fmt(const Arguments& arguments, const std::string& directory,
        const Streams& streams);

constexpr Option kOptions[] = {
    {"check", 0, "", "name the files that would change, and change none"},
    {"diff", 0, "", "show what would change, and change nothing"},
    {"stdin-name", 0, "NAME", "what `-` stands for: BUILD.spec, or a module"},
};

constexpr Verb kVerb = {
    "fmt",
    "[FILE|FOLDER...]",
    "brings Spec files into their one form",
    "Brings Spec files into their one form: of all in the workspace, or those\n"
    "named. A folder stands for all `*.spec` below it, but for graph-out/ and\n"
    "hidden folders; `-` for standard input, whose form goes to standard "
    "output.\n"
    "\n"
    "Comments stay with what they are about. Loads are sorted and, in a\n"
    "BUILD.spec, lists like `deps` whose order means nothing. A comment\n"
    "`# do not sort` in a list or above it keeps its order; `# keep sorted`\n"
    "sorts any list of strings.\n"
    "\n"
    "A file with mistakes is left as it is. Exit codes: 0 done, 1 with "
    "--check\n"
    "if a file has another form, 2 mistakes.",
    kOptions,
    Fmt};

// All `*.spec` below a folder, by name; links are not followed.
absl::Status AddFolder(const dsl::FileToFormat& folder,
                       std::vector<dsl::FileToFormat>* files) {
  ASSIGN_OR_RETURN(const std::vector<DirectoryEntry> entries,
                   ListDirectory(folder.path));
  for (const DirectoryEntry& entry : entries) {
    const dsl::FileToFormat below = {
        absl::StrCat(folder.path, "/", entry.name),
        folder.shown == "." ? entry.name
                            : absl::StrCat(folder.shown, "/", entry.name)};
    if (entry.type == FileType::kRegular &&
        absl::EndsWith(entry.name, ".spec")) {
      files->push_back(below);
    } else if (entry.type == FileType::kDirectory &&
               !absl::StartsWith(entry.name, ".") &&
               entry.name != "graph-out") {
      RETURN_IF_ERROR(AddFolder(below, files));
    }
  }
  return absl::OkStatus();
}

// What the operands stand for; without any, the workspace, shown from where its
// WORKSPACE.spec is.
absl::StatusOr<std::vector<dsl::FileToFormat>> FilesOf(
    const std::vector<std::string>& operands, const std::string& directory) {
  std::vector<dsl::FileToFormat> files;
  if (operands.empty()) {
    ASSIGN_OR_RETURN(const std::string workspace, FindWorkspace(directory));
    RETURN_IF_ERROR(AddFolder({workspace, "."}, &files));
    return files;
  }
  for (std::string operand : operands) {
    while (operand.size() > 1 && operand.back() == '/') operand.pop_back();
    const std::string path = operand == "-" || absl::StartsWith(operand, "/")
                                 ? operand
                                 : absl::StrCat(directory, "/", operand);
    if (operand != "-" && IsDirectory(path)) {
      RETURN_IF_ERROR(AddFolder({path, operand}, &files));
    } else {
      files.push_back({path, operand});
    }
  }
  return files;
}

int Fmt(const Arguments& arguments, const std::string& directory,
        const Streams& streams) {
  const auto files = FilesOf(arguments.operands, directory);
  if (!files.ok()) {
    streams.err(ErrorText(files.status()));
    return kExitUsage;
  }
  dsl::FormatOptions options;
  options.check = arguments.IsOn("check");
  options.diff = arguments.IsOn("diff");
  options.stdin_name = arguments.Find("stdin-name").value_or("<stdin>");
  return dsl::FormatFiles(
      *files, options,
      {.in =
           [] {
             return std::string(std::istreambuf_iterator<char>(std::cin), {});
           },
       .out = streams.out,
       .err = streams.err});
}

}  // namespace

const Verb& FmtVerb() { return kVerb; }

}  // namespace graph
