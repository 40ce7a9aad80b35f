// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/libzip_api.h"

#include "absl/status/status_macros.h"
#include "engine/os/shared_library.h"

namespace graph {
namespace {

absl::StatusOr<LibZip> LoadFunctions() {
  ASSIGN_OR_RETURN(SharedLibrary library,
                   SharedLibrary::Load("libzip.so.4", "libzip4"));
  LibZip zip;
#define GRAPH_LOAD(name)     \
  ASSIGN_OR_RETURN(zip.name, \
                   library.Function<decltype(&::zip_##name)>("zip_" #name))
  GRAPH_LOAD(open);
  GRAPH_LOAD(close);
  GRAPH_LOAD(discard);
  GRAPH_LOAD(strerror);
  GRAPH_LOAD(dir_add);
  GRAPH_LOAD(file_add);
  GRAPH_LOAD(file_set_dostime);
  GRAPH_LOAD(file_set_external_attributes);
  GRAPH_LOAD(set_file_compression);
  GRAPH_LOAD(source_function);
  GRAPH_LOAD(source_free);
  GRAPH_LOAD(source_make_command_bitmap);
  GRAPH_LOAD(stat_init);
  GRAPH_LOAD(error_init_with_code);
  GRAPH_LOAD(error_strerror);
  GRAPH_LOAD(error_to_data);
  GRAPH_LOAD(error_fini);
#undef GRAPH_LOAD
  return zip;
}

}  // namespace

absl::StatusOr<const LibZip*> LibZip::Load() {
  static const absl::StatusOr<LibZip> functions = LoadFunctions();
  if (!functions.ok()) return functions.status();
  return &*functions;
}

}  // namespace graph
