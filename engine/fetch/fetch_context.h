// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_FETCH_FETCH_CONTEXT_H_
#define GRAPH_ENGINE_FETCH_FETCH_CONTEXT_H_

#include <string>

#include "engine/net/http.h"

namespace graph {

// What all fetching shares. Immutable, safe for concurrent use, as are the
// folders that it names, by threads and by processes.
struct FetchContext {
  // Ours: `git/` has bare repositories by remote, `downloads/` what is under
  // way and which digests we had before, `apt/` apt's index, and its lists
  // of other architectures. All of it can be deleted at any time that nobody
  // fetches.
  std::string cache_dir;
  // Then what is not here already fails with kUnavailable.
  bool offline = false;
  HttpOptions http;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_FETCH_CONTEXT_H_
