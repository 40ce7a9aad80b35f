// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/tar_header.h"

#include <cstring>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"

namespace graph {
namespace {

constexpr size_t kBlock = 512;
constexpr size_t kNameSize = 100;
constexpr size_t kPrefixSize = 155;
constexpr int64_t kSizeLimit = int64_t{1} << 33;  // 11 octal digits.
constexpr uint32_t kOwnerLimit = 1 << 21;         // 7 octal digits.

constexpr char kPaxType = 'x';

// A header, as far as ustar can say it.
struct Ustar {
  std::string name;
  std::string prefix;
  std::string linkname;
  uint32_t mode = 0644;
  uint32_t uid = 0;
  uint32_t gid = 0;
  int64_t size = 0;
  char type = '0';
};

// The 512 bytes of POSIX.1-1988, field by field at their offsets.
std::string Encode(const Ustar& header) {
  std::string block(kBlock, '\0');
  auto put = [&](size_t offset, absl::string_view text) {
    std::memcpy(block.data() + offset, text.data(), text.size());
  };
  put(0, header.name);
  put(100, absl::StrFormat("%07o", header.mode));
  put(108, absl::StrFormat("%07o", header.uid));
  put(116, absl::StrFormat("%07o", header.gid));
  put(124, absl::StrFormat("%011o", header.size));
  put(136, "00000000000");  // mtime
  put(148, "        ");     // checksum, for its sum
  block[156] = header.type;
  put(157, header.linkname);
  put(257, absl::string_view("ustar\0"
                             "00",
                             8));  // magic, version
  put(329, "0000000");             // device, major
  put(337, "0000000");             // device, minor
  put(345, header.prefix);
  unsigned sum = 0;
  for (unsigned char byte : block) sum += byte;
  put(148, absl::StrFormat("%06o", sum));
  block[154] = '\0';
  return block;
}

// `<length> <key>=<value>\n`, where the length counts itself.
std::string PaxRecord(absl::string_view key, absl::string_view value) {
  size_t rest = key.size() + value.size() + 3;
  size_t length = rest + 1;
  while (rest + absl::StrCat(length).size() != length) {
    length = rest + absl::StrCat(length).size();
  }
  return absl::StrCat(length, " ", key, "=", value, "\n");
}

// Parts `path` at its first slash that leaves both parts short enough.
bool SplitName(const std::string& path, Ustar& header) {
  if (path.size() <= kNameSize) {
    header.name = path;
    return true;
  }
  size_t from = path.size() - kNameSize - 1;
  size_t slash = path.find('/', from);
  if (slash == std::string::npos || slash == 0 || slash > kPrefixSize ||
      slash + 1 == path.size()) {
    return false;
  }
  header.prefix = path.substr(0, slash);
  header.name = path.substr(slash + 1);
  return true;
}

// `owner`, or 0 and a record.
uint32_t Owner(absl::string_view key, uint32_t owner, std::string& pax) {
  if (owner < kOwnerLimit) return owner;
  absl::StrAppend(&pax, PaxRecord(key, absl::StrCat(owner)));
  return 0;
}

}  // namespace

std::string EncodeTarHeader(const TarHeader& header) {
  Ustar ustar{.linkname = header.target,
              .mode = header.mode,
              .size = header.size,
              .type = static_cast<char>(header.type)};
  std::string pax;  // Its records in the order of their keys.
  ustar.gid = Owner("gid", header.gid, pax);
  if (ustar.linkname.size() > kNameSize) {
    absl::StrAppend(&pax, PaxRecord("linkpath", ustar.linkname));
    ustar.linkname.resize(kNameSize);
  }
  if (!SplitName(header.path, ustar)) {
    absl::StrAppend(&pax, PaxRecord("path", header.path));
    ustar.name = header.path.substr(0, kNameSize);
  }
  if (ustar.size >= kSizeLimit) {
    absl::StrAppend(&pax, PaxRecord("size", absl::StrCat(ustar.size)));
    ustar.size = 0;
  }
  ustar.uid = Owner("uid", header.uid, pax);
  if (pax.empty()) return Encode(ustar);
  Ustar extended{.name = "././@PaxHeader",
                 .size = static_cast<int64_t>(pax.size()),
                 .type = kPaxType};
  return absl::StrCat(Encode(extended), pax, TarPadding(extended.size),
                      Encode(ustar));
}

std::string TarPadding(int64_t size) {
  return std::string((kBlock - size % kBlock) % kBlock, '\0');
}

std::string TarTrailer() { return std::string(2 * kBlock, '\0'); }

}  // namespace graph
