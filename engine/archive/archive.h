// SPDX-License-Identifier: Apache-2.0
// Writing archives: the same entries give the same bytes on every machine, in
// every locale, time zone and umask, and with every later release of this tool.
// What the formats fix is told in zip_writer.h, tar_writer.h and compress.h.

#ifndef GRAPH_ENGINE_ARCHIVE_ARCHIVE_H_
#define GRAPH_ENGINE_ARCHIVE_ARCHIVE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/archive/entry.h"

namespace graph {

enum class ArchiveFormat : uint8_t { kZip, kTar, kTarGz, kTarZst };

// From `zip`, `tar`, `tar.gz` or `tar.zst`. Fails with kInvalidArgument.
absl::StatusOr<ArchiveFormat> ParseArchiveFormat(absl::string_view name);

// Writes a new file at `path`, whose folder exists; a file that is there is
// replaced. On failure `path` may be left torn: give a temporary name and move
// it. `level` is that of the compression, nullopt the format's own: 0 to 9 for
// zip (0 stores) and 1 to 9 for tar.gz, 1 to 19 for tar.zst; not for tar.
// Fails with kInvalidArgument for wrong entries or levels, kFailedPrecondition
// if a library is missing, and as `read` fails.
absl::Status WriteArchive(ArchiveFormat format,
                          std::span<const ArchiveEntry> entries,
                          const BlobReader& read, std::optional<int> level,
                          const std::string& path);

}  // namespace graph

#endif  // GRAPH_ENGINE_ARCHIVE_ARCHIVE_H_
