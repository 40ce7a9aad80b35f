// SPDX-License-Identifier: Apache-2.0
#include "tests/dsl/stdlib/chunked.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "dsl/runtime/module.h"
#include "dsl/stdlib/universe.h"

namespace dsl {
namespace {

bool Matches(absl::string_view text, absl::string_view pattern) {
  auto flags = std::regex::ECMAScript;
  if (absl::StartsWith(pattern, "(?i)")) {
    pattern.remove_prefix(4);
    flags |= std::regex::icase;
  }
  return std::regex_search(std::string(text),
                           std::regex(std::string(pattern), flags));
}

absl::StatusOr<Value> AssertEq(Thread&, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("assert_eq", 2, 2));
  const Value got = arguments.positional()[0];
  const Value want = arguments.positional()[1];
  ASSIGN_OR_RETURN(bool equal, Equal(got, want));
  if (equal) return Value::None();
  return absl::InvalidArgumentError(
      absl::StrCat("got ", Repr(got), ", want ", Repr(want)));
}

absl::StatusOr<Value> Assert(Thread&, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("assert_", 1, 2));
  if (arguments.positional()[0].truth()) return Value::None();
  return absl::InvalidArgumentError("assertion failed");
}

absl::StatusOr<Value> AssertFails(Thread& thread, const Arguments& arguments) {
  Value function;
  std::string pattern;
  RETURN_IF_ERROR(arguments.Unpack("assert_fails",
                                   {{"f", &function}, {"pattern", &pattern}}));
  const absl::StatusOr<Value> result = Call(thread, function);
  thread.ReleaseError();
  if (result.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("succeeded with ", Repr(*result)));
  }
  if (Matches(result.status().message(), pattern)) return Value::None();
  return absl::InvalidArgumentError(absl::StrCat(
      "failed with `", result.status().message(), "`, want ", pattern));
}

void AddChunk(const std::string& path, int line, const std::string& text,
              std::vector<Chunk>* chunks) {
  Chunk chunk;
  chunk.file = path;
  chunk.name = std::filesystem::path(path).stem().string();
  chunk.line = line;
  chunk.text = std::string(line - 1, '\n') + text;
  int at = line;
  for (absl::string_view each : absl::StrSplit(text, '\n')) {
    const size_t mark = each.find("### ");
    if (mark != each.npos) {
      chunk.expected.push_back({at, std::string(each.substr(mark + 4))});
    }
    ++at;
  }
  chunks->push_back(std::move(chunk));
}

// The files of a chunk, each with empty lines in front; the last has no name.
std::vector<std::pair<std::string, std::string>> SplitFiles(
    const Chunk& chunk) {
  std::vector<std::pair<std::string, std::string>> files(1);
  int line = 0;
  for (absl::string_view each : absl::StrSplit(chunk.text, '\n')) {
    ++line;
    if (absl::ConsumePrefix(&each, "=== ")) {
      files.back().first = std::string(each);
      files.emplace_back("", std::string(line, '\n'));
    } else {
      absl::StrAppend(&files.back().second, each, "\n");
    }
  }
  return files;
}

// Runs the files of a chunk, each after those that it may load.
class ChunkRun {
 public:
  ChunkRun(const Chunk& chunk, std::string* wrong)
      : chunk_(chunk), wrong_(wrong), environment_(TestEnvironment()) {}

  std::vector<Diagnostic> Errors() {
    for (const auto& [name, text] : SplitFiles(chunk_)) {
      std::vector<Diagnostic> errors = Run(name, text);
      if (!errors.empty()) return errors;
    }
    return {};
  }

 private:
  std::vector<Diagnostic> Run(const std::string& name,
                              const std::string& text) {
    Diagnostics diagnostics;
    const std::shared_ptr<const Program> program =
        Compile(Source::Make(chunk_.file, text), FileKind::kModule,
                *environment_, diagnostics);
    if (program == nullptr) {
      return {diagnostics.all().begin(), diagnostics.all().end()};
    }
    std::vector<std::shared_ptr<const Module>> loaded;
    for (const Load& load : program->loads()) {
      const auto at = modules_.find(std::string(load.path));
      if (at == modules_.end()) {
        return {{Severity::kError, load.span, "no such file in the chunk"}};
      }
      loaded.push_back(at->second);
    }
    auto heap = std::make_shared<Heap>();
    Thread thread(*heap);
    thread.SetPrint([this](absl::string_view said, std::optional<Span>) {
      if (absl::StartsWith(said, "@@FAIL")) {
        absl::StrAppend(wrong_, said, "\n");
      }
    });
    const auto module = Execute(program, loaded, environment_, heap, thread);
    if (!module.ok()) return {TakeError(thread, module.status())};
    modules_[name] = *module;
    return {};
  }

  const Chunk& chunk_;
  std::string* const wrong_;
  const std::shared_ptr<const Environment> environment_;
  std::map<std::string, std::shared_ptr<const Module>> modules_;
};

}  // namespace

void PrintTo(const Chunk& chunk, std::ostream* out) {
  *out << chunk.file << ":" << chunk.line;
}

std::vector<Chunk> ReadChunks(const std::string& folder) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".star") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Chunk> chunks;
  for (const std::string& path : paths) {
    std::ifstream file(path);
    std::string line, text;
    int number = 0, start = 1;
    while (std::getline(file, line)) {
      ++number;
      if (line != "---") {
        absl::StrAppend(&text, line, "\n");
        continue;
      }
      AddChunk(path, start, text, &chunks);
      text.clear();
      start = number + 1;
    }
    AddChunk(path, start, text, &chunks);
  }
  return chunks;
}

std::shared_ptr<const Environment> TestEnvironment() {
  Environment::Builder builder(Universe());
  builder.SetBuiltin("assert_eq", AssertEq);
  builder.SetBuiltin("assert_", Assert);
  builder.SetBuiltin("assert_fails", AssertFails);
  return builder.Freeze();
}

std::string RunChunk(const Chunk& chunk) {
  std::string wrong;
  const std::vector<Diagnostic> errors = ChunkRun(chunk, &wrong).Errors();
  std::vector<bool> met(chunk.expected.size());
  for (const Diagnostic& error : errors) {
    const int line = error.span ? error.span.Start().line : 0;
    const std::string text = absl::StrCat(error.message, " ", error.hint);
    bool expected = false;
    for (size_t i = 0; i < chunk.expected.size(); ++i) {
      if (chunk.expected[i].line == line &&
          Matches(text, chunk.expected[i].pattern)) {
        met[i] = expected = true;
      }
    }
    if (!expected) absl::StrAppend(&wrong, "unexpected: ", Render(error));
  }
  for (size_t i = 0; i < met.size(); ++i) {
    if (!met[i]) {
      absl::StrAppend(&wrong, chunk.file, ":", chunk.expected[i].line,
                      ": no error matches ", chunk.expected[i].pattern, "\n");
    }
  }
  return wrong;
}

}  // namespace dsl
