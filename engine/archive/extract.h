// SPDX-License-Identifier: Apache-2.0
// Reading archives of others: tar (plain, gzip, bzip2, xz, zstd) and zip, told
// apart by their bytes. Nothing that an archive says can reach outside the tree
// that is made of it:
//
// - A name that is absolute or has a `..` part is refused, and so is a name
//   below something that is not a folder: nothing is written through a link.
// - A symlink is refused if following it, through other symlinks of the
//   archive too, would lead outside.
// - A hard link must name a file of the archive that came before it.
// - Devices, pipes and sockets are refused; so is a name that comes twice.
// - Of the modes only the executable bit is kept; owners and times are not.
// - The bytes and entries are bounded (ExtractOptions).

#ifndef GRAPH_ENGINE_ARCHIVE_EXTRACT_H_
#define GRAPH_ENGINE_ARCHIVE_EXTRACT_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "engine/base/cancellation.h"

namespace graph {

// What becomes of an archive. Every path is relative, normalised and below no
// other leaf. One thread at a time; a failure ends the extraction.
class ExtractSink {
 public:
  virtual ~ExtractSink() = default;

  // A file: begun, then its bytes in pieces, then ended.
  virtual absl::Status BeginFile(const std::string& path, bool executable) = 0;
  virtual absl::Status Write(absl::string_view bytes) = 0;
  virtual absl::Status EndFile() = 0;

  // A file with the bytes and the mode of `existing`, which was ended before.
  virtual absl::Status CopyFile(const std::string& existing,
                                const std::string& path) = 0;

  virtual absl::Status Symlink(const std::string& path,
                               const std::string& target) = 0;

  // A folder with nothing in it; the others are implied.
  virtual absl::Status EmptyDirectory(const std::string& path) = 0;
};

struct ExtractOptions {
  // Only what is below this folder of the archive, which then is the root.
  std::string strip_prefix;

  // More is taken for a bomb. The ratio is that of all bytes to the archive's;
  // what is smaller than `ratio_from` is none, whatever its ratio.
  int64_t max_bytes = int64_t{64} << 30;
  int64_t max_ratio = 200;
  int64_t ratio_from = int64_t{1} << 30;
  int64_t max_entries = 4'000'000;
};

// Fails with kInvalidArgument if the file at `path` is no archive, is damaged,
// or breaks a rule above, naming the entry; if nothing is below strip_prefix,
// naming the folders that are there; kFailedPrecondition if libarchive is
// missing; kCancelled; and as `sink` fails. What `sink` got before a failure
// must not be used: symlinks are judged last.
absl::Status Extract(const std::string& path, const ExtractOptions& options,
                     ExtractSink& sink, const Cancellation& cancellation);

}  // namespace graph

#endif  // GRAPH_ENGINE_ARCHIVE_EXTRACT_H_
