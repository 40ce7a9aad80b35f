// SPDX-License-Identifier: Apache-2.0
#include "engine/model/version_order.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace graph {
namespace {

// The bytes of an order are written piece by piece. Where two versions may have
// different pieces at one place, the first byte of each tells which comes
// first; 0 to 9 are enough. Of a list, kEnd comes before any further element.
constexpr char kEnd = 1;
constexpr char kElement = 2;
constexpr char kLaterElement = 3;

bool AllDigits(absl::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

absl::string_view WithoutZeros(absl::string_view digits) {
  while (!digits.empty() && digits.front() == '0') digits.remove_prefix(1);
  return digits;
}

// However many digits it has: first how many, then they.
void AppendNumber(absl::string_view digits, std::string& order) {
  digits = WithoutZeros(digits);
  const size_t count = std::min<size_t>(digits.size(), 0xffff);
  order += static_cast<char>(count >> 8);
  order += static_cast<char>(count & 0xff);
  order.append(digits.data(), count);
}

void AppendText(absl::string_view text, std::string& order) {
  absl::StrAppend(&order, text, absl::string_view("\0", 1));
}

// Takes a text apart from its front.
class Scanner {
 public:
  explicit Scanner(absl::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }
  absl::string_view rest() const { return rest_; }
  bool Take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool TakeAnyOf(absl::string_view chars) {
    if (rest_.empty() || !absl::StrContains(chars, rest_.front())) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool TakeText(absl::string_view text) {
    return absl::ConsumePrefix(&rest_, text);
  }
  absl::string_view TakeDigits() { return TakeWhile(absl::ascii_isdigit); }
  absl::string_view TakeLetters() { return TakeWhile(absl::ascii_isalpha); }
  // Goes back to what rest() was.
  void Return(absl::string_view rest) { rest_ = rest; }

 private:
  absl::string_view TakeWhile(bool (*is)(unsigned char)) {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), is);
    const absl::string_view taken = rest_.substr(0, end - rest_.begin());
    rest_.remove_prefix(taken.size());
    return taken;
  }

  absl::string_view rest_;
};

constexpr absl::string_view kSeparators = "-_.";

// `1.20.3`; empty if there is none. A dot without a number behind it stays.
std::vector<std::string> TakeRelease(Scanner& scanner) {
  std::vector<std::string> release;
  while (true) {
    const absl::string_view before = scanner.rest();
    if (!release.empty() && !scanner.Take('.')) return release;
    const absl::string_view digits = scanner.TakeDigits();
    if (digits.empty()) {
      scanner.Return(before);
      return release;
    }
    const absl::string_view number = WithoutZeros(digits);
    release.emplace_back(number.empty() ? "0" : number);
  }
}

std::string OrderOfRelease(absl::string_view epoch,
                           const std::vector<std::string>& release) {
  std::string order;
  AppendNumber(epoch, order);
  size_t size = release.size();
  while (size > 0 && release[size - 1] == "0") --size;
  for (size_t i = 0; i < size; ++i) {
    order += kElement;
    AppendNumber(release[i], order);
  }
  order += kEnd;
  return order;
}

// A word of PEP 440 with its number, if it comes next.
std::optional<std::pair<std::string, std::string>> TakeWord(
    Scanner& scanner,
    std::span<const std::pair<absl::string_view, absl::string_view>> words) {
  const absl::string_view before = scanner.rest();
  scanner.TakeAnyOf(kSeparators);
  for (const auto& [spelling, word] : words) {
    if (!scanner.TakeText(spelling)) continue;
    const absl::string_view behind = scanner.rest();
    scanner.TakeAnyOf(kSeparators);
    std::string number(scanner.TakeDigits());
    if (number.empty()) scanner.Return(behind);
    return std::pair(std::string(word), std::move(number));
  }
  scanner.Return(before);
  return std::nullopt;
}

using Spellings = std::pair<absl::string_view, absl::string_view>;
constexpr std::array<Spellings, 8> kPythonPre = {{{"alpha", "a"},
                                                  {"a", "a"},
                                                  {"beta", "b"},
                                                  {"b", "b"},
                                                  {"preview", "rc"},
                                                  {"pre", "rc"},
                                                  {"c", "rc"},
                                                  {"rc", "rc"}}};
constexpr std::array<Spellings, 3> kPythonPost = {
    {{"post", "post"}, {"rev", "post"}, {"r", "post"}}};
constexpr std::array<Spellings, 1> kPythonDev = {{{"dev", "dev"}}};

// `+local` of PEP 440, behind the plus; false if it is none.
bool AppendLocal(absl::string_view local, std::string& order) {
  for (absl::string_view segment :
       absl::StrSplit(local, absl::ByAnyChar(kSeparators))) {
    if (segment.empty() ||
        !std::all_of(segment.begin(), segment.end(), absl::ascii_isalnum)) {
      return false;
    }
    if (AllDigits(segment)) {
      order += kLaterElement;
      AppendNumber(segment, order);
    } else {
      order += kElement;
      AppendText(segment, order);
    }
  }
  order += kEnd;
  return true;
}

// --- kDotted ---

// The parts of one suffix: letters and numbers in turn.
struct Suffix {
  std::vector<std::string> parts;
  bool behind_separator = false;  // `-rc1`, not `rc1`.
};

// Where a word stands among those of one release; see the head of the header.
enum WordRank : char {
  kDevelopment = 1,
  kAlpha,
  kBeta,
  kOtherWord,
  kCandidate,
  kFinal,
  kLater,
};

WordRank RankOf(absl::string_view word) {
  constexpr std::pair<absl::string_view, WordRank> kWords[] = {
      {"dev", kDevelopment}, {"a", kAlpha},      {"alpha", kAlpha},
      {"b", kBeta},          {"beta", kBeta},    {"c", kCandidate},
      {"pre", kCandidate},   {"rc", kCandidate}, {"preview", kCandidate},
      {"final", kFinal},     {"ga", kFinal},     {"release", kFinal},
      {"post", kLater},      {"p", kLater},      {"patch", kLater},
      {"pl", kLater},        {"r", kLater},      {"rev", kLater}};
  for (const auto& [known, rank] : kWords) {
    if (word == known) return rank;
  }
  return kOtherWord;
}

std::optional<Suffix> TakeSuffix(Scanner& scanner) {
  Suffix suffix;
  suffix.behind_separator = scanner.TakeAnyOf("-_.~");
  while (!scanner.done()) {
    absl::string_view part = scanner.TakeDigits();
    if (part.empty()) part = scanner.TakeLetters();
    if (part.empty()) return std::nullopt;
    suffix.parts.emplace_back(part);
    scanner.TakeAnyOf("-_.~");
  }
  if (suffix.parts.empty()) return std::nullopt;
  return suffix;
}

// `w` of `1.1.1w`.
bool IsLetter(const Suffix& suffix) {
  return suffix.parts.size() == 1 && !suffix.behind_separator &&
         suffix.parts.front().size() == 1 &&
         absl::ascii_isalpha(suffix.parts.front().front());
}

// The rank of a whole suffix; nullopt if it belongs to no version.
std::optional<WordRank> RankOf(const Suffix& suffix) {
  const std::string& first = suffix.parts.front();
  if (AllDigits(first) || IsLetter(suffix)) return kLater;
  const WordRank rank = RankOf(first);
  if (rank == kOtherWord && !suffix.behind_separator) return std::nullopt;
  return rank;
}

void AppendSuffix(const Suffix& suffix, WordRank rank, std::string& order) {
  if (IsLetter(suffix)) {
    order += kLaterElement;
    AppendText(suffix.parts.front(), order);
    return;
  }
  // Of a known word the rank is all that counts: `alpha1` is `a1`.
  const bool known = !AllDigits(suffix.parts.front()) && rank != kOtherWord &&
                     RankOf(suffix.parts.front()) == rank;
  for (size_t i = known ? 1 : 0; i < suffix.parts.size(); ++i) {
    const std::string& part = suffix.parts[i];
    if (AllDigits(part)) {
      order += kElement;
      AppendNumber(part, order);
    } else if (RankOf(part) == kDevelopment) {
      order += '\0';  // `rc1.dev2` comes before `rc1`.
    } else {
      order += kLaterElement;
      order += static_cast<char>(RankOf(part));
      AppendText(part, order);
    }
  }
  order += kEnd;
}

// --- kDebian ---

// A byte of a part without digits: `~` even before the end, then letters, then
// the rest.
char DebianByte(char c) {
  if (c == '~') return 1;
  return absl::ascii_isalpha(c) ? c : static_cast<char>(c | 0x80);
}
constexpr char kDebianEnd = 2;

void AppendDebian(absl::string_view text, std::string& order) {
  Scanner scanner(text);
  while (!scanner.done()) {
    while (!scanner.done() && !absl::ascii_isdigit(scanner.rest().front())) {
      order += DebianByte(scanner.rest().front());
      scanner.Take(scanner.rest().front());
    }
    order += kDebianEnd;
    AppendNumber(scanner.TakeDigits(), order);
  }
  order += kDebianEnd;
}

bool IsDebianText(absl::string_view text, absl::string_view more) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return absl::ascii_isalnum(c) || absl::StrContains(more, c);
  });
}

// `~rc1`, `~beta`, but neither `~deb12u1` nor `~bpo12+1`.
bool HasDebianPrerelease(absl::string_view upstream) {
  for (size_t at = upstream.find('~'); at != upstream.npos;
       at = upstream.find('~', at + 1)) {
    Scanner scanner(upstream.substr(at + 1));
    const WordRank rank = RankOf(absl::AsciiStrToLower(scanner.TakeLetters()));
    if (rank < kFinal && rank != kOtherWord) return true;
  }
  return false;
}

}  // namespace

VersionScheme VersionSchemeOf(absl::string_view source_kind) {
  if (source_kind == "python_org" || source_kind == "pypi") {
    return VersionScheme::kPython;
  }
  if (source_kind == "npm") return VersionScheme::kSemver;
  if (source_kind == "deb") return VersionScheme::kDebian;
  return VersionScheme::kDotted;
}

// One for each scheme; false if the text is no version of it.
class VersionParser {
 public:
  explicit VersionParser(Version& version) : version_(version) {}

  bool Python(absl::string_view text) {
    const std::string lower = absl::AsciiStrToLower(text);
    Scanner scanner(lower);
    scanner.Take('v');
    const absl::string_view start = scanner.rest();
    absl::string_view epoch = scanner.TakeDigits();
    if (epoch.empty() || !scanner.Take('!')) {
      scanner.Return(start);
      epoch = "";
    }
    if (!Release(epoch, scanner)) return false;
    const auto pre = TakeWord(scanner, kPythonPre);
    auto post = TakeWord(scanner, kPythonPost);
    if (const absl::string_view before = scanner.rest();
        !post && scanner.Take('-')) {
      const absl::string_view digits = scanner.TakeDigits();
      if (digits.empty()) {
        scanner.Return(before);
      } else {
        post.emplace("post", digits);
      }
    }
    const auto dev = TakeWord(scanner, kPythonDev);
    version_.is_prerelease_ = pre || dev;
    version_.is_post_ = post.has_value();
    // As PEP 440 sums up: a development release of nothing else comes before
    // the first alpha.
    std::string& order = version_.order_;
    if (pre) {
      order += kElement;
      AppendText(pre->first, order);
      AppendNumber(pre->second, order);
    } else {
      order += dev && !post ? kEnd : kLaterElement;
    }
    order += post ? kElement : kEnd;
    if (post) AppendNumber(post->second, order);
    order += dev ? kEnd : kElement;
    if (dev) AppendNumber(dev->second, order);
    version_.public_size_ = order.size();
    if (scanner.Take('+')) return AppendLocal(scanner.rest(), order);
    return scanner.done();
  }

  bool Semver(absl::string_view text) {
    const absl::string_view version = text.substr(0, text.find('+'));
    if (version.size() < text.size() &&
        !IsIdentifiers(text.substr(version.size() + 1), /*any=*/true)) {
      return false;
    }
    const absl::string_view release = version.substr(0, version.find('-'));
    const std::vector<absl::string_view> numbers = absl::StrSplit(release, '.');
    if (numbers.size() != 3) return false;
    for (absl::string_view number : numbers) {
      if (!IsSemverNumber(number)) return false;
    }
    Scanner scanner(release);
    if (!Release("", scanner) || !scanner.done()) return false;
    std::string& order = version_.order_;
    version_.is_prerelease_ = version.size() > release.size();
    if (version_.is_prerelease_) {
      const absl::string_view pre = version.substr(release.size() + 1);
      if (!IsIdentifiers(pre, /*any=*/false)) return false;
      order += kElement;
      for (absl::string_view identifier : absl::StrSplit(pre, '.')) {
        order += AllDigits(identifier) ? kElement : kLaterElement;
        if (AllDigits(identifier)) {
          AppendNumber(identifier, order);
        } else {
          AppendText(identifier, order);
        }
      }
      order += kEnd;
    } else {
      order += kLaterElement;
    }
    version_.public_size_ = order.size();
    return true;
  }

  bool Dotted(absl::string_view text) {
    const std::string lower =
        absl::AsciiStrToLower(text.substr(0, text.find('+')));
    Scanner scanner(lower);
    scanner.Take('v');
    if (!Release("", scanner)) return false;
    std::string& order = version_.order_;
    WordRank rank = kFinal;
    if (!scanner.done()) {
      const std::optional<Suffix> suffix = TakeSuffix(scanner);
      if (!suffix) return false;
      const std::optional<WordRank> found = RankOf(*suffix);
      if (!found) return false;
      rank = *found;
      order += static_cast<char>(rank);
      AppendSuffix(*suffix, rank, order);
    } else {
      order += static_cast<char>(rank);
      order += kEnd;
    }
    version_.is_prerelease_ = rank < kFinal || absl::StrContains(lower, "dev");
    version_.is_post_ = rank == kLater;
    version_.public_size_ = order.size();
    return true;
  }

  bool Debian(absl::string_view text) {
    absl::string_view epoch;
    if (const size_t colon = text.find(':'); colon != text.npos) {
      epoch = text.substr(0, colon);
      if (!AllDigits(epoch)) return false;
      text.remove_prefix(colon + 1);
    }
    const size_t hyphen = text.rfind('-');
    const absl::string_view upstream = text.substr(0, hyphen);
    const absl::string_view revision =
        hyphen == text.npos ? "0" : text.substr(hyphen + 1);
    if (!IsDebianText(upstream, "+-.~:") || !IsDebianText(revision, "+.~") ||
        !absl::ascii_isdigit(upstream.front())) {
      return false;
    }
    std::string& order = version_.order_;
    AppendNumber(epoch, order);
    version_.base_ = order;
    AppendDebian(upstream.substr(0, upstream.find('~')), version_.base_);
    AppendDebian(upstream, order);
    AppendDebian(revision, order);
    version_.is_prerelease_ = HasDebianPrerelease(upstream);
    version_.public_size_ = order.size();
    return true;
  }

 private:
  bool Release(absl::string_view epoch, Scanner& scanner) {
    version_.release_ = TakeRelease(scanner);
    version_.order_ = OrderOfRelease(epoch, version_.release_);
    version_.base_ = version_.order_;
    return !version_.release_.empty();
  }

  static bool IsSemverNumber(absl::string_view text) {
    return AllDigits(text) && (text == "0" || text.front() != '0');
  }

  // `any`: numbers may begin with zeros, as build metadata may.
  static bool IsIdentifiers(absl::string_view text, bool any) {
    for (absl::string_view identifier : absl::StrSplit(text, '.')) {
      if (identifier.empty() ||
          !std::all_of(
              identifier.begin(), identifier.end(),
              [](char c) { return absl::ascii_isalnum(c) || c == '-'; }) ||
          (!any && AllDigits(identifier) && !IsSemverNumber(identifier))) {
        return false;
      }
    }
    return true;
  }

  Version& version_;
};

std::optional<Version> Version::Parse(VersionScheme scheme,
                                      absl::string_view text) {
  Version version;
  version.text_ = std::string(text);
  VersionParser parser(version);
  bool parsed = false;
  switch (scheme) {
    case VersionScheme::kPython:
      parsed = parser.Python(text);
      break;
    case VersionScheme::kSemver:
      parsed = parser.Semver(text);
      break;
    case VersionScheme::kDebian:
      parsed = parser.Debian(text);
      break;
    case VersionScheme::kDotted:
      parsed = parser.Dotted(text);
      break;
  }
  if (!parsed) return std::nullopt;
  return version;
}

}  // namespace graph
