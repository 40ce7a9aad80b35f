// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_CAS_CLOSURE_H_
#define GRAPH_ENGINE_CAS_CLOSURE_H_

#include <functional>
#include <string>

#include "absl/strings/string_view.h"
#include "engine/cas/action_cache.h"
#include "engine/cas/local_store.h"

namespace graph {

// Tells whether all blobs that a result names are in a store, for housekeeping:
// to ask is no use of them. Safe for concurrent use if `is_bad` is.
class Closure {
 public:
  // `is_bad` is asked of blobs that are there, by their place (a path below the
  // root of the store, or `small blob <hash>`): true means they do not count.
  explicit Closure(
      LocalStore& store,
      std::function<bool(const std::string& where)> is_bad = nullptr)
      : store_(store), is_bad_(std::move(is_bad)) {}

  bool IsThere(const ActionResult& result) const;

 private:
  bool IsBlobThere(const Digest& digest) const;
  bool IsTreeThere(const Digest& root) const;

  LocalStore& store_;
  const std::function<bool(const std::string& where)> is_bad_;
};

// Removes the results of a part of the store, one of kStoreParts, that name
// blobs which are not there and that `may_go`, and calls `removed` for each.
void DropOpenResults(
    LocalStore& store, int part, const Closure& closure,
    const std::function<bool(const Digest::Hash&)>& may_go,
    const std::function<void(const RecordTable::Removed&)>& removed);

}  // namespace graph

#endif  // GRAPH_ENGINE_CAS_CLOSURE_H_
