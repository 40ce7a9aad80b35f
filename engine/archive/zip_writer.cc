// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/zip_writer.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/archive/byte_sink.h"
#include "engine/archive/compress.h"
#include "engine/archive/libzip_api.h"

namespace graph {
namespace {

constexpr uint16_t kDosTime = 0;             // 00:00:00
constexpr uint16_t kDosDate = (1 << 5) | 1;  // 1980-01-01

// What all files of one archive share. Outlives the zip_t.
struct Writing {
  const LibZip& zip;
  const BlobReader& read;
  int level;
  absl::Status failure;  // The first of the callbacks below.
};

// The bytes of one entry, as libzip asks for them: already deflated, which a
// source may say of itself, as one that copies between archives does. libzip
// asks one file after the other, so that one at a time is in memory.
class EntrySource {
 public:
  EntrySource(const ArchiveEntry& entry, Writing& writing)
      : entry_(entry), writing_(writing), stored_(IsStored(entry, writing)) {}

  static bool IsStored(const ArchiveEntry& entry, const Writing& writing) {
    return entry.kind != ArchiveEntry::Kind::kFile || writing.level == 0 ||
           entry.digest.size() == 0;
  }

  // The zip_source_callback.
  static zip_int64_t Call(void* self, void* data, zip_uint64_t size,
                          zip_source_cmd_t command) {
    auto* source = static_cast<EntrySource*>(self);
    switch (command) {
      case ZIP_SOURCE_OPEN:
        source->position_ = 0;
        return source->Load() ? 0 : -1;
      case ZIP_SOURCE_READ:
        return source->Read(static_cast<char*>(data), size);
      case ZIP_SOURCE_CLOSE:
        source->packed_ = std::string();
        source->loaded_ = false;
        return 0;
      case ZIP_SOURCE_STAT:
        return source->Stat(static_cast<zip_stat_t*>(data));
      case ZIP_SOURCE_ERROR:
        return source->Error(data, size);
      case ZIP_SOURCE_SUPPORTS:
        return source->writing_.zip.source_make_command_bitmap(
            ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
            ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
      case ZIP_SOURCE_FREE:
        delete source;
        return 0;
      default:
        return -1;
    }
  }

 private:
  // Reads and deflates, once for STAT and OPEN together. The numbers stay
  // when CLOSE lets the bytes go.
  bool Load() {
    if (loaded_) return true;
    absl::StatusOr<std::string> bytes = Bytes();
    if (bytes.ok()) {
      crc_ = Crc32(*bytes);
      size_ = bytes->size();
      if (!stored_) bytes = Deflate(*bytes, writing_.level);
    }
    if (!bytes.ok()) {
      if (writing_.failure.ok()) writing_.failure = bytes.status();
      return false;
    }
    packed_ = *std::move(bytes);
    packed_size_ = packed_.size();
    loaded_ = known_ = true;
    return true;
  }

  absl::StatusOr<std::string> Bytes() const {
    if (entry_.kind == ArchiveEntry::Kind::kSymlink) return entry_.target;
    return ReadEntry(entry_, writing_.read);
  }

  zip_int64_t Read(char* data, zip_uint64_t size) {
    size_t count = std::min<size_t>(size, packed_.size() - position_);
    std::memcpy(data, packed_.data() + position_, count);
    position_ += count;
    return static_cast<zip_int64_t>(count);
  }

  zip_int64_t Stat(zip_stat_t* stat) {
    if (!known_ && !Load()) return -1;
    writing_.zip.stat_init(stat);
    stat->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD |
                  ZIP_STAT_CRC;
    stat->size = size_;
    stat->comp_size = packed_size_;
    stat->comp_method = stored_ ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
    stat->crc = crc_;
    return sizeof(*stat);
  }

  zip_int64_t Error(void* data, zip_uint64_t size) {
    zip_error_t error;
    writing_.zip.error_init_with_code(&error, ZIP_ER_READ);
    zip_int64_t length = writing_.zip.error_to_data(&error, data, size);
    writing_.zip.error_fini(&error);
    return length;
  }

  const ArchiveEntry& entry_;
  Writing& writing_;
  const bool stored_;
  bool loaded_ = false;  // packed_ is there.
  bool known_ = false;   // The numbers are.
  std::string packed_;
  size_t position_ = 0;
  uint32_t crc_ = 0;
  uint64_t size_ = 0;
  uint64_t packed_size_ = 0;
};

// st_mode of what becomes of the entry.
uint32_t UnixMode(const ArchiveEntry& entry) {
  switch (entry.kind) {
    case ArchiveEntry::Kind::kFile:
      return 0100000 | (entry.executable ? 0755 : 0644);
    case ArchiveEntry::Kind::kSymlink:
      return 0120777;
    case ArchiveEntry::Kind::kEmptyDirectory:
      return 0040755;
  }
  return 0;
}

bool AddEntry(const ArchiveEntry& entry, Writing& writing, zip_t* archive) {
  const LibZip& zip = writing.zip;
  const bool is_folder = entry.kind == ArchiveEntry::Kind::kEmptyDirectory;
  zip_int64_t index;
  if (is_folder) {
    index = zip.dir_add(archive, entry.path.c_str(), ZIP_FL_ENC_UTF_8);
  } else {
    auto owned = std::make_unique<EntrySource>(entry, writing);
    zip_source_t* source =
        zip.source_function(archive, &EntrySource::Call, owned.get());
    if (source == nullptr) return false;
    owned.release();  // FREE deletes it.
    index = zip.file_add(archive, entry.path.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) zip.source_free(source);
  }
  if (index < 0) return false;
  const bool stored = is_folder || EntrySource::IsStored(entry, writing);
  const uint32_t attributes = UnixMode(entry) << 16 | (is_folder ? 0x10 : 0);
  return zip.set_file_compression(
             archive, index, stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0) == 0 &&
         zip.file_set_dostime(archive, index, kDosTime, kDosDate, 0) == 0 &&
         zip.file_set_external_attributes(archive, index, 0, ZIP_OPSYS_UNIX,
                                          attributes) == 0;
}

// libzip removes an archive without entries instead of writing it: this is
// the end-of-directory record alone.
absl::Status WriteEmptyZip(const std::string& path) {
  ASSIGN_OR_RETURN(std::unique_ptr<ByteSink> file, FileSink(path));
  RETURN_IF_ERROR(file->Write(absl::StrCat("PK\5\6", std::string(18, '\0'))));
  return file->Finish();
}

}  // namespace

absl::Status WriteZip(std::span<const ArchiveEntry> entries,
                      const BlobReader& read, const std::string& path,
                      int level) {
  ASSIGN_OR_RETURN(std::vector<const ArchiveEntry*> sorted,
                   SortedEntries(entries));
  if (sorted.empty()) return WriteEmptyZip(path);
  ASSIGN_OR_RETURN(const LibZip* zip, LibZip::Load());
  int code = 0;
  zip_t* archive = zip->open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
  if (archive == nullptr) {
    zip_error_t error;
    zip->error_init_with_code(&error, code);
    std::string why = zip->error_strerror(&error);
    zip->error_fini(&error);
    return absl::UnavailableError(absl::StrCat("creating ", path, ": ", why));
  }
  Writing writing{*zip, read, level, absl::OkStatus()};
  for (const ArchiveEntry* entry : sorted) {
    if (AddEntry(*entry, writing, archive)) continue;
    absl::Status failure = absl::InvalidArgumentError(
        absl::StrCat("`", entry->path, "` in a zip: ", zip->strerror(archive)));
    zip->discard(archive);
    return failure;
  }
  if (zip->close(archive) != 0) {
    absl::Status failure = writing.failure;
    if (failure.ok()) {
      failure = absl::UnavailableError(
          absl::StrCat("writing ", path, ": ", zip->strerror(archive)));
    }
    zip->discard(archive);
    return failure;
  }
  return absl::OkStatus();
}

}  // namespace graph
