// SPDX-License-Identifier: Apache-2.0
#include "engine/net/url.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace graph {
namespace {

// Where the path of an absolute URL begins, or would.
size_t PathStart(absl::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme == absl::string_view::npos) return 0;
  return std::min(url.find_first_of("/?#", scheme + 3), url.size());
}

bool HasScheme(absl::string_view reference) {
  const size_t colon = reference.find(':');
  return colon != absl::string_view::npos && colon > 0 &&
         reference.find_first_of("/?#") > colon &&
         absl::ascii_isalpha(reference.front());
}

// Without `.` and `..`; `path` begins with a slash.
std::string WithoutDots(absl::string_view path) {
  std::vector<absl::string_view> kept;
  const std::vector<absl::string_view> parts =
      absl::StrSplit(path.substr(1), '/');
  for (size_t i = 0; i < parts.size(); ++i) {
    const bool last = i + 1 == parts.size();
    if (parts[i] == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (parts[i] != ".") {
      kept.push_back(parts[i]);
      continue;
    }
    if (last) kept.push_back("");  // `a/..` is the folder, not a file.
  }
  return absl::StrCat("/", absl::StrJoin(kept, "/"));
}

}  // namespace

bool IsHttpUrl(absl::string_view url) {
  return absl::StartsWithIgnoreCase(url, "http://") ||
         absl::StartsWithIgnoreCase(url, "https://");
}

absl::string_view HostOfUrl(absl::string_view url) {
  const size_t host = url.find("://");
  if (host == absl::string_view::npos) return "";
  url.remove_prefix(host + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  return url.substr(url.rfind('@') + 1);
}

bool IsLocalHost(absl::string_view host) {
  if (absl::StartsWith(host, "[::1]")) return true;
  host = host.substr(0, host.find(':'));
  return absl::EqualsIgnoreCase(host, "localhost") ||
         (absl::StartsWith(host, "127.") &&
          host.find_first_not_of("0123456789.") == absl::string_view::npos);
}

bool IsSafeForLogin(absl::string_view url) {
  return absl::StartsWithIgnoreCase(url, "https://") ||
         (absl::StartsWithIgnoreCase(url, "http://") &&
          IsLocalHost(HostOfUrl(url)));
}

std::string PercentEncoded(absl::string_view text) {
  std::string encoded;
  for (char c : text) {
    if (absl::ascii_isalnum(c) || absl::StrContains("-._~", c)) {
      encoded += c;
    } else {
      absl::StrAppendFormat(&encoded, "%%%02X", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

std::string PercentDecoded(absl::string_view text) {
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i) {
    uint32_t code = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        absl::SimpleHexAtoi(text.substr(i + 1, 2), &code)) {
      plain += static_cast<char>(code);
      i += 2;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

std::string ResolveUrl(absl::string_view base, absl::string_view reference) {
  base = base.substr(0, base.find('#'));
  reference = reference.substr(0, reference.find('#'));
  if (HasScheme(reference)) return std::string(reference);
  if (absl::StartsWith(reference, "//")) {
    return absl::StrCat(base.substr(0, base.find(':') + 1), reference);
  }
  const size_t start = PathStart(base);
  const absl::string_view host = base.substr(0, start);
  absl::string_view path = base.substr(start);
  if (reference.empty()) return std::string(base);
  path = path.substr(0, path.find('?'));
  if (absl::StartsWith(reference, "?")) {
    return absl::StrCat(host, path.empty() ? "/" : path, reference);
  }
  const size_t query = std::min(reference.find('?'), reference.size());
  const absl::string_view folder = absl::StartsWith(reference, "/")
                                       ? ""
                                       : path.substr(0, path.rfind('/') + 1);
  const std::string whole = absl::StrCat(
      folder.empty() && !absl::StartsWith(reference, "/") ? "/" : folder,
      reference.substr(0, query));
  return absl::StrCat(host, WithoutDots(whole), reference.substr(query));
}

}  // namespace graph
