// SPDX-License-Identifier: Apache-2.0
#include "engine/net/places.h"

#include <algorithm>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/net/url.h"
#include "engine/os/environment.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

std::vector<absl::string_view> Words(absl::string_view text) {
  return absl::StrSplit(text, absl::ByAnyChar(" \t"), absl::SkipEmpty());
}

bool IsPrefixOf(absl::string_view prefix, absl::string_view url) {
  if (!absl::StartsWith(url, prefix)) return false;
  return absl::EndsWith(prefix, "/") || url.size() == prefix.size() ||
         absl::StrContains("/?", url[prefix.size()]);
}

absl::StatusOr<std::string> SecretOf(const HttpLogin& login) {
  const std::string whose = absl::StrCat("the login for ", login.host);
  std::string secret;
  if (!login.variable.empty()) {
    secret = HostEnvironment::FromProcess().Find(login.variable).value_or("");
    if (secret.empty()) {
      return absl::FailedPreconditionError(
          absl::StrCat(whose, " is in the variable ", login.variable,
                       ", which is not set: set it, or take the line `login` ",
                       "out of the settings"));
    }
  } else {
    absl::StatusOr<std::string> text = ReadFile(login.file);
    if (!text.ok()) {
      return absl::FailedPreconditionError(
          absl::StrCat(whose, " cannot be read: ", text.status().message()));
    }
    secret = text->substr(0, text->find('\n'));
  }
  const absl::string_view bare = absl::StripAsciiWhitespace(secret);
  // What is no token could smuggle in another header.
  if (bare.empty() || !std::all_of(bare.begin(), bare.end(), [](char c) {
        return absl::ascii_isgraph(c);
      })) {
    return absl::FailedPreconditionError(absl::StrCat(
        whose, " is not one word of printable characters: look at ",
        login.variable.empty() ? login.file : login.variable));
  }
  return std::string(bare);
}

}  // namespace

absl::StatusOr<HttpMirror> ParseHttpMirror(absl::string_view text) {
  const std::vector<absl::string_view> words = Words(text);
  const bool only = words.size() == 3 && words[2] == "only";
  if ((words.size() == 2 || only) && IsHttpUrl(words[0]) &&
      IsHttpUrl(words[1]) &&
      absl::EndsWith(words[0], "/") == absl::EndsWith(words[1], "/")) {
    return HttpMirror{std::string(words[0]), std::string(words[1]), only};
  }
  return absl::InvalidArgumentError(
      "two prefixes of http or https URLs, both with a slash at the end or "
      "both without (`https://host/a/ https://mirror.example/a/`), and `only` "
      "where the first is not to be asked");
}

absl::StatusOr<HttpLogin> ParseHttpLogin(absl::string_view text) {
  const std::vector<absl::string_view> words = Words(text);
  absl::string_view host, where;
  if (words.size() == 2) {
    host = words[0];
    where = words[1];
  }
  HttpLogin login{.host = absl::AsciiStrToLower(host)};
  const bool is_host = !host.empty() && !absl::StrContains(host, '/') &&
                       !absl::StrContains(host, '@');
  if (is_host && absl::ConsumePrefix(&where, "env:") && !where.empty()) {
    login.variable = std::string(where);
    return login;
  }
  if (is_host && absl::ConsumePrefix(&where, "file:") &&
      absl::StartsWith(where, "/")) {
    login.file = std::string(where);
    return login;
  }
  return absl::InvalidArgumentError(
      "a host and where its token is (`host env:NAME`, `host file:/path`)");
}

std::vector<HttpPlace> PlacesOf(std::span<const std::string> urls,
                                std::span<const HttpMirror> mirrors) {
  std::vector<HttpPlace> places;
  auto add = [&](std::string url, bool is_mirror) {
    for (const HttpPlace& place : places) {
      if (place.url == url) return;
    }
    places.push_back({std::move(url), is_mirror});
  };
  for (const std::string& url : urls) {
    bool only = false;
    for (const HttpMirror& mirror : mirrors) {
      if (!IsPrefixOf(mirror.prefix, url)) continue;
      only |= mirror.only;
      add(absl::StrCat(mirror.replacement, url.substr(mirror.prefix.size())),
          /*is_mirror=*/true);
    }
    if (!only) add(url, /*is_mirror=*/false);
  }
  return places;
}

absl::StatusOr<std::string> AuthorizationFor(
    absl::string_view url, std::span<const HttpLogin> logins) {
  const std::string host = absl::AsciiStrToLower(HostOfUrl(url));
  for (const HttpLogin& login : logins) {
    if (login.host != host) continue;
    if (!IsSafeForLogin(url)) {
      return absl::FailedPreconditionError(absl::StrCat(
          "the login for ", host, " is not sent over http, where everybody on ",
          "the way could read it: ask for it by https"));
    }
    ASSIGN_OR_RETURN(const std::string secret, SecretOf(login));
    return absl::StrCat("Bearer ", secret);
  }
  return "";
}

}  // namespace graph
