// SPDX-License-Identifier: Apache-2.0
#include "engine/load/place.h"

#include "absl/strings/str_cat.h"
#include "engine/load/file_view.h"

namespace graph {

std::string DisplayPath(absl::string_view repo, absl::string_view path) {
  return repo.empty() ? std::string(path) : absl::StrCat("@", repo, "//", path);
}

PackageName FolderOf(absl::string_view display_path) {
  PackageName folder;
  if (!display_path.empty() && display_path.front() == '@') {
    size_t slashes = display_path.find("//");
    folder.repo = std::string(display_path.substr(1, slashes - 1));
    display_path.remove_prefix(slashes + 2);
  }
  folder.path = std::string(SplitPath(display_path).first);
  return folder;
}

Label ModuleLabel(absl::string_view repo, absl::string_view path) {
  auto [folder, file] = SplitPath(path);
  absl::StatusOr<Label> label = Label::Create(repo, folder, file);
  return label.ok() ? *std::move(label) : Label();
}

Location LocationOf(const dsl::Span& span) {
  dsl::Position start = span.Start();
  return {static_cast<uint32_t>(start.line),
          static_cast<uint32_t>(start.column)};
}

absl::string_view FileOf(const dsl::Span& span) {
  return span.source == nullptr ? absl::string_view()
                                : absl::string_view(span.source->path());
}

std::string FormatPlace(absl::string_view file, Location location) {
  return absl::StrCat(file, ":", location.line, ":", location.column);
}

}  // namespace graph
