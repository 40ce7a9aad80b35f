// SPDX-License-Identifier: Apache-2.0
// What modules give to those that load them.

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "dsl/stdlib/universe.h"
#include "engine/session/embedded_rules.h"
#include "engine/session/parts.h"

namespace graph {
namespace {

// Where a set of rules says what its users load.
constexpr absl::string_view kDefaultModule = "defs.spec";

absl::StatusOr<Label> ParseModuleLabel(absl::string_view text,
                                       const PackageName& here) {
  if (absl::StrContains(text, ':')) return Label::Parse(text, here);
  return Label::Parse(absl::StrCat(text, ":", kDefaultModule), here);
}

// The label of a file that is named by a path from the folder `here`.
absl::StatusOr<Label> LabelOfPath(absl::string_view path,
                                  const PackageName& here) {
  while (absl::ConsumePrefix(&path, "./")) {
  }
  const std::string whole = here.path.empty()
                                ? std::string(path)
                                : absl::StrCat(here.path, "/", path);
  const size_t slash = whole.rfind('/');
  if (slash == whole.npos) return Label::Create("", "", whole);
  return Label::Create("", whole.substr(0, slash), whole.substr(slash + 1));
}

absl::StatusOr<ModuleDocs> DescribeIn(Loader& loader, const Label& label) {
  ASSIGN_OR_RETURN(const dsl::Module* module, loader.LoadModule(label));
  return DescribeModule(label.ToString(), *module);
}

}  // namespace

absl::StatusOr<ModuleDocs> Session::Describe(const std::string& file) {
  ASSIGN_OR_RETURN(Front * front, parts_->OpenFront());
  absl::string_view path = file;
  if (absl::ConsumePrefix(&path, parts_->workspace + "/")) {
    ASSIGN_OR_RETURN(const Label label, LabelOfPath(path, PackageName()));
    return DescribeIn(*front->loader, label);
  }
  const bool is_label = absl::StartsWith(file, "//") ||
                        absl::StartsWith(file, "@") ||
                        absl::StartsWith(file, ":");
  ASSIGN_OR_RETURN(const Label label, is_label
                                          ? ParseModuleLabel(file, parts_->here)
                                          : LabelOfPath(file, parts_->here));
  return DescribeIn(*front->loader, label);
}

absl::StatusOr<ModuleDocs> DescribeEmbedded(const std::string& label) {
  MemoryTree none;
  MemoryTree rules;
  for (const EmbeddedFile& file : EmbeddedRules()) {
    rules.Add(file.path, file.text);
  }
  Loader loader({{"", &none}, {"rules", &rules}}, dsl::Universe());
  ASSIGN_OR_RETURN(const Label parsed, ParseModuleLabel(label, PackageName()));
  return DescribeIn(loader, parsed);
}

}  // namespace graph
