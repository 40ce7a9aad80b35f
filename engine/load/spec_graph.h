// SPDX-License-Identifier: Apache-2.0
// Spec files and what they load: each is read, compiled and evaluated once, in
// parallel, after those that it loads.

#ifndef GRAPH_ENGINE_LOAD_SPEC_GRAPH_H_
#define GRAPH_ENGINE_LOAD_SPEC_GRAPH_H_

#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/module.h"
#include "engine/base/mutex.h"
#include "engine/base/packed_vector.h"
#include "engine/base/work_queue.h"
#include "engine/load/build_builtins.h"
#include "engine/load/file_view.h"
#include "engine/load/loader.h"
#include "engine/load/lock_view.h"

namespace graph {

// One file. Its results may be read once it is done; nothing changes then.
struct SpecFile {
  enum class Kind : uint8_t { kModule, kBuildFile };

  Kind kind = Kind::kModule;
  std::string repo;
  std::string path;
  bool done = false;

  // OK; or diagnostics (diagnosed.h); or a bare kNotFound: there is no such
  // file.
  absl::Status status;
  std::shared_ptr<const dsl::Module> module;  // kModule
  std::unique_ptr<LoadedPackage> package;     // kBuildFile

  // While it is not done. Those that it loads, one for each load of the
  // program; those that wait for it; for how many it waits.
  std::shared_ptr<const dsl::Program> program;
  PackedVector<SpecFile*> loads;
  PackedVector<SpecFile*> waiters;
  int pending = 0;

  // As load() has it: `//app:defs.spec`.
  std::string label() const;
};

// One thread at a time calls it; it works on several.
class SpecGraph {
 public:
  // All outlive this.
  SpecGraph(FileView& files, LockView& lock, const BuildLanguage& language,
            LoaderOptions options);
  ~SpecGraph();

  // The file of that path. Others may begin to work on it at once: who wants
  // it calls Run() before looking at it.
  SpecFile* Want(SpecFile::Kind kind, absl::string_view repo,
                 absl::string_view path) ABSL_LOCKS_EXCLUDED(mu_);
  // Until every file that was wanted, and all that they load, is done.
  void Run() ABSL_LOCKS_EXCLUDED(mu_);

  // What build files know from now on.
  void SetBuildFileNames(std::shared_ptr<const dsl::Environment> names) {
    build_file_names_ = std::move(names);
  }
  const dsl::Environment& build_file_names() const {
    return *build_file_names_;
  }

  // Hands the mistakes to who listens, and makes a status of them.
  absl::Status Report(std::span<dsl::Diagnostic> mistakes)
      ABSL_LOCKS_EXCLUDED(print_mu_);

 private:
  // By kind, repository and path.
  using Key = std::tuple<SpecFile::Kind, absl::string_view, absl::string_view>;
  struct ByKey {
    using is_transparent = void;
    static Key KeyOf(const Key& key) { return key; }
    static Key KeyOf(const std::unique_ptr<SpecFile>& file) {
      return {file->kind, file->repo, file->path};
    }
    template <class A, class B>
    bool operator()(const A& a, const B& b) const {
      return KeyOf(a) < KeyOf(b);
    }
  };

  void Read(SpecFile* file);
  absl::Status Compile(SpecFile* file);
  void FindLoads(SpecFile* file, dsl::Diagnostics& diagnostics);
  void Evaluate(SpecFile* file);
  absl::Status CheckLoads(const SpecFile& file);
  absl::Status CycleError(const std::vector<SpecFile*>& cycle);
  absl::Status EvaluateModule(SpecFile* file);
  absl::Status EvaluateBuildFile(SpecFile* file);
  void PrepareThread(dsl::Thread& thread);
  void Finish(SpecFile* file, absl::Status status) ABSL_LOCKS_EXCLUDED(mu_);
  void FinishLocked(SpecFile* file, absl::Status status)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  // Fails the files of one load cycle; false if there is none.
  bool BreakCycle() ABSL_LOCKS_EXCLUDED(mu_);
  std::vector<std::shared_ptr<const dsl::Module>> ModulesOf(
      const SpecFile& file) const;

  FileView& files_;
  LockView& lock_;
  const BuildLanguage& language_;
  std::shared_ptr<const dsl::Environment> build_file_names_;
  const uint64_t max_steps_;
  Mutex print_mu_;
  std::function<void(absl::string_view)> print_ ABSL_GUARDED_BY(print_mu_);
  std::function<void(const dsl::Diagnostic&)> report_
      ABSL_GUARDED_BY(print_mu_);
  Mutex mu_;
  std::set<std::unique_ptr<SpecFile>, ByKey> all_ ABSL_GUARDED_BY(mu_);
  int unfinished_ ABSL_GUARDED_BY(mu_) = 0;
  WorkQueue queue_;  // Last: its threads use all the others.
};

}  // namespace graph

#endif  // GRAPH_ENGINE_LOAD_SPEC_GRAPH_H_
