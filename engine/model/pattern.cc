// SPDX-License-Identifier: Apache-2.0
#include "engine/model/pattern.h"

#include "absl/status/status.h"
#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace graph {
namespace {

// `text` from the root: `sub:name` in //here is `//here/sub:name`.
std::string FromRoot(absl::string_view text, const PackageName& here) {
  if (text.front() == '@') return std::string(text);
  if (absl::StartsWith(text, "//")) {
    return here.repo.empty() ? std::string(text)
                             : absl::StrCat("@", here.repo, text);
  }
  PackageName folder = here;
  if (text.front() == ':') return absl::StrCat(folder.ToString(), text);
  absl::string_view slash = folder.path.empty() ? "" : "/";
  return absl::StrCat(folder.ToString(), slash, text);
}

}  // namespace

bool IsBelow(absl::string_view path, absl::string_view root) {
  if (root.empty()) return true;
  return absl::StartsWith(path, root) &&
         (path.size() == root.size() || path[root.size()] == '/');
}

absl::StatusOr<TargetPattern> TargetPattern::Parse(absl::string_view text,
                                                   const PackageName& here) {
  TargetPattern pattern;
  pattern.text = std::string(text);
  pattern.negative = absl::ConsumePrefix(&text, "-");
  if (text.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("bad pattern `", pattern.text, "`: it names nothing"));
  }
  std::string whole = FromRoot(text, here);
  absl::string_view rest = whole;
  if (absl::ConsumeSuffix(&rest, "...")) {
    pattern.kind = Kind::kRecursive;
    if (!absl::EndsWith(rest, "//") && !absl::ConsumeSuffix(&rest, "/")) {
      return absl::InvalidArgumentError(
          absl::StrCat("bad pattern `", pattern.text,
                       "`: `...` must be the whole last part"));
    }
  } else if (absl::ConsumeSuffix(&rest, ":all") ||
             absl::ConsumeSuffix(&rest, ":*")) {
    pattern.kind = Kind::kPackage;
  } else {
    ASSIGN_OR_RETURN(pattern.target, Label::Parse(whole, PackageName()));
    pattern.package = pattern.target.package_name();
    return pattern;
  }
  // Any name will do to have the package checked.
  ASSIGN_OR_RETURN(Label inside,
                   Label::Parse(absl::StrCat(rest, ":all"), PackageName()));
  pattern.package = inside.package_name();
  return pattern;
}

bool TargetPattern::Matches(const Label& label) const {
  if (kind == Kind::kTarget) return label == target;
  return MatchesPackage(label.package_name());
}

bool TargetPattern::MatchesPackage(const PackageName& name) const {
  if (name.repo != package.repo) return false;
  return kind == Kind::kRecursive ? IsBelow(name.path, package.path)
                                  : name.path == package.path;
}

}  // namespace graph
