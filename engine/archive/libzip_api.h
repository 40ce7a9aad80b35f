// SPDX-License-Identifier: Apache-2.0
// libzip, loaded at the first use.
//
// Debian has no static libzip, and linked dynamically it would add a
// millisecond to the start of every command. The types are those of its header.

#ifndef GRAPH_ENGINE_ARCHIVE_LIBZIP_API_H_
#define GRAPH_ENGINE_ARCHIVE_LIBZIP_API_H_

#include <zip.h>

#include "absl/status/statusor.h"

namespace graph {

// The functions that we call, each named as in libzip without `zip_`.
struct LibZip {
  decltype(&::zip_open) open;
  decltype(&::zip_close) close;
  decltype(&::zip_discard) discard;
  decltype(&::zip_strerror) strerror;
  decltype(&::zip_dir_add) dir_add;
  decltype(&::zip_file_add) file_add;
  decltype(&::zip_file_set_dostime) file_set_dostime;
  decltype(&::zip_file_set_external_attributes) file_set_external_attributes;
  decltype(&::zip_set_file_compression) set_file_compression;
  decltype(&::zip_source_function) source_function;
  decltype(&::zip_source_free) source_free;
  decltype(&::zip_source_make_command_bitmap) source_make_command_bitmap;
  decltype(&::zip_stat_init) stat_init;
  decltype(&::zip_error_init_with_code) error_init_with_code;
  decltype(&::zip_error_strerror) error_strerror;
  decltype(&::zip_error_to_data) error_to_data;
  decltype(&::zip_error_fini) error_fini;

  // Valid for the life of the process. Fails with kFailedPrecondition.
  static absl::StatusOr<const LibZip*> Load();
};

}  // namespace graph

#endif  // GRAPH_ENGINE_ARCHIVE_LIBZIP_API_H_
