# SPDX-License-Identifier: Apache-2.0
# What we link from Debian 12. README.md beside this folder says why each.

find_package(absl REQUIRED)
# Debian's targets name the shared libraries, which cost a program 5 ms to load;
# the archives lie beside them.
get_property(imported DIRECTORY PROPERTY IMPORTED_TARGETS)
foreach(target IN LISTS imported)
  get_target_property(type ${target} TYPE)
  if(target MATCHES "^absl::" AND type STREQUAL "SHARED_LIBRARY")
    get_target_property(shared ${target} LOCATION)
    string(REGEX REPLACE "\\.so[.0-9]*$" ".a" archive "${shared}")
    get_target_property(configurations ${target} IMPORTED_CONFIGURATIONS)
    foreach(configuration IN LISTS configurations)
      set_target_properties(${target} PROPERTIES
        IMPORTED_LOCATION_${configuration} ${archive})
    endforeach()
  endif()
endforeach()
find_package(Threads REQUIRED)
find_package(GTest REQUIRED)

# static(NAME): the imported target graph_third_party::NAME of a .a archive.
function(static_archive name file)
  find_library(GRAPH_${name}_ARCHIVE ${file} REQUIRED)
  add_library(third_party_${name} STATIC IMPORTED GLOBAL)
  set_target_properties(third_party_${name} PROPERTIES
    IMPORTED_LOCATION ${GRAPH_${name}_ARCHIVE})
endfunction()

static_archive(crypto libcrypto.a)
target_link_libraries(third_party_crypto INTERFACE Threads::Threads ${CMAKE_DL_LIBS})
static_archive(zstd libzstd.a)
static_archive(z libz.a)
static_archive(lmdb liblmdb.a)
static_archive(xxhash libxxhash.a)
static_archive(uuid libuuid.a)
static_archive(antlr4 libantlr4-runtime.a)
target_link_libraries(third_party_antlr4 INTERFACE third_party_uuid Threads::Threads)
find_path(GRAPH_ANTLR4_INCLUDE antlr4-runtime.h PATH_SUFFIXES antlr4-runtime REQUIRED)
target_include_directories(third_party_antlr4 SYSTEM INTERFACE ${GRAPH_ANTLR4_INCLUDE})
