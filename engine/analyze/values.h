// SPDX-License-Identifier: Apache-2.0
// What a rule's implementation sees of files and of other targets.

#ifndef GRAPH_ENGINE_ANALYZE_VALUES_H_
#define GRAPH_ENGINE_ANALYZE_VALUES_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/heap.h"
#include "dsl/runtime/native.h"
#include "dsl/runtime/value.h"
#include "dsl/stdlib/provider.h"
#include "engine/analyze/graph_builder.h"
#include "engine/model/label.h"

namespace graph {

// `File`: an artifact. There is one object for each.
class FileValue final : public dsl::Native {
 public:
  FileValue(const GraphBuilder& graph, ArtifactId id, Label owner)
      : graph_(graph), id_(id), owner_(std::move(owner)) {}

  ArtifactId id() const { return id_; }
  // Of the target that declares it; of a source, its own.
  const Label& owner() const { return owner_; }
  const std::string& path() const { return artifact().path; }
  bool is_directory() const {
    return artifact().kind == Artifact::Kind::kDirectory;
  }

  absl::string_view type_name() const override { return "File"; }
  void Repr(std::string* out) const override;
  absl::StatusOr<std::optional<dsl::Value>> Attr(
      dsl::Thread& thread, absl::string_view name) const override;
  std::vector<std::string> AttrNames() const override;
  absl::StatusOr<uint64_t> Hash() const override { return id_.index; }

 private:
  const Artifact& artifact() const { return graph_.graph().artifact(id_); }

  const GraphBuilder& graph_;
  ArtifactId id_;
  Label owner_;
};

// `runfiles`: what a program needs when it runs.
class RunfilesValue final : public dsl::Native {
 public:
  explicit RunfilesValue(dsl::Value files) : files_(files) {}

  dsl::Value files() const { return files_; }  // A depset of Files.

  absl::string_view type_name() const override { return "runfiles"; }
  absl::StatusOr<std::optional<dsl::Value>> Attr(
      dsl::Thread& thread, absl::string_view name) const override;
  std::vector<std::string> AttrNames() const override {
    return {"files", "merge", "merge_all"};
  }

 private:
  dsl::Value files_;
};

// What every target gives, whatever its rule says.
struct TargetFiles {
  dsl::Value files;                       // A depset of Files.
  const FileValue* executable = nullptr;  // nullptr: it cannot be run.
  const RunfilesValue* runfiles = nullptr;
  // What of the host it needs when it runs, as Action::packages has it; nullptr
  // if it does not say.
  const std::vector<std::string>* packages = nullptr;
};

// `FilesToRunProvider`: a program with all that it needs, as a tool.
class FilesToRunValue final : public dsl::Native {
 public:
  explicit FilesToRunValue(TargetFiles files) : files_(files) {}

  const TargetFiles& target_files() const { return files_; }

  absl::string_view type_name() const override { return "FilesToRunProvider"; }
  absl::StatusOr<std::optional<dsl::Value>> Attr(
      dsl::Thread& thread, absl::string_view name) const override;
  std::vector<std::string> AttrNames() const override {
    return {"executable", "runfiles"};
  }

 private:
  TargetFiles files_;
};

// `Target`: a dependency that has been analysed. `t[Provider]` gives what its
// rule returned.
class TargetValue final : public dsl::Native {
 public:
  // `providers` holds instances, each of another provider, `default_info` not
  // among them: every target has that. They and it outlive this.
  TargetValue(Label label, TargetFiles files, std::vector<dsl::Value> providers,
              const dsl::Provider& default_info)
      : label_(std::move(label)),
        files_(files),
        providers_(std::move(providers)),
        default_info_(default_info) {}

  const Label& label() const { return label_; }
  const TargetFiles& files() const { return files_; }
  // Instances of providers other than DefaultInfo.
  const std::vector<dsl::Value>& providers() const { return providers_; }
  bool Provides(const dsl::Provider& provider) const;
  // Names of what it has, for errors.
  std::string ProviderNames() const;

  absl::string_view type_name() const override { return "Target"; }
  void Repr(std::string* out) const override;
  absl::StatusOr<std::optional<dsl::Value>> Attr(
      dsl::Thread& thread, absl::string_view name) const override;
  std::vector<std::string> AttrNames() const override;
  absl::StatusOr<dsl::Value> Index(dsl::Thread& thread,
                                   dsl::Value key) const override;
  absl::StatusOr<bool> Contains(dsl::Thread& thread,
                                dsl::Value element) const override;

 private:
  std::optional<dsl::Value> Find(const dsl::Provider& provider) const;
  // The DefaultInfo of this target, made anew.
  absl::StatusOr<dsl::Value> DefaultInfo(dsl::Thread& thread) const;

  Label label_;
  TargetFiles files_;
  std::vector<dsl::Value> providers_;
  const dsl::Provider& default_info_;
};

// The File objects of an analysis. One thread at a time.
class FileValues {
 public:
  // Both outlive this.
  FileValues(const GraphBuilder& graph, dsl::Heap& heap)
      : graph_(graph), heap_(heap) {}

  const FileValue* Of(ArtifactId id, const Label& owner);

 private:
  const GraphBuilder& graph_;
  dsl::Heap& heap_;
  std::vector<const FileValue*> files_;  // By artifact.
};

// The artifacts in a list or a depset of Files, each once, in order. `what`
// names the parameter in errors, which are kInvalidArgument.
absl::StatusOr<std::vector<ArtifactId>> ArtifactsIn(dsl::Value files,
                                                    absl::string_view what);

// A depset of Files, of a depset, a list or None. `what` as above.
absl::StatusOr<dsl::Value> DepsetOfFiles(dsl::Heap& heap, dsl::Value files,
                                         absl::string_view what);

}  // namespace graph

#endif  // GRAPH_ENGINE_ANALYZE_VALUES_H_
