// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/archive.h"

#include <memory>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/archive/byte_sink.h"
#include "engine/archive/compress.h"
#include "engine/archive/tar_writer.h"
#include "engine/archive/zip_writer.h"

namespace graph {
namespace {

absl::Status CheckLevel(std::optional<int> level, int least, int most) {
  if (!level || (*level >= least && *level <= most)) return absl::OkStatus();
  if (most == 0) {
    return absl::InvalidArgumentError("`tar` does not compress: no level");
  }
  return absl::InvalidArgumentError(
      absl::StrCat("level ", *level, " is not within ", least, " to ", most));
}

}  // namespace

absl::StatusOr<ArchiveFormat> ParseArchiveFormat(absl::string_view name) {
  if (name == "zip") return ArchiveFormat::kZip;
  if (name == "tar") return ArchiveFormat::kTar;
  if (name == "tar.gz") return ArchiveFormat::kTarGz;
  if (name == "tar.zst") return ArchiveFormat::kTarZst;
  return absl::InvalidArgumentError(
      absl::StrCat("no archive format `", name,
                   "`: there are zip, tar, tar.gz and tar.zst"));
}

absl::Status WriteArchive(ArchiveFormat format,
                          std::span<const ArchiveEntry> entries,
                          const BlobReader& read, std::optional<int> level,
                          const std::string& path) {
  if (format == ArchiveFormat::kZip) {
    RETURN_IF_ERROR(CheckLevel(level, 0, 9));
    return WriteZip(entries, read, path, level.value_or(kZipLevel));
  }
  if (format == ArchiveFormat::kTar && level) return CheckLevel(level, 1, 0);
  RETURN_IF_ERROR(
      CheckLevel(level, 1, format == ArchiveFormat::kTarGz ? 9 : 19));
  ASSIGN_OR_RETURN(std::unique_ptr<ByteSink> file, FileSink(path));
  std::unique_ptr<ByteSink> packer;
  if (format == ArchiveFormat::kTarGz) {
    packer = GzipSink(*file, level.value_or(kGzipLevel));
  } else if (format == ArchiveFormat::kTarZst) {
    packer = ZstdSink(*file, level.value_or(kZstdLevel));
  }
  return WriteTar(entries, read, packer ? *packer : *file);
}

}  // namespace graph
