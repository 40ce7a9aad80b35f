// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/tar_writer.h"

#include <string>
#include <vector>

#include "absl/status/status_macros.h"
#include "engine/archive/tar_header.h"

namespace graph {
namespace {

TarHeader HeaderOf(const ArchiveEntry& entry) {
  TarHeader header{.path = entry.path};
  switch (entry.kind) {
    case ArchiveEntry::Kind::kFile:
      header.mode = entry.executable ? 0755 : 0644;
      header.size = entry.digest.size();
      break;
    case ArchiveEntry::Kind::kSymlink:
      header.mode = 0777;
      header.type = TarHeader::Type::kSymlink;
      header.target = entry.target;
      break;
    case ArchiveEntry::Kind::kEmptyDirectory:
      header.mode = 0755;
      header.type = TarHeader::Type::kDirectory;
      header.path += '/';
      break;
  }
  return header;
}

}  // namespace

absl::Status WriteTar(std::span<const ArchiveEntry> entries,
                      const BlobReader& read, ByteSink& out) {
  ASSIGN_OR_RETURN(std::vector<const ArchiveEntry*> sorted,
                   SortedEntries(entries));
  for (const ArchiveEntry* entry : sorted) {
    RETURN_IF_ERROR(out.Write(EncodeTarHeader(HeaderOf(*entry))));
    if (entry->kind != ArchiveEntry::Kind::kFile) continue;
    ASSIGN_OR_RETURN(std::string bytes, ReadEntry(*entry, read));
    RETURN_IF_ERROR(out.Write(bytes));
    RETURN_IF_ERROR(out.Write(TarPadding(entry->digest.size())));
  }
  RETURN_IF_ERROR(out.Write(TarTrailer()));
  return out.Finish();
}

}  // namespace graph
