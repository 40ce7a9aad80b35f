// SPDX-License-Identifier: Apache-2.0

#include <optional>
#include <string>

#include "dsl/format/format.h"
#include "engine/lsp/features.h"
#include "engine/lsp/line_edit.h"

namespace graph {

std::vector<Replacement> Reformat(Workspace& workspace, const FileId& file) {
  const std::shared_ptr<const dsl::Source> source = workspace.Text(file);
  if (source == nullptr) return {};
  dsl::Diagnostics ignored;
  const std::optional<std::string> text =
      dsl::Format(source, Workspace::KindOf(file), ignored);
  if (!text.has_value()) return {};
  const auto size = static_cast<uint32_t>(source->text().size());
  return LineEdits({file, source, {0, size}}, *text);
}

}  // namespace graph
