// SPDX-License-Identifier: Apache-2.0
// Where blobs are kept, each under its digest.

#ifndef GRAPH_ENGINE_CAS_BLOB_STORE_H_
#define GRAPH_ENGINE_CAS_BLOB_STORE_H_

#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/digest.h"

namespace graph {

// A set of blobs, each found by its digest.
//
// Safe for concurrent use, by threads and by processes. Blobs are immutable, so
// a Get that follows a successful Put never sees other bytes; it may still fail
// with kNotFound, because every store is free to evict. Bytes that do not match
// their digest are never returned: they are set aside, and Get fails with
// kDataLoss once and with kNotFound from then on.
class BlobStore {
 public:
  virtual ~BlobStore() = default;

  // The digests among `wanted` that Get would not find now.
  virtual absl::StatusOr<std::vector<Digest>> Missing(
      std::span<const Digest> wanted) = 0;

  virtual absl::StatusOr<std::string> Get(const Digest& digest) = 0;

  // Idempotent: storing a blob twice is storing it once.
  virtual absl::StatusOr<Digest> Put(absl::string_view bytes) = 0;

  // Takes the regular file at `path` into the store and returns its digest.
  // With `consume`, the file is moved (its inode kept) and `path` is gone
  // afterwards; otherwise it is copied and left alone.
  virtual absl::StatusOr<Digest> PutFile(const std::string& path,
                                         bool consume) = 0;

  // Makes `path` a hard link to the blob (a copy where links cannot reach),
  // read-only, with the executable bit as asked. The file must not exist.
  // Whoever can write to the link can damage the store: give it only to
  // readers.
  virtual absl::Status Link(const Digest& digest, bool executable,
                            const std::string& path) = 0;

  // Whether what is at `path` is already what Link would make there, and the
  // blob is whole. A store that cannot tell cheaply says no.
  virtual bool IsLinked(const Digest& digest, bool executable,
                        const std::string& path);

  // The path of nothing yet, where a file or folder may be made that PutFile
  // or PutDirectory then takes without copying. What is left there is garbage
  // once the process ends.
  virtual absl::StatusOr<std::string> NewTemporaryPath();
};

// The blob without bytes is in every store, always.
const Digest& EmptyDigest();

}  // namespace graph

#endif  // GRAPH_ENGINE_CAS_BLOB_STORE_H_
