// SPDX-License-Identifier: Apache-2.0
// Protocol Buffers' wire format, as far as REAPI messages need it: varints and
// length-delimited fields. Written in the order of field numbers, with empty
// fields left out, this is the canonical form that digests are taken of.
//
//   message = field*
//   field   = varint(number << 3 | 0) varint
//           | varint(number << 3 | 2) varint(length) bytes

#ifndef GRAPH_ENGINE_CAS_WIRE_H_
#define GRAPH_ENGINE_CAS_WIRE_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "engine/base/digest.h"

namespace graph {

// Appends fields to a string that outlives it.
class WireWriter {
 public:
  explicit WireWriter(std::string* out) : out_(*out) {}

  // Nothing if it is 0, as proto3 has it. Negative values take ten bytes.
  void Varint(int number, int64_t value);
  void Bool(int number, bool value) { Varint(number, value ? 1 : 0); }
  // Nothing if it is empty.
  void Text(int number, absl::string_view text);
  // A message or an element of a repeated field: there even if empty.
  void Bytes(int number, absl::string_view bytes);
  // A Digest message.
  void Digested(int number, const Digest& digest);

 private:
  std::string& out_;
};

// Reads fields one by one, in the order in which they come.
class WireReader {
 public:
  // Reads `bytes`, which outlive it.
  explicit WireReader(absl::string_view bytes) : rest_(bytes) {}

  // Goes to the next field. False at the end, and where the bytes are no
  // message; then ok() is false too.
  bool Next();
  bool ok() const { return ok_; }

  int number() const { return number_; }
  // The value of the field; what is of the other type reads as 0 or empty.
  int64_t varint() const { return varint_; }
  absl::string_view bytes() const { return bytes_; }
  // The field as a Digest message; a default Digest if it is none.
  Digest digest() const;

 private:
  bool ReadVarint(uint64_t* value);

  absl::string_view rest_;
  bool ok_ = true;
  int number_ = 0;
  int64_t varint_ = 0;
  absl::string_view bytes_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_CAS_WIRE_H_
