// SPDX-License-Identifier: Apache-2.0
// Where a LocalStore keeps its files; see local_store.h. Blobs are spread over
// 256 folders by the first byte of their hash: with ten million of them, 40,000
// in each, which ext4, xfs and btrfs find as fast as 400. Housekeeping goes
// through a store one such part (files and records) after another, so it holds
// little at a time, and a few parts are a fair sample of all.

#ifndef GRAPH_ENGINE_CAS_STORE_LAYOUT_H_
#define GRAPH_ENGINE_CAS_STORE_LAYOUT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "engine/base/digest.h"
#include "engine/os/filesystem.h"

namespace graph {

inline constexpr int kStoreParts = 256;

struct BlobName {
  Digest digest;
  bool executable = false;
};

std::string BlobPath(absl::string_view root, const Digest& digest,
                     bool executable);
// nullopt if it is not the name of a file in a part of blobs/.
std::optional<BlobName> ParseBlobName(absl::string_view name);
// The folder of blobs whose hash begins with `part`.
std::string PartFolder(absl::string_view root, int part);

// Whether this is the state of a file that is sealed as this blob; see
// local_store.h.
bool IsSealed(const FileState& state, const Digest& digest, bool executable);

// What a file of `size` bytes takes on the disk: whole blocks.
int64_t SpaceOfFile(int64_t size);

// The permission bits of a blob.
uint32_t BlobMode(bool executable);

}  // namespace graph

#endif  // GRAPH_ENGINE_CAS_STORE_LAYOUT_H_
