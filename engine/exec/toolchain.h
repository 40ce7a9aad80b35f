// SPDX-License-Identifier: Apache-2.0
// The programs of the host that actions may use: the files of a few Debian
// packages and of all that they depend on, copied once into a folder of their
// own, so that what an action sees is exactly what its key names.
//
// Layout below `<cache>/toolchains/`:
//   <identity>/root/    the tree that is shown as `/` (usr/, bin → usr/bin …)
//   <identity>/packages one `name=version` a line, sorted
//   <identity>/platform of what machine they are
//
// Files of a package that several toolchains have are copied once; the later
// ones are links to them.
//
// Configuration files (below /etc) are the administrator's, not the package's:
// those of the default packages and of all that they need never enter, so that
// most keys are the same everywhere; others enter by their bytes, which are
// part of the identity then.
//
// Files that are named one by one, and what they are linked against, enter by
// their bytes as well. So do the default programs where there is no database of
// Debian packages.
//
//   …                   see cas/folder_store.h
//   index-<…>           remembers the identity for one state of the package
//                       database, so that a start costs two stats and a read

#ifndef GRAPH_ENGINE_EXEC_TOOLCHAIN_H_
#define GRAPH_ENGINE_EXEC_TOOLCHAIN_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/cas/folder_store.h"

namespace graph {

struct Toolchain {
  std::string identity;               // 64 hex digits; goes into every key.
  std::string root;                   // Absolute path of the tree.
  std::vector<std::string> packages;  // `name=version`, sorted.
  // Files of this machine that entered by their bytes; absolute, sorted.
  std::vector<std::string> settings;
  // The tree stays as long as any copy of this.
  std::shared_ptr<const FolderHold> hold;
};

struct ToolchainOptions {
  std::string cache_dir;        // Absolute; `toolchains/` is made in it.
  std::string host_root = "/";  // Where the Debian system is.
  // What to start from: names of packages, and absolute paths of files and
  // folders; empty: the default.
  std::vector<std::string> packages;
};

// Makes the toolchain of this host if it is not there. Safe for several
// processes at once. Fails with kFailedPrecondition if a package is not
// installed, a file is not there, or packages are asked for by name where there
// are none but the default ones.
absl::StatusOr<Toolchain> HostToolchain(const ToolchainOptions& options);

// The folders of all toolchains below `cache_dir`.
FolderStore ToolchainFolders(const std::string& cache_dir);

// Whether `place`, a path in `etc` of a toolchain, is the same in each: no file
// of a package.
bool IsOwnSetting(absl::string_view place);

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_TOOLCHAIN_H_
