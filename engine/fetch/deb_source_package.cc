// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/deb_source_package.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/cas/tree.h"
#include "engine/fetch/apt.h"
#include "engine/fetch/http_source.h"
#include "engine/net/http.h"

namespace graph {
namespace {

std::string ForPeople(const DebSourcePackage& source) {
  return absl::StrCat("source package ", source.package, " ", source.version);
}

// What apt is asked for, and what it leaves of it where there is no component.
constexpr absl::string_view kNoComponent = "$(COMPONENT)";

// `1:2.0-1` is written `2.0-1` in names of files.
std::string DscName(const DebSourcePackage& source) {
  const size_t epoch = source.version.find(':');
  return absl::StrCat(source.package, "_",
                      epoch == std::string::npos
                          ? source.version
                          : source.version.substr(epoch + 1),
                      ".dsc");
}

// One name of a file, as Debian has it in pools.
bool IsFileName(absl::string_view name) { return IsAptName(name, "+-.~_"); }

// One package on its way.
class SourceFetch {
 public:
  SourceFetch(const DebSourcePackage& source, const FetchContext& context,
              BlobStore& store, const Cancellation& cancellation)
      : source_(source),
        context_(context),
        store_(store),
        apt_(context, cancellation) {}

  absl::StatusOr<Digest> Run() {
    const std::string name = DscName(source_);
    ASSIGN_OR_RETURN(const Digest dsc, Get(name, source_.sha256));
    ASSIGN_OR_RETURN(const std::string text, store_.Get(dsc));
    ASSIGN_OR_RETURN(const DebDescription description, ParseDsc(text),
                     _ << name);
    if (description.source != source_.package ||
        description.version != source_.version) {
      return absl::DataLossError(absl::StrCat(
          name, " is of ", description.source, " ", description.version,
          ", not of ", source_.package, " ", source_.version));
    }
    TreeEntries tree = {{name, {.digest = dsc}}};
    for (const DebDescription::File& file : description.files) {
      ASSIGN_OR_RETURN(const Digest digest, Get(file.name, file.sha256));
      if (digest.size() != file.size) {
        return absl::DataLossError(absl::StrCat(file.name, " has ",
                                                digest.size(), " bytes, but ",
                                                name, " says ", file.size));
      }
      tree[file.name] = {.digest = digest};
    }
    return PutTree(tree, store_);
  }

 private:
  absl::StatusOr<Digest> Get(const std::string& name,
                             const std::string& sha256) {
    if (!sha256.empty()) {
      ASSIGN_OR_RETURN(std::optional<Digest> known,
                       FindFetched(sha256, context_, store_));
      if (known) return *known;
    }
    if (context_.offline) {
      return absl::UnavailableError(
          absl::StrCat(name, " of ", ForPeople(source_),
                       " was not fetched before, and we are offline"));
    }
    RETURN_IF_ERROR(FindPools());
    std::vector<std::string> said;
    for (size_t i = 0; i < pools_.size(); ++i) {
      const std::string uri = absl::StrCat(pools_[i], "/", name);
      absl::StatusOr<Digest> digest = apt_.Fetch(uri, sha256, store_);
      if (!absl::IsNotFound(digest.status())) {
        // The others are there, too.
        std::swap(pools_[0], pools_[i]);
        return digest;
      }
      said.push_back(UrlForPeople(uri));
    }
    return absl::NotFoundError(absl::StrCat(
        "no repository of apt has ", name, ": not ", absl::StrJoin(said, ", "),
        ". Are the name (of the source, which may differ from that of the ",
        "package) and the version right? A repository that keeps its sources ",
        "elsewhere needs a deb-src entry, a version that is gone a snapshot ",
        "mirror, in apt's sources"));
  }

  // Once, where apt keeps it: in the lists of sources that it has, or else
  // where repositories keep theirs by custom.
  absl::Status FindPools() {
    if (!pools_.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(
        CommandResult listed,
        apt_.Run("apt-get",
                 {"--print-uris", "--download-only", "--only-source", "source",
                  absl::StrCat(source_.package, "=", source_.version)}));
    if (listed.exit_code == 0) {
      for (const AptUri& uri : ParseAptUris(listed.stdout_text)) {
        if (absl::EndsWith(uri.file, ".dsc")) {
          pools_.push_back(uri.uri.substr(0, uri.uri.rfind('/')));
        }
      }
    }
    ASSIGN_OR_RETURN(
        CommandResult repositories,
        apt_.Run("apt-get", {"indextargets", "--format",
                             absl::StrCat("$(REPO_URI)|", kNoComponent),
                             "Created-By: Packages"}));
    for (std::string& pool :
         PoolsOf(repositories.stdout_text, source_.package)) {
      pools_.push_back(std::move(pool));
    }
    if (!pools_.empty()) return absl::OkStatus();
    return absl::NotFoundError(
        "apt has no repositories: is there something in its sources, and are "
        "its lists there (`apt-get update`)?");
  }

  const DebSourcePackage& source_;
  const FetchContext& context_;
  BlobStore& store_;
  const Apt apt_;
  std::vector<std::string> pools_;
};

}  // namespace

absl::Status CheckDebSourcePackage(const DebSourcePackage& source) {
  if (!IsAptName(source.package, "+-.")) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`package` takes the name of a Debian source package; got `",
        source.package, "`"));
  }
  if (!IsAptName(source.version, "+-.~:")) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`version` takes the whole version of a Debian source package; got `",
        source.version, "`"));
  }
  return absl::OkStatus();
}

absl::StatusOr<DebDescription> ParseDsc(absl::string_view text) {
  DebDescription description;
  bool in_files = false;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    line = absl::StripTrailingAsciiWhitespace(line);
    if (absl::StartsWith(line, "-----BEGIN PGP SIGNATURE")) break;
    if (absl::StartsWith(line, " ") && in_files) {
      const std::vector<absl::string_view> fields =
          absl::StrSplit(line, ' ', absl::SkipEmpty());
      DebDescription::File file;
      if (fields.size() != 3 || !absl::SimpleAtoi(fields[1], &file.size) ||
          fields[0].size() != 2 * Digest::kHashBytes ||
          !IsFileName(fields[2])) {
        return absl::InvalidArgumentError(absl::StrCat(
            "`", line, "` is not the digest, size and name of a file"));
      }
      file.sha256 = std::string(fields[0]);
      file.name = std::string(fields[2]);
      description.files.push_back(std::move(file));
      continue;
    }
    if (absl::StartsWith(line, " ")) continue;
    const size_t colon = std::min(line.find(':'), line.size());
    const absl::string_view field = line.substr(0, colon);
    const std::string value(absl::StripAsciiWhitespace(
        line.substr(std::min(colon + 1, line.size()))));
    in_files = field == "Checksums-Sha256";
    if (field == "Source") description.source = value;
    if (field == "Version") description.version = value;
  }
  if (description.source.empty() || description.version.empty() ||
      description.files.empty()) {
    return absl::InvalidArgumentError(
        "it is not the description of a source package: it has no Source, no "
        "Version or no Checksums-Sha256");
  }
  return description;
}

std::vector<std::string> PoolsOf(absl::string_view repositories,
                                 absl::string_view source) {
  std::vector<std::string> pools;
  auto add = [&](std::string pool) {
    if (std::find(pools.begin(), pools.end(), pool) == pools.end()) {
      pools.push_back(std::move(pool));
    }
  };
  const absl::string_view prefix =
      source.substr(0, absl::StartsWith(source, "lib") ? 4 : 1);
  for (absl::string_view line :
       absl::StrSplit(repositories, '\n', absl::SkipEmpty())) {
    const std::vector<std::string> parts =
        absl::StrSplit(line, absl::MaxSplits('|', 1));
    const std::string uri(absl::StripSuffix(parts[0], "/"));
    const std::string component = parts.size() == 2 ? parts[1] : "";
    if (uri.empty()) continue;
    // One folder for all: apt has nothing to put there.
    if (component.empty() || component == kNoComponent) {
      add(uri);
      continue;
    }
    add(absl::StrCat(uri, "/pool/", component, "/", prefix, "/", source));
    // Of security updates.
    add(absl::StrCat(uri, "/pool/updates/", component, "/", prefix, "/",
                     source));
  }
  return pools;
}

absl::StatusOr<Digest> FetchDebSource(const DebSourcePackage& source,
                                      const FetchContext& context,
                                      BlobStore& store,
                                      const Cancellation& cancellation) {
  RETURN_IF_ERROR(CheckDebSourcePackage(source));
  return SourceFetch(source, context, store, cancellation).Run();
}

}  // namespace graph
