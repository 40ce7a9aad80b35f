// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/printer.h"

#include <algorithm>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/native.h"
#include "dsl/runtime/operators.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/types/string.h"

namespace dsl {
namespace {

// Of a message.
constexpr size_t kBrief = 400;

// How many bytes the code point has that the text starts with; 0 if that is
// none of UTF-8: cut short, longer than needed, a surrogate, or too large.
size_t CodePointSize(absl::string_view text) {
  const auto byte = [&](size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const unsigned lead = byte(0);
  const size_t size = lead < 0x80   ? 1
                      : lead < 0xc2 ? 0
                      : lead < 0xe0 ? 2
                      : lead < 0xf0 ? 3
                      : lead < 0xf5 ? 4
                                    : 0;
  for (size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
  }
  if ((lead == 0xe0 && byte(1) < 0xa0) || (lead == 0xed && byte(1) >= 0xa0) ||
      (lead == 0xf0 && byte(1) < 0x90) || (lead == 0xf4 && byte(1) >= 0x90)) {
    return 0;
  }
  return size;
}

}  // namespace

void Printer::Print(Value value) {
  if (value.is_small_int()) {
    absl::StrAppend(out_, value.small_int());
  } else if (value.is_object()) {
    value.object()->PrintOn(*this);
  } else if (value.is_none()) {
    Text("None");
  } else {
    Text(value.as_bool() ? "True" : "False");
  }
}

bool Printer::MayGoOn() {
  if (stopped_) return false;
  const size_t size = out_->size();
  const size_t written = size - std::min(size, std::exchange(counted_, size));
  stopped_ =
      size > most_ || (thread_ != nullptr && !thread_->Spend(1 + written / 4));
  return !stopped_;
}

bool Printer::Enter(const Object* container, absl::string_view ellipsis) {
  if (!MayGoOn()) return false;
  if (inside_.size() >= kMaxDepth ||
      std::find(inside_.begin(), inside_.end(), container) != inside_.end()) {
    Text(ellipsis);
    return false;
  }
  inside_.push_back(container);
  return true;
}

void Printer::Quoted(absl::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  if (!MayGoOn()) return;
  out_->push_back('"');
  while (!text.empty()) {
    if (out_->size() > most_) {
      stopped_ = true;
      return;
    }
    const auto c = static_cast<unsigned char>(text[0]);
    const size_t size = CodePointSize(text);
    if (size > 1) {
      Text(text.substr(0, size));
      text.remove_prefix(size);
      continue;
    }
    text.remove_prefix(1);
    switch (c) {
      case '"':
        Text("\\\"");
        break;
      case '\\':
        Text("\\\\");
        break;
      case '\n':
        Text("\\n");
        break;
      case '\r':
        Text("\\r");
        break;
      case '\t':
        Text("\\t");
        break;
      default:
        if (c < 0x20 || c >= 0x7f) {
          Text("\\x");
          out_->push_back(kHex[c >> 4]);
          out_->push_back(kHex[c & 15]);
        } else {
          out_->push_back(static_cast<char>(c));
        }
    }
  }
  out_->push_back('"');
}

namespace {

// What a Native says of itself in str(), if that is not its repr.
const OwnText* OwnTextOf(Value value) {
  if (!value.is_native()) return nullptr;
  return dynamic_cast<const OwnText*>(static_cast<Native*>(value.object()));
}

}  // namespace

std::string Repr(Value value) {
  std::string text;
  Printer(&text).Print(value);
  return text;
}

std::string Str(Value value) {
  if (value.is_string()) return std::string(value.as_string());
  const OwnText* const own = OwnTextOf(value);
  return own != nullptr ? own->Text() : Repr(value);
}

std::string Brief(Value value) {
  std::string text;
  Printer(&text, nullptr, kBrief).Print(value);
  if (text.size() <= kBrief) return text;
  size_t end = kBrief;
  while ((text[end] & 0xc0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

absl::StatusOr<std::string> Repr(Thread& thread, Value value) {
  std::string text;
  RETURN_IF_ERROR(AppendText(thread, value, /*repr=*/true, &text));
  return text;
}

absl::StatusOr<std::string> Str(Thread& thread, Value value) {
  std::string text;
  RETURN_IF_ERROR(AppendText(thread, value, /*repr=*/false, &text));
  return text;
}

absl::Status AppendText(Thread& thread, Value value, bool repr,
                        std::string* out) {
  if (value.is_string() && !repr) {
    out->append(value.as_string().data(), value.as_string().size());
  } else if (const auto* own = repr ? nullptr : OwnTextOf(value)) {
    out->append(own->Text());
  } else {
    Printer printer(out, &thread);
    printer.Print(value);
    if (printer.stopped() && out->size() <= String::kMaxSize) {
      return thread.StepError();
    }
  }
  if (out->size() <= String::kMaxSize) return absl::OkStatus();
  return absl::InvalidArgumentError("string is too long");
}

}  // namespace dsl
