// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/libarchive_api.h"

#include "absl/status/status_macros.h"
#include "engine/os/shared_library.h"

namespace graph {
namespace {

absl::StatusOr<LibArchive> LoadFunctions() {
  ASSIGN_OR_RETURN(SharedLibrary library,
                   SharedLibrary::Load("libarchive.so.13", "libarchive13"));
  LibArchive api;
#define GRAPH_LOAD(name)                                                    \
  ASSIGN_OR_RETURN(api.name, library.Function<decltype(&::archive_##name)>( \
                                 "archive_" #name))
  GRAPH_LOAD(read_new);
  GRAPH_LOAD(read_free);
  GRAPH_LOAD(read_support_filter_gzip);
  GRAPH_LOAD(read_support_filter_bzip2);
  GRAPH_LOAD(read_support_filter_xz);
  GRAPH_LOAD(read_support_filter_zstd);
  GRAPH_LOAD(read_support_format_ar);
  GRAPH_LOAD(read_support_format_tar);
  GRAPH_LOAD(read_support_format_zip);
  GRAPH_LOAD(read_open);
  GRAPH_LOAD(read_open_filename);
  GRAPH_LOAD(read_next_header);
  GRAPH_LOAD(read_data);
  GRAPH_LOAD(error_string);
  GRAPH_LOAD(entry_pathname);
  GRAPH_LOAD(entry_pathname_utf8);
  GRAPH_LOAD(entry_hardlink);
  GRAPH_LOAD(entry_hardlink_utf8);
  GRAPH_LOAD(entry_symlink);
  GRAPH_LOAD(entry_symlink_utf8);
  GRAPH_LOAD(entry_filetype);
  GRAPH_LOAD(entry_perm);
  GRAPH_LOAD(entry_uid);
  GRAPH_LOAD(entry_gid);
  GRAPH_LOAD(entry_size);
#undef GRAPH_LOAD
  return api;
}

}  // namespace

absl::StatusOr<const LibArchive*> LibArchive::Load() {
  static const absl::StatusOr<LibArchive> functions = LoadFunctions();
  if (!functions.ok()) return functions.status();
  return &*functions;
}

}  // namespace graph
