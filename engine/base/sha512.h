// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_BASE_SHA512_H_
#define GRAPH_ENGINE_BASE_SHA512_H_

#include <string>

#include "absl/strings/string_view.h"

namespace graph {

// The 64 bytes of the SHA-512 of `bytes`: what npm's registries know files by.
// Nothing of ours is named by it.
std::string Sha512(absl::string_view bytes);

}  // namespace graph

#endif  // GRAPH_ENGINE_BASE_SHA512_H_
