// SPDX-License-Identifier: Apache-2.0
// table := magic:8 checksum:8 entry*
// entry := path_size:4 path stamp:48 hash:32 size:8
//
// Integers are in the byte order of the host. The checksum is XXH3-64 of the
// entries.

#include "engine/memo/file_table.h"

#include <xxhash.h>

#include <cstring>
#include <utility>

namespace graph {
namespace {

constexpr absl::string_view kMagic = "gfil0001";
constexpr size_t kHeaderSize = 16;
constexpr size_t kFixedSize =
    sizeof(FileStamp) + Digest::kHashBytes + sizeof(int64_t);

template <typename T>
void Append(std::string& out, const T& value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

template <typename T>
T Take(absl::string_view& bytes) {
  T value;
  std::memcpy(&value, bytes.data(), sizeof(value));
  bytes.remove_prefix(sizeof(value));
  return value;
}

uint64_t Checksum(absl::string_view entries) {
  return XXH3_64bits(entries.data(), entries.size());
}

}  // namespace

void FileTable::Load(absl::string_view bytes, FileTable& table) {
  MutexLock lock(&table.mu_);
  table.entries_.clear();
  table.changed_ = false;
  if (bytes.size() < kHeaderSize || bytes.substr(0, 8) != kMagic) return;
  bytes.remove_prefix(8);
  const uint64_t checksum = Take<uint64_t>(bytes);
  if (checksum != Checksum(bytes)) return;
  while (bytes.size() >= sizeof(uint32_t)) {
    const uint32_t path_size = Take<uint32_t>(bytes);
    if (bytes.size() < path_size + kFixedSize) return;
    std::string path(bytes.substr(0, path_size));
    bytes.remove_prefix(path_size);
    Entry entry;
    entry.stamp = Take<FileStamp>(bytes);
    const auto hash = Take<Digest::Hash>(bytes);
    entry.digest = Digest(hash, Take<int64_t>(bytes));
    table.entries_.emplace(std::move(path), entry);
  }
}

std::string FileTable::Encode() const {
  MutexLock lock(&mu_);
  std::string entries;
  for (const auto& [path, entry] : entries_) {
    Append(entries, static_cast<uint32_t>(path.size()));
    entries.append(path);
    Append(entries, entry.stamp);
    Append(entries, entry.digest.hash());
    Append(entries, entry.digest.size());
  }
  std::string out(kMagic);
  Append(out, Checksum(entries));
  out.append(entries);
  return out;
}

std::optional<Digest> FileTable::Find(absl::string_view path,
                                      const FileStamp& stamp) const {
  MutexLock lock(&mu_);
  auto it = entries_.find(path);
  if (it == entries_.end() || it->second.stamp != stamp) return std::nullopt;
  return it->second.digest;
}

void FileTable::Set(absl::string_view path, const FileStamp& stamp,
                    const Digest& digest) {
  MutexLock lock(&mu_);
  entries_.insert_or_assign(std::string(path), Entry{stamp, digest});
  changed_ = true;
}

bool FileTable::changed() const {
  MutexLock lock(&mu_);
  return changed_;
}

}  // namespace graph
