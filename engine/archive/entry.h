// SPDX-License-Identifier: Apache-2.0
// What goes into an archive, whatever its format.

#ifndef GRAPH_ENGINE_ARCHIVE_ENTRY_H_
#define GRAPH_ENGINE_ARCHIVE_ENTRY_H_

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/digest.h"

namespace graph {

// A leaf of the tree that is packed. Folders are implied by the paths of what
// is in them; one that holds nothing is an entry of its own.
struct ArchiveEntry {
  enum class Kind : uint8_t { kFile, kSymlink, kEmptyDirectory };
  std::string path;  // Relative, `/`, no empty part, no `.` or `..`.
  Kind kind = Kind::kFile;
  Digest digest;            // kFile
  bool executable = false;  // kFile
  std::string target;       // kSymlink
};

// The bytes of a file. Called once a file, in the order of their paths, by the
// thread that writes the archive.
using BlobReader = std::function<absl::StatusOr<std::string>(const Digest&)>;

// The entries in the order in which every format writes them: by the bytes of
// their paths. Fails with kInvalidArgument where a path is not as ArchiveEntry
// wants it, comes twice, or is both a file and a folder.
absl::StatusOr<std::vector<const ArchiveEntry*>> SortedEntries(
    std::span<const ArchiveEntry> entries);

// Reads a file and holds its size against its digest (kDataLoss).
absl::StatusOr<std::string> ReadEntry(const ArchiveEntry& entry,
                                      const BlobReader& read);

}  // namespace graph

#endif  // GRAPH_ENGINE_ARCHIVE_ENTRY_H_
