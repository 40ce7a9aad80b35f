// SPDX-License-Identifier: Apache-2.0
// What the features of the editor's protocol work on: the files of a workspace
// as the editor has them, parsed and loaded when somebody asks.

#ifndef GRAPH_ENGINE_LSP_WORKSPACE_H_
#define GRAPH_ENGINE_LSP_WORKSPACE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/value.h"
#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/file.h"
#include "engine/load/loader.h"
#include "engine/lsp/editor_files.h"
#include "engine/lsp/overlay_tree.h"
#include "engine/lsp/text_position.h"
#include "engine/model/label.h"

namespace graph {

// A file by its repository and the path in it. The repository kOutside holds
// what lies in none, by absolute path.
struct FileId {
  static constexpr absl::string_view kOutside = "?";

  std::string repo;
  std::string path;

  bool outside() const { return repo == kOutside; }
  absl::string_view folder() const;
  absl::string_view name() const;
  // What relative labels in it are relative to.
  PackageName package() const { return {repo, std::string(folder())}; }
  friend bool operator==(const FileId&, const FileId&) = default;
  friend auto operator<=>(const FileId&, const FileId&) = default;
};

// A stretch of a file, in the state in which a feature saw it.
struct Place {
  FileId file;
  std::shared_ptr<const dsl::Source> source;
  dsl::Extent extent;
};

// A new text for a place.
struct Replacement {
  Place place;
  std::string text;
};

// A file as far as it could be parsed, with its names resolved.
struct ParsedFile {
  FileId id;
  std::shared_ptr<const dsl::Source> source;
  std::unique_ptr<dsl::File> file;  // Never null.
  dsl::Diagnostics diagnostics;     // Of syntax and names.
  bool whole = true;                // Nothing was left out.

  Place At(dsl::Extent extent) const { return {id, source, extent}; }
};

// One thread at a time. What it returns lives until the next change, unless a
// shared_ptr holds it.
class Workspace {
 public:
  explicit Workspace(EditorFiles files);
  ~Workspace();

  // --- What is open ---------------------------------------------------------

  struct OpenFile {
    std::string uri;  // As the editor wrote it.
    int64_t version = 0;
    std::shared_ptr<const dsl::Source> source;
  };

  // Nothing if the URI names no file of this host.
  std::optional<FileId> IdOf(absl::string_view uri) const;
  std::string UriOf(const FileId& id) const;

  void Open(const FileId& id, OpenFile file);
  // Replaces the text. REQUIRES: it is open.
  void SetText(const FileId& id, int64_t version, std::string text);
  void Close(const FileId& id);
  // Something changed on disk.
  void Forget();
  const std::map<FileId, OpenFile>& open() const { return open_; }
  const OpenFile* FindOpen(const FileId& id) const;

  // --- What is in it --------------------------------------------------------

  static dsl::FileKind KindOf(const FileId& id);
  // The text that the editor has, or else the disk; nullptr if there is none.
  std::shared_ptr<const dsl::Source> Text(const FileId& id) const;
  // nullptr if there is no such file.
  std::shared_ptr<const ParsedFile> Parsed(const FileId& id);
  // The names that the file knows without binding them.
  const dsl::Environment& NamesOf(const FileId& id);
  // The tree of a repository; nullptr if there is no such.
  const SourceTree* Tree(absl::string_view repo) const;
  // What was loaded so far is the same object until something changes.
  Loader& loader();
  // The mistakes that the loader found so far.
  const std::vector<dsl::Diagnostic>& mistakes() const { return mistakes_; }
  // The file of a diagnostic's source.
  static FileId FileOfSource(const dsl::Source& source);

  // The file that a load() in `from` names; nothing if the label is wrong.
  std::optional<FileId> ModuleFile(absl::string_view label,
                                   const FileId& from) const;
  // What a module gives under a name; nothing if it cannot be loaded.
  std::optional<dsl::Value> Export(const FileId& module,
                                   absl::string_view name);

  // All build files (and modules, if asked for) of the workspace itself.
  std::vector<FileId> SpecFiles(bool modules_too) const;

 private:
  void Changed();

  EditorFiles files_;
  OverlayTree overlay_;
  std::map<FileId, OpenFile> open_;
  std::shared_ptr<const dsl::Environment> workspace_names_;
  std::vector<dsl::Diagnostic> mistakes_;
  std::unique_ptr<Loader>
      loader_;  // Of the present state; made when asked for.
  // A few of the files parsed last, in the present state.
  std::map<FileId, std::shared_ptr<const ParsedFile>> parsed_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_LSP_WORKSPACE_H_
