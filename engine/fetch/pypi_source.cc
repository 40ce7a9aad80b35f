// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/pypi_source.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/fetch/http_source.h"
#include "engine/fetch/pip_config.h"
#include "engine/fetch/pypi_page.h"
#include "engine/net/http.h"
#include "engine/net/url.h"
#include "engine/os/environment.h"

namespace graph {
namespace {

// Projects with a build a night have pages of some 10 MB.
constexpr int64_t kMostPageBytes = 256 << 20;
constexpr size_t kMostFilesShown = 12;

bool IsName(absl::string_view text, absl::string_view more) {
  return !text.empty() && absl::ascii_isalnum(text.front()) &&
         std::all_of(text.begin(), text.end(), [&](char c) {
           return absl::ascii_isalnum(c) || absl::StrContains(more, c);
         });
}

// The login of an index is for its host alone; others have netrc's.
HttpOptions OptionsFor(absl::string_view url, const PypiIndex& index,
                       const FetchContext& context) {
  HttpOptions options = context.http;
  if (!index.authorization.empty() && HostOfUrl(url) == HostOfUrl(index.url) &&
      IsSafeForLogin(url)) {
    options.use_netrc = false;
    options.headers.push_back("Authorization: " + index.authorization);
  }
  return options;
}

// What an index has of a package; nullopt if it has no such package.
absl::StatusOr<std::optional<std::vector<PypiFile>>> FilesIn(
    const PypiIndex& index, const PypiSource& source,
    const FetchContext& context, const Cancellation& cancellation) {
  const std::string url =
      absl::StrCat(index.url, NormalizedProject(source.package), "/");
  HttpOptions options = OptionsFor(url, index, context);
  options.headers.push_back(absl::StrCat("Accept: ", kPypiPageTypes));
  HttpAnswer answer;
  absl::StatusOr<std::string> text = HttpClient(options).Get(
      std::span(&url, 1), kMostPageBytes, cancellation, &answer);
  if (absl::IsNotFound(text.status())) return std::nullopt;
  RETURN_IF_ERROR(text.status()) << "which Python packages come from";
  ASSIGN_OR_RETURN(std::vector<PypiFile> files,
                   ParsePypiPage(*text, answer.content_type,
                                 answer.url.empty() ? url : answer.url));
  return files;
}

const PypiFile* Find(const std::vector<PypiFile>& files,
                     const PypiSource& source) {
  auto find = [&](auto is_it) {
    auto file = std::find_if(files.begin(), files.end(), is_it);
    return file == files.end() ? nullptr : &*file;
  };
  const PypiFile* exact =
      find([&](const PypiFile& file) { return file.name == source.file; });
  if (exact != nullptr) return exact;
  const PypiFileName name = ParsePypiFileName(source.file);
  return find([&](const PypiFile& file) {
    return ParsePypiFileName(file.name) == name;
  });
}

absl::StatusOr<Digest> FetchFrom(const PypiFile& file, const PypiIndex& index,
                                 const PypiSource& source, FetchContext context,
                                 BlobStore& store,
                                 const Cancellation& cancellation) {
  if (!source.sha256.empty() && !file.sha256.empty() &&
      file.sha256 != source.sha256) {
    return absl::DataLossError(absl::StrCat(
        UrlForPeople(index.url), " has ", file.name, " with sha256 ",
        file.sha256, ", but ", source.sha256,
        " is expected: has it been replaced, or is it a mistake in writing?"));
  }
  context.http = OptionsFor(file.url, index, context);
  return FetchFile({.urls = {file.url}, .sha256 = source.sha256}, context,
                   store, cancellation);
}

// What there is instead of the file, of `has`.
absl::Status NoFile(const PypiSource& source, const std::vector<PypiFile>& has,
                    const std::vector<std::string>& indices) {
  std::vector<std::string> names;
  std::vector<std::string> versions;
  for (const PypiFile& file : has) {
    const PypiFileName name = ParsePypiFileName(file.name);
    if (name.version == source.version) names.push_back(file.name);
    if (!name.version.empty() && std::find(versions.begin(), versions.end(),
                                           name.version) == versions.end()) {
      versions.push_back(name.version);
    }
  }
  std::vector<std::string>& shown = names.empty() ? versions : names;
  const size_t more = shown.size() - std::min(shown.size(), kMostFilesShown);
  // The newest stand last.
  shown.erase(shown.begin(), shown.begin() + more);
  return absl::NotFoundError(absl::StrCat(
      absl::StrJoin(indices, ", "),
      has.empty() ? " has no package " : " has no ",
      has.empty() ? source.package : source.file,
      has.empty()     ? ": is the name right, and does your pip configuration "
                        "name the index that has it?"
      : names.empty() ? "; versions that it has: "
                      : "; of this version it has: ",
      absl::StrJoin(shown, ", "),
      more > 0 ? absl::StrCat(", and ", more, " more") : ""));
}

}  // namespace

absl::Status CheckPypiSource(const PypiSource& source) {
  if (!IsName(source.package, "-_.")) {
    return absl::InvalidArgumentError(
        absl::StrCat("`package` takes the name of a Python package; got `",
                     source.package, "`"));
  }
  if (!IsName(source.version, ".+!-_")) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`version` takes a whole version of a Python package, like 1.26.4; ",
        "got `", source.version, "`"));
  }
  const PypiFileName name = ParsePypiFileName(source.file);
  if (!IsName(source.file, "-_.+!") || name.project.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`file` takes the name of a .whl file or of a source archive ",
        "(.tar.gz, .zip); got `", source.file, "`"));
  }
  if (name.project != NormalizedProject(source.package) ||
      name.version != source.version) {
    return absl::InvalidArgumentError(
        absl::StrCat("`file` is `", source.file, "`, which is not of ",
                     source.package, " ", source.version));
  }
  return absl::OkStatus();
}

absl::StatusOr<Digest> FetchPypi(const PypiSource& source,
                                 const FetchContext& context, BlobStore& store,
                                 const Cancellation& cancellation) {
  RETURN_IF_ERROR(CheckPypiSource(source));
  if (!source.sha256.empty()) {
    ASSIGN_OR_RETURN(std::optional<Digest> known,
                     FindFetched(source.sha256, context, store));
    if (known) return *known;
  }
  if (context.offline) {
    return absl::UnavailableError(absl::StrCat(
        source.file, " was not fetched before, and we are offline"));
  }
  ASSIGN_OR_RETURN(const std::vector<PypiIndex> indices,
                   PypiIndices(HostEnvironment::FromProcess()));
  std::vector<PypiFile> has;
  std::vector<std::string> asked;
  for (const PypiIndex& index : indices) {
    ASSIGN_OR_RETURN(std::optional<std::vector<PypiFile>> files,
                     FilesIn(index, source, context, cancellation));
    asked.push_back(UrlForPeople(index.url));
    if (!files) continue;
    if (const PypiFile* file = Find(*files, source)) {
      return FetchFrom(*file, index, source, context, store, cancellation);
    }
    has.insert(has.end(), files->begin(), files->end());
  }
  return NoFile(source, has, asked);
}

}  // namespace graph
