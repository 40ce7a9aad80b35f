// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/version_kinds.h"

#include <algorithm>
#include <set>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "engine/fetch/http_source.h"
#include "engine/fetch/version_pattern.h"

namespace graph {
namespace {

constexpr size_t kNearest = 5;
constexpr size_t kMostNames = 20;

// Why one is not taken, though the constraint allows it; kTaken for the rest.
enum class Refusal { kTaken, kNotAllowed, kWithdrawn, kPrerelease };

Refusal RefusalOf(const VersionQuestion& question, const FoundVersion& found) {
  if (!question.constraint.Allows(found.version)) return Refusal::kNotAllowed;
  if (found.withdrawn && !question.constraint.IsExact()) {
    return Refusal::kWithdrawn;
  }
  if (found.is_prerelease && !question.WantsPrerelease()) {
    return Refusal::kPrerelease;
  }
  return Refusal::kTaken;
}

// The few around what the constraint names, or the newest; newest first.
std::string Nearest(const VersionConstraint& constraint,
                    const std::vector<FoundVersion>& sorted) {
  size_t begin = sorted.size(), end = sorted.size();
  if (constraint.anchor() != nullptr) {
    begin = end =
        std::lower_bound(sorted.begin(), sorted.end(), *constraint.anchor(),
                         [](const FoundVersion& found, const Version& anchor) {
                           return found.version < anchor;
                         }) -
        sorted.begin();
  }
  while (end - begin < std::min(kNearest, sorted.size())) {
    const bool down =
        end == sorted.size() || (begin > 0 && (end - begin) % 2 == 0);
    if (down) {
      --begin;
    } else {
      ++end;
    }
  }
  std::vector<std::string> texts;
  for (size_t i = end; i > begin; --i) {
    texts.push_back(sorted[i - 1].version.text());
  }
  return absl::StrJoin(texts, ", ");
}

std::string SourceName(const VersionRequest& request) {
  const auto& arguments = request.source.arguments;
  for (const char* first :
       {"series", "repository", "remote", "package", "image", "url"}) {
    const auto argument = arguments.find(first);
    if (argument == arguments.end()) continue;
    return absl::StrCat(request.source.kind, "(\"", argument->second, "\")");
  }
  return request.source.kind;
}

absl::Status NothingFits(const VersionQuestion& question,
                         const std::vector<FoundVersion>& sorted) {
  const std::string source = SourceName(question.request);
  if (sorted.empty()) {
    return absl::NotFoundError(absl::StrCat(
        source, " has no versions: nothing there can be read as one"));
  }
  std::string failure =
      absl::StrCat(source, " has no version for ",
                   question.request.constraint.empty()
                       ? std::string("this request")
                       : absl::StrCat("`", question.request.constraint, "`"),
                   "; the nearest of ", sorted.size(), ": ",
                   Nearest(question.constraint, sorted));
  for (auto found = sorted.rbegin(); found != sorted.rend(); ++found) {
    if (RefusalOf(question, *found) != Refusal::kPrerelease) continue;
    absl::StrAppend(&failure, ". Only prereleases fit, as ",
                    found->version.text(),
                    ": say `prerelease = True` to take one");
    return absl::NotFoundError(failure);
  }
  for (auto found = sorted.rbegin(); found != sorted.rend(); ++found) {
    if (RefusalOf(question, *found) != Refusal::kWithdrawn) continue;
    absl::StrAppend(&failure, ". ", found->version.text(),
                    " would fit, but was withdrawn",
                    found->withdrawn->empty() ? "" : ": ", *found->withdrawn,
                    "; `==", found->version.text(), "` takes it all the same");
    break;
  }
  return absl::NotFoundError(failure);
}

// The texts behind each separator of a tag, the whole tag first.
std::vector<absl::string_view> EndsOf(absl::string_view tag) {
  std::vector<absl::string_view> ends = {tag};
  for (size_t i = 0; i + 1 < tag.size(); ++i) {
    if (absl::StrContains("-_/@", tag[i])) ends.push_back(tag.substr(i + 1));
  }
  return ends;
}

FoundVersion TagVersion(Version version, const std::string& tag,
                        absl::string_view text) {
  FoundVersion found{.version = std::move(version)};
  found.is_prerelease = found.version.is_prerelease();
  absl::ConsumePrefix(&text, "v");
  found.fields = {{"tag", tag}, {"version", std::string(text)}};
  return found;
}

// Those tags that are versions behind the first separator where one begins.
absl::StatusOr<std::vector<FoundVersion>> BehindPrefix(
    const std::vector<std::string>& tags, absl::string_view where) {
  std::vector<FoundVersion> found;
  std::set<std::string> prefixes;
  for (const std::string& tag : tags) {
    for (absl::string_view end : EndsOf(tag)) {
      std::optional<Version> version =
          Version::Parse(VersionScheme::kDotted, end);
      if (!version) continue;
      found.push_back(TagVersion(*std::move(version), tag, end));
      prefixes.insert(tag.substr(0, tag.size() - end.size()));
      break;
    }
  }
  if (prefixes.size() <= 1) return found;
  return absl::InvalidArgumentError(absl::StrCat(
      "the tags of ", where, " have several beginnings (`",
      absl::StrJoin(prefixes, "`, `"), "`), and so may be of several things: ",
      "say which by git_tags with a pattern like `", *prefixes.begin(), "*`"));
}

}  // namespace

std::string VersionQuestion::Argument(const std::string& name) const {
  const auto argument = request.source.arguments.find(name);
  return argument == request.source.arguments.end() ? "" : argument->second;
}

absl::StatusOr<FoundVersion> ChooseVersion(const VersionQuestion& question,
                                           std::vector<FoundVersion> found) {
  // Of two spellings of one version, always the same.
  std::sort(found.begin(), found.end(),
            [](const FoundVersion& a, const FoundVersion& b) {
              if (a.version == b.version) {
                return a.version.text() < b.version.text();
              }
              return a.version < b.version;
            });
  for (auto it = found.rbegin(); it != found.rend(); ++it) {
    if (RefusalOf(question, *it) == Refusal::kTaken) return std::move(*it);
  }
  return NothingFits(question, found);
}

absl::StatusOr<std::vector<FoundVersion>> VersionsOfTags(
    const std::vector<std::string>& tags, const std::string& pattern,
    absl::string_view where) {
  std::vector<FoundVersion> found;
  std::optional<VersionPattern> fits;
  if (!pattern.empty()) {
    ASSIGN_OR_RETURN(fits, VersionPattern::Parse(pattern));
  }
  for (const std::string& tag : tags) {
    const std::optional<std::string> text = fits ? fits->Find(tag) : tag;
    if (!text) continue;
    std::optional<Version> version =
        Version::Parse(VersionScheme::kDotted, *text);
    if (version) found.push_back(TagVersion(*std::move(version), tag, *text));
  }
  if (!found.empty() || fits) return found;
  return BehindPrefix(tags, where);
}

absl::Status FetchForDigest(const VersionQuestion& question,
                            FoundVersion& version) {
  ASSIGN_OR_RETURN(const Digest digest,
                   FetchUnpinned({version.fields["url"]}, question.context,
                                 question.store, question.cancellation));
  version.fields["sha256"] = digest.hex();
  return absl::OkStatus();
}

absl::StatusOr<NamedFile> ChooseFile(const std::vector<NamedFile>& files,
                                     absl::string_view glob,
                                     absl::string_view where) {
  std::vector<std::string> names, fitting;
  const NamedFile* chosen = nullptr;
  for (const NamedFile& file : files) {
    names.push_back(file.name);
    if (!FitsGlob(glob, file.name)) continue;
    fitting.push_back(file.name);
    chosen = &file;
  }
  auto few = [](std::vector<std::string> list) {
    const size_t more = list.size() - std::min(list.size(), kMostNames);
    list.resize(list.size() - more);
    return absl::StrCat(absl::StrJoin(list, ", "),
                        more > 0 ? absl::StrCat(" and ", more, " more") : "");
  };
  if (fitting.size() == 1) return *chosen;
  if (fitting.empty()) {
    return absl::NotFoundError(
        absl::StrCat(where, " has no file `", glob, "`; it has ",
                     names.empty() ? "none" : few(names)));
  }
  return absl::InvalidArgumentError(
      absl::StrCat(where, " has ", fitting.size(), " files for `", glob,
                   "`, where one is wanted: ", few(fitting)));
}

absl::Status SetFile(const VersionQuestion& question, const NamedFile& file,
                     FoundVersion& version) {
  version.fields["file"] = file.name;
  version.fields["url"] = file.url;
  version.fields["sha256"] = file.sha256;
  if (IsSha256(file.sha256)) return absl::OkStatus();
  return FetchForDigest(question, version);
}

}  // namespace graph
