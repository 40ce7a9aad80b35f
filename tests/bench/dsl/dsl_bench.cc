// SPDX-License-Identifier: Apache-2.0

// Our side: evaluates a program, or parses BUILD files, and prints JSON.
//
//   dsl_bench eval FILE REPEATS
//   dsl_bench parse FOLDER COUNT REPEATS        texts that were read before
//   dsl_bench read FOLDER COUNT REPEATS         reading them, too
//
// Seconds are of the processor, the least of the repetitions.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/module.h"
#include "dsl/runtime/native.h"
#include "dsl/stdlib/universe.h"
#include "dsl/syntax/parser.h"
#include "dsl/syntax/resolver.h"

namespace dsl {
namespace {

constexpr absl::string_view kRules[] = {"library", "binary", "unit_test",
                                        "resources", "generated"};

[[noreturn]] void Die(absl::string_view why) {
  std::fprintf(stderr, "dsl_bench: %.*s\n", static_cast<int>(why.size()),
               why.data());
  std::exit(1);
}

std::string Read(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) Die(absl::StrCat("cannot read ", path));
  std::setvbuf(file, nullptr, _IONBF, 0);
  std::string text;
  char buffer[1 << 16];
  size_t count;
  while ((count = std::fread(buffer, 1, sizeof(buffer), file)) > 0) {
    text.append(buffer, count);
  }
  std::fclose(file);
  return text;
}

double CpuSeconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

double Least(int repeats, const std::function<void()>& run) {
  double best = -1;
  for (int i = 0; i < repeats; ++i) {
    const double begun = CpuSeconds();
    run();
    const double taken = CpuSeconds() - begun;
    if (best < 0 || taken < best) best = taken;
  }
  return best;
}

// A choice, or a sum of lists and choices.
class Choice final : public Native {
 public:
  explicit Choice(std::vector<Value> parts) : parts_(std::move(parts)) {}

  absl::string_view type_name() const override { return "select"; }
  absl::StatusOr<std::optional<Value>> Binary(
      Thread& thread, BinaryOp op, Value other,
      bool self_is_left) const override {
    if (op != BinaryOp::kAdd) return std::nullopt;
    std::vector<Value> parts = parts_;
    parts.insert(self_is_left ? parts.end() : parts.begin(), other);
    return Value::Of(thread.heap().New<Choice>(std::move(parts)));
  }

 private:
  std::vector<Value> parts_;
};

using Targets = std::vector<std::vector<NamedValue>>;

// What the program knows beside the builtins of the language.
std::shared_ptr<const Environment> Names(Targets& targets) {
  Environment::Builder builder(Universe());
  builder.SetBuiltin("select", [](Thread& thread, const Arguments& arguments) {
    return Value::Of(thread.heap().New<Choice>(
        std::vector<Value>{arguments.positional()[0]}));
  });
  builder.SetBuiltin("calls", [&](Thread& thread, const Arguments&) {
    return thread.heap().Int(static_cast<int64_t>(targets.size()));
  });
  for (const absl::string_view rule : kRules) {
    builder.SetBuiltin(rule, [&](Thread&, const Arguments& arguments) {
      targets.emplace_back(arguments.named().begin(), arguments.named().end());
      return Value::None();
    });
  }
  return builder.Freeze();
}

int Evaluate(const std::string& path, int repeats) {
  Targets targets;
  const std::shared_ptr<const Environment> names = Names(targets);
  Diagnostics diagnostics;
  const std::shared_ptr<const Program> program = Compile(
      Source::Make(path, Read(path)), FileKind::kModule, *names, diagnostics);
  if (program == nullptr) Die(diagnostics.Rendered());
  std::string result;
  const double seconds = Least(repeats, [&] {
    targets.clear();
    auto heap = std::make_shared<Heap>();
    Thread thread(*heap);
    const auto module = Execute(program, {}, names, heap, thread);
    if (!module.ok()) Die(Render(TakeError(thread, module.status())));
    result = Repr((*module)->Find("RESULT").value_or(Value::None()));
  });
  std::printf("{\"seconds\": %.6f, \"result\": \"%s\"}\n", seconds,
              absl::CEscape(result).c_str());
  return 0;
}

class KnownNames final : public PredeclaredNames {
 public:
  KnownNames() : names_(std::begin(kRules), std::end(kRules)) {
    names_.insert({"package", "select"});
  }
  bool Contains(absl::string_view name) const override {
    return names_.contains(name);
  }
  std::vector<std::string> All() const override { return {}; }

 private:
  absl::flat_hash_set<absl::string_view> names_;
};

// Text to resolved tree, all checks made.
void ParseOne(const std::shared_ptr<const Source>& source,
              const KnownNames& names) {
  Diagnostics diagnostics;
  const std::unique_ptr<File> file =
      Parse(source, FileKind::kBuildFile, diagnostics);
  if (file == nullptr || !Resolve(*file, names, diagnostics)) {
    Die(diagnostics.Rendered());
  }
}

int ParseAll(const std::string& folder, size_t count, int repeats,
             bool reading) {
  std::vector<std::string> paths;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".spec") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  if (paths.size() < count) Die("too few files");
  paths.resize(count);
  size_t bytes = 0;
  std::vector<std::shared_ptr<const Source>> sources;
  for (const std::string& path : paths) {
    auto source = Source::Make(path, Read(path));
    bytes += source->text().size();
    if (!reading) sources.push_back(std::move(source));
  }
  const KnownNames names;
  const double seconds = Least(repeats, [&] {
    for (size_t i = 0; i < count; ++i) {
      ParseOne(reading ? Source::Make(paths[i], Read(paths[i])) : sources[i],
               names);
    }
  });
  std::printf("{\"seconds\": %.6f, \"bytes\": %zu}\n", seconds, bytes);
  return 0;
}

int Number(const char* text) {
  int number = 0;
  if (!absl::SimpleAtoi(text, &number) || number < 1) Die("wants a number");
  return number;
}

int Main(int argc, char** argv) {
  const absl::string_view verb = argc > 1 ? argv[1] : "";
  if (verb == "eval" && argc == 4) return Evaluate(argv[2], Number(argv[3]));
  if ((verb == "parse" || verb == "read") && argc == 5) {
    return ParseAll(argv[2], Number(argv[3]), Number(argv[4]), verb == "read");
  }
  Die("eval FILE REPEATS | parse|read FOLDER COUNT REPEATS");
}

}  // namespace
}  // namespace dsl

int main(int argc, char** argv) { return dsl::Main(argc, argv); }
