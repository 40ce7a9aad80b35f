// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/blob_store.h"

#include "absl/strings/str_cat.h"
#include "engine/os/filesystem.h"

namespace graph {

bool BlobStore::IsLinked(const Digest&, bool, const std::string&) {
  return false;
}

absl::StatusOr<std::string> BlobStore::NewTemporaryPath() {
  absl::StatusOr<std::string> folder = MakeTemporaryDirectory("/tmp", "graph-");
  if (!folder.ok()) return folder.status();
  return absl::StrCat(*folder, "/blob");
}

const Digest& EmptyDigest() {
  static const Digest digest = Digest::Of("");
  return digest;
}

}  // namespace graph
