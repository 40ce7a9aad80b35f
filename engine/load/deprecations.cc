// SPDX-License-Identifier: Apache-2.0
#include "engine/load/deprecations.h"

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/load/blame.h"

namespace graph {
namespace {

constexpr absl::string_view kDeprecatedAttribute = "deprecated-attribute";
constexpr absl::string_view kDeprecatedRule = "deprecated-rule";
constexpr absl::string_view kDeprecatedTarget = "deprecated-target";

constexpr dsl::CheckInfo kChecks[] = {
    {kDeprecatedAttribute, "an attribute that its rule calls deprecated"},
    {kDeprecatedRule, "a rule that its author calls deprecated"},
    {kDeprecatedTarget, "a dependency that its package calls deprecated"},
};

// What the target says of its own use; empty: it is in use.
std::string DeprecationOf(const Target& target) {
  const Attribute* attribute = target.attribute("deprecation");
  if (attribute == nullptr || attribute->plain() == nullptr) return "";
  const auto* text = std::get_if<PackedString>(attribute->plain());
  return text == nullptr ? "" : std::string(text->view());
}

class Finder {
 public:
  Finder(Loader& loader, const LoadedPackage& package,
         dsl::Diagnostics& diagnostics)
      : loader_(loader), package_(package), diagnostics_(diagnostics) {}

  std::vector<absl::Status> Run() {
    for (const Target& target : package_.package.targets()) {
      if (target.kind() == Target::Kind::kRule) Visit(target);
    }
    return std::move(errors_);
  }

 private:
  void Visit(const Target& target) {
    if (!target.rule().deprecated().empty()) {
      Warn(kDeprecatedRule, target,
           {.message =
                absl::StrCat("the rule `", target.rule().name(),
                             "` is deprecated: ", target.rule().deprecated())});
    }
    const bool may = !DeprecationOf(target).empty();
    for (const Target::Setting& setting : target.settings()) {
      const AttributeSchema& schema =
          target.rule().attributes()[setting.attribute];
      if (!schema.deprecated.empty()) {
        Warn(kDeprecatedAttribute, target,
             {.attribute = schema.name,
              .message =
                  absl::StrCat("`", schema.name, "` of `", target.rule().name(),
                               "` is deprecated: ", schema.deprecated),
              .at_name = true});
      }
      if (IsOutput(schema.type)) continue;
      const bool is_plain = setting.value.plain() != nullptr;
      ForEachLabel(setting.value, [&](const Label& label) {
        VisitDependency(target, schema.name, label, is_plain, may);
      });
    }
  }

  void VisitDependency(const Target& user, const std::string& attribute,
                       const Label& label, bool must_exist, bool may) {
    absl::StatusOr<const Target*> found =
        loader_.FindDependency(user, attribute, label);
    if (!found.ok()) {
      if (must_exist) errors_.push_back(found.status());
      return;
    }
    if (may) return;
    if ((*found)->kind() == Target::Kind::kOutputFile) {
      found = loader_.FindTarget((*found)->generator());
      if (!found.ok()) return;
    }
    const std::string deprecation = DeprecationOf(**found);
    if (deprecation.empty()) return;
    Warn(kDeprecatedTarget, user,
         {.attribute = attribute,
          .literal = user.label.IsNeighbour(label) ? std::string(label.name())
                                                   : label.ToString(),
          .message = absl::StrCat("`", label.text(),
                                  "` is deprecated: ", deprecation)});
  }

  void Warn(absl::string_view check, const Target& target,
            const Problem& problem) {
    dsl::Diagnostic warning =
        Explain(package_.source, target.location, target.macros(), problem);
    warning.severity = dsl::Severity::kWarning;
    warning.check = std::string(check);
    diagnostics_.Add(std::move(warning));
  }

  Loader& loader_;
  const LoadedPackage& package_;
  dsl::Diagnostics& diagnostics_;
  std::vector<absl::Status> errors_;
};

}  // namespace

std::span<const dsl::CheckInfo> DeprecationChecks() { return kChecks; }

std::vector<absl::Status> FindDeprecated(Loader& loader,
                                         const LoadedPackage& package,
                                         dsl::Diagnostics& diagnostics) {
  return Finder(loader, package, diagnostics).Run();
}

}  // namespace graph
