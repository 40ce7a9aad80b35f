// SPDX-License-Identifier: Apache-2.0
// Zip files, byte for byte reproducible.
//
// Version 1: entries by the bytes of their paths; folders only if empty
// (`name/`); 1980-01-01 00:00 for all; made by Unix, modes 0644, 0755 (also
// folders) and 0777 (symlinks, stored, their target as content); files deflated
// at level 6, empty ones stored. libzip lays the file out; the deflating is
// done by the zlib that is linked into this program, because the bytes must not
// depend on the zlib of the host.

#ifndef GRAPH_ENGINE_ARCHIVE_ZIP_WRITER_H_
#define GRAPH_ENGINE_ARCHIVE_ZIP_WRITER_H_

#include <span>
#include <string>

#include "absl/status/status.h"
#include "engine/archive/entry.h"

namespace graph {

// A change of the bytes raises this number, never silently.
inline constexpr int kZipFormatVersion = 1;
inline constexpr int kZipLevel = 6;

// See WriteArchive. `level` is 0 (store) to 9.
absl::Status WriteZip(std::span<const ArchiveEntry> entries,
                      const BlobReader& read, const std::string& path,
                      int level = kZipLevel);

}  // namespace graph

#endif  // GRAPH_ENGINE_ARCHIVE_ZIP_WRITER_H_
