// SPDX-License-Identifier: Apache-2.0
#include "dsl/stdlib/reference.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace dsl {
namespace {

// Reads line by line; a line belongs to the entry whose heading came last.
class Reader {
 public:
  void Take(absl::string_view line) {
    ++line_;
    if (in_code_) {
      TakeCode(line);
    } else if (absl::ConsumePrefix(&line, "## ")) {
      group_ = std::string(line);
      open_ = false;
    } else if (absl::ConsumePrefix(&line, "### `")) {
      Start(absl::StripSuffix(line, "`"));
    } else if (absl::StartsWith(line, "```")) {
      in_code_ = true;
      if (open_) entries_.back().example_line = line_ + 1;
    } else if (open_) {
      absl::StrAppend(&entries_.back().text, line, "\n");
    }
  }

  std::vector<ReferenceEntry> Finish() && {
    for (ReferenceEntry& entry : entries_) {
      entry.text = std::string(absl::StripAsciiWhitespace(entry.text));
    }
    return std::move(entries_);
  }

 private:
  void Start(absl::string_view signature) {
    ReferenceEntry& entry = entries_.emplace_back();
    entry.group = group_;
    entry.signature = std::string(signature);
    entry.name = std::string(signature.substr(0, signature.find('(')));
    open_ = true;
  }

  void TakeCode(absl::string_view line) {
    in_code_ = line != "```";
    if (!in_code_ || !open_) return;
    absl::StrAppend(&entries_.back().example, line, "\n");
  }

  std::vector<ReferenceEntry> entries_;
  std::string group_;
  int line_ = 0;
  bool open_ = false;  // Whether there is an entry to add to.
  bool in_code_ = false;
};

}  // namespace

std::vector<ReferenceEntry> ParseReference(absl::string_view markdown) {
  Reader reader;
  for (absl::string_view line : absl::StrSplit(markdown, '\n')) {
    reader.Take(line);
  }
  return std::move(reader).Finish();
}

}  // namespace dsl
