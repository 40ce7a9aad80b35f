// SPDX-License-Identifier: Apache-2.0

// Steps run on a store in memory.

#ifndef GRAPH_TESTS_ENGINE_EXEC_STEP_FIXTURE_H_
#define GRAPH_TESTS_ENGINE_EXEC_STEP_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/cas/memory_store.h"
#include "engine/cas/tree.h"
#include "engine/exec/builtin_steps.h"
#include "tests/support/status_matchers.h"

namespace graph {

class StepTest : public testing::Test {
 protected:
  StepTest() : steps_(CoreSteps()) {}

  SpawnInput File(std::string path, absl::string_view bytes,
                  bool executable = false) {
    return {std::move(path), SpawnInput::Kind::kFile, *store_.Put(bytes),
            executable, ""};
  }
  // Paths to bytes.
  SpawnInput Tree(std::string path,
                  const std::map<std::string, std::string>& files) {
    return TreeOfEntries(std::move(path), Entries(files));
  }
  SpawnInput TreeOfEntries(std::string path, const TreeEntries& entries) {
    return {std::move(path), SpawnInput::Kind::kDirectory,
            *PutTree(entries, store_), false, ""};
  }
  TreeEntries Entries(const std::map<std::string, std::string>& files) {
    TreeEntries entries;
    for (const auto& [name, bytes] : files) {
      entries[name].digest = *store_.Put(bytes);
    }
    return entries;
  }

  absl::StatusOr<OutputEntry> Run(std::vector<std::string> argv,
                                  std::string content,
                                  std::vector<SpawnInput> inputs) {
    Action action;
    action.kind = Action::Kind::kBuiltin;
    action.argv = std::move(argv);
    action.content = std::move(content);
    std::sort(inputs.begin(), inputs.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    const std::vector<SpawnOutput> outputs = {{"graph-out/o", false}};
    auto made = steps_[action.argv[0]](
        {action, inputs, outputs, store_, cancellation_});
    if (!made.ok()) return made.status();
    EXPECT_THAT(*made, testing::SizeIs(1));
    EXPECT_EQ((*made)[0].path, "graph-out/o");
    return (*made)[0];
  }

  MemoryStore store_;
  Cancellation cancellation_;
  BuiltinSteps steps_;
};

}  // namespace graph

#endif  // GRAPH_TESTS_ENGINE_EXEC_STEP_FIXTURE_H_
