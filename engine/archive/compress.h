// SPDX-License-Identifier: Apache-2.0
// Compression whose bytes depend on nothing but the input and the level: the
// libraries are linked into this program, and run in one thread.
//
//   gzip, version 1: one member, flags 0, time 0, no name, system "unknown"
//     (255), zlib's memory level 8, window 15.
//   zstd, version 1: one frame with a content checksum and no content size.

#ifndef GRAPH_ENGINE_ARCHIVE_COMPRESS_H_
#define GRAPH_ENGINE_ARCHIVE_COMPRESS_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/archive/byte_sink.h"

namespace graph {

inline constexpr int kGzipFormatVersion = 1;
inline constexpr int kZstdFormatVersion = 1;
inline constexpr int kGzipLevel = 6;
inline constexpr int kZstdLevel = 9;

// Sinks that write to `next`, which outlives them, and finish it with
// themselves. Levels are 1 to 9 and 1 to 19.
std::unique_ptr<ByteSink> GzipSink(ByteSink& next, int level = kGzipLevel);
std::unique_ptr<ByteSink> ZstdSink(ByteSink& next, int level = kZstdLevel);

// `bytes` as a raw deflate stream.
absl::StatusOr<std::string> Deflate(absl::string_view bytes, int level);

// Of zip and gzip.
uint32_t Crc32(absl::string_view bytes);

}  // namespace graph

#endif  // GRAPH_ENGINE_ARCHIVE_COMPRESS_H_
