// SPDX-License-Identifier: Apache-2.0
// A runner that runs nothing: commands are words that it understands, or what a
// test says they do.
//
//   cat IN… OUT     joins files
//   say TEXT        writes to stdout; makes nothing
//   fail CODE       exits so, with `broken` on stderr
//   lazy            exits 0 and makes nothing

#ifndef GRAPH_TESTS_SUPPORT_FAKE_RUNNER_H_
#define GRAPH_TESTS_SUPPORT_FAKE_RUNNER_H_

#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/base/mutex.h"
#include "engine/cas/blob_store.h"
#include "engine/exec/runner.h"

namespace graph {

class FakeRunner : public Runner {
 public:
  using Behaviour = std::function<absl::StatusOr<SpawnResult>(const Spawn&)>;

  explicit FakeRunner(BlobStore& store,
                      Isolation isolation = Isolation::kStrict)
      : store_(store), isolation_(isolation) {}

  // What the command whose first word is `name` does instead.
  void On(std::string name, Behaviour behaviour) {
    behaviours_[std::move(name)] = std::move(behaviour);
  }

  // The command lines so far, words joined by a space.
  std::vector<std::string> ran() const {
    MutexLock lock(&mu_);
    return ran_;
  }
  bool cancelled() const { return cancelled_; }

  Isolation isolation() const override { return isolation_; }
  // Each package stands for itself.
  absl::StatusOr<std::vector<std::pair<std::string, std::string>>> properties(
      const std::vector<std::string>& packages) override {
    std::string identity = "fake";
    for (const std::string& package : packages) {
      if (package == "not-installed") {
        return absl::FailedPreconditionError("not-installed is not installed");
      }
      absl::StrAppend(&identity, " ", package);
    }
    return std::vector<std::pair<std::string, std::string>>{
        {"toolchain", identity}};
  }

  absl::StatusOr<SpawnResult> Run(const Spawn& spawn, int) override {
    if (cancelled_) return absl::CancelledError("told to stop");
    std::string line;
    for (const std::string& word : spawn.argv) {
      absl::StrAppend(&line, line.empty() ? "" : " ", word);
    }
    {
      MutexLock lock(&mu_);
      ran_.push_back(line);
    }
    if (auto it = behaviours_.find(spawn.argv[0]); it != behaviours_.end()) {
      return it->second(spawn);
    }
    SpawnResult result;
    result.wall_us = 1000;
    if (spawn.argv[0] == "cat") {
      absl::Status joined = Join(spawn, result);
      if (!joined.ok()) return joined;
    } else if (spawn.argv[0] == "say") {
      result.stdout_text = spawn.argv[1];
    } else if (spawn.argv[0] == "fail") {
      if (!absl::SimpleAtoi(spawn.argv[1], &result.exit_code)) abort();
      result.stderr_text = "broken";
    }
    return result;
  }

  void Cancel() override { cancelled_ = true; }

 private:
  absl::Status Join(const Spawn& spawn, SpawnResult& result) {
    std::string bytes;
    for (size_t i = 1; i + 1 < spawn.argv.size(); ++i) {
      for (const SpawnInput& input : spawn.inputs) {
        if (input.path != spawn.argv[i]) continue;
        absl::StatusOr<std::string> part = store_.Get(input.digest);
        if (!part.ok()) return part.status();
        bytes += *part;
      }
    }
    absl::StatusOr<Digest> digest = store_.Put(bytes);
    if (!digest.ok()) return digest.status();
    result.outputs = {
        {spawn.argv.back(), OutputEntry::Kind::kFile, *digest, false, ""}};
    return absl::OkStatus();
  }

  BlobStore& store_;
  const Isolation isolation_;
  std::map<std::string, Behaviour> behaviours_;
  std::atomic<bool> cancelled_ = false;
  mutable Mutex mu_;
  std::vector<std::string> ran_ ABSL_GUARDED_BY(mu_);
};

}  // namespace graph

#endif  // GRAPH_TESTS_SUPPORT_FAKE_RUNNER_H_
