// SPDX-License-Identifier: Apache-2.0
// libarchive, loaded at the first use, as libzip_api.h tells.

#ifndef GRAPH_ENGINE_ARCHIVE_LIBARCHIVE_API_H_
#define GRAPH_ENGINE_ARCHIVE_LIBARCHIVE_API_H_

#include <archive.h>
#include <archive_entry.h>

#include "absl/status/statusor.h"

namespace graph {

// The functions that we call, each named as in libarchive without `archive_`.
struct LibArchive {
  decltype(&::archive_read_new) read_new;
  decltype(&::archive_read_free) read_free;
  decltype(&::archive_read_support_filter_gzip) read_support_filter_gzip;
  decltype(&::archive_read_support_filter_bzip2) read_support_filter_bzip2;
  decltype(&::archive_read_support_filter_xz) read_support_filter_xz;
  decltype(&::archive_read_support_filter_zstd) read_support_filter_zstd;
  decltype(&::archive_read_support_format_ar) read_support_format_ar;
  decltype(&::archive_read_support_format_tar) read_support_format_tar;
  decltype(&::archive_read_support_format_zip) read_support_format_zip;
  decltype(&::archive_read_open) read_open;
  decltype(&::archive_read_open_filename) read_open_filename;
  decltype(&::archive_read_next_header) read_next_header;
  decltype(&::archive_read_data) read_data;
  decltype(&::archive_error_string) error_string;
  decltype(&::archive_entry_pathname) entry_pathname;
  decltype(&::archive_entry_pathname_utf8) entry_pathname_utf8;
  decltype(&::archive_entry_hardlink) entry_hardlink;
  decltype(&::archive_entry_hardlink_utf8) entry_hardlink_utf8;
  decltype(&::archive_entry_symlink) entry_symlink;
  decltype(&::archive_entry_symlink_utf8) entry_symlink_utf8;
  decltype(&::archive_entry_filetype) entry_filetype;
  decltype(&::archive_entry_perm) entry_perm;
  decltype(&::archive_entry_uid) entry_uid;
  decltype(&::archive_entry_gid) entry_gid;
  decltype(&::archive_entry_size) entry_size;

  // Valid for the life of the process. Fails with kFailedPrecondition.
  static absl::StatusOr<const LibArchive*> Load();
};

}  // namespace graph

#endif  // GRAPH_ENGINE_ARCHIVE_LIBARCHIVE_API_H_
