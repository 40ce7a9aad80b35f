// SPDX-License-Identifier: Apache-2.0
// The names of the build language: what modules, build files and native.… know
// beside the universe of the language.

#ifndef GRAPH_ENGINE_LOAD_BUILD_BUILTINS_H_
#define GRAPH_ENGINE_LOAD_BUILD_BUILTINS_H_

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/environment.h"
#include "dsl/runtime/module.h"
#include "dsl/runtime/native.h"
#include "dsl/stdlib/provider.h"

namespace graph {

// `native`: in modules, what build files know without a load: the functions of
// packages, and the rules of the prelude.
class NativeModule final : public dsl::Native {
 public:
  // `functions` lives on the same heap, or one that outlives this.
  explicit NativeModule(std::shared_ptr<const dsl::Environment> functions)
      : functions_(std::move(functions)) {}

  // Once, when the prelude is loaded; `prelude` outlives this. May be called
  // while others read.
  void SetPrelude(const dsl::Module* prelude) { prelude_.store(prelude); }

  absl::string_view type_name() const override { return "native"; }
  absl::StatusOr<std::optional<dsl::Value>> Attr(
      dsl::Thread& thread, absl::string_view name) const override;
  std::vector<std::string> AttrNames() const override;

 private:
  std::shared_ptr<const dsl::Environment> functions_;
  std::atomic<const dsl::Module*> prelude_ = nullptr;
};

// What files know, by their kind. Shared by all threads.
struct BuildLanguage {
  std::shared_ptr<const dsl::Environment> modules;
  std::shared_ptr<const dsl::Environment> build_files;
  NativeModule* native = nullptr;               // Of `modules`.
  const dsl::Provider* default_info = nullptr;  // Of `modules`.
};

// On top of `universe`. `build_files` lacks the prelude.
BuildLanguage MakeBuildLanguage(
    std::shared_ptr<const dsl::Environment> universe);

// `build_files` and the public globals of the prelude, which it keeps alive.
std::shared_ptr<const dsl::Environment> WithPrelude(
    std::shared_ptr<const dsl::Environment> build_files,
    std::shared_ptr<const dsl::Module> prelude);

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_BUILD_BUILTINS_H_
