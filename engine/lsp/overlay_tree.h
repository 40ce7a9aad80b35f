// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_LSP_OVERLAY_TREE_H_
#define GRAPH_ENGINE_LSP_OVERLAY_TREE_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/syntax/source.h"
#include "engine/load/source_tree.h"

namespace graph {

// A tree in which the texts that are open in an editor win over those on disk;
// a file that is open is there even if the disk does not have it yet. Not safe
// for Set() and Remove() while others read.
class OverlayTree final : public SourceTree {
 public:
  // `below` outlives this.
  explicit OverlayTree(const SourceTree& below) : below_(below) {}

  void Set(absl::string_view path, std::shared_ptr<const dsl::Source> text);
  void Remove(absl::string_view path);

  absl::StatusOr<std::string> ReadFile(absl::string_view path) const override;
  absl::StatusOr<std::vector<SourceEntry>> List(
      absl::string_view path) const override;
  EntryKind Stat(absl::string_view path) const override;

 private:
  const SourceTree& below_;
  std::map<std::string, std::shared_ptr<const dsl::Source>, std::less<>> open_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_LSP_OVERLAY_TREE_H_
