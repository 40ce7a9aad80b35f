// SPDX-License-Identifier: Apache-2.0
// record  := header stamp{count} offset{count+1} paths value
// header  := magic:8 checksum:8 question:8 count:4 paths_size:4 value_size:8
// stamp   := the six fields of FileStamp, 8 bytes each
// offset  := where a path begins in `paths`:4, the last one its end
// paths   := (path NUL)*, padded to a multiple of 8
//
// Integers are in the byte order of the host, since a record never leaves it.
// The checksum is XXH3-64 of all that follows it.

#include "engine/memo/record.h"

#include <xxhash.h>

#include <cstring>

#include "absl/status/status.h"

namespace graph {
namespace {

constexpr char kMagic[8] = {'g', 'r', 'e', 'c', '0', '0', '0', '1'};

struct Header {
  char magic[8];
  uint64_t checksum;
  uint64_t question;
  uint32_t count;
  uint32_t paths_size;
  uint64_t value_size;
};
static_assert(sizeof(Header) == 40);

constexpr size_t kUnchecked = offsetof(Header, question);

uint64_t Checksum(absl::string_view bytes) {
  bytes.remove_prefix(kUnchecked);
  return XXH3_64bits(bytes.data(), bytes.size());
}

template <typename T>
void Append(std::string& out, const T* data, size_t count) {
  out.append(reinterpret_cast<const char*>(data), count * sizeof(T));
}

}  // namespace

std::string EncodeRecord(uint64_t question,
                         std::span<const Dependency> dependencies,
                         absl::string_view value) {
  std::vector<uint32_t> offsets;
  std::string paths;
  for (const Dependency& dependency : dependencies) {
    offsets.push_back(static_cast<uint32_t>(paths.size()));
    paths.append(dependency.path);
    paths.push_back('\0');
  }
  offsets.push_back(static_cast<uint32_t>(paths.size()));
  paths.resize((paths.size() + 7) / 8 * 8);

  Header header = {};
  std::memcpy(header.magic, kMagic, sizeof(kMagic));
  header.question = question;
  header.count = static_cast<uint32_t>(dependencies.size());
  header.paths_size = static_cast<uint32_t>(paths.size());
  header.value_size = value.size();

  std::string out;
  Append(out, &header, 1);
  for (const Dependency& dependency : dependencies) {
    Append(out, &dependency.stamp, 1);
  }
  Append(out, offsets.data(), offsets.size());
  out.append(paths);
  out.append(value.data(), value.size());
  header.checksum = Checksum(out);
  std::memcpy(out.data(), &header, sizeof(header));
  return out;
}

absl::StatusOr<RecordView> RecordView::Parse(absl::string_view bytes,
                                             uint64_t question) {
  const absl::Status absent = absl::NotFoundError("no such record");
  Header header;
  if (bytes.size() < sizeof(header)) return absent;
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (std::memcmp(header.magic, kMagic, sizeof(kMagic)) != 0 ||
      header.question != question || header.checksum != Checksum(bytes)) {
    return absent;
  }
  const size_t stamps_size = header.count * sizeof(FileStamp);
  const size_t offsets_size = (header.count + size_t{1}) * sizeof(uint32_t);
  if (bytes.size() != sizeof(header) + stamps_size + offsets_size +
                          header.paths_size + header.value_size) {
    return absent;
  }
  const char* at = bytes.data() + sizeof(header);
  RecordView view;
  view.stamps_ = {reinterpret_cast<const FileStamp*>(at), header.count};
  at += stamps_size;
  view.offsets_ = {reinterpret_cast<const uint32_t*>(at),
                   header.count + size_t{1}};
  at += offsets_size;
  view.paths_ = absl::string_view(at, header.paths_size);
  view.value_ = absl::string_view(at + header.paths_size, header.value_size);
  return view;
}

}  // namespace graph
