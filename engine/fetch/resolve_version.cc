// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/resolve_version.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/fetch/version_kinds.h"

namespace graph {
namespace {

const VersionKind* FindKind(absl::string_view name) {
  static const auto* kKinds = new std::array<VersionKind, 9>{
      DebVersions(),           GitBranchVersions(), GitTagVersions(),
      GithubReleaseVersions(), NpmVersions(),       OciTagVersions(),
      PypiVersions(),          PythonOrgVersions(), UrlIndexVersions()};
  for (const VersionKind& kind : *kKinds) {
    if (kind.name == name) return &kind;
  }
  return nullptr;
}

// What the request allows. The series of Python is one more clause.
absl::StatusOr<VersionConstraint> ConstraintOf(const VersionRequest& request) {
  const VersionScheme scheme = VersionSchemeOf(request.source.kind);
  ASSIGN_OR_RETURN(VersionConstraint constraint,
                   VersionConstraint::Parse(scheme, request.constraint));
  const auto series = request.source.arguments.find("series");
  if (series == request.source.arguments.end()) return constraint;
  const std::string clause = absl::StrCat("==", series->second, ".*");
  absl::StatusOr<VersionConstraint> both = VersionConstraint::Parse(
      scheme, request.constraint.empty()
                  ? clause
                  : absl::StrCat(clause, ",", request.constraint));
  if (both.ok()) return both;
  return absl::InvalidArgumentError(
      absl::StrCat("`", series->second,
                   "` is no series of Python: write numbers, as in `3.14`"));
}

}  // namespace

absl::StatusOr<LockedVersion> ResolveVersion(const VersionRequest& request,
                                             const FetchContext& context,
                                             BlobStore& store,
                                             const Cancellation& cancellation) {
  const VersionKind* kind = FindKind(request.source.kind);
  if (kind == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("no versions come from `", request.source.kind, "`"));
  }
  ASSIGN_OR_RETURN(const VersionConstraint constraint, ConstraintOf(request));
  if (context.offline) {
    return absl::UnavailableError(absl::StrCat(
        request.source.kind, " cannot be asked, because we are offline"));
  }
  const VersionQuestion question{request, constraint, context, store,
                                 cancellation};
  ASSIGN_OR_RETURN(std::vector<FoundVersion> found, kind->list(question));
  ASSIGN_OR_RETURN(FoundVersion chosen,
                   ChooseVersion(question, std::move(found)));
  RETURN_IF_ERROR(kind->complete(question, chosen));
  return LockedVersion{.request = request, .fields = std::move(chosen.fields)};
}

}  // namespace graph
