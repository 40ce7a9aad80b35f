// SPDX-License-Identifier: Apache-2.0
#include "dsl/tool/run_file.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <ostream>
#include <sstream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/module.h"
#include "dsl/stdlib/universe.h"

namespace dsl {
namespace {

// Loads files, each once.
class FileLoader {
 public:
  FileLoader(const RunOptions& options, std::ostream& err)
      : check_only_(options.check_only),
        environment_(options.environment != nullptr ? options.environment
                                                    : Universe()),
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

  bool check_only_;
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
  Diagnostics diagnostics;
  const std::shared_ptr<const Program> program =
      Compile(Source::Make(path, text.str()), FileKind::kModule, *environment_,
              diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    err_ << Render(diagnostic);
  }
  failed_ |= diagnostics.has_errors();
  if (program == nullptr) return nullptr;
  return modules_[path] = Evaluate(program, path);
}

std::shared_ptr<const Module> FileLoader::Evaluate(
    const std::shared_ptr<const Program>& program, const std::string& path) {
  std::vector<std::shared_ptr<const Module>> loaded;
  for (const dsl::Load& load : program->loads()) {
    loaded.push_back(Load(Resolved(load.path, path), load.span));
    if (loaded.back() == nullptr && !check_only_) return nullptr;
  }
  if (check_only_) return std::make_shared<Module>();
  auto heap = std::make_shared<Heap>();
  Thread thread(*heap);
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

int RunFile(const std::string& path, const RunOptions& options,
            std::ostream& err) {
  FileLoader loader(options, err);
  loader.Load(path, std::nullopt);
  return loader.failed() ? 2 : 0;
}

}  // namespace dsl
