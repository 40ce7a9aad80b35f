// SPDX-License-Identifier: Apache-2.0
#include "dsl/tool/run_file.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <ostream>
#include <sstream>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "dsl/runtime/module.h"
#include "dsl/stdlib/universe.h"
#include "dsl/syntax/parser.h"
#include "dsl/tool/test_builtins.h"

namespace dsl {
namespace {

std::shared_ptr<const Environment> EnvironmentFor(const RunOptions& options) {
  std::shared_ptr<const Environment> environment =
      options.environment != nullptr ? options.environment : Universe();
  return options.test_builtins ? WithTestBuiltins(std::move(environment))
                               : environment;
}

// Loads files, each once.
class FileLoader {
 public:
  FileLoader(const RunOptions& options, std::ostream& err)
      : stage_(options.stage),
        max_steps_(options.max_steps),
        environment_(EnvironmentFor(options)),
        err_(err) {}

  // Nullptr if something is wrong, which is then said already. `from` is the
  // load that asks for it, if one does.
  std::shared_ptr<const Module> Load(const std::string& path,
                                     std::optional<Span> from);
  bool failed() const { return failed_; }

 private:
  void Report(const Diagnostic& diagnostic) {
    failed_ = true;
    err_ << Render(diagnostic);
  }
  void Report(absl::string_view message, std::optional<Span> place) {
    Report({Severity::kError, place.value_or(Span()), std::string(message)});
  }
  std::shared_ptr<const Module> Evaluate(
      const std::shared_ptr<const Program>& program, const std::string& path);

  const Stage stage_;
  const uint64_t max_steps_;
  std::shared_ptr<const Environment> environment_;
  std::ostream& err_;
  bool failed_ = false;
  // Nullptr while it is being loaded, and if it failed.
  std::map<std::string, std::shared_ptr<const Module>> modules_;
};

// What a load means, seen from the file that says it.
std::string Resolved(absl::string_view path, const std::string& from) {
  if (!path.empty() && path[0] == ':') path.remove_prefix(1);
  const std::filesystem::path target{std::string(path)};
  return (std::filesystem::path(from).parent_path() / target)
      .lexically_normal()
      .string();
}

std::shared_ptr<const Module> FileLoader::Load(const std::string& path,
                                               std::optional<Span> from) {
  const auto [known, fresh] = modules_.try_emplace(path, nullptr);
  if (!fresh) {
    if (known->second == nullptr && !failed_) {
      Report(absl::StrCat("file `", path, "` loads itself"), from);
    }
    return known->second;
  }
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    Report(absl::StrCat("`", path, "` is a folder, not a file"), from);
    return nullptr;
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) {
    // An empty file sets the failbit too, but is no error.
    if (!file.is_open() || file.bad() || file.peek() != EOF) {
      Report(absl::StrCat("cannot read file `", path, "`"), from);
      return nullptr;
    }
  }
  const std::shared_ptr<const Source> source = Source::Make(path, text.str());
  Diagnostics diagnostics;
  std::shared_ptr<const Program> program;
  if (stage_ == Stage::kParse) {
    Parse(source, FileKind::kModule, diagnostics);
  } else {
    program = Compile(source, FileKind::kModule, *environment_, diagnostics);
  }
  err_ << diagnostics.Rendered();
  failed_ |= diagnostics.has_errors();
  if (program == nullptr || stage_ == Stage::kResolve) return nullptr;
  return modules_[path] = Evaluate(program, path);
}

std::shared_ptr<const Module> FileLoader::Evaluate(
    const std::shared_ptr<const Program>& program, const std::string& path) {
  std::vector<std::shared_ptr<const Module>> loaded;
  for (const dsl::Load& load : program->loads()) {
    loaded.push_back(Load(Resolved(load.path, path), load.span));
    if (loaded.back() == nullptr && stage_ == Stage::kRun) {
      return nullptr;
    }
  }
  if (stage_ != Stage::kRun) return std::make_shared<Module>();
  auto heap = std::make_shared<Heap>();
  Thread thread(*heap);
  if (max_steps_ > 0) thread.SetMaxSteps(max_steps_);
  thread.SetPrint([this](absl::string_view text, std::optional<Span>) {
    err_ << text << '\n';
  });
  const absl::StatusOr<std::shared_ptr<const Module>> module =
      Execute(program, loaded, environment_, heap, thread);
  if (module.ok()) return *module;
  Report(TakeError(thread, module.status()));
  return nullptr;
}

}  // namespace

std::optional<RunRequest> ParseRunRequest(
    std::span<const std::string> arguments, std::string* problem) {
  RunRequest request;
  std::vector<std::string> files;
  bool options_end = false;
  for (size_t i = 0; i < arguments.size(); ++i) {
    absl::string_view argument = arguments[i];
    if (options_end || !absl::StartsWith(argument, "--")) {
      files.emplace_back(argument);
    } else if (argument == "--") {
      options_end = true;
    } else if (argument == "--parse-only") {
      request.options.stage = Stage::kParse;
    } else if (argument == "--resolve-only") {
      request.options.stage = Stage::kResolve;
    } else if (argument == "--test-builtins") {
      request.options.test_builtins = true;
    } else if (argument == "--max-steps" ||
               absl::ConsumePrefix(&argument, "--max-steps=")) {
      if (argument == "--max-steps") {
        argument = i + 1 < arguments.size() ? arguments[++i] : "";
      }
      if (!absl::SimpleAtoi(argument, &request.options.max_steps) ||
          request.options.max_steps == 0) {
        *problem = "--max-steps wants a number above 0";
        return std::nullopt;
      }
    } else {
      *problem = absl::StrCat("there is no option ", argument);
      return std::nullopt;
    }
  }
  if (files.size() != 1) {
    *problem = "one file is wanted";
    return std::nullopt;
  }
  request.file = files[0];
  return request;
}

int RunFile(const std::string& path, const RunOptions& options,
            std::ostream& err) {
  FileLoader loader(options, err);
  loader.Load(path, std::nullopt);
  return loader.failed() ? 2 : 0;
}

}  // namespace dsl
