// SPDX-License-Identifier: Apache-2.0
// As gtest_main, but able to be a zygote (sandboxes start their own program)
// and, for a test that kills it, an engine.

#include <gmock/gmock.h>

#include <string>

#include "absl/strings/string_view.h"
#include "engine/cas/memory_store.h"
#include "engine/exec/local_runner.h"
#include "engine/exec/zygote.h"

namespace graph {
namespace {

// Runs a command that does not end, in a sandbox whose processes carry `mark`.
int RunForever(const std::string& cache, const std::string& mark) {
  MemoryStore store;
  auto tools = HostToolchain({.cache_dir = cache});
  if (!tools.ok()) return 1;
  auto runner = LocalRunner::Create({cache, *tools, 1}, store);
  if (!runner.ok()) return 1;
  Spawn spawn;
  // The name of the background process is put together only when it is there.
  spawn.argv = {
      "bash", "-c",
      "bash -c 'exec -a \"" + mark + " $0\" sleep 1000' sleeps & sleep 1000"};
  return (*runner)->Run(spawn, 0).ok() ? 0 : 1;
}

}  // namespace
}  // namespace graph

int main(int argc, char** argv) {
  if (graph::IsZygote(argc, argv)) return graph::ZygoteMain(argc, argv);
  if (argc == 4 && absl::string_view(argv[1]) == "--graph-test-engine") {
    return graph::RunForever(argv[2], argv[3]);
  }
  testing::InitGoogleMock(&argc, argv);
  return RUN_ALL_TESTS();
}
