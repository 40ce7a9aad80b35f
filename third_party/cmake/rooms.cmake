# SPDX-License-Identifier: Apache-2.0
# One library a room, one test program a room.

add_compile_options(-Wall -Wextra -Wshadow -Wno-missing-field-initializers)
add_compile_definitions(ABSL_DEFINE_UNQUALIFIED_STATUS_MACROS)
include_directories(${CMAKE_SOURCE_DIR})
if(absl_VERSION VERSION_LESS 20260526)
  include_directories(${CMAKE_SOURCE_DIR}/third_party/absl_compat)
endif()
if(GRAPH_SANITIZE)
  string(REPLACE ";" "," sanitizers "${GRAPH_SANITIZE}")
  # What UBSan finds fails the test; code that goes on costs a third more time to
  # compile, too.
  add_compile_options(-fsanitize=${sanitizers} -fno-sanitize-recover=all
    -fno-omit-frame-pointer -g1)
  add_link_options(-fsanitize=${sanitizers})
endif()
if(GRAPH_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined
    -fno-sanitize=vptr -fno-sanitize-recover=undefined -g1)
  add_link_options(-fsanitize=address,undefined)
endif()
# The sanitizers follow exceptions through the shared libstdc++ only.
if(NOT GRAPH_SANITIZE)
  add_link_options(-static-libstdc++ -static-libgcc)
endif()

# In builds for sanitizers, which start from nothing, the headers that most files
# include are read once. Other builds see whether a file includes what it uses.
if(GRAPH_SANITIZE)
  set(GRAPH_COMMON_HEADERS
    <algorithm> <functional> <map> <memory> <optional> <span> <string> <vector>
    <absl/container/flat_hash_map.h> <absl/container/flat_hash_set.h>
    <absl/status/statusor.h> <absl/strings/match.h> <absl/strings/str_cat.h>
    <absl/strings/str_join.h> <absl/strings/str_split.h>)
  file(WRITE ${CMAKE_BINARY_DIR}/common_headers.cc "")
  add_library(common_headers STATIC ${CMAKE_BINARY_DIR}/common_headers.cc)
  target_precompile_headers(common_headers PRIVATE ${GRAPH_COMMON_HEADERS})
endif()

# graph_library(NAME DEPS ...): the room in this folder whose name is the part
# of NAME after the tower's. What it links is all that it may include;
# tests/lint holds the code to it.
function(graph_library name)
  cmake_parse_arguments(ARG "" "" "DEPS" ${ARGN})
  string(REGEX REPLACE "^[a-z]+_" "" room ${name})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS
       ${CMAKE_CURRENT_SOURCE_DIR}/${room}/*.cc)
  list(FILTER sources EXCLUDE REGEX "main\\.cc$")
  if(sources)
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC ${ARG_DEPS})
    if(GRAPH_SANITIZE)
      target_precompile_headers(${name} REUSE_FROM common_headers)
    endif()
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE ${ARG_DEPS})
  endif()
endfunction()
