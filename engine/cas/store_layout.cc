// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/store_layout.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "engine/cas/local_store.h"

namespace graph {

std::string BlobPath(absl::string_view root, const Digest& digest,
                     bool executable) {
  const std::string hex = digest.hex();
  return absl::StrCat(root, "/blobs/", hex.substr(0, 2), "/", hex, "-",
                      digest.size(), executable ? ".x" : "");
}

std::optional<BlobName> ParseBlobName(absl::string_view name) {
  constexpr size_t kHex = 2 * Digest::kHashBytes;
  BlobName blob;
  blob.executable = absl::ConsumeSuffix(&name, ".x");
  int64_t size = 0;
  if (name.size() < kHex + 2 || name[kHex] != '-' ||
      !absl::SimpleAtoi(name.substr(kHex + 1), &size) || size < 0 ||
      absl::StrCat(size) != name.substr(kHex + 1)) {
    return std::nullopt;
  }
  absl::StatusOr<Digest> digest = Digest::FromHex(name.substr(0, kHex), size);
  if (!digest.ok()) return std::nullopt;
  blob.digest = *digest;
  return blob;
}

std::string PartFolder(absl::string_view root, int part) {
  return absl::StrFormat("%s/blobs/%02x", root, part);
}

bool IsSealed(const FileState& state, const Digest& digest, bool executable) {
  return state.type == FileType::kRegular && state.size == digest.size() &&
         state.mtime_ns == LocalStore::kSealTimeNs &&
         state.mode == BlobMode(executable);
}

int64_t SpaceOfFile(int64_t size) {
  constexpr int64_t kBlock = 4096;
  return (size + kBlock - 1) / kBlock * kBlock;
}

uint32_t BlobMode(bool executable) { return executable ? 0555 : 0444; }

}  // namespace graph
