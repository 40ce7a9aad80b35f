// SPDX-License-Identifier: Apache-2.0
// How messages follow each other on the wire:
//
//   message = "Content-Length: " digits CRLF *( other-header CRLF ) CRLF body

#ifndef GRAPH_ENGINE_LSP_FRAMING_H_
#define GRAPH_ENGINE_LSP_FRAMING_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace graph {

// Cuts a stream of bytes into the bodies of messages. The bytes may come in
// any pieces.
class FrameReader {
 public:
  // Longer headers and bodies are refused: memory stays bounded.
  static constexpr size_t kMaxHeader = 8 << 10;
  static constexpr size_t kMaxBody = 256 << 20;

  void Feed(absl::string_view bytes) {
    waiting_.append(bytes.data(), bytes.size());
  }

  // The next whole body; nothing if more bytes are needed. Fails with
  // kInvalidArgument if what comes is no message: where the next one begins is
  // unknown then, and the stream is of no more use.
  absl::StatusOr<std::optional<std::string>> Next();

 private:
  // Drops what was read once that is worth it.
  void Advance(size_t size);

  std::string waiting_;
  size_t read_ = 0;  // That much of `waiting_` is done with.
};

// `body` with its header.
std::string Frame(absl::string_view body);

}  // namespace graph

#endif  // GRAPH_ENGINE_LSP_FRAMING_H_
