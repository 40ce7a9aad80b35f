// SPDX-License-Identifier: Apache-2.0
// url_index: the links of a page, in HTML or as plain text. A pattern with a
// `/` fits whole links as they are written, any other their last part.
#include "engine/fetch/versions_index.h"

#include <algorithm>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/fetch/json_api.h"
#include "engine/fetch/version_kinds.h"
#include "engine/fetch/version_pattern.h"
#include "engine/net/url.h"

namespace graph {
namespace {

// `../a/b-1.2.tar.gz?x#y` → `b-1.2.tar.gz`; of a folder `b/` → `b/`.
absl::string_view LastPart(absl::string_view link) {
  link = link.substr(0, link.find_first_of("?#"));
  const absl::string_view bare = absl::StripSuffix(link, "/");
  return link.substr(bare.rfind('/') + 1);
}

// The value that begins at `text`, quoted or not.
absl::string_view ValueAt(absl::string_view text) {
  text = absl::StripLeadingAsciiWhitespace(text);
  if (!absl::ConsumePrefix(&text, "=")) return "";
  text = absl::StripLeadingAsciiWhitespace(text);
  if (text.empty()) return "";
  const char quote = text.front();
  if (quote == '"' || quote == '\'')
    return text.substr(1, text.find(quote, 1) - 1);
  return text.substr(0, text.find_first_of("> \t\r\n"));
}

absl::StatusOr<std::vector<FoundVersion>> List(
    const VersionQuestion& question) {
  const std::string url = question.Argument("url");
  const std::string wanted = question.Argument("pattern");
  ASSIGN_OR_RETURN(const VersionPattern pattern, VersionPattern::Parse(wanted));
  HttpAnswer answer;
  ASSIGN_OR_RETURN(
      const std::string page,
      GetText(url, {}, question.context, question.cancellation, &answer));
  const bool is_html =
      absl::StrContains(absl::AsciiStrToLower(answer.content_type), "html");
  const std::vector<std::string> links = LinksOf(page, is_html);
  if (links.empty()) return OddAnswer(url, "without any links");
  std::vector<FoundVersion> found;
  for (const std::string& link : links) {
    const std::optional<std::string> text =
        pattern.Find(absl::StrContains(wanted, '/') ? link : LastPart(link));
    if (!text) continue;
    std::optional<Version> version =
        Version::Parse(VersionScheme::kDotted, *text);
    if (!version) continue;
    FoundVersion& one =
        found.emplace_back(FoundVersion{.version = *std::move(version)});
    one.is_prerelease = one.version.is_prerelease();
    // Relative to the page as it is known, not to the mirror that gave it.
    one.fields = {{"version", *text}, {"url", ResolveUrl(url, link)}};
  }
  return found;
}

absl::Status Complete(const VersionQuestion& question, FoundVersion& version) {
  const std::string url = version.fields["url"];
  const absl::string_view name = LastPart(url);
  if (absl::EndsWith(name, "/")) return absl::OkStatus();
  return SetFile(
      question, {.name = std::string(name), .url = url, .sha256 = ""}, version);
}

}  // namespace

std::vector<std::string> LinksOf(absl::string_view page, bool is_html) {
  if (!is_html) {
    return absl::StrSplit(page, absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty());
  }
  const std::string href = "href";
  const std::string lower = absl::AsciiStrToLower(page);
  std::vector<std::string> links;
  for (size_t at = lower.find(href); at != lower.npos;
       at = lower.find(href, at + 1)) {
    if (at == 0 || !absl::ascii_isspace(lower[at - 1])) continue;
    const absl::string_view value = ValueAt(page.substr(at + href.size()));
    if (value.empty()) continue;
    links.push_back(absl::StrReplaceAll(value, {{"&amp;", "&"},
                                                {"&#x2F;", "/"},
                                                {"&#43;", "+"},
                                                {"&quot;", "\""},
                                                {"&#39;", "'"}}));
  }
  return links;
}

VersionKind UrlIndexVersions() { return {"url_index", List, Complete}; }

}  // namespace graph
