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
  add_compile_options(-fsanitize=${sanitizers} -fno-omit-frame-pointer -g1)
  add_link_options(-fsanitize=${sanitizers})
endif()
if(GRAPH_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined
    -fno-sanitize=vptr -fno-sanitize-recover=undefined -g1)
  add_link_options(-fsanitize=address,undefined)
endif()
add_link_options(-static-libstdc++ -static-libgcc)

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
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE ${ARG_DEPS})
  endif()
endfunction()
