// SPDX-License-Identifier: Apache-2.0
// Tar files, byte for byte reproducible.
//
// The format is ours to fix, so the writer is ours as well: POSIX.1-2001
// (ustar, with pax records where ustar has no room) is 20 fields of text, and a
// library would choose between its spellings of them anew with each release.
//
// Version 1: entries by the bytes of their paths; folders only if empty
// (`name/`); mtime 0; uid and gid 0 without names; modes 0644, 0755 (also
// folders) and 0777 (symlinks); headers as tar_header.h has them.

#ifndef GRAPH_ENGINE_ARCHIVE_TAR_WRITER_H_
#define GRAPH_ENGINE_ARCHIVE_TAR_WRITER_H_

#include <span>

#include "absl/status/status.h"
#include "engine/archive/byte_sink.h"
#include "engine/archive/entry.h"

namespace graph {

// A change of the bytes raises this number, never silently.
inline constexpr int kTarFormatVersion = 1;

// Writes the whole archive and finishes `out`. Fails with kInvalidArgument for
// wrong entries, and as `read` and `out` fail.
absl::Status WriteTar(std::span<const ArchiveEntry> entries,
                      const BlobReader& read, ByteSink& out);

}  // namespace graph

#endif  // GRAPH_ENGINE_ARCHIVE_TAR_WRITER_H_
