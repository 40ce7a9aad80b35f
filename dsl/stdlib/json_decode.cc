// SPDX-License-Identifier: Apache-2.0
#include "dsl/stdlib/json_decode.h"

#include <string>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/types/int.h"

namespace dsl {
namespace {

void AppendUtf8(uint32_t point, std::string* out) {
  const auto push = [&](uint32_t byte) {
    out->push_back(static_cast<char>(byte));
  };
  if (point < 0x80) {
    push(point);
    return;
  }
  if (point < 0x800) {
    push(0xc0 | point >> 6);
  } else if (point < 0x10000) {
    push(0xe0 | point >> 12);
    push(0x80 | (point >> 6 & 0x3f));
  } else {
    push(0xf0 | point >> 18);
    push(0x80 | (point >> 12 & 0x3f));
    push(0x80 | (point >> 6 & 0x3f));
  }
  push(0x80 | (point & 0x3f));
}

// The halves of a pair of UTF-16, and what stands for half a pair.
constexpr uint32_t kReplacement = 0xfffd;
bool IsHigh(uint32_t unit) { return unit >= 0xd800 && unit < 0xdc00; }
bool IsLow(uint32_t unit) { return unit >= 0xdc00 && unit < 0xe000; }
uint32_t Join(uint32_t high, uint32_t low) {
  return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

class Decoder {
 public:
  Decoder(Heap& heap, absl::string_view text) : heap_(heap), text_(text) {}

  absl::StatusOr<Value> Document() {
    ASSIGN_OR_RETURN(Value value, Decode(0));
    SkipSpace();
    if (at_ < text_.size()) return Error("unexpected text after the value");
    return value;
  }

 private:
  absl::Status Error(absl::string_view message) const {
    return absl::InvalidArgumentError(
        absl::StrCat("json.decode: at offset ", at_, ": ", message));
  }

  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void SkipSpace() {
    while (at_ < text_.size() && absl::StrContains(" \t\n\r", text_[at_])) {
      ++at_;
    }
  }

  bool Take(absl::string_view token) {
    if (text_.substr(at_, token.size()) != token) return false;
    at_ += token.size();
    return true;
  }

  absl::StatusOr<Value> Decode(int depth) {
    if (depth > kMaxDepth) return Error("nested too deeply");
    SkipSpace();
    if (at_ >= text_.size()) return Error("unexpected end");
    if (Take("null")) return Value::None();
    if (Take("true")) return Value::Bool(true);
    if (Take("false")) return Value::Bool(false);
    switch (Peek()) {
      case '"': {
        ASSIGN_OR_RETURN(std::string text, String());
        return heap_.String(text);
      }
      case '[':
        return Array(depth);
      case '{':
        return Object(depth);
      default:
        return Number();
    }
  }

  absl::StatusOr<Value> Array(int depth) {
    ++at_;
    std::vector<Value> elements;
    SkipSpace();
    if (Take("]")) return heap_.List({});
    for (;;) {
      ASSIGN_OR_RETURN(Value element, Decode(depth + 1));
      elements.push_back(element);
      SkipSpace();
      if (Take("]")) return heap_.List(elements);
      if (!Take(",")) return Error("want `,` or `]`");
    }
  }

  absl::StatusOr<Value> Object(int depth) {
    ++at_;
    const Value dict = heap_.Dict();
    SkipSpace();
    if (Take("}")) return dict;
    for (;;) {
      SkipSpace();
      if (Peek() != '"') return Error("want a string as a key");
      ASSIGN_OR_RETURN(std::string key, String());
      SkipSpace();
      if (!Take(":")) return Error("want `:`");
      ASSIGN_OR_RETURN(Value value, Decode(depth + 1));
      RETURN_IF_ERROR(heap_.DictSet(dict, heap_.String(key), value));
      SkipSpace();
      if (Take("}")) return dict;
      if (!Take(",")) return Error("want `,` or `}`");
    }
  }

  // Moves over digits; whether there were any.
  bool Digits() {
    const size_t start = at_;
    while (absl::ascii_isdigit(static_cast<unsigned char>(Peek()))) ++at_;
    return at_ > start;
  }

  absl::StatusOr<Value> Number() {
    const size_t start = at_;
    const bool negative = Take("-");
    const size_t whole = at_;
    if (!Digits()) return Error("unexpected character");
    if (text_[whole] == '0' && at_ > whole + 1) {
      return Error("a number starts with 0");
    }
    bool is_float = false;
    if (Take(".")) {
      is_float = true;
      if (!Digits()) return Error("want digits after `.`");
    }
    if (Take("e") || Take("E")) {
      is_float = true;
      if (!Take("+")) Take("-");
      if (!Digits()) return Error("want digits in the exponent");
    }
    if (is_float) {
      // What is too large is infinite, what is too small is zero.
      double value = 0;
      if (!absl::SimpleAtod(text_.substr(start, at_ - start), &value)) {
        return Error("not a number");
      }
      return heap_.Float(value);
    }
    const std::optional<Integer> value =
        Integer::Parse(text_.substr(whole, at_ - whole), 10);
    if (!value) return Error("number is too long");
    return MakeInt(heap_, negative ? value->Negated() : *value);
  }

  // The four digits of \u.
  absl::StatusOr<uint32_t> Hex() {
    uint32_t unit = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = absl::ascii_tolower(static_cast<unsigned char>(Peek()));
      if (!absl::ascii_isxdigit(static_cast<unsigned char>(c))) {
        return Error("want four hexadecimal digits after \\u");
      }
      unit = unit * 16 + (c <= '9' ? c - '0' : c - 'a' + 10);
      ++at_;
    }
    return unit;
  }

  absl::Status Escape(std::string* out) {
    static constexpr absl::string_view kNames = "\"\\/bfnrt";
    static constexpr absl::string_view kMeanings = "\"\\/\b\f\n\r\t";
    const char c = Peek();
    ++at_;
    if (c != 'u') {
      const size_t which = kNames.find(c);
      if (which == kNames.npos) return Error("unknown escape");
      out->push_back(kMeanings[which]);
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(uint32_t point, Hex());
    // A surrogate without its other half has no UTF-8.
    while (IsHigh(point) && Take("\\u")) {
      ASSIGN_OR_RETURN(uint32_t next, Hex());
      const bool pair = IsLow(next);
      AppendUtf8(pair ? Join(point, next) : kReplacement, out);
      if (pair) return absl::OkStatus();
      point = next;
    }
    AppendUtf8(IsHigh(point) || IsLow(point) ? kReplacement : point, out);
    return absl::OkStatus();
  }

  absl::StatusOr<std::string> String() {
    std::string result;
    for (++at_; at_ < text_.size();) {
      const char c = text_[at_];
      if (static_cast<unsigned char>(c) < 0x20) {
        return Error("control character in a string");
      }
      ++at_;
      if (c == '"') return result;
      if (c == '\\') {
        RETURN_IF_ERROR(Escape(&result));
      } else {
        result.push_back(c);
      }
    }
    return Error("unterminated string");
  }

  Heap& heap_;
  absl::string_view text_;
  size_t at_ = 0;
};

}  // namespace

absl::StatusOr<Value> DecodeJson(Heap& heap, absl::string_view text) {
  return Decoder(heap, text).Document();
}

}  // namespace dsl
