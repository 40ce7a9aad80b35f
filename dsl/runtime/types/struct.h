// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_RUNTIME_TYPES_STRUCT_H_
#define GRAPH_DSL_RUNTIME_TYPES_STRUCT_H_

#include <span>
#include <utility>

#include "dsl/runtime/heap.h"
#include "dsl/runtime/value.h"

namespace dsl {

// An immutable record, whose fields follow the object in the order of their
// names. Equal to another with equal fields; hashable when its fields are.
class Struct final : public Object {
 public:
  struct Field {
    absl::string_view name;
    Value value;
  };

  // Copies the names.
  static Struct* Make(
      Heap& heap, std::span<const std::pair<absl::string_view, Value>> fields);

  std::span<const Field> fields() const {
    return {reinterpret_cast<const Field*>(this + 1), size_};
  }
  // Value() if there is none.
  Value Find(absl::string_view name) const;

  absl::string_view type_name() const override { return "struct"; }
  void PrintOn(Printer& printer) const override;
  absl::StatusOr<bool> EqualsObject(const Object& other,
                                    Walk& walk) const override;
  absl::StatusOr<uint64_t> HashObject(Walk& walk) const override;
  absl::StatusOr<Value> AttrOf(Thread& thread,
                               absl::string_view name) const override;
  std::vector<std::string> AttrNamesOf() const override;

 private:
  explicit Struct(size_t size) : Object(Kind::kStruct), size_(size) {}

  size_t size_;
};

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_TYPES_STRUCT_H_
