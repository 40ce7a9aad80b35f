// SPDX-License-Identifier: Apache-2.0

// Environment, the names that a file knows without binding them.

#ifndef GRAPH_DSL_RUNTIME_ENVIRONMENT_H_
#define GRAPH_DSL_RUNTIME_ENVIRONMENT_H_

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/heap.h"
#include "dsl/runtime/value.h"

namespace dsl {

// Names and their values, immutable, on frozen heaps that it keeps alive.
// Stands on a parent, whose names it may shadow. Shared by all threads.
class Environment {
 public:
  // Fills a new environment: values go on heap(). Freeze() ends it.
  class Builder {
   public:
    explicit Builder(std::shared_ptr<const Environment> parent = nullptr);
    Heap& heap() { return *heap_; }
    void Set(absl::string_view name, Value value);
    void SetBuiltin(absl::string_view name, BuiltinFunction function);
    std::shared_ptr<const Environment> Freeze();

   private:
    std::shared_ptr<Environment> environment_;
    std::shared_ptr<Heap> heap_;
  };

  std::optional<Value> Find(absl::string_view name) const;
  // All names, the parent's too, sorted.
  std::vector<std::string> Names() const;

 private:
  std::shared_ptr<const Environment> parent_;
  std::shared_ptr<const Heap> heap_;
  absl::flat_hash_map<std::string, Value> names_;
};

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_ENVIRONMENT_H_
