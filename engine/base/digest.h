// SPDX-License-Identifier: Apache-2.0
// The name of a blob: the SHA-256 of its bytes, and how many there are.
//
// Equal digests mean equal bytes everywhere in the engine; nothing below this
// header compares contents. The text form is `<64 lowercase hex>/<size>`, as in
// the Remote Execution API.

#ifndef GRAPH_ENGINE_BASE_DIGEST_H_
#define GRAPH_ENGINE_BASE_DIGEST_H_

#include <array>
#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace graph {

class Digest {
 public:
  static constexpr int kHashBytes = 32;
  using Hash = std::array<uint8_t, kHashBytes>;

  // A value to assign to; equal to no digest of bytes.
  Digest() = default;
  Digest(const Hash& hash, int64_t size) : hash_(hash), size_(size) {}

  // The digest of `bytes`.
  static Digest Of(absl::string_view bytes);

  // The inverse of ToString(). Fails with kInvalidArgument.
  static absl::StatusOr<Digest> Parse(absl::string_view text);

  // From 64 lowercase hex digits and a size. Fails with kInvalidArgument.
  static absl::StatusOr<Digest> FromHex(absl::string_view hex, int64_t size);

  std::string ToString() const;
  std::string hex() const;
  const Hash& hash() const { return hash_; }
  int64_t size() const { return size_; }

  friend bool operator==(const Digest&, const Digest&) = default;
  friend auto operator<=>(const Digest&, const Digest&) = default;

  template <typename H>
  friend H AbslHashValue(H h, const Digest& d) {
    return H::combine_contiguous(std::move(h), d.hash_.data(), d.hash_.size());
  }

 private:
  Hash hash_{};
  int64_t size_ = -1;
};

// Digests bytes that come in pieces. One thread at a time; after Finish() it
// starts anew.
class Digester {
 public:
  Digester();
  ~Digester();
  Digester(Digester&&) noexcept;
  Digester& operator=(Digester&&) noexcept;

  void Update(absl::string_view bytes);
  Digest Finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_BASE_DIGEST_H_
