// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/wire.h"

#include <array>

namespace graph {
namespace {

enum WireType { kVarint = 0, kFixed64 = 1, kLengthDelimited = 2, kFixed32 = 5 };

int VarintSize(uint64_t value) {
  int size = 1;
  while (value >= 0x80) {
    value >>= 7;
    ++size;
  }
  return size;
}

void AppendVarint(uint64_t value, std::string& out) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<char>(value));
}

void AppendTag(int number, WireType type, std::string& out) {
  AppendVarint(static_cast<uint64_t>(number) << 3 | type, out);
}

void AppendHex(const Digest::Hash& hash, std::string& out) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::array<char, 2 * Digest::kHashBytes> text;
  for (int i = 0; i < Digest::kHashBytes; ++i) {
    text[2 * i] = kDigits[hash[i] >> 4];
    text[2 * i + 1] = kDigits[hash[i] & 15];
  }
  out.append(text.data(), text.size());
}

}  // namespace

void WireWriter::Varint(int number, int64_t value) {
  if (value == 0) return;
  AppendTag(number, WireType::kVarint, out_);
  AppendVarint(static_cast<uint64_t>(value), out_);
}

void WireWriter::Text(int number, absl::string_view text) {
  if (!text.empty()) Bytes(number, text);
}

void WireWriter::Bytes(int number, absl::string_view bytes) {
  AppendTag(number, kLengthDelimited, out_);
  AppendVarint(bytes.size(), out_);
  out_.append(bytes.data(), bytes.size());
}

// message Digest { string hash = 1; int64 size_bytes = 2; }
void WireWriter::Digested(int number, const Digest& digest) {
  constexpr int kHex = 2 * Digest::kHashBytes;
  const uint64_t size = static_cast<uint64_t>(digest.size());
  AppendTag(number, kLengthDelimited, out_);
  AppendVarint(2 + kHex + (size == 0 ? 0 : 1 + VarintSize(size)), out_);
  AppendTag(1, kLengthDelimited, out_);
  AppendVarint(kHex, out_);
  AppendHex(digest.hash(), out_);
  Varint(2, digest.size());
}

bool WireReader::ReadVarint(uint64_t* value) {
  *value = 0;
  for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
    const uint8_t byte = static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    *value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

bool WireReader::Next() {
  if (!ok_ || rest_.empty()) return false;
  varint_ = 0;
  bytes_ = {};
  uint64_t tag = 0, value = 0;
  ok_ = ReadVarint(&tag) && tag >> 3 != 0 && tag >> 32 == 0;
  if (!ok_) return false;
  number_ = static_cast<int>(tag >> 3);
  switch (tag & 7) {
    case kVarint:
      ok_ = ReadVarint(&value);
      varint_ = static_cast<int64_t>(value);
      return ok_;
    case kLengthDelimited:
      ok_ = ReadVarint(&value) && value <= rest_.size();
      break;
    case kFixed64:
      value = 8;
      ok_ = value <= rest_.size();
      break;
    case kFixed32:
      value = 4;
      ok_ = value <= rest_.size();
      break;
    default:
      ok_ = false;
  }
  if (!ok_) return false;
  bytes_ = rest_.substr(0, value);
  rest_.remove_prefix(value);
  return true;
}

Digest WireReader::digest() const {
  absl::string_view hex;
  int64_t size = 0;
  WireReader fields(bytes_);
  while (fields.Next()) {
    if (fields.number() == 1) hex = fields.bytes();
    if (fields.number() == 2) size = fields.varint();
  }
  absl::StatusOr<Digest> digest = Digest::FromHex(hex, size);
  return fields.ok() && digest.ok() ? *digest : Digest();
}

}  // namespace graph
