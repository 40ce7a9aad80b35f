// SPDX-License-Identifier: Apache-2.0
// A folder with a BUILD.spec, and the targets that it declares.

#ifndef GRAPH_ENGINE_MODEL_PACKAGE_H_
#define GRAPH_ENGINE_MODEL_PACKAGE_H_

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"
#include "engine/model/label.h"
#include "engine/model/target.h"

namespace graph {

// Pointers to targets stay good as long as the package.
// Not safe for concurrent writing; safe for concurrent reading.
class Package {
 public:
  // `build_file` is relative to the root of the repository.
  Package(PackageName name, std::string build_file)
      : name_(std::move(name)), build_file_(std::move(build_file)) {}

  const PackageName& name() const { return name_; }
  const std::string& build_file() const { return build_file_; }
  // In the order in which they were declared.
  const std::deque<Target>& targets() const { return targets_; }
  const Target* Find(absl::string_view name) const;
  // The modules that it loads, directly or not: labels, sorted.
  const std::vector<Label>& modules() const { return modules_; }

  // Returns nullptr, and changes nothing, if the name is taken.
  Target* Add(Target target);
  void set_modules(std::vector<Label> modules) {
    modules_ = std::move(modules);
  }

 private:
  PackageName name_;
  std::string build_file_;
  std::deque<Target> targets_;
  // Of the targets' names; as large as a pointer each, for every file is here.
  struct NameHash {
    using is_transparent = void;
    size_t operator()(absl::string_view name) const {
      return absl::HashOf(name);
    }
    size_t operator()(const Target* target) const {
      return absl::HashOf(target->label.name());
    }
  };
  struct SameName {
    using is_transparent = void;
    static absl::string_view NameOf(absl::string_view name) { return name; }
    static absl::string_view NameOf(const Target* target) {
      return target->label.name();
    }
    template <class A, class B>
    bool operator()(const A& a, const B& b) const {
      return NameOf(a) == NameOf(b);
    }
  };
  absl::flat_hash_set<Target*, NameHash, SameName> by_name_;
  std::vector<Label> modules_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_MODEL_PACKAGE_H_
