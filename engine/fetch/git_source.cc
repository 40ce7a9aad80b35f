// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/git_source.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/cas/tree.h"
#include "engine/fetch/git_remote.h"
#include "engine/fetch/git_repository.h"
#include "engine/net/http.h"

namespace graph {
namespace {

constexpr int kDeepestSubmodule = 16;

bool IsWholeHash(absl::string_view text) {
  return (text.size() == 40 || text.size() == 64) &&
         std::all_of(text.begin(), text.end(), absl::ascii_isxdigit);
}

// git itself would not check such a path out.
absl::Status CheckPath(absl::string_view path) {
  for (absl::string_view part : absl::StrSplit(path, '/')) {
    if (part.empty() || part == "." || part == ".." ||
        absl::EqualsIgnoreCase(part, ".git")) {
      return absl::InvalidArgumentError(
          absl::StrCat("the commit has a file at `", path, "`"));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> CleanSubdir(absl::string_view subdir) {
  absl::ConsumePrefix(&subdir, "./");
  while (absl::ConsumeSuffix(&subdir, "/")) {
  }
  if (subdir.empty() || subdir == ".") return std::string();
  RETURN_IF_ERROR(CheckPath(subdir)) << "subdir must be a path within";
  return std::string(subdir);
}

// Commits, and those that they name, on their way into one tree.
class TreeFetch {
 public:
  TreeFetch(const FetchContext& context, BlobStore& store, const Git& git,
            const Cancellation& cancellation)
      : context_(context),
        store_(store),
        git_(git),
        cancellation_(cancellation) {}

  // Adds the tree below `prefix` ("" or ending in a slash).
  absl::Status Add(const GitSource& source, const std::string& prefix,
                   int depth) {
    ASSIGN_OR_RETURN(const std::string subdir, CleanSubdir(source.subdir));
    std::vector<GitEntry> links;
    std::map<std::string, std::string> urls;
    {
      // Let go before the submodules, which may well be of the same remote.
      ASSIGN_OR_RETURN(GitRepository repository,
                       GitRepository::Open(source.remote, source.commit.size(),
                                           context_, git_, cancellation_));
      RETURN_IF_ERROR(repository.Fetch(source.commit));
      ASSIGN_OR_RETURN(std::vector<GitEntry> entries,
                       repository.List(source.commit, subdir));
      ASSIGN_OR_RETURN(links,
                       TakeBlobs(repository, std::move(entries), prefix));
      if (source.submodules && !links.empty()) {
        ASSIGN_OR_RETURN(urls, repository.Submodules(source.commit));
      }
    }
    for (const GitEntry& link : links) {
      entries_[prefix + link.path] = {.kind = TreeEntry::Kind::kEmptyDirectory};
      if (!source.submodules) continue;
      const std::string path =
          subdir.empty() ? link.path : absl::StrCat(subdir, "/", link.path);
      RETURN_IF_ERROR(AddSubmodule(source, link, urls, path, prefix, depth))
          << "in submodule " << path << " of " << UrlForPeople(source.remote);
    }
    return absl::OkStatus();
  }

  const TreeEntries& entries() const { return entries_; }

 private:
  // All but the links to other repositories, which it returns.
  absl::StatusOr<std::vector<GitEntry>> TakeBlobs(
      const GitRepository& repository, std::vector<GitEntry> entries,
      const std::string& prefix) {
    for (const GitEntry& entry : entries) {
      RETURN_IF_ERROR(CheckPath(entry.path));
    }
    auto first_link = std::stable_partition(
        entries.begin(), entries.end(),
        [](const GitEntry& entry) { return entry.mode != kGitLink; });
    std::vector<GitEntry> links(std::make_move_iterator(first_link),
                                std::make_move_iterator(entries.end()));
    entries.erase(first_link, entries.end());
    RETURN_IF_ERROR(repository.Read(
        entries, [&](const GitEntry& entry, absl::string_view bytes) {
          return TakeBlob(entry, bytes, prefix);
        }));
    return links;
  }

  absl::Status TakeBlob(const GitEntry& entry, absl::string_view bytes,
                        const std::string& prefix) {
    if (cancellation_.cancelled()) return absl::CancelledError("interrupted");
    TreeEntry& leaf = entries_[prefix + entry.path];
    if (entry.mode == kGitSymlink) {
      leaf.kind = TreeEntry::Kind::kSymlink;
      leaf.target = std::string(bytes);
      return absl::OkStatus();
    }
    leaf.executable = entry.mode == kGitExecutable;
    ASSIGN_OR_RETURN(leaf.digest, store_.Put(bytes));
    return absl::OkStatus();
  }

  absl::Status AddSubmodule(const GitSource& parent, const GitEntry& link,
                            const std::map<std::string, std::string>& urls,
                            const std::string& path, const std::string& prefix,
                            int depth) {
    if (depth == kDeepestSubmodule) {
      return absl::InvalidArgumentError("submodules are nested too deep");
    }
    auto url = urls.find(path);
    if (url == urls.end()) {
      return absl::NotFoundError("there is no URL for it in .gitmodules");
    }
    ASSIGN_OR_RETURN(std::string remote,
                     SubmoduleRemote(parent.remote, url->second));
    entries_.erase(prefix + link.path);
    const size_t before = entries_.size();
    RETURN_IF_ERROR(Add({.remote = std::move(remote),
                         .commit = link.object,
                         .submodules = true},
                        absl::StrCat(prefix, link.path, "/"), depth + 1));
    if (entries_.size() == before) {  // A commit of nothing.
      entries_[prefix + link.path] = {.kind = TreeEntry::Kind::kEmptyDirectory};
    }
    return absl::OkStatus();
  }

  const FetchContext& context_;
  BlobStore& store_;
  const Git& git_;
  const Cancellation& cancellation_;
  TreeEntries entries_;
};

}  // namespace

absl::StatusOr<Digest> FetchGit(const GitSource& source,
                                const FetchContext& context, BlobStore& store,
                                const Cancellation& cancellation) {
  RETURN_IF_ERROR(CheckRemote(source.remote));
  Git git(cancellation);
  if (!IsWholeHash(source.commit)) {
    return NotAWholeCommit(source.remote, source.commit, context.offline, git);
  }
  GitSource whole = source;
  absl::AsciiStrToLower(&whole.commit);
  TreeFetch fetch(context, store, git, cancellation);
  RETURN_IF_ERROR(fetch.Add(whole, "", 0));
  return PutTree(fetch.entries(), store);
}

}  // namespace graph
