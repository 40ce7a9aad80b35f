// SPDX-License-Identifier: Apache-2.0
#include "engine/base/digest.h"

#include <openssl/evp.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace graph {
namespace {

// Fetched once: EVP_sha256() would look the provider up again at each use,
// which costs a fifth of a small digest.
const EVP_MD* Sha256() {
  static const EVP_MD* const md = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return md;
}

}  // namespace

struct Digester::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  int64_t size = 0;

  State() { EVP_DigestInit_ex2(context, Sha256(), nullptr); }
  ~State() { EVP_MD_CTX_free(context); }
};

Digester::Digester() : state_(std::make_unique<State>()) {}
Digester::~Digester() = default;
Digester::Digester(Digester&&) noexcept = default;
Digester& Digester::operator=(Digester&&) noexcept = default;

void Digester::Update(absl::string_view bytes) {
  EVP_DigestUpdate(state_->context, bytes.data(), bytes.size());
  state_->size += static_cast<int64_t>(bytes.size());
}

Digest Digester::Finish() {
  Digest::Hash hash;
  EVP_DigestFinal_ex(state_->context, hash.data(), nullptr);
  Digest digest(hash, state_->size);
  EVP_DigestInit_ex2(state_->context, Sha256(), nullptr);
  state_->size = 0;
  return digest;
}

Digest Digest::Of(absl::string_view bytes) {
  thread_local Digester digester;
  digester.Update(bytes);
  return digester.Finish();
}

absl::StatusOr<Digest> Digest::FromHex(absl::string_view hex, int64_t size) {
  if (hex.size() != 2 * kHashBytes || size < 0 ||
      hex.find_first_not_of("0123456789abcdef") != hex.npos) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", hex, "` is not 64 lowercase hex digits"));
  }
  Hash hash;
  std::string raw = absl::HexStringToBytes(hex);
  std::copy(raw.begin(), raw.end(), hash.begin());
  return Digest(hash, size);
}

absl::StatusOr<Digest> Digest::Parse(absl::string_view text) {
  std::vector<absl::string_view> parts = absl::StrSplit(text, '/');
  int64_t size = -1;
  absl::StatusOr<Digest> digest = absl::InvalidArgumentError("");
  if (parts.size() == 2 && absl::SimpleAtoi(parts[1], &size)) {
    digest = FromHex(parts[0], size);
  }
  if (!digest.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", text, "` is not a digest: want `<hex>/<size>`"));
  }
  return digest;
}

std::string Digest::hex() const {
  return absl::BytesToHexString(absl::string_view(
      reinterpret_cast<const char*>(hash_.data()), hash_.size()));
}

std::string Digest::ToString() const { return absl::StrCat(hex(), "/", size_); }

}  // namespace graph
