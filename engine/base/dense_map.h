// SPDX-License-Identifier: Apache-2.0

// A map whose keys are small consecutive ids: a vector with typed indices.

#ifndef GRAPH_ENGINE_BASE_DENSE_MAP_H_
#define GRAPH_ENGINE_BASE_DENSE_MAP_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace graph {

// An index that only its own kind of map accepts: `using ActionId =
// Id<struct ActionTag>`. Mixing up two kinds does not compile.
template <typename Tag>
struct Id {
  uint32_t index;
  friend auto operator<=>(Id, Id) = default;
};

template <typename Key, typename Value>
class DenseMap {
 public:
  Key Add(Value value) {
    values_.push_back(std::move(value));
    return Key{static_cast<uint32_t>(values_.size() - 1)};
  }
  Value& operator[](Key key) { return values_[key.index]; }
  const Value& operator[](Key key) const { return values_[key.index]; }
  size_t size() const { return values_.size(); }

 private:
  std::vector<Value> values_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_BASE_DENSE_MAP_H_
