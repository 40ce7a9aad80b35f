// SPDX-License-Identifier: Apache-2.0
#include "engine/session/editor.h"

#include <memory>
#include <optional>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/base/digest.h"
#include "engine/load/source_tree.h"
#include "engine/load/workspace.h"
#include "engine/lsp/server.h"
#include "engine/os/environment.h"
#include "engine/os/filesystem.h"
#include "engine/os/terminal.h"
#include "engine/session/disk_tree.h"
#include "engine/session/embedded_rules.h"
#include "engine/session/request_memory.h"
#include "engine/session/settings.h"

namespace graph {
namespace {

class StandardChannel final : public EditorChannel {
 public:
  std::optional<std::string> Read(int timeout_ms) override {
    return ReadSome(StandardStream::kInput, timeout_ms);
  }
  bool Write(absl::string_view bytes) override {
    return WriteTo(StandardStream::kOutput, bytes);
  }
};

// A folder of the disk. Its reads are nobody's business.
class EditorTree final : public SourceTree {
 public:
  explicit EditorTree(std::string root) : tree_(std::move(root), reads_) {}

  absl::StatusOr<std::string> ReadFile(absl::string_view path) const override {
    return tree_.ReadFile(path);
  }
  absl::StatusOr<std::vector<SourceEntry>> List(
      absl::string_view path) const override {
    return tree_.List(path);
  }
  EntryKind Stat(absl::string_view path) const override {
    return tree_.Stat(path);
  }

 private:
  Reads reads_;
  DiskTree tree_;
};

// The nearest folder at or above `folder`, as it is written, that holds a
// WORKSPACE.spec; else `folder`.
std::string RootOf(const std::string& folder) {
  for (std::string at = folder;;) {
    if (Exists(absl::StrCat(at, "/", kWorkspaceFileName))) return at;
    const size_t slash = at.rfind('/');
    if (slash == std::string::npos || at.empty()) return folder;
    at.resize(slash);
  }
}

// Copies of the embedded rules to be read in an editor, in a folder named by
// what they say; "" if they cannot be written.
std::string WriteRules(const std::string& cache_dir) {
  std::string all;
  for (const EmbeddedFile& file : EmbeddedRules()) {
    absl::StrAppend(&all, file.path, "\n", file.text, "\n");
  }
  const std::string folder =
      absl::StrCat(cache_dir, "/rules/", Digest::Of(all).hex().substr(0, 16));
  for (const EmbeddedFile& file : EmbeddedRules()) {
    const std::string path = absl::StrCat(folder, "/", file.path);
    if (Exists(path)) continue;
    WriteOptions options;
    options.mode = 0444;
    if (!MakeDirectories(path.substr(0, path.rfind('/'))).ok() ||
        !WriteFileAtomic(path, file.text, options).ok()) {
      return "";
    }
  }
  return folder;
}

}  // namespace

absl::Status ServeEditorHere(
    const std::vector<std::pair<std::string, std::string>>& flags) {
  const HostEnvironment environment = HostEnvironment::FromProcess();
  Settings settings(environment);
  RETURN_IF_ERROR(settings.ReadEnvironment(environment));
  for (const auto& [name, value] : flags) {
    RETURN_IF_ERROR(settings.Set(name, value, "command line"));
  }
  MemoryTree rules;
  for (const EmbeddedFile& file : EmbeddedRules()) {
    rules.Add(file.path, file.text);
  }
  const std::string rules_folder = WriteRules(settings.cache_dir());
  const OpenEditorFiles open = [&](const std::string& folder) {
    EditorFiles files;
    files.root = RootOf(folder);
    files.workspace = std::make_unique<EditorTree>(files.root);
    files.rules = &rules;
    files.rules_folder = rules_folder;
    files.threads = UsableProcessors();
    return files;
  };
  StandardChannel channel;
  if (ServeEditor(channel, open)) return absl::OkStatus();
  return absl::UnavailableError(
      "the editor ended without `shutdown` and `exit`");
}

}  // namespace graph
