// SPDX-License-Identifier: Apache-2.0
#include "engine/query/changed_targets.h"

#include <algorithm>

#include "engine/model/attribute.h"
#include "engine/model/target.h"

namespace graph {
namespace {

bool SamePart(const AttributePart& a, const AttributePart& b) {
  return a.plain == b.plain && a.no_match_error == b.no_match_error &&
         std::equal(a.branches.begin(), a.branches.end(), b.branches.begin(),
                    b.branches.end(),
                    [](const SelectBranch& x, const SelectBranch& y) {
                      return x.condition == y.condition && x.value == y.value;
                    });
}

bool SameValue(const Attribute& a, const Attribute& b) {
  if (a.plain() != nullptr && b.plain() != nullptr) {
    return *a.plain() == *b.plain();
  }
  return std::equal(a.parts().begin(), a.parts().end(), b.parts().begin(),
                    b.parts().end(), SamePart);
}

bool SameRule(const Target& a, const Target& b) {
  return a.rule().name() == b.rule().name() &&
         a.rule().defined_in() == b.rule().defined_in() &&
         std::equal(a.settings().begin(), a.settings().end(),
                    b.settings().begin(), b.settings().end(),
                    [](const Target::Setting& x, const Target::Setting& y) {
                      return x.attribute == y.attribute &&
                             SameValue(x.value, y.value);
                    });
}

bool SameTarget(const Target& a, const Target& b) {
  return a.kind() == b.kind() && a.testonly() == b.testonly() &&
         a.visibility->ToStrings() == b.visibility->ToStrings() &&
         a.generator() == b.generator() &&
         (a.kind() != Target::Kind::kRule || SameRule(a, b));
}

// Adds those of `in` that `other` lacks, or has differently.
void AddDifferent(const Package* in, const Package* other,
                  std::set<std::string>& labels) {
  if (in == nullptr) return;
  for (const Target& target : in->targets()) {
    const Target* twin =
        other == nullptr ? nullptr : other->Find(target.label.name());
    if (twin == nullptr || !SameTarget(target, *twin)) {
      labels.insert(target.label.ToString());
    }
  }
}

}  // namespace

std::set<std::string> ChangedTargets(const Package* before,
                                     const Package* after) {
  std::set<std::string> labels;
  AddDifferent(before, after, labels);
  AddDifferent(after, before, labels);
  return labels;
}

}  // namespace graph
