// SPDX-License-Identifier: Apache-2.0
#include "engine/base/sha512.h"

#include <openssl/sha.h>

namespace graph {

std::string Sha512(absl::string_view bytes) {
  std::string hash(SHA512_DIGEST_LENGTH, '\0');
  SHA512(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(hash.data()));
  return hash;
}

}  // namespace graph
