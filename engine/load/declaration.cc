// SPDX-License-Identifier: Apache-2.0
// One call of a rule in a build file.

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/base/spelling.h"
#include "engine/load/package_builder.h"

namespace graph {

// Takes the arguments of one call apart. What is wrong is reported; what is
// right is kept, so that one mistake does not bring others with it.
class Declaration {
 public:
  Declaration(PackageBuilder& builder, const RuleFunction& function)
      : builder_(builder), rule_(function.rule_class()) {
    target_.details = std::make_unique<Target::Details>();
    target_.details->rule = &rule_;
  }

  void Run(dsl::Thread& thread, const dsl::Arguments& arguments) {
    builder_.FindCallers(thread, &target_);
    target_.details->testonly = builder_.default_testonly_ || rule_.test();
    target_.visibility = builder_.default_visibility_;
    if (!arguments.positional().empty()) {
      Report({.message = absl::StrCat("`", rule_.name(),
                                      "` takes its attributes by name")});
    }
    PackedVector<Target::Setting>& settings = target_.details->settings;
    settings.reserve(arguments.named().size());
    for (const auto& [name, value] : arguments.named()) Take(name, value);
    settings.shrink_to_fit();
    if (target_.label.empty() && !name_is_wrong_) {
      Report({.message = Missing("name")});
    }
    std::sort(settings.begin(), settings.end(),
              [](const Target::Setting& a, const Target::Setting& b) {
                return a.attribute < b.attribute;
              });
    CheckMandatory();
    TakeTestonly();
    if (!target_.label.empty()) Add();
  }

 private:
  void Report(Problem problem) { builder_.Report(target_, problem); }

  std::string Missing(absl::string_view attribute) const {
    return absl::StrCat("`", rule_.name(), "` is missing its attribute `",
                        attribute, "`");
  }

  void Take(absl::string_view name, dsl::Value value) {
    if (name == "name") return TakeName(value);
    if (name == "visibility") return TakeVisibility(value);
    std::optional<uint16_t> index = rule_.Find(name);
    if (!index.has_value()) return Unknown(name);
    const AttributeSchema& schema = rule_.attributes()[*index];
    if (schema.is_private()) {
      Report({.attribute = std::string(name),
              .message = absl::StrCat("`", name, "` of `", rule_.name(),
                                      "` is private to the rule")});
      return;
    }
    if (value.is_none()) return;
    Target::Setting setting{*index, Attribute()};
    ConvertError error;
    if (Convert(schema, value, builder_.labels(), &setting.value, &error)) {
      target_.details->settings.push_back(std::move(setting));
      return;
    }
    broken_.push_back(*index);
    Report({.attribute = std::string(name),
            .literal = error.literal,
            .message = absl::StrCat("`", name, "` of `", rule_.name(), "` ",
                                    error.message),
            .hint = error.hint});
  }

  void TakeName(dsl::Value value) {
    Problem problem{.attribute = "name"};
    name_is_wrong_ = true;
    if (!value.is_string()) {
      problem.message =
          absl::StrCat("`name` of `", rule_.name(), "` wants a string, got ",
                       DescribeValue(value));
      return Report(problem);
    }
    absl::StatusOr<Label> label = Label::Create(
        builder_.name().repo, builder_.name().path, value.as_string());
    if (!label.ok()) {
      problem.message = std::string(label.status().message());
      return Report(problem);
    }
    name_is_wrong_ = false;
    target_.label = *std::move(label);
  }

  void TakeVisibility(dsl::Value value) {
    if (value.is_none()) return;
    AttributeSchema schema;
    schema.type = AttributeType::kStringList;
    Attribute entries;
    ConvertError error;
    absl::Status status;
    if (!Convert(schema, value, builder_.labels(), &entries, &error)) {
      status = absl::InvalidArgumentError(
          absl::StrCat("`visibility` of `", rule_.name(), "` ", error.message));
    } else if (entries.plain() == nullptr) {
      status = absl::InvalidArgumentError("`visibility` cannot be a select()");
    } else {
      const auto& words = std::get<StringList>(*entries.plain());
      absl::StatusOr<const Visibility*> read =
          builder_.ReadVisibility({words.begin(), words.end()});
      if (read.ok()) {
        target_.visibility = *read;
        return;
      }
      status = read.status();
    }
    Report({.attribute = "visibility",
            .message = std::string(status.message()),
            .hint = error.hint});
  }

  void Unknown(absl::string_view name) {
    std::vector<absl::string_view> known = {"name", "visibility"};
    for (const AttributeSchema& schema : rule_.attributes()) {
      if (!schema.is_private()) known.push_back(schema.name);
    }
    absl::string_view nearest = NearestName(name, known);
    Report({.attribute = std::string(name),
            .message = absl::StrCat("`", rule_.name(), "` has no attribute `",
                                    name, "`"),
            .hint = nearest.empty()
                        ? ""
                        : absl::StrCat("did you mean `", nearest, "`?"),
            .at_name = true});
  }

  void CheckMandatory() {
    for (size_t i = 0; i < rule_.attributes().size(); ++i) {
      const AttributeSchema& schema = rule_.attributes()[i];
      uint16_t index = static_cast<uint16_t>(i);
      if (!schema.mandatory || target_.is_set(index)) continue;
      if (std::find(broken_.begin(), broken_.end(), index) != broken_.end()) {
        continue;
      }
      Report({.message = Missing(schema.name)});
    }
  }

  // What the loader itself has to know cannot wait for analysis.
  void TakeTestonly() {
    for (absl::string_view name : {"testonly", "tags", "deprecation"}) {
      const Attribute* attribute = target_.attribute(name);
      if (attribute != nullptr && attribute->plain() == nullptr) {
        Report({.attribute = std::string(name),
                .message = absl::StrCat("`", name, "` cannot be a select()")});
      }
    }
    std::optional<uint16_t> index = rule_.Find("testonly");
    if (!index.has_value() || !target_.is_set(*index)) return;
    const AttributeValue* plain = target_.attribute(*index).plain();
    if (plain == nullptr) return;
    if (const bool* said = std::get_if<bool>(plain)) {
      target_.details->testonly = *said;
    }
  }

  void Add() {
    std::vector<std::pair<Target, absl::string_view>> outputs;
    for (const Target::Setting& setting : target_.settings()) {
      const AttributeSchema& schema = rule_.attributes()[setting.attribute];
      if (!IsOutput(schema.type)) continue;
      if (setting.value.plain() == nullptr) {
        Report({.attribute = schema.name,
                .message =
                    absl::StrCat("`", schema.name,
                                 "` names outputs and cannot be a select()")});
        continue;
      }
      ForEachLabel(*setting.value.plain(), [&](const Label& label) {
        Target output;
        output.label = label;
        output.location = target_.location;
        output.visibility = target_.visibility;
        output.details = std::make_unique<Target::Details>();
        output.details->kind = Target::Kind::kOutputFile;
        output.details->testonly = target_.testonly();
        output.details->generator = target_.label;
        output.details->macros = target_.macros();
        outputs.emplace_back(std::move(output), schema.name);
      });
    }
    builder_.AddTarget(std::move(target_), "name");
    for (auto& [output, attribute] : outputs) {
      builder_.AddTarget(std::move(output), attribute);
    }
  }

  PackageBuilder& builder_;
  const RuleClass& rule_;
  Target target_;
  bool name_is_wrong_ = false;
  std::vector<uint16_t> broken_;  // Attributes that were said, but wrongly.
};

void PackageBuilder::Declare(dsl::Thread& thread, const RuleFunction& function,
                             const dsl::Arguments& arguments) {
  loaded_.KeepRule(function);
  Declaration(*this, function).Run(thread, arguments);
}

}  // namespace graph
