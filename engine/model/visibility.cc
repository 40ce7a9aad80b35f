// SPDX-License-Identifier: Apache-2.0
#include "engine/model/visibility.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/model/pattern.h"

namespace graph {

absl::StatusOr<Visibility> Visibility::Parse(
    const std::vector<std::string>& entries, const PackageName& context) {
  Visibility visibility;
  for (const std::string& text : entries) {
    if (text == "//visibility:public") {
      visibility.public_ = true;
      continue;
    }
    if (text == "//visibility:private") {
      if (entries.size() == 1) continue;
      return absl::InvalidArgumentError(
          "`//visibility:private` must stand alone");
    }
    ASSIGN_OR_RETURN(Label label, Label::Parse(text, context));
    if (label.name() != "__pkg__" && label.name() != "__subpackages__") {
      return absl::InvalidArgumentError(absl::StrCat(
          "visibility `", text,
          "` is none of `//visibility:public`, `//visibility:private`, "
          "`//pkg:__pkg__` and `//pkg:__subpackages__`"));
    }
    visibility.entries_.push_back(
        {label.package_name(), label.name() == "__subpackages__"});
  }
  return visibility;
}

const Visibility& Visibility::Private() {
  static const auto* const kPrivate = new Visibility;
  return *kPrivate;
}

const Visibility& Visibility::Public() {
  static const auto* const kPublic = [] {
    auto* visibility = new Visibility;
    visibility->public_ = true;
    return visibility;
  }();
  return *kPublic;
}

bool Visibility::Allows(const PackageName& owner,
                        const PackageName& user) const {
  if (public_ || owner == user) return true;
  for (const Entry& entry : entries_) {
    if (entry.package.repo != user.repo) continue;
    if (entry.package.path == user.path) return true;
    if (entry.below && IsBelow(user.path, entry.package.path)) return true;
  }
  return false;
}

std::vector<std::string> Visibility::ToStrings() const {
  if (public_) return {"//visibility:public"};
  if (entries_.empty()) return {"//visibility:private"};
  std::vector<std::string> all;
  for (const Entry& entry : entries_) {
    all.push_back(absl::StrCat(entry.package.ToString(), ":",
                               entry.below ? "__subpackages__" : "__pkg__"));
  }
  return all;
}

}  // namespace graph
