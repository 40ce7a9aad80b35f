// SPDX-License-Identifier: Apache-2.0
// What loading looked at: as long as none of it changes, loading the same
// packages again gives the same targets.

#ifndef GRAPH_ENGINE_LOAD_READ_LOG_H_
#define GRAPH_ENGINE_LOAD_READ_LOG_H_

#include <string>
#include <tuple>
#include <vector>

namespace graph {

struct ReadLog {
  // A file that was read or looked for, or a folder that was listed (its names
  // and their kinds), by repository and path in it.
  struct Item {
    std::string repo;
    std::string path;

    friend bool operator==(const Item&, const Item&) = default;
    friend bool operator<(const Item& a, const Item& b) {
      return std::tie(a.repo, a.path) < std::tie(b.repo, b.path);
    }
  };

  // Sorted, each once. `files` were there and read whole; `absent` were looked
  // for and are not there (a BUILD.spec that would begin another package);
  // `folders` were listed. Source files that targets name are none of these:
  // they are the source-file targets of the packages.
  std::vector<Item> files;
  std::vector<Item> absent;
  std::vector<Item> folders;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_READ_LOG_H_
