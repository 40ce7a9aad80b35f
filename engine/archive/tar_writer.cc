// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/tar_writer.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"

namespace graph {
namespace {

constexpr size_t kBlock = 512;
constexpr size_t kNameSize = 100;
constexpr size_t kPrefixSize = 155;
constexpr int64_t kSizeLimit = int64_t{1} << 33;  // 11 octal digits.

constexpr char kFileType = '0';
constexpr char kSymlinkType = '2';
constexpr char kDirectoryType = '5';
constexpr char kPaxType = 'x';

// A header, as far as ustar can say it.
struct Header {
  std::string name;
  std::string prefix;
  std::string linkname;
  int mode = 0644;
  int64_t size = 0;
  char type = kFileType;
};

// The 512 bytes of POSIX.1-1988, field by field at their offsets.
std::string Encode(const Header& header) {
  std::string block(kBlock, '\0');
  auto put = [&](size_t offset, absl::string_view text) {
    std::memcpy(block.data() + offset, text.data(), text.size());
  };
  put(0, header.name);
  put(100, absl::StrFormat("%07o", header.mode));
  put(108, "0000000");  // uid
  put(116, "0000000");  // gid
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

std::string Padding(int64_t size) {
  return std::string((kBlock - size % kBlock) % kBlock, '\0');
}

// Parts `path` at its first slash that leaves both parts short enough.
bool SplitName(const std::string& path, Header& header) {
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

// The header of an entry, after one with pax records if it needs any.
std::string Headers(const ArchiveEntry& entry) {
  Header header;
  std::string path = entry.path;
  std::string pax;
  switch (entry.kind) {
    case ArchiveEntry::Kind::kFile:
      header.mode = entry.executable ? 0755 : 0644;
      header.size = entry.digest.size();
      break;
    case ArchiveEntry::Kind::kSymlink:
      header.mode = 0777;
      header.type = kSymlinkType;
      header.linkname = entry.target;
      break;
    case ArchiveEntry::Kind::kEmptyDirectory:
      header.mode = 0755;
      header.type = kDirectoryType;
      path += '/';
      break;
  }
  if (header.linkname.size() > kNameSize) {
    absl::StrAppend(&pax, PaxRecord("linkpath", header.linkname));
    header.linkname.resize(kNameSize);
  }
  if (!SplitName(path, header)) {
    absl::StrAppend(&pax, PaxRecord("path", path));
    header.name = path.substr(0, kNameSize);
  }
  if (header.size >= kSizeLimit) {
    absl::StrAppend(&pax, PaxRecord("size", absl::StrCat(header.size)));
    header.size = 0;
  }
  if (pax.empty()) return Encode(header);
  Header extended{.name = "././@PaxHeader",
                  .size = static_cast<int64_t>(pax.size()),
                  .type = kPaxType};
  return absl::StrCat(Encode(extended), pax, Padding(extended.size),
                      Encode(header));
}

}  // namespace

absl::Status WriteTar(std::span<const ArchiveEntry> entries,
                      const BlobReader& read, ByteSink& out) {
  ASSIGN_OR_RETURN(std::vector<const ArchiveEntry*> sorted,
                   SortedEntries(entries));
  for (const ArchiveEntry* entry : sorted) {
    RETURN_IF_ERROR(out.Write(Headers(*entry)));
    if (entry->kind != ArchiveEntry::Kind::kFile) continue;
    ASSIGN_OR_RETURN(std::string bytes, ReadEntry(*entry, read));
    RETURN_IF_ERROR(out.Write(bytes));
    RETURN_IF_ERROR(out.Write(Padding(entry->digest.size())));
  }
  RETURN_IF_ERROR(out.Write(std::string(2 * kBlock, '\0')));
  return out.Finish();
}

}  // namespace graph
