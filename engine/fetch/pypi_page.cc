// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/pypi_page.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/net/http.h"
#include "engine/net/url.h"

namespace graph {
namespace {

using Json = nlohmann::json;

absl::Status NoPage(absl::string_view url, absl::string_view why) {
  return absl::UnavailableError(
      absl::StrCat(UrlForPeople(url), " ", why, ": is it a package index?"));
}

std::string Text(const Json& json, const char* name) {
  if (!json.is_object()) return "";
  auto member = json.find(name);
  return member != json.end() && member->is_string()
             ? member->get<std::string>()
             : "";
}

absl::StatusOr<std::vector<PypiFile>> ParseJson(absl::string_view text,
                                                absl::string_view url) {
  const Json page = Json::parse(text.begin(), text.end(), nullptr,
                                /*allow_exceptions=*/false);
  if (!page.is_object() || !page.contains("files") ||
      !page["files"].is_array()) {
    return NoPage(url, "answers with JSON that has no `files`");
  }
  std::vector<PypiFile> files;
  for (const Json& entry : page["files"]) {
    PypiFile file{.name = Text(entry, "filename"),
                  .url = ResolveUrl(url, Text(entry, "url"))};
    if (entry.is_object() && entry.contains("hashes")) {
      file.sha256 = Text(entry["hashes"], "sha256");
    }
    if (!file.name.empty()) files.push_back(std::move(file));
  }
  return files;
}

std::string Unescaped(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"&lt;", "<"},
                                    {"&gt;", ">"},
                                    {"&quot;", "\""},
                                    {"&#39;", "'"},
                                    {"&#x27;", "'"},
                                    {"&#43;", "+"},
                                    {"&#x2B;", "+"},
                                    {"&#x2b;", "+"},
                                    {"&amp;", "&"}});
}

// The value of the attribute `name` in what stands in a tag after its name.
std::string AttributeOf(absl::string_view tag, absl::string_view name) {
  while (!tag.empty()) {
    tag = absl::StripLeadingAsciiWhitespace(tag);
    const size_t end = std::min(tag.find_first_of("= \t\r\n"), tag.size());
    const absl::string_view key = tag.substr(0, end);
    tag = absl::StripLeadingAsciiWhitespace(tag.substr(end));
    if (!absl::ConsumePrefix(&tag, "=")) {
      if (key.empty()) return "";
      continue;
    }
    tag = absl::StripLeadingAsciiWhitespace(tag);
    const bool quoted =
        !tag.empty() && (tag.front() == '"' || tag.front() == '\'');
    const size_t close = std::min(
        quoted ? tag.find(tag.front(), 1) : tag.find_first_of(" \t\r\n"),
        tag.size());
    const absl::string_view value =
        quoted ? tag.substr(1, close - 1) : tag.substr(0, close);
    tag.remove_prefix(std::min(close + (quoted ? 1 : 0), tag.size()));
    if (absl::EqualsIgnoreCase(key, name)) return Unescaped(value);
  }
  return "";
}

// `<a …>text</a>` and `<base …>`; everything else is passed over.
std::vector<PypiFile> ParseHtml(absl::string_view text, std::string base) {
  std::vector<PypiFile> files;
  for (size_t begin = text.find('<'); begin != absl::string_view::npos;
       begin = text.find('<', begin + 1)) {
    absl::string_view tag = text.substr(begin + 1);
    tag = tag.substr(0, std::min(tag.find('>'), tag.size()));
    const size_t name_end = std::min(tag.find_first_of(" \t\r\n"), tag.size());
    const absl::string_view name = tag.substr(0, name_end);
    const std::string href = AttributeOf(tag.substr(name_end), "href");
    if (absl::EqualsIgnoreCase(name, "base") && !href.empty()) {
      base = ResolveUrl(base, href);
    }
    if (!absl::EqualsIgnoreCase(name, "a") || href.empty()) continue;
    absl::string_view shown = text.substr(begin + 1 + tag.size());
    absl::ConsumePrefix(&shown, ">");
    shown = shown.substr(0, std::min(shown.find('<'), shown.size()));
    const std::vector<std::string> parts =
        absl::StrSplit(href, absl::MaxSplits('#', 1));
    PypiFile file{.name = Unescaped(absl::StripAsciiWhitespace(shown)),
                  .url = ResolveUrl(base, parts[0])};
    absl::string_view fragment;
    if (parts.size() > 1) fragment = parts[1];
    if (absl::ConsumePrefix(&fragment, "sha256=")) {
      file.sha256 = std::string(fragment.substr(0, fragment.find('&')));
    }
    if (!file.name.empty()) files.push_back(std::move(file));
  }
  return files;
}

}  // namespace

absl::StatusOr<std::vector<PypiFile>> ParsePypiPage(
    absl::string_view text, absl::string_view content_type,
    absl::string_view url) {
  const absl::string_view type = absl::StripAsciiWhitespace(
      content_type.substr(0, content_type.find(';')));
  if (absl::EqualsIgnoreCase(type, "application/vnd.pypi.simple.v1+json")) {
    return ParseJson(text, url);
  }
  if (absl::EqualsIgnoreCase(type, "application/vnd.pypi.simple.v1+html") ||
      absl::EqualsIgnoreCase(type, "text/html")) {
    return ParseHtml(text, std::string(url));
  }
  return NoPage(url, absl::StrCat("answers with ",
                                  type.empty() ? "no Content-Type" : type));
}

std::string NormalizedProject(absl::string_view name) {
  std::string normalized;
  for (char c : name) {
    const bool separator = absl::StrContains("-_.", c);
    if (!separator) {
      normalized += absl::ascii_tolower(c);
    } else if (!absl::EndsWith(normalized, "-")) {
      normalized += '-';
    }
  }
  return normalized;
}

PypiFileName ParsePypiFileName(absl::string_view name) {
  PypiFileName parsed;
  if (absl::EndsWith(name, ".whl")) {
    const std::vector<absl::string_view> parts = absl::StrSplit(name, '-');
    if (parts.size() != 5 && parts.size() != 6) return {};
    return {.project = NormalizedProject(parts[0]),
            .version = std::string(parts[1]),
            .rest = "-" + absl::StrJoin(parts.begin() + 2, parts.end(), "-")};
  }
  for (absl::string_view ending : {".tar.gz", ".zip", ".tar.bz2", ".tar.xz"}) {
    absl::string_view stem = name;
    if (!absl::ConsumeSuffix(&stem, ending)) continue;
    const size_t dash = stem.rfind('-');
    if (dash == absl::string_view::npos || dash == 0) return {};
    return {.project = NormalizedProject(stem.substr(0, dash)),
            .version = std::string(stem.substr(dash + 1)),
            .rest = std::string(ending)};
  }
  return {};
}

}  // namespace graph
