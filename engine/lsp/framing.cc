// SPDX-License-Identifier: Apache-2.0
#include "engine/lsp/framing.h"

#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace graph {
namespace {

constexpr absl::string_view kEnd = "\r\n\r\n";

absl::StatusOr<size_t> LengthIn(absl::string_view header) {
  std::optional<uint64_t> length;
  for (absl::string_view line : absl::StrSplit(header, "\r\n")) {
    const std::pair<absl::string_view, absl::string_view> field =
        absl::StrSplit(line, absl::MaxSplits(':', 1));
    if (!absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(field.first),
                                "Content-Length")) {
      continue;
    }
    uint64_t value = 0;
    if (!absl::SimpleAtoi(absl::StripAsciiWhitespace(field.second), &value) ||
        value > FrameReader::kMaxBody) {
      return absl::InvalidArgumentError(
          absl::StrCat("no length of a message: `", line.substr(0, 80), "`"));
    }
    length = value;
  }
  if (!length.has_value()) {
    return absl::InvalidArgumentError("a message without Content-Length");
  }
  return *length;
}

}  // namespace

absl::StatusOr<std::optional<std::string>> FrameReader::Next() {
  const absl::string_view rest = absl::string_view(waiting_).substr(read_);
  const size_t end = rest.substr(0, kMaxHeader).find(kEnd);
  if (end == absl::string_view::npos) {
    if (rest.size() < kMaxHeader) return std::nullopt;
    return absl::InvalidArgumentError("the header of a message does not end");
  }
  const absl::StatusOr<size_t> length = LengthIn(rest.substr(0, end));
  if (!length.ok()) return length.status();
  const size_t begin = end + kEnd.size();
  if (rest.size() - begin < *length) return std::nullopt;
  std::string body(rest.substr(begin, *length));
  Advance(begin + *length);
  return body;
}

void FrameReader::Advance(size_t size) {
  read_ += size;
  if (read_ == waiting_.size()) {
    waiting_.clear();
    waiting_.shrink_to_fit();
    read_ = 0;
  } else if (read_ > waiting_.size() / 2) {
    waiting_.erase(0, read_);
    read_ = 0;
  }
}

std::string Frame(absl::string_view body) {
  return absl::StrCat("Content-Length: ", body.size(), "\r\n\r\n", body);
}

}  // namespace graph
