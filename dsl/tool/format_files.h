// SPDX-License-Identifier: Apache-2.0

// What `graph fmt` and `graph-dsl fmt` do.

#ifndef GRAPH_DSL_TOOL_FORMAT_FILES_H_
#define GRAPH_DSL_TOOL_FORMAT_FILES_H_

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "absl/strings/string_view.h"
#include "dsl/syntax/source.h"

namespace dsl {

struct FormatOptions {
  bool check = false;  // Names what is in another form, and changes nothing.
  bool diff = false;   // Shows what would change, and changes nothing.
  // What stands in for the name of standard input.
  std::string stdin_name = "<stdin>";
};

struct FileToFormat {
  std::string path;   // `-`: standard input.
  std::string shown;  // How messages call it.
};

struct FormatStreams {
  std::function<std::string()> in;
  std::function<void(absl::string_view)> out;
  std::function<void(absl::string_view)> err;
};

// By its name: BUILD.spec, WORKSPACE.spec, or a module.
FileKind FileKindOf(absl::string_view path);

// Brings files into their canonical form, each by writing a new one beside it
// that then takes its place: at every moment it is the old or the new one.
// Through a symbolic link its target is written; the permissions stay. Standard
// input goes to standard output. Gives an exit code: 0; 1 if `check` is set and
// a file is in another form; 2 if one could not be read, parsed or written,
// which is then as it was.
int FormatFiles(std::span<const FileToFormat> files,
                const FormatOptions& options, const FormatStreams& streams);

// The same for words of a command line: `--check`, `--diff`,
// `--stdin-name=NAME`, files and `-`. nullopt if they are none.
std::optional<int> FormatByWords(std::span<const std::string> words,
                                 const FormatStreams& streams);

}  // namespace dsl

#endif  // GRAPH_DSL_TOOL_FORMAT_FILES_H_
