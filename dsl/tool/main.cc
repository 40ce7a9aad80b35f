// SPDX-License-Identifier: Apache-2.0

// graph-dsl: the language on its own.

#include <algorithm>
#include <atomic>
#include <csignal>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "dsl/tool/check_files.h"
#include "dsl/tool/format_files.h"
#include "dsl/tool/repl.h"
#include "dsl/tool/run_file.h"

namespace {

constexpr char kUsage[] =
    "usage: graph-dsl run [OPTION...] FILE   run a file as a module\n"
    "         --parse-only --resolve-only     stop there\n"
    "         --test-builtins                 add _catch, _freeze, _hasfields\n"
    "         --max-steps N                   fail after so many steps\n"
    "       graph-dsl repl            run what is typed, line by line\n"
    "       graph-dsl check FILE...  look for errors, and for what is\n"
    "                                questionable, without running it\n"
    "       graph-dsl fmt [--check] [--diff] [--stdin-name=NAME] FILE...\n"
    "                                bring files into their canonical form;\n"
    "                                `-` is standard input\n";

int Fmt(const std::vector<std::string>& words) {
  const dsl::FormatStreams streams = {
      .in =
          [] {
            return std::string(std::istreambuf_iterator<char>(std::cin), {});
          },
      .out = [](absl::string_view text) { std::cout << text << std::flush; },
      .err = [](absl::string_view text) { std::cerr << text; },
  };
  const std::optional<int> code = dsl::FormatByWords(words, streams);
  if (!code.has_value()) std::cerr << kUsage;
  return code.value_or(2);
}

std::atomic<bool> interrupted = false;

int RunRepl() {
  // Without SA_RESTART: Ctrl-C ends the reading of a line, too.
  struct sigaction action = {};
  action.sa_handler = [](int) { interrupted = true; };
  sigaction(SIGINT, &action, nullptr);
  return dsl::Repl(std::cin, std::cout, std::cerr, interrupted);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::string(argv[1]) == "repl") return RunRepl();
  const std::string verb = argc >= 3 ? argv[1] : "";
  const std::vector<std::string> files(argv + std::min(argc, 2), argv + argc);
  if (verb == "check") return dsl::CheckFiles(files, std::cerr);
  if (verb == "fmt") return Fmt(files);
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
