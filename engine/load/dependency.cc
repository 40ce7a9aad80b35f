// SPDX-License-Identifier: Apache-2.0
// What a label in an attribute stands for, and whether it may.

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/load/blame.h"
#include "engine/load/diagnosed.h"
#include "engine/load/loader.h"
#include "engine/load/loader_state.h"

namespace graph {
namespace {

// What a label is called in the build file, if by its shortest form.
std::string Literal(const Target& user, const Label& label) {
  return user.label.IsNeighbour(label) ? std::string(label.name())
                                       : label.ToString();
}

// Whose right to see counts: the user's, or, for what the rule says by itself,
// that of the rule.
PackageName Viewer(const Target& user, absl::string_view attribute) {
  if (user.kind() != Target::Kind::kRule) return user.label.package_name();
  std::optional<uint16_t> index = user.rule().Find(attribute);
  if (!index.has_value() || user.is_set(*index)) {
    return user.label.package_name();
  }
  absl::StatusOr<Label> rule =
      Label::Parse(user.rule().defined_in(), PackageName());
  return rule.ok() ? rule->package_name() : user.label.package_name();
}

}  // namespace

absl::Status Loader::ErrorAt(const Target& target, absl::string_view attribute,
                             absl::string_view literal,
                             absl::string_view message,
                             const std::vector<std::string>& notes) const {
  Problem problem;
  problem.attribute = std::string(attribute);
  problem.literal = std::string(literal);
  problem.message = std::string(message);
  problem.notes = notes;
  dsl::Diagnostic diagnostic =
      Explain(state_->PackageOf(target).source, target.location,
              target.macros(), problem);
  return state_->specs.Report({&diagnostic, 1});
}

absl::StatusOr<const Target*> Loader::FindDependency(
    const Target& user, absl::string_view attribute, const Label& label) {
  absl::StatusOr<const Target*> target = FindTarget(label);
  const std::string literal = Literal(user, label);
  if (!target.ok()) {
    if (IsDiagnosed(target.status())) return target.status();
    return ErrorAt(user, attribute, literal, target.status().message());
  }
  const Target& found = **target;
  if (found.testonly() && !user.testonly()) {
    return ErrorAt(user, attribute, literal,
                   absl::StrCat("`", label.text(),
                                "` is testonly; only tests, and what is "
                                "testonly itself, may depend on it"));
  }
  if (user.label.IsNeighbour(label)) return target;
  if (found.visibility->Allows(label.package_name(), Viewer(user, attribute))) {
    return target;
  }
  if (found.kind() == Target::Kind::kSourceFile) {
    return ErrorAt(
        user, attribute, literal,
        absl::StrCat("`", label.text(), "` is a file of another package"),
        {absl::StrCat("to share it, say exports_files([\"", label.name(),
                      "\"]) in ", state_->PackageOf(found).source->path())});
  }
  return ErrorAt(
      user, attribute, literal,
      absl::StrCat("`", label.text(), "` is not visible from ",
                   user.label.package_text()),
      {absl::StrCat("its visibility is ",
                    absl::StrJoin(found.visibility->ToStrings(), ", "))});
}

}  // namespace graph
