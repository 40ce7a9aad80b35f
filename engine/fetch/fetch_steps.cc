// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/fetch_steps.h"

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/cas/tree.h"
#include "engine/fetch/archive_tree.h"
#include "engine/net/http.h"

namespace graph {
namespace {

using Json = nlohmann::json;

absl::Status Wrong(absl::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat("the step's parameters: ", what));
}

// A JSON object whose members are taken one by one, until none is left.
class Members {
 public:
  static absl::StatusOr<Members> Parse(absl::string_view content) {
    Json json = Json::parse(content.begin(), content.end(), nullptr,
                            /*allow_exceptions=*/false);
    if (!json.is_object()) return Wrong("not a JSON object");
    return Members(std::move(json));
  }

  absl::Status Take(const char* name, std::string& value) {
    auto member = json_.find(name);
    if (member == json_.end()) return absl::OkStatus();
    if (!member->is_string()) return Mistyped(name, "a string");
    value = member->get<std::string>();
    json_.erase(member);
    return absl::OkStatus();
  }

  absl::Status Take(const char* name, bool& value) {
    auto member = json_.find(name);
    if (member == json_.end()) return absl::OkStatus();
    if (!member->is_boolean()) return Mistyped(name, "true or false");
    value = member->get<bool>();
    json_.erase(member);
    return absl::OkStatus();
  }

  absl::Status Take(const char* name, std::vector<std::string>& value) {
    auto member = json_.find(name);
    if (member == json_.end()) return absl::OkStatus();
    if (!member->is_array()) return Mistyped(name, "a list of strings");
    for (const Json& element : *member) {
      if (!element.is_string()) return Mistyped(name, "a list of strings");
      value.push_back(element.get<std::string>());
    }
    json_.erase(member);
    return absl::OkStatus();
  }

  // That each of `names` was there, and nothing that was not taken.
  absl::Status Finish() const {
    if (json_.empty()) return absl::OkStatus();
    return Wrong(absl::StrCat("`", json_.begin().key(), "` is unknown"));
  }

 private:
  explicit Members(Json json) : json_(std::move(json)) {}

  static absl::Status Mistyped(const char* name, const char* type) {
    return Wrong(absl::StrCat("`", name, "` is not ", type));
  }

  Json json_;
};

absl::StatusOr<std::vector<OutputEntry>> Result(
    std::span<const std::string> outputs, OutputEntry entry) {
  entry.path = outputs.front();
  return std::vector<OutputEntry>{std::move(entry)};
}

absl::Status CheckOutputs(std::span<const std::string> outputs) {
  if (outputs.size() == 1) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("a fetch has one output, and not ", outputs.size()));
}

// A fetch whose parameters are a source, and whose output is always of one
// kind.
template <typename Parse, typename Fetch>
absl::StatusOr<std::vector<OutputEntry>> FetchOne(
    Parse parse, Fetch fetch, OutputEntry::Kind kind, absl::string_view content,
    std::span<const std::string> outputs, const FetchContext& context,
    BlobStore& store, const Cancellation& cancellation) {
  RETURN_IF_ERROR(CheckOutputs(outputs));
  ASSIGN_OR_RETURN(const auto source, parse(content));
  ASSIGN_OR_RETURN(const Digest digest,
                   fetch(source, context, store, cancellation));
  return Result(outputs, {.kind = kind, .digest = digest});
}

// A package that is known by these three.
template <typename Source>
absl::StatusOr<Source> ParseNamed(absl::string_view content) {
  ASSIGN_OR_RETURN(Members members, Members::Parse(content));
  Source source;
  RETURN_IF_ERROR(members.Take("package", source.package));
  RETURN_IF_ERROR(members.Take("version", source.version));
  RETURN_IF_ERROR(members.Take("sha256", source.sha256));
  RETURN_IF_ERROR(members.Finish());
  return source;
}

}  // namespace

absl::StatusOr<HttpSource> ParseHttpSource(absl::string_view content) {
  ASSIGN_OR_RETURN(Members members, Members::Parse(content));
  HttpSource source;
  RETURN_IF_ERROR(members.Take("urls", source.urls));
  RETURN_IF_ERROR(members.Take("sha256", source.sha256));
  RETURN_IF_ERROR(members.Take("strip_prefix", source.strip_prefix));
  RETURN_IF_ERROR(members.Take("unpack", source.unpack));
  RETURN_IF_ERROR(members.Take("executable", source.executable));
  RETURN_IF_ERROR(members.Finish());
  if (source.urls.empty()) return Wrong("`urls` is missing or empty");
  return source;
}

absl::StatusOr<GitSource> ParseGitSource(absl::string_view content) {
  ASSIGN_OR_RETURN(Members members, Members::Parse(content));
  GitSource source;
  RETURN_IF_ERROR(members.Take("remote", source.remote));
  RETURN_IF_ERROR(members.Take("commit", source.commit));
  RETURN_IF_ERROR(members.Take("submodules", source.submodules));
  RETURN_IF_ERROR(members.Take("subdir", source.subdir));
  RETURN_IF_ERROR(members.Finish());
  if (source.remote.empty()) return Wrong("`remote` is missing or empty");
  if (source.commit.empty()) return Wrong("`commit` is missing or empty");
  return source;
}

absl::StatusOr<OciSource> ParseOciSource(absl::string_view content) {
  ASSIGN_OR_RETURN(Members members, Members::Parse(content));
  OciSource source;
  RETURN_IF_ERROR(members.Take("registry", source.registry));
  RETURN_IF_ERROR(members.Take("repository", source.repository));
  RETURN_IF_ERROR(members.Take("digest", source.digest));
  RETURN_IF_ERROR(members.Take("platform", source.platform));
  RETURN_IF_ERROR(members.Finish());
  RETURN_IF_ERROR(CheckOciSource(source));
  return source;
}

absl::StatusOr<DebSource> ParseDebSource(absl::string_view content) {
  ASSIGN_OR_RETURN(Members members, Members::Parse(content));
  DebSource source;
  RETURN_IF_ERROR(members.Take("package", source.package));
  RETURN_IF_ERROR(members.Take("version", source.version));
  RETURN_IF_ERROR(members.Take("architecture", source.architecture));
  RETURN_IF_ERROR(members.Take("sha256", source.sha256));
  RETURN_IF_ERROR(members.Finish());
  RETURN_IF_ERROR(CheckDebSource(source));
  return source;
}

absl::StatusOr<DebSourcePackage> ParseDebSourcePackage(
    absl::string_view content) {
  ASSIGN_OR_RETURN(DebSourcePackage source,
                   ParseNamed<DebSourcePackage>(content));
  RETURN_IF_ERROR(CheckDebSourcePackage(source));
  return source;
}

absl::StatusOr<NpmSource> ParseNpmSource(absl::string_view content) {
  ASSIGN_OR_RETURN(NpmSource source, ParseNamed<NpmSource>(content));
  RETURN_IF_ERROR(CheckNpmSource(source));
  return source;
}

absl::StatusOr<PypiSource> ParsePypiSource(absl::string_view content) {
  ASSIGN_OR_RETURN(Members members, Members::Parse(content));
  PypiSource source;
  RETURN_IF_ERROR(members.Take("package", source.package));
  RETURN_IF_ERROR(members.Take("version", source.version));
  RETURN_IF_ERROR(members.Take("file", source.file));
  RETURN_IF_ERROR(members.Take("sha256", source.sha256));
  RETURN_IF_ERROR(members.Finish());
  RETURN_IF_ERROR(CheckPypiSource(source));
  return source;
}

absl::StatusOr<std::vector<OutputEntry>> FetchHttpStep(
    absl::string_view content, std::span<const std::string> outputs,
    const FetchContext& context, BlobStore& store,
    const Cancellation& cancellation) {
  RETURN_IF_ERROR(CheckOutputs(outputs));
  ASSIGN_OR_RETURN(HttpSource source, ParseHttpSource(content));
  ASSIGN_OR_RETURN(Digest digest,
                   FetchHttp(source, context, store, cancellation));
  if (source.unpack) {
    return Result(outputs,
                  {.kind = OutputEntry::Kind::kDirectory, .digest = digest});
  }
  return Result(outputs, {.digest = digest, .executable = source.executable});
}

absl::StatusOr<std::vector<OutputEntry>> FetchGitStep(
    absl::string_view content, std::span<const std::string> outputs,
    const FetchContext& context, BlobStore& store,
    const Cancellation& cancellation) {
  return FetchOne(ParseGitSource, FetchGit, OutputEntry::Kind::kDirectory,
                  content, outputs, context, store, cancellation);
}

absl::StatusOr<std::vector<OutputEntry>> FetchOciStep(
    absl::string_view content, std::span<const std::string> outputs,
    const FetchContext& context, BlobStore& store,
    const Cancellation& cancellation) {
  return FetchOne(ParseOciSource, FetchOci, OutputEntry::Kind::kDirectory,
                  content, outputs, context, store, cancellation);
}

absl::StatusOr<std::vector<OutputEntry>> FetchDebStep(
    absl::string_view content, std::span<const std::string> outputs,
    const FetchContext& context, BlobStore& store,
    const Cancellation& cancellation) {
  return FetchOne(ParseDebSource, FetchDeb, OutputEntry::Kind::kFile, content,
                  outputs, context, store, cancellation);
}

absl::StatusOr<std::vector<OutputEntry>> FetchDebSourceStep(
    absl::string_view content, std::span<const std::string> outputs,
    const FetchContext& context, BlobStore& store,
    const Cancellation& cancellation) {
  return FetchOne(ParseDebSourcePackage, FetchDebSource,
                  OutputEntry::Kind::kDirectory, content, outputs, context,
                  store, cancellation);
}

absl::StatusOr<std::vector<OutputEntry>> FetchNpmStep(
    absl::string_view content, std::span<const std::string> outputs,
    const FetchContext& context, BlobStore& store,
    const Cancellation& cancellation) {
  return FetchOne(ParseNpmSource, FetchNpm, OutputEntry::Kind::kDirectory,
                  content, outputs, context, store, cancellation);
}

absl::StatusOr<std::vector<OutputEntry>> FetchPypiStep(
    absl::string_view content, std::span<const std::string> outputs,
    const FetchContext& context, BlobStore& store,
    const Cancellation& cancellation) {
  return FetchOne(ParsePypiSource, FetchPypi, OutputEntry::Kind::kFile, content,
                  outputs, context, store, cancellation);
}

absl::StatusOr<std::vector<OutputEntry>> UnpackStep(
    absl::string_view content, const Digest& archive,
    std::span<const std::string> outputs, const FetchContext& context,
    BlobStore& store, const Cancellation& cancellation) {
  RETURN_IF_ERROR(CheckOutputs(outputs));
  ASSIGN_OR_RETURN(Members members, Members::Parse(content));
  std::string path;
  std::string strip_prefix;
  RETURN_IF_ERROR(members.Take("archive", path));
  RETURN_IF_ERROR(members.Take("strip_prefix", strip_prefix));
  RETURN_IF_ERROR(members.Finish());
  if (path.empty()) return Wrong("`archive` is missing or empty");
  ASSIGN_OR_RETURN(
      const TreeEntries tree,
      TreeOfArchive(archive, strip_prefix, context, store, cancellation),
      _ << "unpacking " << path);
  ASSIGN_OR_RETURN(const Digest root, PutTree(tree, store));
  return Result(outputs,
                {.kind = OutputEntry::Kind::kDirectory, .digest = root});
}

}  // namespace graph
