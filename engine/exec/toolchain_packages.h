// SPDX-License-Identifier: Apache-2.0
// The package database of a Debian system, as dpkg keeps it:
//   var/lib/dpkg/status         paragraphs of `Field: value` lines
//   var/lib/dpkg/info/*.list    the paths of each package, a line each
//   var/lib/dpkg/diversions     three lines each: path, moved to, for which
//                               package
//   var/lib/dpkg/alternatives/* which names several packages may provide

#ifndef GRAPH_ENGINE_EXEC_TOOLCHAIN_PACKAGES_H_
#define GRAPH_ENGINE_EXEC_TOOLCHAIN_PACKAGES_H_

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace graph {

struct DebianPackage {
  std::string name;
  std::string version;
  std::string architecture;
  // One of each group is needed.
  std::vector<std::vector<std::string>> needs;
};

// What is installed. Immutable once read.
class DebianPackages {
 public:
  // Fails with kFailedPrecondition if there is no such database.
  static absl::StatusOr<DebianPackages> Read(const std::string& host_root);

  // The packages `names` and all that they depend on, sorted by name. A name
  // that no package has is that of one which provides it. Fails with
  // kFailedPrecondition, naming what is not installed: see MissingPackage().
  absl::StatusOr<std::vector<const DebianPackage*>> Closure(
      std::span<const std::string> names) const;

  // The absolute paths of the package on this system, folders too.
  absl::StatusOr<std::vector<std::string>> Files(
      const DebianPackage& package) const;

  // Absolute path of each alternative → what may stand behind it (absolute),
  // what does so now before all others, then the highest priority; for the
  // whole system.
  std::map<std::string, std::vector<std::string>> Alternatives() const;

  // The installed package that has the program `name` in one of the folders for
  // programs, if need be as an alternative; empty if none has.
  std::string OwnerOfProgram(absl::string_view name) const;

 private:
  void AddParagraph(absl::string_view paragraph);
  absl::Status ReadDiversions();
  const DebianPackage* Find(absl::string_view name) const;

  std::string host_root_;
  absl::flat_hash_map<std::string, DebianPackage> packages_;
  absl::flat_hash_map<std::string, std::vector<std::string>> providers_;
  // Path → where it is, and the package that keeps the path itself.
  absl::flat_hash_map<std::string, std::pair<std::string, std::string>>
      diversions_;
};

// The name of the package for which Closure() failed; empty if it is not that.
std::string MissingPackage(const absl::Status& status);

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_TOOLCHAIN_PACKAGES_H_
