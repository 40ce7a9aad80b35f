// SPDX-License-Identifier: Apache-2.0

// depset(): sets that are joined in constant time and flattened once.

#ifndef GRAPH_DSL_STDLIB_DEPSET_H_
#define GRAPH_DSL_STDLIB_DEPSET_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/heap.h"
#include "dsl/runtime/native.h"

namespace dsl {

// An immutable set that shares its parts with others: elements of its own and
// other depsets. Only to_list() walks it, in its order; of equal elements the
// first counts.
class Depset : public Native {
 public:
  enum class Order : uint8_t { kDefault, kPostorder, kPreorder, kTopological };

  // Depsets nest at most this deep.
  static constexpr int kMaxNesting = 3500;

  // Fails if an element is unhashable or of another type than the others, if
  // the orders do not go together, or if it would nest too deeply.
  static absl::StatusOr<Value> Create(Heap& heap, Order order,
                                      std::span<const Value> direct,
                                      std::span<const Value> transitive);
  static absl::StatusOr<Order> ParseOrder(absl::string_view name);

  // Use Create.
  Depset(Order order, std::vector<Value> direct,
         std::vector<const Depset*> transitive, int nesting,
         std::string element_type);

  Order order() const { return order_; }
  bool empty() const { return direct_.empty() && transitive_.empty(); }
  // Of all its elements; empty if there are none.
  const std::string& element_type() const { return element_type_; }
  // Whether all elements are its own: it shares no part with others.
  bool is_flat() const { return transitive_.empty(); }
  // The elements in order, each once. Linear in the parts it is made of;
  // `visits` tells how many those and their elements are.
  std::vector<Value> ToList(size_t* visits = nullptr) const;

  absl::string_view type_name() const override { return "depset"; }
  void PrintOn(Printer& printer) const override;
  bool Truth() const override { return !empty(); }
  absl::StatusOr<std::optional<Value>> Attr(
      Thread& thread, absl::string_view name) const override;
  std::vector<std::string> AttrNames() const override { return {"to_list"}; }

 private:
  std::vector<Value> InOrder(bool children_first, size_t* visits) const;
  std::vector<Value> Topological(size_t* visits) const;

  Order order_;
  std::vector<Value> direct_;
  std::vector<const Depset*> transitive_;
  int nesting_;
  std::string element_type_;
};

}  // namespace dsl

#endif  // GRAPH_DSL_STDLIB_DEPSET_H_
