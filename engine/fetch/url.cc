// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/url.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_format.h"

namespace graph {

std::string EscapedForUrl(absl::string_view text) {
  std::string escaped;
  for (char c : text) {
    if (absl::ascii_isalnum(c) || absl::StrContains("-._~", c)) {
      escaped += c;
    } else {
      absl::StrAppendFormat(&escaped, "%%%02X", static_cast<unsigned char>(c));
    }
  }
  return escaped;
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

bool MayCarryLogin(absl::string_view url) {
  return absl::StartsWithIgnoreCase(url, "https://") ||
         (absl::StartsWithIgnoreCase(url, "http://") &&
          IsLocalHost(HostOfUrl(url)));
}

}  // namespace graph
