// SPDX-License-Identifier: Apache-2.0
// An executor over a store on disk, a cache, and a runner that runs nothing.

#ifndef GRAPH_TESTS_ENGINE_EXEC_EXECUTOR_FIXTURE_H_
#define GRAPH_TESTS_ENGINE_EXEC_EXECUTOR_FIXTURE_H_

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/base/mutex.h"
#include "engine/cas/local_action_cache.h"
#include "engine/cas/local_store.h"
#include "engine/exec/executor.h"
#include "engine/os/filesystem.h"
#include "tests/support/fake_runner.h"
#include "tests/support/graph_builder.h"
#include "tests/support/status_matchers.h"

namespace graph {

class RecordingSink : public EventSink {
 public:
  void Emit(const Event& event) override {
    MutexLock lock(&mu_);
    events_.push_back(event);
  }
  template <typename T>
  std::vector<T> All() const {
    MutexLock lock(&mu_);
    std::vector<T> all;
    for (const Event& event : events_) {
      if (const T* e = std::get_if<T>(&event)) all.push_back(*e);
    }
    return all;
  }

 private:
  mutable Mutex mu_;
  std::vector<Event> events_ ABSL_GUARDED_BY(mu_);
};

class ExecutorTest : public testing::Test {
 protected:
  ExecutorTest()
      : folder_(*MakeTemporaryDirectory("/tmp", "executor-test-")),
        store_(*LocalStore::Open(folder_ + "/store")),
        cache_(*store_),
        sources_(*store_) {
    sources_.files = {{"s", "source "}, {"t", "other "}};
  }
  ~ExecutorTest() override {
    store_.reset();
    RemoveTree(folder_).IgnoreError();
  }

  // Builds with a fresh runner, as the next `graph build` would.
  Outcome Build(std::vector<std::string> paths,
                std::vector<ActionId> actions = {}) {
    std::vector<ArtifactId> wanted;
    for (const std::string& path : paths) wanted.push_back(g_.File(path));
    runner_ = std::make_unique<FakeRunner>(*store_);
    for (auto& [name, behaviour] : behaviours_) runner_->On(name, behaviour);
    events_ = std::make_unique<RecordingSink>();
    Materializer materializer(folder_ + "/ws", *store_);
    Executor executor(g_.graph, sources_, *store_, cache_, *runner_, steps_,
                      *events_, cancellation_, options_, &materializer);
    return executor.Build(wanted, actions);
  }
  std::string Read(absl::string_view path) const {
    auto bytes = ReadFile(absl::StrCat(folder_, "/ws/", path));
    return bytes.ok() ? *bytes : bytes.status().ToString();
  }
  const ActionOutcome& Of(const Outcome& outcome, ActionId id) const {
    return outcome.actions[id.index];
  }
  // Damages the blob in the store, as a bad disk would.
  void Damage(absl::string_view bytes) {
    const Digest digest = Digest::Of(bytes);
    store_->records().Remove(RecordTable::Kind::kBlob, digest.hash());
    const std::string hex = digest.hex();
    for (const char* suffix : {"", ".x"}) {
      const std::string path =
          absl::StrCat(store_->root(), "/blobs/", hex.substr(0, 2), "/", hex,
                       "-", digest.size(), suffix);
      if (!Exists(path)) continue;
      ASSERT_THAT(SetMode(path, 0644), IsOk());
      ASSERT_THAT(AppendToFile(path, "!"), IsOk());
    }
  }

  const std::string folder_;
  std::unique_ptr<LocalStore> store_;
  LocalActionCache cache_;
  MemorySources sources_;
  GraphBuilder g_;
  std::map<std::string, FakeRunner::Behaviour> behaviours_;
  BuiltinSteps steps_;
  ExecutorOptions options_{2, false};
  Cancellation cancellation_;
  std::unique_ptr<FakeRunner> runner_;
  std::unique_ptr<RecordingSink> events_;
};

}  // namespace graph

#endif  // GRAPH_TESTS_ENGINE_EXEC_EXECUTOR_FIXTURE_H_
