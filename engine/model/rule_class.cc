// SPDX-License-Identifier: Apache-2.0
#include "engine/model/rule_class.h"

#include <utility>

#include "absl/strings/match.h"

namespace graph {
namespace {

AttributeSchema Common(absl::string_view name, AttributeType type,
                       absl::string_view doc) {
  AttributeSchema schema;
  schema.name = std::string(name);
  schema.type = type;
  schema.doc = std::string(doc);
  schema.default_value = Attribute(EmptyValue(type));
  schema.is_common = true;
  return schema;
}

}  // namespace

bool FileFilter::Accepts(absl::string_view file_name) const {
  if (kind != Kind::kSuffixes) return kind == Kind::kAny;
  for (const std::string& suffix : suffixes) {
    if (absl::EndsWith(file_name, suffix)) return true;
  }
  return false;
}

RuleClass::RuleClass(std::string name, std::string defined_in, Traits traits,
                     std::vector<AttributeSchema> attributes)
    : name_(std::move(name)),
      defined_in_(std::move(defined_in)),
      traits_(std::move(traits)),
      attributes_(std::move(attributes)) {
  for (size_t i = 0; i < attributes_.size(); ++i) {
    by_name_.emplace(attributes_[i].name, static_cast<uint16_t>(i));
  }
  for (AttributeSchema& schema : CommonAttributes(traits_)) {
    if (!by_name_
             .emplace(schema.name, static_cast<uint16_t>(attributes_.size()))
             .second) {
      continue;  // A rule may say more precisely what it wants there.
    }
    attributes_.push_back(std::move(schema));
  }
}

std::optional<uint16_t> RuleClass::Find(absl::string_view attribute) const {
  auto found = by_name_.find(attribute);
  if (found == by_name_.end()) return std::nullopt;
  return found->second;
}

std::vector<AttributeSchema> CommonAttributes(const RuleClass::Traits& traits) {
  std::vector<AttributeSchema> all = {
      Common("tags", AttributeType::kStringList,
             "Words to choose targets by; `manual` leaves it out of `...`."),
      Common("testonly", AttributeType::kBool,
             "Only tests, and what is testonly itself, may depend on it."),
      Common("deprecation", AttributeType::kString,
             "What to use instead; shown to those that depend on it."),
      Common("compatible_with", AttributeType::kStringList,
             "Platforms for which it can be built; none means all."),
  };
  if (traits.executable || traits.test) {
    all.push_back(Common("args", AttributeType::kStringList,
                         "Arguments with which it is run."));
    all.push_back(Common("env", AttributeType::kStringDict,
                         "Environment variables with which it is run."));
  }
  if (traits.test) {
    all.push_back(Common("size", AttributeType::kString,
                         "How heavy it is; sets the timeout."));
    all.back().default_value = Attribute(PackedString("medium"));
    all.back().strings = {"small", "medium", "large", "enormous"};
    all.push_back(Common("timeout", AttributeType::kString,
                         "How long it may take; else `size` says."));
    all.back().strings = {"", "short", "moderate", "long", "eternal"};
    all.push_back(Common("flaky", AttributeType::kBool,
                         "Tried up to three times before it has failed."));
    all.push_back(Common("shard_count", AttributeType::kInt,
                         "In how many parts it runs; 0 means whole."));
  }
  return all;
}

}  // namespace graph
