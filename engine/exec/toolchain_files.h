// SPDX-License-Identifier: Apache-2.0
// Files of this machine that enter a toolchain by their bytes: what a build
// names one by one, and, where there are no Debian packages, the programs that
// every command sees.

#ifndef GRAPH_ENGINE_EXEC_TOOLCHAIN_FILES_H_
#define GRAPH_ENGINE_EXEC_TOOLCHAIN_FILES_H_

#include <map>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace graph {

// Folders of `/` that are links to those in /usr, in every toolchain.
inline constexpr absl::string_view kMergedFolders[] = {
    "bin", "sbin", "lib", "lib32", "lib64", "libx32"};

// Where a file of this machine goes, relative to the root of a toolchain.
std::string MergedPlace(absl::string_view path);

struct HostFile {
  std::string path;  // On this machine; absolute.
  bool is_link = false;
  bool is_executable = false;
  std::string digest;  // Of the bytes, 64 hex digits; of a link, its target.
};

struct HostFiles {
  std::map<std::string, HostFile> files;  // By place in the toolchain.
  std::vector<std::string> folders;       // That were named; absolute.
};

// What `paths` (absolute) name: files, all that is in folders, where links lead
// to, and the shared libraries and the loader that programs are linked against,
// as `ldd` tells. What programs only open when they run is not among it. Fails
// with kFailedPrecondition, naming the path, for what is not there or not for
// everybody to read.
absl::StatusOr<HostFiles> ReadHostFiles(std::span<const std::string> paths);

// Where the programs of the default toolchain are on this machine, whatever
// brought them. Fails with kFailedPrecondition if there is no bash.
absl::StatusOr<std::vector<std::string>> DefaultPrograms();

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_TOOLCHAIN_FILES_H_
