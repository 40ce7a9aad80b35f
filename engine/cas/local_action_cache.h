// SPDX-License-Identifier: Apache-2.0
// The action cache beside the blobs of a LocalStore.

#ifndef GRAPH_ENGINE_CAS_LOCAL_ACTION_CACHE_H_
#define GRAPH_ENGINE_CAS_LOCAL_ACTION_CACHE_H_

#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/digest.h"
#include "engine/cas/action_cache.h"
#include "engine/cas/local_store.h"

namespace graph {

class LocalActionCache final : public ActionCache {
 public:
  // `store` outlives the cache.
  explicit LocalActionCache(LocalStore& store) : store_(store) {}

  absl::StatusOr<std::optional<ActionResult>> Find(const Digest& key,
                                                   Isolation at_least) override;
  absl::Status Record(const Digest& key, const ActionResult& result) override;

  // The value of an entry; nullopt if it is malformed.
  static std::optional<ActionResult> Parse(absl::string_view bytes);

 private:
  bool IsClosed(const ActionResult& result);
  bool IsTreeWhole(const Digest& root);

  LocalStore& store_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_CAS_LOCAL_ACTION_CACHE_H_
