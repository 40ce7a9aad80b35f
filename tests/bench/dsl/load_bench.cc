// SPDX-License-Identifier: Apache-2.0

// Loads the BUILD files of a folder with the engine's Loader, from memory, and
// prints JSON.
//
//   load_bench FOLDER COUNT RULES memory            what stays, by target
//   load_bench FOLDER COUNT RULES threads REPEATS   with one thread and two
//
// RULES is the file that takes the place of the rules that are built in.

#include <malloc.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "dsl/stdlib/universe.h"
#include "engine/load/loader.h"
#include "engine/os/memory.h"

namespace graph {
namespace {

[[noreturn]] void Die(absl::string_view why) {
  std::fprintf(stderr, "load_bench: %.*s\n", static_cast<int>(why.size()),
               why.data());
  std::exit(1);
}

std::string Read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) Die(absl::StrCat("cannot read ", path.string()));
  return {std::istreambuf_iterator<char>(file), {}};
}

double Seconds(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

// Bytes that the program has from malloc now.
size_t Allocated() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

struct Workspace {
  MemoryTree files, rules;
  std::vector<Label> labels;  // One of each package.
  size_t text = 0;
};

// The files that the text names, empty, so that they are there.
void AddSources(MemoryTree& files, const std::string& package,
                const std::string& text) {
  for (size_t at = 0; (at = text.find('"', at)) != std::string::npos; ++at) {
    const size_t end = text.find('"', at + 1);
    const absl::string_view literal(&text[at + 1], end - at - 1);
    if (absl::EndsWith(literal, ".cc") || absl::EndsWith(literal, ".h")) {
      files.Add(absl::StrCat(package, "/", literal), "");
    }
    at = end;
  }
}

// The packages `p012/034` of the files `p012/034.spec`.
void Fill(Workspace& workspace, const std::string& folder, size_t count) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".spec") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  if (paths.size() < count) Die("too few files");
  paths.resize(count);
  for (const std::filesystem::path& path : paths) {
    const std::string text = Read(path);
    const std::string package =
        std::filesystem::relative(path, folder).replace_extension().string();
    workspace.files.Add(absl::StrCat(package, "/BUILD.spec"), text);
    AddSources(workspace.files, package, text);
    workspace.labels.push_back(
        *Label::Parse(absl::StrCat("//", package, ":any"), {}));
    workspace.text += text.size();
  }
}

std::unique_ptr<Loader> MakeLoader(const Workspace& workspace, int threads) {
  LoaderOptions options;
  options.threads = threads;
  auto loader = std::make_unique<Loader>(
      SourceTrees{{"", &workspace.files}, {"rules", &workspace.rules}},
      dsl::Universe(), options);
  // The rules and all that is made once.
  const auto first = loader->LoadPackage(workspace.labels[0].package_name());
  if (!first.ok()) Die(first.status().message());
  return loader;
}

void LoadAll(Loader& loader, const Workspace& workspace) {
  loader.Prefetch(workspace.labels);
}

int Memory(const Workspace& workspace) {
  const std::unique_ptr<Loader> loader = MakeLoader(workspace, 1);
  const size_t before = Allocated();
  LoadAll(*loader, workspace);
  const size_t after = Allocated();
  size_t rules = 0, all = 0;
  const std::vector<const LoadedPackage*> packages = loader->packages();
  if (packages.size() < workspace.labels.size()) Die("not all were loaded");
  for (const LoadedPackage* loaded : packages) {
    for (const Target& target : loaded->package.targets()) {
      rules += target.kind() == Target::Kind::kRule;
      ++all;
    }
  }
  std::printf("{\"bytes\": %zu, \"text\": %zu, \"rules\": %zu, \"all\": %zu}\n",
              after - before, workspace.text, rules, all);
  return 0;
}

// What one load took, in seconds.
struct Taken {
  double wall = 1e9;     // By the clock on the wall.
  double busiest = 1e9;  // Of the processor, of the thread that had most.

  void KeepLeast(const Taken& other) {
    wall = std::min(wall, other.wall);
    busiest = std::min(busiest, other.busiest);
  }
};

Taken TimeLoading(const Workspace& workspace, int threads) {
  const std::unique_ptr<Loader> loader = MakeLoader(workspace, threads);
  const double wall = Seconds(CLOCK_MONOTONIC);
  const double all = Seconds(CLOCK_PROCESS_CPUTIME_ID);
  const double own = Seconds(CLOCK_THREAD_CPUTIME_ID);
  LoadAll(*loader, workspace);
  const double own_taken = Seconds(CLOCK_THREAD_CPUTIME_ID) - own;
  const double all_taken = Seconds(CLOCK_PROCESS_CPUTIME_ID) - all;
  return {Seconds(CLOCK_MONOTONIC) - wall,
          std::max(own_taken, all_taken - own_taken)};
}

// In turns, so that a slow moment of the machine falls on both.
int Threads(const Workspace& workspace, int repeats) {
  Taken one, two;
  for (int i = 0; i < repeats; ++i) {
    one.KeepLeast(TimeLoading(workspace, 1));
    two.KeepLeast(TimeLoading(workspace, 2));
  }
  std::printf(
      "{\"wall_one\": %.6f, \"wall_two\": %.6f, "
      "\"cpu_one\": %.6f, \"cpu_two\": %.6f}\n",
      one.wall, two.wall, one.busiest, two.busiest);
  return 0;
}

int Main(int argc, char** argv) {
  TakeMemoryInLargeSteps();  // As `graph` does.
  int count = 0, repeats = 1;
  const absl::string_view verb = argc > 4 ? argv[4] : "";
  const bool threads = verb == "threads" && argc == 6;
  if (!(threads || (verb == "memory" && argc == 5)) ||
      !absl::SimpleAtoi(argv[2], &count) || count < 1 ||
      (threads && !absl::SimpleAtoi(argv[5], &repeats))) {
    Die("FOLDER COUNT RULES memory | FOLDER COUNT RULES threads REPEATS");
  }
  Workspace workspace;
  workspace.rules.Add("core/defs.spec", Read(argv[3]));
  Fill(workspace, argv[1], count);
  return threads ? Threads(workspace, repeats) : Memory(workspace);
}

}  // namespace
}  // namespace graph

int main(int argc, char** argv) { return graph::Main(argc, argv); }
