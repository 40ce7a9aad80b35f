// SPDX-License-Identifier: Apache-2.0
#include "engine/model/lock_file.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/base/json_text.h"
#include "engine/model/version_source.h"

namespace graph {
namespace {

constexpr absl::string_view kHeader =
    "# What the moving versions of this workspace are. `graph lock` writes "
    "this file;\n# commit it, and do not edit it.\n";
constexpr absl::string_view kRequest = "request.";
constexpr absl::string_view kTryAgain =
    "restore the file, or delete it and run `graph lock`";
// What git and others leave in a file that they could not merge.
constexpr absl::string_view kConflictMarks[] = {"<<<<<<<", "=======", ">>>>>>>",
                                                "|||||||"};

bool IsHex(absl::string_view text, size_t digits) {
  return text.size() == digits &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f');
         });
}

bool IsDay(absl::string_view text) {
  return text.size() == 10 &&
         std::all_of(text.begin(), text.end(), [&text](const char& c) {
           const ptrdiff_t at = &c - text.data();
           return at == 4 || at == 7 ? c == '-' : absl::ascii_isdigit(c);
         });
}

// What is wrong with the value of a field or of `asked`; empty if nothing is.
absl::string_view FaultOf(absl::string_view key, absl::string_view value) {
  if (value.empty()) return "is empty";
  if (key == "asked" && !IsDay(value)) return "is no day like `2026-01-31`";
  if (key == "sha256" && !IsHex(value, 64)) {
    return "is not 64 lowercase hex digits";
  }
  if (key == "commit" && !IsHex(value, 40) && !IsHex(value, 64)) {
    return "is no whole commit: 40 or 64 lowercase hex digits";
  }
  if (key == "digest" &&
      !(absl::ConsumePrefix(&value, "sha256:") && IsHex(value, 64))) {
    return "is not `sha256:` and 64 lowercase hex digits";
  }
  return "";
}

// A code point as UTF-8; REQUIRES: below 0x10000.
void AppendUtf8(uint32_t code, std::string* out) {
  if (code < 0x80) {
    out->push_back(static_cast<char>(code));
  } else if (code < 0x800) {
    out->push_back(static_cast<char>(0xC0 | (code >> 6)));
    out->push_back(static_cast<char>(0x80 | (code & 0x3F)));
  } else {
    out->push_back(static_cast<char>(0xE0 | (code >> 12)));
    out->push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3F)));
    out->push_back(static_cast<char>(0x80 | (code & 0x3F)));
  }
}

// Takes a string in double quotes from the front of `text`; nothing if there
// is none.
std::optional<std::string> TakeString(absl::string_view* text) {
  if (!absl::ConsumePrefix(text, "\"")) return std::nullopt;
  std::string value;
  while (!text->empty()) {
    const char c = text->front();
    text->remove_prefix(1);
    if (c == '"') return value;
    if (c != '\\') {
      value.push_back(c);
      continue;
    }
    if (text->empty()) return std::nullopt;
    const char escape = text->front();
    text->remove_prefix(1);
    constexpr absl::string_view kNames = "\"\\/bfnrt";
    constexpr absl::string_view kMeant = "\"\\/\b\f\n\r\t";
    if (const size_t at = kNames.find(escape); at != kNames.npos) {
      value.push_back(kMeant[at]);
      continue;
    }
    uint32_t code;
    if (escape != 'u' || text->size() < 4 ||
        !absl::SimpleHexAtoi(text->substr(0, 4), &code)) {
      return std::nullopt;
    }
    text->remove_prefix(4);
    AppendUtf8(code, &value);
  }
  return std::nullopt;
}

std::string Heading(absl::string_view name) {
  const bool bare = std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_isalnum(c) || c == '_' || c == '-';
  });
  return bare ? absl::StrCat("[", name, "]")
              : absl::StrCat("[", JsonString(name), "]");
}

// Reads line by line; the first mistake ends it.
class Parser {
 public:
  explicit Parser(absl::string_view text) : text_(text) {}

  std::variant<LockEntries, LockMistake> Parse() {
    while (at_ < text_.size() && !mistake_) {
      const size_t end = std::min(text_.find('\n', at_), text_.size());
      line_ = text_.substr(at_, end - at_);
      Line();
      at_ = end + 1;
    }
    line_ = absl::string_view();
    at_ = text_.size();
    if (!mistake_ && !format_) {
      Fail(text_.substr(text_.size()), "there is no line `format = 1`",
           kTryAgain);
    }
    if (!mistake_) EndEntry();
    if (mistake_) return *std::move(mistake_);
    return std::move(entries_);
  }

 private:
  // At `part` of the text.
  void Fail(absl::string_view part, std::string message,
            absl::string_view hint) {
    if (mistake_) return;
    const size_t begin = part.data() - text_.data();
    mistake_ = LockMistake{begin, begin + part.size(), std::move(message),
                           std::string(hint)};
  }

  void Line() {
    for (absl::string_view mark : kConflictMarks) {
      if (!absl::StartsWith(line_, mark)) continue;
      return Fail(line_, "a merge that was not finished",
                  "keep the blocks that both sides want, remove the lines of "
                  "the conflict, and run `graph lock`: it asks again for what "
                  "does not fit");
    }
    if (line_.empty() || line_.front() == '#') return;
    if (!format_) return Format();
    if (line_.front() == '[') return EntryLine();
    KeyLine();
  }

  void Format() {
    absl::string_view rest = line_;
    int format;
    if (!absl::ConsumePrefix(&rest, "format = ") ||
        !absl::SimpleAtoi(rest, &format) || format < 1) {
      return Fail(line_, "a lock begins with a line `format = 1`", kTryAgain);
    }
    if (format > kLockFormat) {
      return Fail(line_,
                  absl::StrCat("this lock has format ", format,
                               ", written by a newer graph; this one knows ",
                               "format ", kLockFormat),
                  "use a newer graph");
    }
    format_ = true;
  }

  void EntryLine() {
    EndEntry();
    absl::string_view rest = line_.substr(1);
    std::string name;
    if (std::optional<std::string> quoted = TakeString(&rest)) {
      name = *std::move(quoted);
    } else {
      name = std::string(rest.substr(0, rest.find(']')));
      rest.remove_prefix(name.size());
    }
    if (rest != "]" || !CheckVersionName(name).ok()) {
      return Fail(line_, "an entry begins with its name: `[name]`", kTryAgain);
    }
    if (entries_.contains(name)) {
      return Fail(line_, absl::StrCat("a second entry `", name, "`"),
                  absl::StrCat("keep one of them, and run `graph lock`"));
    }
    heading_ = line_;
    entry_ = &entries_[name];
    entry_->request.name = name;
    keys_.clear();
  }

  void KeyLine() {
    const size_t equals = line_.find(" = ");
    if (equals == line_.npos) {
      return Fail(line_, "a line is `key = \"value\"`", kTryAgain);
    }
    const absl::string_view key = line_.substr(0, equals);
    if (entry_ == nullptr) {
      return Fail(key, absl::StrCat("`", key, "` stands before all entries"),
                  kTryAgain);
    }
    if (!keys_.emplace(key).second) {
      return Fail(key, absl::StrCat("a second `", key, "` of this entry"),
                  kTryAgain);
    }
    const absl::string_view written = line_.substr(equals + 3);
    if (key == "request.prerelease") {
      if (written != "true") {
        return Fail(written, "request.prerelease is `true`, or not there",
                    kTryAgain);
      }
      entry_->request.prerelease = true;
      return;
    }
    absl::string_view rest = written;
    std::optional<std::string> value = TakeString(&rest);
    if (!value || !rest.empty()) {
      return Fail(written, "this is no string in double quotes", kTryAgain);
    }
    if (const absl::string_view fault = FaultOf(key, *value); !fault.empty()) {
      return Fail(written, absl::StrCat("`", key, "` ", fault), kTryAgain);
    }
    Set(key, *std::move(value));
  }

  void Set(absl::string_view key, std::string value) {
    absl::string_view parameter = key;
    if (key == "asked") {
      entry_->asked = std::move(value);
    } else if (key == "request.source") {
      entry_->request.source.kind = std::move(value);
    } else if (key == "request.constraint") {
      entry_->request.constraint = std::move(value);
    } else if (absl::ConsumePrefix(&parameter, kRequest)) {
      entry_->request.source.arguments[std::string(parameter)] =
          std::move(value);
    } else {
      const auto fields = VersionFields();
      if (std::find(fields.begin(), fields.end(), key) == fields.end()) {
        return Fail(key, absl::StrCat("no entry has a `", key, "`"), kTryAgain);
      }
      entry_->fields[std::string(key)] = std::move(value);
    }
  }

  void EndEntry() {
    if (entry_ == nullptr) return;
    auto want = [this](bool there, absl::string_view key) {
      if (there) return;
      Fail(heading_,
           absl::StrCat("the entry `", entry_->request.name, "` has no `", key,
                        "`"),
           kTryAgain);
    };
    want(!entry_->request.source.kind.empty(), "request.source");
    want(!entry_->asked.empty(), "asked");
    want(entry_->fields.contains("version"), "version");
    entry_ = nullptr;
  }

  const absl::string_view text_;
  size_t at_ = 0;
  absl::string_view line_;
  bool format_ = false;
  absl::string_view heading_;
  LockedVersion* entry_ = nullptr;  // In `entries_`: the one being read.
  std::set<std::string, std::less<>> keys_;  // Of it.
  LockEntries entries_;
  std::optional<LockMistake> mistake_;
};

}  // namespace

std::variant<LockEntries, LockMistake> ParseLock(absl::string_view text) {
  return Parser(text).Parse();
}

std::string FormatLock(const LockEntries& entries) {
  std::string out = absl::StrCat(kHeader, "\nformat = ", kLockFormat, "\n");
  for (const auto& [name, entry] : entries) {
    absl::StrAppend(&out, "\n", Heading(name), "\n");
    auto line = [&out](absl::string_view key, absl::string_view value) {
      if (value.empty()) return;
      absl::StrAppend(&out, key, " = ", JsonString(value), "\n");
    };
    line("request.source", entry.request.source.kind);
    for (const auto& [parameter, value] : entry.request.source.arguments) {
      line(absl::StrCat(kRequest, parameter), value);
    }
    line("request.constraint", entry.request.constraint);
    if (entry.request.prerelease) out += "request.prerelease = true\n";
    line("asked", entry.asked);
    auto version = entry.fields.find("version");
    if (version != entry.fields.end()) line("version", version->second);
    for (const auto& [field, value] : entry.fields) {
      if (field != "version") line(field, value);
    }
  }
  return out;
}

LockEntries MergeLocks(const LockEntries& base, const LockEntries& mine,
                       LockEntries theirs) {
  for (const auto& [name, entry] : base) {
    if (!mine.contains(name)) theirs.erase(name);
  }
  for (const auto& [name, entry] : mine) {
    auto before = base.find(name);
    if (before == base.end() || before->second != entry) theirs[name] = entry;
  }
  return theirs;
}

}  // namespace graph
