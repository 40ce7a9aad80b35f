// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/deb_source.h"

#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/fetch/apt.h"
#include "engine/fetch/deb_index.h"
#include "engine/fetch/http_source.h"

namespace graph {
namespace {

std::string ForPeople(const DebSource& source) {
  return absl::StrCat(source.package, " ", source.version,
                      source.architecture.empty() ? "" : " for ",
                      source.architecture);
}

absl::StatusOr<Digest> FetchFrom(const AptUri& from, const Apt& apt,
                                 const DebSource& source, BlobStore& store) {
  if (!source.sha256.empty() && !from.sha256.empty() &&
      from.sha256 != source.sha256) {
    return absl::DataLossError(absl::StrCat(
        "apt has it with sha256 ", from.sha256, ", but ", source.sha256,
        " is expected: another repository with the same version, or a "
        "mistake in writing?"));
  }
  absl::StatusOr<Digest> digest = apt.Fetch(from.uri, source.sha256, store);
  if (!absl::IsNotFound(digest.status()) ||
      !absl::StartsWith(from.uri, "http")) {
    return digest;
  }
  return absl::NotFoundError(absl::StrCat(
      digest.status().message(),
      ": apt's lists are older than the mirror, run `apt-get update`"));
}

}  // namespace

absl::Status CheckDebSource(const DebSource& source) {
  if (!IsAptName(source.package, "+-.")) {
    return absl::InvalidArgumentError(
        absl::StrCat("`package` takes the name of a Debian package; got `",
                     source.package, "`"));
  }
  if (!IsAptName(source.version, "+-.~:")) {
    return absl::InvalidArgumentError(
        absl::StrCat("`version` takes the whole version of a Debian package, "
                     "as `apt-cache policy ",
                     source.package, "` shows it; got `", source.version, "`"));
  }
  if (!source.architecture.empty() && !IsAptName(source.architecture, "-")) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`architecture` takes a name like amd64, arm64 or all; got `",
        source.architecture, "`"));
  }
  return absl::OkStatus();
}

absl::StatusOr<Digest> FetchDeb(const DebSource& source,
                                const FetchContext& context, BlobStore& store,
                                const Cancellation& cancellation) {
  RETURN_IF_ERROR(CheckDebSource(source));
  if (!source.sha256.empty()) {
    ASSIGN_OR_RETURN(std::optional<Digest> known,
                     FindFetched(source.sha256, context, store));
    if (known) return *known;
  }
  if (context.offline) {
    return absl::UnavailableError(absl::StrCat(
        ForPeople(source), " was not fetched before, and we are offline"));
  }
  ASSIGN_OR_RETURN(const AptUri from, LocateDeb(source, context, cancellation));
  return FetchFrom(from, Apt(context, cancellation), source, store);
}

}  // namespace graph
