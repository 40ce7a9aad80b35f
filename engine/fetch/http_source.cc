// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/http_source.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "engine/cas/tree.h"
#include "engine/fetch/archive_tree.h"
#include "engine/fetch/lock.h"
#include "engine/net/http.h"
#include "engine/os/filesystem.h"
#include "engine/os/mapped_file.h"

namespace graph {
namespace {

absl::Status NotASha256(absl::string_view text) {
  return absl::InvalidArgumentError(
      absl::StrCat("sha256 is \"", text, "\", not 64 lowercase hex digits"));
}

std::string SizePath(absl::string_view sha256, const FetchContext& context) {
  return absl::StrCat(context.cache_dir, "/downloads/", sha256, ".size");
}

// One file on its way. In `downloads/`, by the sha256, or, where that is not
// known, by the URLs:
//
//   <name>.lock   held while the others are touched
//   <name>.part   what has come so far
//   <name>.size   a decimal: with the sha256, the name of the blob
//
// archive_tree.cc adds `<name>.unpack/`, for the files of an archive.
class Download {
 public:
  Download(HttpSource source, const FetchContext& context, BlobStore& store,
           const Cancellation& cancellation, HttpAnswer* answer)
      : source_(std::move(source)),
        context_(context),
        store_(store),
        cancellation_(cancellation),
        answer_(answer),
        folder_(context.cache_dir + "/downloads"),
        name_(source_.sha256.empty()
                  ? "url-" + Digest::Of(absl::StrJoin(source_.urls, "\n")).hex()
                  : source_.sha256) {}

  absl::StatusOr<Digest> Run() {
    if (!source_.sha256.empty()) {
      ASSIGN_OR_RETURN(std::optional<Digest> known, Known());
      if (known) return *known;
    }
    if (context_.offline) return Offline();
    RETURN_IF_ERROR(MakeDirectories(folder_));
    ASSIGN_OR_RETURN(FileLock lock,
                     AcquireOrCancel(Path(".lock"), cancellation_));
    if (source_.sha256.empty()) return Anew();
    // Somebody may have brought it while we waited.
    ASSIGN_OR_RETURN(std::optional<Digest> known, Known());
    if (known) return *known;
    return Get();
  }

 private:
  std::string Path(absl::string_view suffix) const {
    return absl::StrCat(folder_, "/", name_, suffix);
  }

  absl::Status Offline() const {
    return absl::UnavailableError(absl::StrCat(
        source_.urls.empty() ? "" : UrlForPeople(source_.urls.front()),
        " was not fetched before, and we are offline"));
  }

  absl::StatusOr<std::optional<Digest>> Known() const {
    return FindFetched(source_.sha256, context_, store_);
  }

  absl::StatusOr<Digest> PartDigest() const {
    ASSIGN_OR_RETURN(MappedFile file, MappedFile::Open(Path(".part")));
    return Digest::Of(file.bytes());
  }

  // Until one URL gives the right bytes.
  absl::StatusOr<Digest> Get() {
    HttpClient client(context_.http);
    std::vector<HttpPlace> places =
        PlacesOf(source_.urls, context_.http.mirrors);
    std::vector<std::string> wrong;
    while (true) {
      const bool resumed = Exists(Path(".part"));
      absl::StatusOr<std::string> url =
          client.Download(places, Path(".part"), cancellation_, {}, answer_);
      if (!url.ok()) {
        absl::StatusBuilder failure(url.status());
        return failure << absl::StrJoin(wrong, "; ");
      }
      ASSIGN_OR_RETURN(Digest got, PartDigest());
      if (got.hex() == source_.sha256) return Keep(got);
      RETURN_IF_ERROR(RemoveFile(Path(".part")));
      if (resumed) continue;  // The beginning may have been another file's.
      wrong.push_back(absl::StrCat("the file at ", UrlForPeople(*url),
                                   " has sha256 ", got.hex()));
      std::erase_if(places,
                    [&](const HttpPlace& place) { return place.url == *url; });
      if (places.empty()) {
        return absl::DataLossError(
            absl::StrCat(absl::StrJoin(wrong, "; "), ", but ", source_.sha256,
                         " is expected: has it been replaced upstream?"));
      }
    }
  }

  absl::StatusOr<Digest> Keep(const Digest& digest) {
    ASSIGN_OR_RETURN(Digest stored,
                     store_.PutFile(Path(".part"), /*consume=*/true));
    if (stored != digest) {
      return absl::DataLossError(
          absl::StrCat(Path(".part"), " changed while we looked at it"));
    }
    RETURN_IF_ERROR(NoteFetched(digest, context_));
    return digest;
  }

  absl::StatusOr<Digest> Anew() {
    if (Exists(Path(".part"))) {
      RETURN_IF_ERROR(RemoveFile(Path(".part")));
    }
    RETURN_IF_ERROR(HttpClient(context_.http)
                        .Download(source_.urls, Path(".part"), cancellation_)
                        .status());
    ASSIGN_OR_RETURN(Digest digest, PartDigest());
    // Kept, since the next build will ask for it.
    return Keep(digest);
  }

  const HttpSource source_;
  const FetchContext& context_;
  BlobStore& store_;
  const Cancellation& cancellation_;
  HttpAnswer* const answer_;
  const std::string folder_;
  const std::string name_;
};

absl::Status TellDigest(const HttpSource& source, const FetchContext& context,
                        BlobStore& store, const Cancellation& cancellation) {
  ASSIGN_OR_RETURN(Digest digest,
                   FetchUnpinned(source.urls, context, store, cancellation),
                   _ << "sha256 is missing as well");
  return absl::InvalidArgumentError(absl::StrCat(
      "sha256 is missing; the file at ", UrlForPeople(source.urls.front()),
      " has sha256 = \"", digest.hex(), "\": add it"));
}

}  // namespace

absl::StatusOr<Digest> FetchFile(const HttpSource& source,
                                 const FetchContext& context, BlobStore& store,
                                 const Cancellation& cancellation,
                                 HttpAnswer* answer) {
  if (source.urls.empty()) return absl::InvalidArgumentError("no URL is given");
  if (source.sha256.empty()) {
    return TellDigest(source, context, store, cancellation);
  }
  if (!IsSha256(source.sha256)) return NotASha256(source.sha256);
  return Download(source, context, store, cancellation, answer).Run();
}

absl::StatusOr<Digest> FetchUnpinned(const std::vector<std::string>& urls,
                                     const FetchContext& context,
                                     BlobStore& store,
                                     const Cancellation& cancellation) {
  return Download({.urls = urls}, context, store, cancellation, nullptr).Run();
}

bool IsSha256(absl::string_view hex) {
  return hex.size() == 2 * Digest::kHashBytes &&
         std::all_of(hex.begin(), hex.end(), [](char c) {
           return absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f');
         });
}

absl::StatusOr<std::optional<Digest>> FindFetched(const std::string& sha256,
                                                  const FetchContext& context,
                                                  BlobStore& store) {
  if (!IsSha256(sha256)) return NotASha256(sha256);
  absl::StatusOr<std::string> text = ReadFile(SizePath(sha256, context));
  int64_t size;
  if (!text.ok() || !absl::SimpleAtoi(*text, &size)) return std::nullopt;
  ASSIGN_OR_RETURN(Digest digest, Digest::FromHex(sha256, size));
  ASSIGN_OR_RETURN(std::vector<Digest> missing,
                   store.Missing(std::array{digest}));
  if (!missing.empty()) return std::nullopt;
  return digest;
}

absl::Status NoteFetched(const Digest& file, const FetchContext& context) {
  RETURN_IF_ERROR(MakeDirectories(context.cache_dir + "/downloads"));
  return WriteFileAtomic(SizePath(file.hex(), context),
                         absl::StrCat(file.size()));
}

absl::StatusOr<Digest> FetchHttp(const HttpSource& source,
                                 const FetchContext& context, BlobStore& store,
                                 const Cancellation& cancellation) {
  ASSIGN_OR_RETURN(Digest file,
                   FetchFile(source, context, store, cancellation));
  if (!source.unpack) return file;
  ASSIGN_OR_RETURN(
      const TreeEntries tree,
      TreeOfArchive(file, source.strip_prefix, context, store, cancellation),
      _ << "unpacking " << UrlForPeople(source.urls.front()));
  return PutTree(tree, store);
}

}  // namespace graph
