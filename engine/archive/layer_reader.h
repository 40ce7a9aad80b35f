// SPDX-License-Identifier: Apache-2.0
// Reading layers, ours and those of others: tars (plain, gzip, bzip2, xz, zstd)
// and Debian packages, of which only the files are read (`data.tar`) and not
// the control files. What it is, the bytes tell.
//
// - A name may begin with `/` or `./`: a layer has no other root than its own.
//   A name with a `..` part is refused.
// - The target of a symlink may be anything. It is meant inside the root
//   filesystem: whoever unpacks must follow no link out of it, not even for the
//   parents of a path, as a layer may well put `bin/sh` below a link `bin` of a
//   lower layer.
// - Whiteouts of the OCI form are recognised. They hide what lower layers have,
//   never what this layer has, wherever in it they stand.
// - The entry of the root itself is left out. Names may come twice; the later
//   one wins.
// - Times, names of users and extended attributes are not read.

#ifndef GRAPH_ENGINE_ARCHIVE_LAYER_READER_H_
#define GRAPH_ENGINE_ARCHIVE_LAYER_READER_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "engine/archive/layer.h"
#include "engine/base/cancellation.h"

namespace graph {

// One thread at a time; a failure ends the reading.
class LayerSink {
 public:
  virtual ~LayerSink() = default;

  // In the order of the archive. A kFile is followed by its bytes in pieces,
  // and then by EndFile().
  virtual absl::Status Entry(const LayerEntry& entry) = 0;
  virtual absl::Status Write(absl::string_view bytes) = 0;
  virtual absl::Status EndFile() = 0;
};

struct LayerReadOptions {
  // Devices, pipes and sockets are left out; or else they are refused. Images
  // that others made may have some in /dev, which an action sees another /dev
  // in place of; what we or Debian made has none.
  bool skip_devices = false;

  // More is taken for a bomb.
  int64_t max_bytes = int64_t{256} << 30;
  int64_t max_entries = 16'000'000;
};

// Fails with kInvalidArgument if the file at `path` is no layer, is damaged or
// breaks a rule above, naming the entry; kFailedPrecondition if libarchive is
// missing; kCancelled; and as `sink` fails.
absl::Status ReadLayer(const std::string& path, const LayerReadOptions& options,
                       LayerSink& sink, const Cancellation& cancellation);

}  // namespace graph

#endif  // GRAPH_ENGINE_ARCHIVE_LAYER_READER_H_
