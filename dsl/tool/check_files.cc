// SPDX-License-Identifier: Apache-2.0

#include "dsl/tool/check_files.h"

#include <algorithm>
#include <fstream>
#include <memory>
#include <ostream>
#include <set>
#include <sstream>

#include "dsl/check/check.h"
#include "dsl/runtime/module.h"
#include "dsl/stdlib/universe.h"
#include "dsl/syntax/parser.h"
#include "dsl/tool/run_file.h"

namespace dsl {
namespace {

// The warnings of a file without errors.
Diagnostics WarningsOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  Diagnostics diagnostics;
  const std::unique_ptr<File> parsed =
      Parse(Source::Make(path, text.str()), FileKind::kModule, diagnostics);
  if (parsed != nullptr && Resolve(*parsed, *Universe(), diagnostics)) {
    Check(*parsed, diagnostics);
  }
  return diagnostics;
}

}  // namespace

int CheckFiles(std::span<const std::string> paths, std::ostream& err) {
  int code = 0;
  std::set<std::string> said;  // Files may load one that is wrong: said once.
  for (const std::string& path : paths) {
    std::ostringstream errors;
    RunOptions options;
    options.stage = Stage::kCheck;
    const int here = RunFile(path, options, errors);
    if (here != 0) {
      code = std::max(code, here);
      if (said.insert(errors.str()).second) err << errors.str();
      continue;
    }
    const Diagnostics warnings = WarningsOf(path);
    err << warnings.Rendered();
    if (!warnings.empty()) code = std::max(code, 1);
  }
  return code;
}

}  // namespace dsl
