// SPDX-License-Identifier: Apache-2.0

#include "dsl/syntax/literals.h"

#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace dsl {
namespace {

int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

void AppendUtf8(uint32_t point, std::string* out) {
  const auto tail = [&](int shift) {
    out->push_back(static_cast<char>(0x80 | ((point >> shift) & 0x3f)));
  };
  if (point < 0x80) {
    out->push_back(static_cast<char>(point));
  } else if (point < 0x800) {
    out->push_back(static_cast<char>(0xc0 | (point >> 6)));
    tail(0);
  } else if (point < 0x10000) {
    out->push_back(static_cast<char>(0xe0 | (point >> 12)));
    tail(6);
    tail(0);
  } else {
    out->push_back(static_cast<char>(0xf0 | (point >> 18)));
    tail(12);
    tail(6);
    tail(0);
  }
}

// Reads the escapes of one body.
class Unescaper {
 public:
  Unescaper(const Source& source, Extent body, Diagnostics& diagnostics)
      : source_(source),
        body_(body),
        text_(source.Text(body)),
        diagnostics_(diagnostics) {}

  std::string Read(bool raw) {
    std::string out;
    out.reserve(text_.size());
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') {
        ++at_;
      } else if (c == '\\' && !raw) {
        Escape(&out);
      } else {
        out.push_back(c);
        ++at_;
      }
    }
    return out;
  }

 private:
  void Wrong(size_t begin, std::string message, std::string hint = "") {
    const auto from = static_cast<uint32_t>(body_.begin + begin);
    const auto to = static_cast<uint32_t>(body_.begin + at_);
    diagnostics_.Error(source_.At({from, to}), std::move(message),
                       std::move(hint));
  }

  // Up to `most` digits of the base.
  uint32_t Digits(int base, size_t most, size_t* count) {
    uint32_t value = 0;
    for (*count = 0;
         *count < most && at_ < text_.size() && DigitOf(text_[at_]) < base;
         ++*count) {
      value = value * base + DigitOf(text_[at_++]);
    }
    return value;
  }

  void Escape(std::string* out) {
    const size_t begin = at_++;
    if (at_ == text_.size()) return Wrong(begin, "an escape is not finished");
    const char c = text_[at_++];
    constexpr absl::string_view kLetters = "abfnrtv\\'\"";
    constexpr absl::string_view kMeanings = "\a\b\f\n\r\t\v\\'\"";
    if (const size_t i = kLetters.find(c); i != absl::string_view::npos) {
      out->push_back(kMeanings[i]);
    } else if (c == '\n') {
      // The line goes on.
    } else if (c == '\r' && at_ < text_.size() && text_[at_] == '\n') {
      ++at_;
    } else if (c >= '0' && c <= '7') {
      --at_;
      Small(begin, 8, 3, out);
    } else if (c == 'x') {
      Small(begin, 16, 2, out);
    } else if (c == 'u' || c == 'U') {
      CodePoint(begin, c == 'u' ? 4 : 8, out);
    } else {
      while (at_ < text_.size() && (text_[at_] & 0xc0) == 0x80) ++at_;
      const absl::string_view escape = text_.substr(begin, at_ - begin);
      Wrong(begin, absl::StrCat("unknown escape `", escape, "`"),
            absl::StrCat("write `\\", escape, "` for a backslash"));
    }
  }

  void Small(size_t begin, int base, size_t most, std::string* out) {
    size_t count;
    const uint32_t value = Digits(base, most, &count);
    if (base == 16 && count != most) {
      Wrong(begin, "the escape \\x takes two hexadecimal digits");
    } else if (value > 127) {
      Wrong(begin,
            absl::StrCat("the escape `", text_.substr(begin, at_ - begin),
                         "` is beyond ASCII"),
            "use \\u and four hexadecimal digits");
    } else {
      out->push_back(static_cast<char>(value));
    }
  }

  void CodePoint(size_t begin, size_t digits, std::string* out) {
    size_t count;
    const uint32_t point = Digits(16, digits, &count);
    const absl::string_view escape = text_.substr(begin, at_ - begin);
    if (count != digits) {
      Wrong(begin, absl::StrCat("the escape `", escape.substr(0, 2), "` takes ",
                                digits, " hexadecimal digits"));
    } else if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) {
      Wrong(begin,
            absl::StrCat("the escape `", escape, "` is not a code point"));
    } else {
      AppendUtf8(point, out);
    }
  }

  const Source& source_;
  const Extent body_;
  const absl::string_view text_;
  Diagnostics& diagnostics_;
  size_t at_ = 0;
};

}  // namespace

Quoted SplitQuoted(const Source& source, Extent literal) {
  const absl::string_view text = source.Text(literal);
  size_t prefix = 0;
  while (text[prefix] != '"' && text[prefix] != '\'') ++prefix;
  Quoted quoted;
  quoted.raw =
      text.substr(0, prefix).find_first_of("rR") != absl::string_view::npos;
  const absl::string_view rest = text.substr(prefix);
  const bool triple =
      rest.size() >= 3 && rest[1] == rest[0] && rest[2] == rest[0];
  const size_t quotes = triple ? 3 : 1;
  quoted.body.begin = static_cast<uint32_t>(literal.begin + prefix + quotes);
  // One that is not closed may end anywhere.
  quoted.body.end = rest.size() >= 2 * quotes
                        ? static_cast<uint32_t>(literal.end - quotes)
                        : quoted.body.begin;
  return quoted;
}

absl::string_view Unquote(const Source& source, Extent body, bool raw,
                          Arena& arena, Diagnostics& diagnostics) {
  const absl::string_view text = source.Text(body);
  if ((raw || text.find('\\') == absl::string_view::npos) &&
      text.find('\r') == absl::string_view::npos) {
    return text;
  }
  return arena.Copy(Unescaper(source, body, diagnostics).Read(raw));
}

void ReadInt(absl::string_view text, IntExpr* number) {
  number->base = 10;
  if (text.size() > 2 && text[0] == '0') {
    const char c = text[1];
    number->base = c == 'x' || c == 'X'   ? 16
                   : c == 'o' || c == 'O' ? 8
                   : c == 'b' || c == 'B' ? 2
                                          : 10;
    if (number->base != 10) text.remove_prefix(2);
  }
  number->digits = text;
  number->fits = true;
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  for (const char c : text) {
    const int digit = DigitOf(c);
    if (digit >= number->base) return;  // reported by the lexer
    if (number->value > (kMost - digit) / number->base) {
      number->fits = false;
      number->value = 0;
      return;
    }
    number->value = number->value * number->base + digit;
  }
}

void ReadFloat(const Source& source, FloatExpr* number,
               Diagnostics& diagnostics) {
  const absl::string_view text = source.Text(number->extent);
  if (!absl::SimpleAtod(text, &number->value) ||
      !std::isfinite(number->value)) {
    diagnostics.Error(source.At(number->extent),
                      absl::StrCat("the float `", text, "` is too large"));
  }
}

}  // namespace dsl
