// SPDX-License-Identifier: Apache-2.0
// A folder with a BUILD.spec, and the targets that it declares.

#ifndef GRAPH_ENGINE_MODEL_PACKAGE_H_
#define GRAPH_ENGINE_MODEL_PACKAGE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"
#include "engine/base/packed_vector.h"
#include "engine/model/label.h"
#include "engine/model/target.h"
#include "engine/model/visibility.h"

namespace graph {

// What the file of a package is called, in its folder.
inline constexpr absl::string_view kBuildFileName = "BUILD.spec";

// Filled once, then read: not safe for concurrent writing; safe for concurrent
// reading. Pointers to targets are good from the last Add() on, as long as the
// package.
class Package {
 public:
  explicit Package(PackageName name) : name_(std::move(name)) {}
  Package(const Package&) = delete;
  Package& operator=(const Package&) = delete;

  const PackageName& name() const { return name_; }
  // Relative to the root of the repository.
  std::string build_file() const;
  // In the order in which they were declared.
  const std::vector<Target>& targets() const { return targets_; }
  const Target* Find(absl::string_view name) const;
  // The modules that it loads, directly or not: labels, sorted.
  const PackedVector<Label>& modules() const { return modules_; }

  // For so many targets in all, and no more.
  void Reserve(size_t targets) { targets_.reserve(targets); }
  // False, and nothing is changed, if the name is taken.
  bool Add(Target target);
  // Keeps it as long as the package, for the targets that have it.
  const Visibility* Keep(Visibility visibility);
  void set_modules(PackedVector<Label> modules) {
    modules_ = std::move(modules);
  }

 private:
  // Places in `targets_` by the names there: there is one for every file that
  // a rule names, so they are kept small.
  struct Name {
    absl::string_view operator()(absl::string_view name) const { return name; }
    absl::string_view operator()(uint32_t place) const {
      return (*targets)[place].label.name();
    }
    const std::vector<Target>* targets;
  };
  struct NameHash {
    using is_transparent = void;
    template <class T>
    size_t operator()(const T& key) const {
      return absl::HashOf(name(key));
    }
    Name name;
  };
  struct SameName {
    using is_transparent = void;
    template <class A, class B>
    bool operator()(const A& a, const B& b) const {
      return name(a) == name(b);
    }
    Name name;
  };

  const PackageName name_;
  std::vector<Target> targets_;
  absl::flat_hash_set<uint32_t, NameHash, SameName> by_name_{
      0, NameHash{{&targets_}}, SameName{{&targets_}}};
  PackedVector<std::unique_ptr<const Visibility>> visibilities_;
  PackedVector<Label> modules_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_MODEL_PACKAGE_H_
