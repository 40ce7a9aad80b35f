// SPDX-License-Identifier: Apache-2.0
// The headers of our tar files, byte for byte fixed: POSIX.1-2001 (ustar, with
// pax records where ustar has no room).
//
// A name over 100 bytes goes in prefix and name if it can be parted so, or else
// in a pax record `path`; a target over 100 bytes in `linkpath`; a size of
// 8 GiB or more in `size`; an owner over 2,097,151 in `uid`, `gid`. Records are
// sorted. mtime is 0; users and groups have no names.

#ifndef GRAPH_ENGINE_ARCHIVE_TAR_HEADER_H_
#define GRAPH_ENGINE_ARCHIVE_TAR_HEADER_H_

#include <cstdint>
#include <string>

namespace graph {

struct TarHeader {
  enum class Type : char { kFile = '0', kSymlink = '2', kDirectory = '5' };
  std::string path;  // A folder's ends in `/`.
  Type type = Type::kFile;
  uint32_t mode = 0644;
  uint32_t uid = 0;
  uint32_t gid = 0;
  int64_t size = 0;
  std::string target;  // kSymlink
};

// The header's blocks, those of its pax records before it.
std::string EncodeTarHeader(const TarHeader& header);

// What fills the last block of a content of `size` bytes.
std::string TarPadding(int64_t size);

// What ends the file: two blocks of zeros, and no padding to 10 KiB.
std::string TarTrailer();

}  // namespace graph

#endif  // GRAPH_ENGINE_ARCHIVE_TAR_HEADER_H_
