// SPDX-License-Identifier: Apache-2.0

#include "dsl/check/check.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "dsl/check/finding.h"
#include "dsl/check/silences.h"
#include "dsl/syntax/spelling.h"

namespace dsl {
namespace {

constexpr CheckInfo kChecks[] = {
    {kConstantCondition, "a condition that is always true, or always false"},
    {kDuplicateKey, "a key that a dict display gives twice"},
    {kDuplicateLoad, "a symbol that is loaded twice"},
    {kInconsistentReturn,
     "a function that returns a value, but not on every way"},
    {kMissingDocstring,
     "a public function, rule, provider or attribute that tells nothing"},
    {kNoEffect, "a statement that computes what nobody gets"},
    {kShadowedName, "a name that hides a builtin, or another of the file"},
    {kUnknownCheck, "a comment that silences a check that there is not"},
    {kUnreachableCode, "statements that can never run"},
    {kUnusedDefinition, "a private name of a file that nothing uses"},
    {kUnusedLoad, "a loaded name that nothing uses"},
    {kUnusedVariable, "a local variable that is never read"},
};

void CheckSilences(const Silences& silences, std::span<const CheckInfo> others,
                   Findings& findings) {
  std::vector<absl::string_view> known;
  for (const auto& infos : {std::span<const CheckInfo>(kChecks), others}) {
    for (const CheckInfo& info : infos) known.push_back(info.name);
  }
  for (const Silences::Mention& mention : silences.mentions()) {
    bool found = false;
    for (const absl::string_view name : known) found |= name == mention.name;
    if (found) continue;
    const absl::string_view nearest = NearestName(mention.name, known);
    findings.Add(
        kUnknownCheck, mention.extent,
        mention.name.empty() ? "here the name of a check is missing"
                             : absl::StrCat("no check `", mention.name, "`"),
        nearest.empty() ? "" : absl::StrCat("did you mean `", nearest, "`?"));
  }
  for (const Extent misspelt : silences.misspelt()) {
    findings.Add(kUnknownCheck, misspelt, "this comment silences nothing",
                 "did you mean `disable`?");
  }
}

}  // namespace

std::span<const CheckInfo> Checks() { return kChecks; }

void Check(const File& file, Diagnostics& diagnostics,
           std::span<const CheckInfo> others) {
  Diagnostics found;
  Findings findings{file, found};
  const Silences silences(*file.source());
  CheckBindings(findings);
  CheckDuplicates(findings);
  CheckFlow(findings);
  CheckConditions(findings);
  CheckEffects(findings);
  CheckDocstrings(findings);
  CheckSilences(silences, others, findings);
  found.SortByPlace();
  for (const Diagnostic& each : found.all()) {
    if (!silences.Cover(each.check, each.span.begin)) diagnostics.Add(each);
  }
}

}  // namespace dsl
