// SPDX-License-Identifier: Apache-2.0
// Layers of ours: plain tars, so that the digest of the file is the `diff_id`
// of the layer, and byte for byte reproducible.
//
// Version 1: entries by the bytes of their names in the tar (a whiteout's is
// its `.wh.` name), folders before what is in them; modes and owners as they
// are told, symlinks 0777, whiteouts empty files with mode 0644 and owner 0:0;
// mtime 0; no names of users and groups; no hard links, devices or extended
// attributes; headers as tar_header.h has them. A parent folder is an entry
// only if it is told: it then is as the layers below have it, or 0755.

#ifndef GRAPH_ENGINE_ARCHIVE_LAYER_WRITER_H_
#define GRAPH_ENGINE_ARCHIVE_LAYER_WRITER_H_

#include <cstddef>
#include <functional>
#include <span>

#include "absl/status/status.h"
#include "engine/archive/byte_sink.h"
#include "engine/archive/layer.h"

namespace graph {

// A change of the bytes raises this number, never silently.
inline constexpr int kLayerFormatVersion = 1;

// Writes the bytes of the file `entries[index]` to `out`, in pieces as it
// likes, and does not finish it. Called once a file, by the thread that writes
// the layer, in the order of their names.
using LayerContent = std::function<absl::Status(size_t index, ByteSink& out)>;

// Writes the whole layer and finishes `out`. The entries may come in any order.
// Fails with kInvalidArgument where a path is not as LayerEntry wants it, has a
// part that begins with `.wh.`, comes twice, or lies below something that is no
// folder; kDataLoss where the content has another size than the entry; and as
// `content` and `out` fail.
absl::Status WriteLayer(std::span<const LayerEntry> entries,
                        const LayerContent& content, ByteSink& out);

}  // namespace graph

#endif  // GRAPH_ENGINE_ARCHIVE_LAYER_WRITER_H_
