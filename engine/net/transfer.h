// SPDX-License-Identifier: Apache-2.0
// One try of one URL.

#ifndef GRAPH_ENGINE_NET_TRANSFER_H_
#define GRAPH_ENGINE_NET_TRANSFER_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "engine/base/cancellation.h"
#include "engine/net/body.h"
#include "engine/net/http.h"
#include "engine/net/libcurl_api.h"

namespace graph {

struct TransferResult {
  // Says what happened, not to which URL.
  absl::Status status;
  // It may go better another time, but not before `wait` (Retry-After).
  bool passing = false;
  absl::Duration wait;
  HttpAnswer answer;
};

// Gets what follows on `body`, which is whole if the result is ok. A server
// that gives the file anew from its beginning has `body` restarted.
//
// `validator` is what the server last said to know the file by (its ETag); it
// is read, so that another version of the file is not appended, and set.
TransferResult Transfer(const LibCurl& curl, const HttpOptions& options,
                        const std::string& url, const HttpProgress& progress,
                        const Cancellation& cancellation, Body& body,
                        std::string& validator);

}  // namespace graph

#endif  // GRAPH_ENGINE_NET_TRANSFER_H_
