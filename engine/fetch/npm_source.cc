// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/npm_source.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/fetch/archive_tree.h"
#include "engine/fetch/http_source.h"
#include "engine/fetch/npm_registry.h"

namespace graph {
namespace {

using Json = nlohmann::json;

bool IsName(absl::string_view text, absl::string_view more) {
  return !text.empty() && text.front() != '.' && text.front() != '-' &&
         std::all_of(text.begin(), text.end(), [&](char c) {
           return absl::ascii_isalnum(c) || absl::StrContains(more, c);
         });
}

// The member, or null.
const Json& Member(const Json& json, const std::string& name) {
  static const Json kNull;
  if (!json.is_object()) return kNull;
  auto member = json.find(name);
  return member == json.end() ? kNull : *member;
}

// `./bin/x.js` or `/bin/x.js` → `bin/x.js`.
std::string PathInPackage(absl::string_view path) {
  while (absl::ConsumePrefix(&path, "./") || absl::ConsumePrefix(&path, "/")) {
  }
  return std::string(path);
}

absl::StatusOr<Digest> Installed(TreeEntries tree, BlobStore& store) {
  auto description = tree.find("package.json");
  if (description == tree.end() ||
      description->second.kind != TreeEntry::Kind::kFile) {
    return absl::InvalidArgumentError(
        "it has no package.json: is it an npm package?");
  }
  ASSIGN_OR_RETURN(const std::string text,
                   store.Get(description->second.digest));
  RETURN_IF_ERROR(MarkPrograms(text, tree));
  return PutTree(tree, store);
}

absl::StatusOr<Digest> FetchTarball(const NpmSource& source,
                                    const FetchContext& context,
                                    BlobStore& store,
                                    const Cancellation& cancellation) {
  if (!source.sha256.empty()) {
    ASSIGN_OR_RETURN(std::optional<Digest> known,
                     FindFetched(source.sha256, context, store));
    if (known) return *known;
  }
  if (context.offline) {
    return absl::UnavailableError(
        absl::StrCat("npm package ", source.package, " ", source.version,
                     " was not fetched before, and we are offline"));
  }
  ASSIGN_OR_RETURN(const NpmRegistry registry,
                   NpmRegistry::Of(source.package, context, cancellation));
  return registry.FetchTarball(source.version, source.sha256, store);
}

}  // namespace

absl::Status CheckNpmPackage(absl::string_view package) {
  absl::string_view name = package;
  bool is_name = true;
  if (absl::ConsumePrefix(&name, "@")) {
    const size_t slash = std::min(name.find('/'), name.size());
    is_name = IsName(name.substr(0, slash), "-._~");
    name.remove_prefix(std::min(slash + 1, name.size()));
  }
  if (is_name && IsName(name, "-._~")) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "`package` takes the name of an npm package, `name` or `@scope/name`; ",
      "got `", package, "`"));
}

absl::Status CheckNpmSource(const NpmSource& source) {
  RETURN_IF_ERROR(CheckNpmPackage(source.package));
  if (!IsName(source.version, "-.+")) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`version` takes a whole version of an npm package, like 1.2.3; got `",
        source.version, "`"));
  }
  return absl::OkStatus();
}

absl::Status MarkPrograms(absl::string_view text, TreeEntries& tree) {
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");
  const Json json = Json::parse(text.begin(), text.end(), nullptr,
                                /*allow_exceptions=*/false);
  if (!json.is_object()) {
    return absl::InvalidArgumentError("its package.json is no JSON object");
  }
  auto mark = [&](const std::string& path) {
    auto file = tree.find(path);
    if (file != tree.end() && file->second.kind == TreeEntry::Kind::kFile) {
      file->second.executable = true;
    }
  };
  const Json& bin = Member(json, "bin");
  if (bin.is_string()) mark(PathInPackage(bin.get<std::string>()));
  if (bin.is_object()) {
    for (const Json& program : bin) {
      if (program.is_string()) mark(PathInPackage(program.get<std::string>()));
    }
  }
  const Json& folder = Member(Member(json, "directories"), "bin");
  if (bin.is_null() && folder.is_string()) {
    std::string prefix = PathInPackage(folder.get<std::string>());
    if (!absl::EndsWith(prefix, "/")) prefix += "/";
    for (const auto& [path, entry] : tree) {
      if (absl::StartsWith(path, prefix)) mark(path);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Digest> FetchNpm(const NpmSource& source,
                                const FetchContext& context, BlobStore& store,
                                const Cancellation& cancellation) {
  RETURN_IF_ERROR(CheckNpmSource(source));
  ASSIGN_OR_RETURN(const Digest tarball,
                   FetchTarball(source, context, store, cancellation));
  const std::string name =
      absl::StrCat("npm package ", source.package, " ", source.version);
  ASSIGN_OR_RETURN(
      TreeEntries tree,
      TreeOfArchive(tarball, kTopFolder, context, store, cancellation),
      _ << name);
  ASSIGN_OR_RETURN(Digest root, Installed(std::move(tree), store), _ << name);
  return root;
}

}  // namespace graph
