// SPDX-License-Identifier: Apache-2.0
#include "engine/analyze/walk.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "dsl/stdlib/depset.h"
#include "engine/analyze/context_value.h"
#include "engine/load/diagnosed.h"

namespace graph {
namespace {

// `A and B, or C`.
std::string DescribeChoices(const ProviderChoices& choices) {
  return absl::StrJoin(choices, ", or ", [](std::string* out, const auto& all) {
    absl::StrAppend(
        out, absl::StrJoin(all, " and ", [](std::string* to, dsl::Value one) {
          to->append(dsl::NativeCast<dsl::Provider>(one)->name());
        }));
  });
}

// As a build file calls it, if by its shortest form: so ErrorAt finds it.
std::string LiteralOf(const Target& user, const Label& label) {
  return user.label.IsNeighbour(label) ? std::string(label.name())
                                       : label.ToString();
}

}  // namespace

Walk::Node& Walk::NodeOf(const Target& target) {
  std::unique_ptr<Node>& node = nodes_[&target];
  if (node == nullptr) node = std::make_unique<Node>();
  return *node;
}

void Walk::Visit(const Target& target) {
  Node& node = NodeOf(target);
  if (node.state != Node::State::kNew) return;
  Enter(target, node);
  while (!stack_.empty()) {
    if (stack_.back().next < stack_.back().dependencies.size()) {
      Advance();
    } else {
      Leave();
    }
  }
}

void Walk::Enter(const Target& target, Node& node) {
  node.state = Node::State::kActive;
  stack_.push_back({.target = &target, .node = &node});
  absl::Status status = Decide(stack_.back());
  if (!status.ok()) {
    errors_.push_back(std::move(status));
    stack_.back().failed = true;
  }
}

absl::Status Walk::Decide(Step& step) {
  const Target& target = *step.target;
  if (target.kind() == Target::Kind::kOutputFile) {
    // FindDependency would ask whether an output may see its own rule.
    ASSIGN_OR_RETURN(const Target* generator,
                     loader_.FindTarget(target.generator()));
    step.dependencies.push_back({0, target.generator(), generator});
    return absl::OkStatus();
  }
  if (target.kind() != Target::Kind::kRule || target.rule().builtin()) {
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(CheckPlatform(target));
  step.attributes.resize(target.rule().attributes().size());
  for (size_t i = 0; i < step.attributes.size(); ++i) {
    RETURN_IF_ERROR(
        DecideAttribute(target, static_cast<uint16_t>(i), step.attributes[i]));
  }
  return FindDependencies(step);
}

absl::Status Walk::CheckPlatform(const Target& target) const {
  constexpr absl::string_view kCompatibleWith = "compatible_with";
  const Attribute* attribute = target.attribute(kCompatibleWith);
  if (attribute == nullptr || attribute->plain() == nullptr ||
      configuration_.platform.empty()) {
    return absl::OkStatus();
  }
  const auto* platforms = std::get_if<StringList>(attribute->plain());
  if (platforms == nullptr || platforms->empty() ||
      std::find(platforms->begin(), platforms->end(),
                configuration_.platform) != platforms->end()) {
    return absl::OkStatus();
  }
  return WithChain(
      loader_.ErrorAt(target, kCompatibleWith, "",
                      absl::StrCat(target.label.text(), " cannot be built for ",
                                   configuration_.platform)));
}

absl::Status Walk::DecideAttribute(const Target& target, uint16_t index,
                                   DecidedAttribute& decided) {
  const Attribute& attribute = target.attribute(index);
  decided.value = attribute.plain();
  if (decided.value != nullptr) return absl::OkStatus();

  const AttributeSchema& schema = target.rule().attributes()[index];
  const AttributeValue* fallback = schema.default_value.plain();
  auto match = [&](const Label& label) -> absl::StatusOr<std::optional<int>> {
    ASSIGN_OR_RETURN(const Target* condition,
                     loader_.FindDependency(target, schema.name, label));
    if (condition->kind() != Target::Kind::kRule ||
        condition->rule().name() != kConfigSetting) {
      return absl::InvalidArgumentError(absl::StrCat(
          "select() asks for ", label.text(),
          ", which is no config_setting but a ", condition->kind_text()));
    }
    return ConditionOf(*condition).Match(configuration_);
  };
  absl::StatusOr<AttributeValue> value =
      Resolve(attribute,
              fallback != nullptr ? *fallback : EmptyValue(schema.type), match);
  if (!value.ok()) {
    if (IsDiagnosed(value.status())) return WithChain(value.status());
    return loader_.ErrorAt(target, schema.name, "", value.status().message());
  }
  decided.owned = std::make_unique<AttributeValue>(*std::move(value));
  decided.value = decided.owned.get();
  return absl::OkStatus();
}

absl::Status Walk::FindDependencies(Step& step) {
  std::vector<absl::Status> errors;
  for (uint16_t i = 0; i < step.attributes.size(); ++i) {
    const AttributeSchema& schema = step.target->rule().attributes()[i];
    if (IsOutput(schema.type)) continue;
    ForEachLabel(*step.attributes[i].value, [&](const Label& label) {
      auto found = loader_.FindDependency(*step.target, schema.name, label);
      if (found.ok()) {
        step.dependencies.push_back({i, label, *found});
      } else {
        errors.push_back(WithChain(found.status()));
      }
    });
  }
  return errors.empty() ? absl::OkStatus() : JoinErrors(errors);
}

void Walk::Advance() {
  Step& step = stack_.back();
  const Dependency& dependency = step.dependencies[step.next];
  Node& node = NodeOf(*dependency.target);
  if (node.state == Node::State::kNew) {
    Enter(*dependency.target, node);  // Comes back here when it is done.
    return;
  }
  ++step.next;
  if (node.state == Node::State::kActive) {
    errors_.push_back(CycleError(dependency));
    step.failed = true;
  } else if (node.state == Node::State::kFailed) {
    step.failed = true;
  } else if (step.target->kind() == Target::Kind::kRule) {
    absl::Status status = CheckDependency(step, dependency, *node.value);
    if (!status.ok()) {
      errors_.push_back(std::move(status));
      step.failed = true;
    }
    step.attributes[dependency.attribute].targets.emplace_back(dependency.label,
                                                               node.value);
  }
}

absl::Status Walk::CheckDependency(const Step& step,
                                   const Dependency& dependency,
                                   const TargetValue& value) {
  const Target& user = *step.target;
  const AttributeSchema& schema =
      user.rule().attributes()[dependency.attribute];
  const ProviderChoices& choices =
      loader_.RuleOf(user).providers(dependency.attribute);
  std::string problem;
  if (dependency.target->kind() == Target::Kind::kSourceFile) {
    if (!schema.files.Accepts(dependency.label.name())) {
      problem = schema.files.kind == FileFilter::Kind::kNone
                    ? absl::StrCat("`", schema.name, "` takes targets, and ",
                                   dependency.label.text(), " is a file")
                    : absl::StrCat("`", schema.name, "` takes files ending in ",
                                   absl::StrJoin(schema.files.suffixes, ", "),
                                   ", and not ", dependency.label.text());
    }
  } else if (!choices.empty()) {
    auto has = [&](dsl::Value wanted) {
      const auto* provider = dsl::NativeCast<dsl::Provider>(wanted);
      return provider != nullptr && value.Provides(*provider);
    };
    bool fits =
        std::any_of(choices.begin(), choices.end(), [&](const auto& all) {
          return std::all_of(all.begin(), all.end(), has);
        });
    if (!fits) {
      problem = absl::StrCat(
          "`", schema.name, "` takes targets that provide ",
          DescribeChoices(choices), "; ", dependency.label.text(), ", a ",
          dependency.target->kind_text(), ", provides ", value.ProviderNames());
    }
  }
  if (problem.empty()) return CheckFiles(step, dependency, value);
  return loader_.ErrorAt(user, schema.name, LiteralOf(user, dependency.label),
                         problem);
}

absl::Status Walk::CheckFiles(const Step& step, const Dependency& dependency,
                              const TargetValue& value) {
  const AttributeSchema& schema =
      step.target->rule().attributes()[dependency.attribute];
  std::string problem;
  if (schema.executable && value.files().executable == nullptr &&
      dependency.target->kind() == Target::Kind::kRule) {
    problem = absl::StrCat("`", schema.name, "` takes something to run, and ",
                           dependency.label.text(), ", a ",
                           dependency.target->kind_text(), ", is not");
  } else if (schema.single_file) {
    size_t count =
        dsl::NativeCast<dsl::Depset>(value.files().files)->ToList().size();
    if (count != 1) {
      problem = absl::StrCat("`", schema.name, "` takes exactly one file, and ",
                             dependency.label.text(), " has ", count);
    }
  }
  if (problem.empty()) return absl::OkStatus();
  return loader_.ErrorAt(*step.target, schema.name,
                         LiteralOf(*step.target, dependency.label), problem);
}

absl::Status Walk::CycleError(const Dependency& back) const {
  auto first = std::find_if(
      stack_.begin(), stack_.end(),
      [&](const Step& step) { return step.target == back.target; });
  std::vector<std::string> notes;
  for (auto step = first; step != stack_.end(); ++step) {
    if (step->target->kind() != Target::Kind::kRule) continue;
    notes.push_back(absl::StrCat(step == first ? "" : "needs ",
                                 step->target->label.text(), " (",
                                 PlaceOf(loader_, *step->target), ")"));
  }
  notes.push_back(absl::StrCat("needs ", back.target->label.text(), " again"));
  // The rule that closes the circle, perhaps by naming an output of the other.
  const Step* last = &stack_.back();
  const Dependency* named = &back;
  if (last->target->kind() != Target::Kind::kRule) {
    --last;
    named = &last->dependencies[last->next];
  }
  return loader_.ErrorAt(
      *last->target, last->target->rule().attributes()[named->attribute].name,
      LiteralOf(*last->target, named->label),
      absl::StrCat(back.target->label.text(), " depends on itself"), notes);
}

absl::Status Walk::WithChain(absl::Status error) const {
  if (!IsDiagnosed(error) || stack_.size() < 2) return error;
  std::string text(error.message());
  for (size_t i = stack_.size() - 1; i-- > 0;) {
    const Target& target = *stack_[i].target;
    absl::StrAppend(&text, PlaceOf(loader_, target), ": note: needed by ",
                    target.label.text(), "\n");
  }
  return Diagnosed(std::move(text), error.code());
}

void Walk::Leave() {
  Step step = std::move(stack_.back());
  stack_.pop_back();
  Node& node = *step.node;
  node.state = Node::State::kFailed;
  if (step.failed) return;
  absl::StatusOr<const TargetValue*> value = ValueOf(step);
  if (!value.ok()) {
    errors_.push_back(value.status());
    return;
  }
  node.value = *value;
  node.state = Node::State::kDone;
}

absl::StatusOr<const TargetValue*> Walk::ValueOf(Step& step) {
  const Target& target = *step.target;
  switch (target.kind()) {
    case Target::Kind::kSourceFile:
      return FileTarget(target, state_.graph.Source(target.label),
                        target.label);
    case Target::Kind::kOutputFile: {
      const Target& generator = *step.dependencies[0].target;
      ASSIGN_OR_RETURN(ArtifactId id,
                       state_.graph.Declare(generator, target.label.name(),
                                            Artifact::Kind::kFile));
      return FileTarget(target, id, generator.label);
    }
    case Target::Kind::kRule:
      break;
  }
  if (target.rule().builtin()) return NoFiles(target);
  return RunRule(step);
}

absl::StatusOr<Analysis> Walk::Finish(std::span<const Target* const> targets) {
  absl::Status nesting = state_.graph.CheckNesting();
  if (!nesting.ok()) errors_.push_back(std::move(nesting));
  if (!errors_.empty()) return JoinErrors(errors_);

  Analysis analysis;
  for (const Target* target : targets) {
    const TargetValue& value = *NodeOf(*target).value;
    ConfiguredTarget configured;
    configured.label = target->label;
    configured.kind = target->kind_text();
    ASSIGN_OR_RETURN(configured.files,
                     ArtifactsIn(value.files().files, "files"));
    ASSIGN_OR_RETURN(configured.runfiles,
                     ArtifactsIn(value.files().runfiles->files(), "runfiles"));
    std::sort(configured.runfiles.begin(), configured.runfiles.end());
    if (value.files().executable != nullptr) {
      configured.executable = value.files().executable->id();
    }
    auto run = runs_.find(&value);
    if (run != runs_.end()) {
      configured.args = run->second.args;
      configured.env = run->second.env;
    }
    TestsOf(value, configured.tests);
    analysis.targets.push_back(std::move(configured));
  }
  analysis.asked_by = std::move(state_.asked_by);
  analysis.graph = state_.graph.Release();
  return analysis;
}

void Walk::TestsOf(const TargetValue& value,
                   std::vector<ActionId>& tests) const {
  // Suites of suites, each target once.
  std::vector<const TargetValue*> open = {&value};
  for (size_t i = 0; i < open.size(); ++i) {
    auto test = tests_.find(open[i]);
    if (test != tests_.end()) tests.push_back(test->second);
    for (const TargetValue* member : SuiteOf(*open[i])) {
      if (std::find(open.begin(), open.end(), member) == open.end()) {
        open.push_back(member);
      }
    }
  }
  std::sort(tests.begin(), tests.end());
}

}  // namespace graph
