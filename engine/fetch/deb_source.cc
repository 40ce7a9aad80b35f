// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/deb_source.h"

#include <algorithm>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/fetch/apt.h"
#include "engine/fetch/http_source.h"
#include "engine/os/mapped_file.h"

namespace graph {
namespace {

bool IsName(absl::string_view text, absl::string_view more) {
  return !text.empty() && absl::ascii_isalnum(text.front()) &&
         std::all_of(text.begin(), text.end(), [&](char c) {
           return absl::ascii_isalnum(c) || absl::StrContains(more, c);
         });
}

std::string ForPeople(const DebSource& source) {
  return absl::StrCat(source.package, " ", source.version,
                      source.architecture.empty() ? "" : " for ",
                      source.architecture);
}

// `file:/srv/a%2bb`, `copy:///srv/a` → `/srv/a+b`; "" for other schemes.
std::string LocalPath(absl::string_view uri) {
  if (!absl::ConsumePrefix(&uri, "file:") &&
      !absl::ConsumePrefix(&uri, "copy:")) {
    return "";
  }
  if (absl::StartsWith(uri, "//")) {
    const size_t path = uri.find('/', 2);
    uri = path == absl::string_view::npos ? "" : uri.substr(path);
  }
  std::string path;
  for (size_t i = 0; i < uri.size(); ++i) {
    uint32_t code = 0;
    if (uri[i] == '%' && i + 2 < uri.size() &&
        absl::SimpleHexAtoi(uri.substr(i + 1, 2), &code)) {
      path += static_cast<char>(code);
      i += 2;
    } else {
      path += uri[i];
    }
  }
  return path;
}

// The file of a repository on this machine.
absl::StatusOr<Digest> TakeLocal(const std::string& path,
                                 const std::string& sha256,
                                 const FetchContext& context,
                                 BlobStore& store) {
  ASSIGN_OR_RETURN(MappedFile file, MappedFile::Open(path));
  const std::string is = Digest::Of(file.bytes()).hex();
  if (sha256.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "sha256 is missing; ", path, " has sha256 = \"", is, "\": add it"));
  }
  if (is != sha256) {
    return absl::DataLossError(
        absl::StrCat(path, " has sha256 ", is, ", but ", sha256,
                     " is expected: has it been replaced?"));
  }
  ASSIGN_OR_RETURN(Digest digest, store.Put(file.bytes()));
  RETURN_IF_ERROR(NoteFetched(digest, context));
  return digest;
}

absl::StatusOr<Digest> FetchFrom(const AptUri& from, const Apt& apt,
                                 const DebSource& source, FetchContext context,
                                 BlobStore& store,
                                 const Cancellation& cancellation) {
  if (!source.sha256.empty() && !from.sha256.empty() &&
      from.sha256 != source.sha256) {
    return absl::DataLossError(absl::StrCat(
        "apt has it with sha256 ", from.sha256, ", but ", source.sha256,
        " is expected: another repository with the same version, or a "
        "mistake in writing?"));
  }
  if (const std::string path = LocalPath(from.uri); !path.empty()) {
    return TakeLocal(path, source.sha256, context, store);
  }
  if (!absl::StartsWith(from.uri, "http://") &&
      !absl::StartsWith(from.uri, "https://")) {
    return absl::FailedPreconditionError(absl::StrCat(
        "apt would get it from ", UrlForPeople(from.uri), ", but we read only ",
        "http, https, file and copy: add such a mirror to apt's sources"));
  }
  ASSIGN_OR_RETURN(context.http.proxy, apt.Proxy(from));
  absl::StatusOr<Digest> digest =
      FetchFile({.urls = {from.uri}, .sha256 = source.sha256}, context, store,
                cancellation);
  if (!absl::IsNotFound(digest.status())) return digest;
  return absl::NotFoundError(absl::StrCat(
      digest.status().message(),
      ": apt's lists are older than the mirror, run `apt-get update`"));
}

}  // namespace

absl::Status CheckDebSource(const DebSource& source) {
  if (!IsName(source.package, "+-.")) {
    return absl::InvalidArgumentError(
        absl::StrCat("`package` takes the name of a Debian package; got `",
                     source.package, "`"));
  }
  if (!IsName(source.version, "+-.~:")) {
    return absl::InvalidArgumentError(
        absl::StrCat("`version` takes the whole version of a Debian package, "
                     "as `apt-cache policy ",
                     source.package, "` shows it; got `", source.version, "`"));
  }
  if (!source.architecture.empty() && !IsName(source.architecture, "-")) {
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
  const Apt apt(context, cancellation);
  ASSIGN_OR_RETURN(AptUri from, apt.Locate(source));
  return FetchFrom(from, apt, source, context, store, cancellation);
}

}  // namespace graph
