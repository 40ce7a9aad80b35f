// SPDX-License-Identifier: Apache-2.0
// What the server answers, as plain values: places are bytes of texts, and
// nothing knows the form of the protocol. One file each; all work on what is
// open, broken or not, and answer nothing where they know nothing.

#ifndef GRAPH_ENGINE_LSP_FEATURES_H_
#define GRAPH_ENGINE_LSP_FEATURES_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/lsp/workspace.h"

namespace graph {

// --- diagnose.cc -----------------------------------------------------------

struct Related {
  Place place;
  std::string text;
};

struct Finding {
  Place place;
  bool warning = false;
  std::string check;    // What made it, if it has a name.
  std::string message;  // With its hint, and notes that have no place.
  std::vector<Related> related;
  std::optional<Replacement> fix;
  std::string fix_title;
};

// All that is wrong with the open files, and with those that they load, by
// file. Open files without a mistake are there too, with nothing.
std::map<FileId, std::vector<Finding>> Diagnose(Workspace& workspace);

// --- define.cc, references.cc ----------------------------------------------

std::vector<Place> FindDefinition(Workspace& workspace, const FileId& file,
                                  uint32_t offset);
// Of a name: within its file; of a target: in the whole workspace.
std::vector<Place> FindReferences(Workspace& workspace, const FileId& file,
                                  uint32_t offset, bool with_declaration);

// --- hover.cc --------------------------------------------------------------

struct HoverText {
  std::string markdown;
  Place place;  // What it is about.
};
std::optional<HoverText> Hover(Workspace& workspace, const FileId& file,
                               uint32_t offset);

// --- complete.cc, complete_strings.cc --------------------------------------

struct Completion {
  enum class Kind : uint8_t {
    kFunction,
    kRule,
    kVariable,
    kAttribute,
    kModule,
    kKeyword,
    kTarget,
    kFile,
    kFolder,
    kValue,
  };
  std::string label;  // Shown, and looked up by.
  Kind kind = Kind::kVariable;
  std::string detail;  // One line: a type.
  std::string doc;     // Markdown.
  std::string insert;  // Replaces Completions::replace.
  int rank = 5;        // Lower comes first.
};

struct Completions {
  Place replace;
  std::vector<Completion> items;
  // More typing gives others, not only fewer.
  bool incomplete = false;
};
Completions Complete(Workspace& workspace, const FileId& file, uint32_t offset);

// --- symbols.cc ------------------------------------------------------------

struct Symbol {
  enum class Kind : uint8_t { kFunction, kVariable, kTarget, kRule };
  std::string name;
  std::string detail;
  Kind kind = Kind::kVariable;
  Place whole;
  Place selection;  // The name.
};
std::vector<Symbol> Symbols(Workspace& workspace, const FileId& file);

// --- reformat.cc -----------------------------------------------------------

// What brings the file into its canonical form; nothing if it is in it, or does
// not parse.
std::vector<Replacement> Reformat(Workspace& workspace, const FileId& file);

// --- rename.cc -------------------------------------------------------------

// What would be renamed, and what it is called now. Errors are kInvalidArgument
// with a sentence that says why it cannot be.
struct Renamable {
  Place place;
  std::string name;
};
absl::StatusOr<Renamable> PrepareRename(Workspace& workspace,
                                        const FileId& file, uint32_t offset);
absl::StatusOr<std::vector<Replacement>> Rename(Workspace& workspace,
                                                const FileId& file,
                                                uint32_t offset,
                                                const std::string& name);

}  // namespace graph

#endif  // GRAPH_ENGINE_LSP_FEATURES_H_
