// SPDX-License-Identifier: Apache-2.0

// graph-dsl: the language on its own.

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "dsl/tool/check_files.h"
#include "dsl/tool/run_file.h"

namespace {

constexpr char kUsage[] =
    "usage: graph-dsl run [OPTION...] FILE   run a file as a module\n"
    "         --parse-only --resolve-only     stop there\n"
    "         --test-builtins                 add _catch, _freeze, _hasfields\n"
    "         --max-steps N                   fail after so many steps\n"
    "       graph-dsl check FILE...  look for errors, and for what is\n"
    "                                questionable, without running it\n";

}  // namespace

int main(int argc, char** argv) {
  const std::string verb = argc >= 3 ? argv[1] : "";
  const std::vector<std::string> files(argv + std::min(argc, 2), argv + argc);
  if (verb == "check") return dsl::CheckFiles(files, std::cerr);
  if (verb == "run") {
    std::string problem;
    const auto request = dsl::ParseRunRequest(files, &problem);
    if (request) {
      return dsl::RunFile(request->file, request->options, std::cerr);
    }
    std::cerr << "graph-dsl: " << problem << "\n";
  }
  std::cerr << kUsage;
  return 2;
}
