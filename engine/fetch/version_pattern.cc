// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/version_pattern.h"

#include <regex.h>

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace graph {
namespace {

// Of `tool-12.` the place of `12.`; the end if it does not end in a number and
// a dot that begin a version.
size_t NumbersAtEnd(absl::string_view text) {
  if (!absl::EndsWith(text, ".")) return text.size();
  size_t start = text.size();
  while (start > 0 &&
         (absl::ascii_isdigit(text[start - 1]) || text[start - 1] == '.')) {
    --start;
  }
  const bool begins = absl::ascii_isdigit(text[start]) &&
                      (start == 0 || text[start - 1] == 'v' ||
                       !absl::ascii_isalpha(text[start - 1]));
  return begins ? start : text.size();
}

}  // namespace

// glibc's, whose time is linear in the length of the name; std::regex recurses
// along it.
struct VersionPattern::Regex {
  Regex() = default;
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;
  ~Regex() {
    if (usable) regfree(&compiled);
  }

  regex_t compiled{};
  bool usable = false;
};

absl::StatusOr<VersionPattern> VersionPattern::Parse(absl::string_view text) {
  VersionPattern pattern;
  auto wrong = [&](absl::string_view why) {
    return absl::InvalidArgumentError(
        absl::StrCat("the pattern `", text, "` ", why));
  };
  if (!absl::StrContains(text, '(')) {
    if (std::count(text.begin(), text.end(), '*') != 1) {
      return wrong(
          "needs one `*` where the version is, as in `release-*`, or to be a "
          "regular expression with one group, as in `v([0-9.]+)-slim`");
    }
    pattern.before_ = std::string(text.substr(0, text.find('*')));
    pattern.behind_ = std::string(text.substr(text.find('*') + 1));
    pattern.start_ = NumbersAtEnd(pattern.before_);
    return pattern;
  }
  auto regex = std::make_shared<Regex>();
  const int code = regcomp(
      &regex->compiled, absl::StrCat("^(", text, ")$").c_str(), REG_EXTENDED);
  if (code != 0) {
    char message[200];
    regerror(code, &regex->compiled, message, sizeof(message));
    return wrong(absl::StrCat("is no regular expression: ", message));
  }
  regex->usable = true;
  if (regex->compiled.re_nsub != 2) {  // One is ours, around it all.
    return wrong(absl::StrCat("has ", regex->compiled.re_nsub - 1,
                              " groups; the one group is the version"));
  }
  pattern.regex_ = std::move(regex);
  return pattern;
}

std::optional<std::string> VersionPattern::Find(absl::string_view name) const {
  if (name.size() > kLongestName) return std::nullopt;
  if (regex_ == nullptr) {
    if (name.size() <= before_.size() + behind_.size() ||
        !absl::StartsWith(name, before_) || !absl::EndsWith(name, behind_)) {
      return std::nullopt;
    }
    return std::string(
        name.substr(start_, name.size() - start_ - behind_.size()));
  }
  const std::string text(name);
  regmatch_t found[3];
  if (absl::StrContains(name, '\0') ||
      regexec(&regex_->compiled, text.c_str(), 3, found, 0) != 0 ||
      found[2].rm_so < 0) {
    return std::nullopt;
  }
  return text.substr(found[2].rm_so, found[2].rm_eo - found[2].rm_so);
}

bool FitsGlob(absl::string_view pattern, absl::string_view name) {
  // Where to go on after the last `*`, should the rest not fit.
  size_t at = 0, p = 0, star = pattern.npos, again = 0;
  while (at < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      again = at;
    } else if (p < pattern.size() &&
               (pattern[p] == '?' || pattern[p] == name[at])) {
      ++p;
      ++at;
    } else if (star != pattern.npos) {
      p = star + 1;
      at = ++again;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == pattern.npos;
}

}  // namespace graph
