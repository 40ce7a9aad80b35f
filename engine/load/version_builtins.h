// SPDX-License-Identifier: Apache-2.0
// version(), locked(), and the values that say where versions come from.

#ifndef GRAPH_ENGINE_LOAD_VERSION_BUILTINS_H_
#define GRAPH_ENGINE_LOAD_VERSION_BUILTINS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/environment.h"
#include "dsl/runtime/native.h"
#include "dsl/runtime/thread.h"
#include "engine/load/declared_version.h"
#include "engine/load/lock_view.h"
#include "engine/model/locked_version.h"

namespace graph {

// `git_tags("https://…", pattern = "v*")`. Equal sources are equal values.
class VersionSourceValue final : public dsl::Native {
 public:
  explicit VersionSourceValue(VersionSource source)
      : source_(std::move(source)) {}

  const VersionSource& source() const { return source_; }

  absl::string_view type_name() const override { return "version_source"; }
  void Repr(std::string* out) const override;
  bool Equals(const dsl::Native& other) const override;
  absl::StatusOr<uint64_t> Hash() const override;

 private:
  VersionSource source_;
};

// What version() and locked() return: has the fields of the entry in the lock,
// which is looked for when one is read.
class VersionValue final : public dsl::Native {
 public:
  // `lock` outlives this.
  VersionValue(VersionRequest request, std::string package, LockView& lock)
      : request_(std::move(request)),
        package_(std::move(package)),
        lock_(lock) {}

  absl::string_view type_name() const override { return "version"; }
  void Repr(std::string* out) const override;
  absl::StatusOr<std::optional<dsl::Value>> Attr(
      dsl::Thread& thread, absl::string_view name) const override;
  // That a version of its source may have.
  std::vector<std::string> AttrNames() const override;

 private:
  VersionRequest request_;
  std::string package_;  // That reads: `//app`.
  LockView& lock_;
};

// Adds a function for each kind of source.
void AddVersionSources(dsl::Environment::Builder& builder);

// A call of version(), with its place.
absl::StatusOr<DeclaredVersion> UnpackVersion(dsl::Thread& thread,
                                              const dsl::Arguments& arguments);

// version() and locked() of build files.
absl::StatusOr<dsl::Value> CallVersion(dsl::Thread& thread,
                                       const dsl::Arguments& arguments);
absl::StatusOr<dsl::Value> CallLocked(dsl::Thread& thread,
                                      const dsl::Arguments& arguments);

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_VERSION_BUILTINS_H_
