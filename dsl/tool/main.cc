// SPDX-License-Identifier: Apache-2.0

// graph-dsl: the language on its own.

#include <iostream>
#include <string>

#include "dsl/tool/run_file.h"

namespace {

constexpr char kUsage[] =
    "usage: graph-dsl run FILE    run a file as a module\n"
    "       graph-dsl check FILE  only look for errors that show without\n";

}  // namespace

int main(int argc, char** argv) {
  const std::string verb = argc == 3 ? argv[1] : "";
  if (verb != "run" && verb != "check") {
    std::cerr << kUsage;
    return 2;
  }
  dsl::RunOptions options;
  options.check_only = verb == "check";
  return dsl::RunFile(argv[2], options, std::cerr);
}
