// SPDX-License-Identifier: Apache-2.0

#include <string>
#include <vector>

#include "engine/cli/command_line.h"
#include "engine/os/memory.h"
#include "engine/session/session.h"

int main(int argc, char** argv) {
  graph::TakeMemoryInLargeSteps();
  int exit_code = 0;
  if (graph::RunAsHelper(argc, argv, &exit_code)) return exit_code;
  const std::vector<std::string> words(argv + 1, argv + argc);
  return graph::RunCommandLine(words, graph::StandardStreams());
}
