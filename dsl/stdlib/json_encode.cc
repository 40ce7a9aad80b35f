// SPDX-License-Identifier: Apache-2.0
#include "dsl/stdlib/json_encode.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/types/float.h"
#include "dsl/runtime/types/string.h"
#include "dsl/stdlib/provider.h"

namespace dsl {
namespace {

absl::Status Error(absl::string_view message) {
  return absl::InvalidArgumentError(absl::StrCat("json.encode: ", message));
}

void Quote(absl::string_view text, std::string* out) {
  static constexpr char kHex[] = "0123456789abcdef";
  out->push_back('"');
  for (const char c : text) {
    switch (c) {
      case '"':
      case '\\':
        out->push_back('\\');
        out->push_back(c);
        break;
      case '\b':
        out->append("\\b");
        break;
      case '\f':
        out->append("\\f");
        break;
      case '\n':
        out->append("\\n");
        break;
      case '\r':
        out->append("\\r");
        break;
      case '\t':
        out->append("\\t");
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out->append("\\u00");
          out->push_back(kHex[c >> 4]);
          out->push_back(kHex[c & 15]);
        } else {
          out->push_back(c);
        }
    }
  }
  out->push_back('"');
}

class Encoder {
 public:
  Encoder(Thread& thread, std::string* out) : thread_(thread), out_(out) {}

  absl::Status Encode(Value value, int depth) {
    if (depth > kMaxDepth) return Error("nested too deeply, or recursively");
    const size_t written = out_->size() - std::exchange(counted_, out_->size());
    if (out_->size() > String::kMaxSize) return Error("the text is too long");
    if (!thread_.Spend(1 + written / 4)) return thread_.StepError();
    if (value.is_none()) {
      out_->append("null");
    } else if (value.is_bool()) {
      out_->append(value.as_bool() ? "true" : "false");
    } else if (value.is_int()) {
      out_->append(Repr(value));
    } else if (value.is_float()) {
      if (!std::isfinite(value.as_float())) {
        return Error(absl::StrCat("cannot encode the float ", Repr(value)));
      }
      out_->append(FloatText(value.as_float()));
    } else if (value.is_string()) {
      Quote(value.as_string(), out_);
    } else {
      return EncodeCollection(value, depth);
    }
    return absl::OkStatus();
  }

 private:
  using Fields = std::vector<std::pair<absl::string_view, Value>>;

  absl::Status EncodeCollection(Value value, int depth) {
    if (value.is_dict()) return EncodeDict(value, depth);
    if (value.is_struct()) return EncodeFields(StructFields(value), depth);
    if (const auto* instance = NativeCast<ProviderInstance>(value)) {
      Fields fields;
      for (const auto& [name, field] : instance->fields()) {
        fields.emplace_back(name, field);
      }
      return EncodeFields(fields, depth);
    }
    const absl::StatusOr<std::vector<Value>> elements = Iterate(value);
    if (!elements.ok()) {
      return Error(
          absl::StrCat("cannot encode a value of type ", value.type_name()));
    }
    out_->push_back('[');
    for (size_t i = 0; i < elements->size(); ++i) {
      if (i > 0) out_->push_back(',');
      RETURN_IF_ERROR(Encode((*elements)[i], depth + 1)) << "in element " << i;
    }
    out_->push_back(']');
    return absl::OkStatus();
  }

  absl::Status EncodeDict(Value dict, int depth) {
    Fields fields;
    for (const auto& [key, value] : DictItems(dict)) {
      if (!key.is_string()) {
        return Error(absl::StrCat("a dict has the key ", Brief(key),
                                  ", which is no string"));
      }
      fields.emplace_back(key.as_string(), value);
    }
    std::sort(fields.begin(), fields.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    return EncodeFields(fields, depth);
  }

  absl::Status EncodeFields(const Fields& fields, int depth) {
    out_->push_back('{');
    bool first = true;
    for (const auto& [name, value] : fields) {
      if (!first) out_->push_back(',');
      first = false;
      Quote(name, out_);
      out_->push_back(':');
      RETURN_IF_ERROR(Encode(value, depth + 1)) << "in `" << name << "`";
    }
    out_->push_back('}');
    return absl::OkStatus();
  }

  Thread& thread_;
  std::string* out_;
  size_t counted_ = 0;  // of the bytes written, among the steps
};

}  // namespace

absl::Status EncodeJson(Thread& thread, Value value, std::string* out) {
  return Encoder(thread, out).Encode(value, 0);
}

absl::StatusOr<std::string> IndentJson(absl::string_view json,
                                       absl::string_view prefix,
                                       absl::string_view indent) {
  std::string out;
  int depth = 0;
  const auto newline = [&] {
    absl::StrAppend(&out, "\n", prefix);
    for (int i = 0; i < depth; ++i) absl::StrAppend(&out, indent);
  };
  bool fresh = false;  // right after an opening bracket
  for (size_t i = 0; i < json.size(); ++i) {
    if (out.size() > String::kMaxSize) return Error("the text is too long");
    const char c = json[i];
    if (absl::ascii_isspace(static_cast<unsigned char>(c))) continue;
    const bool closing = c == ']' || c == '}';
    if (closing) --depth;
    if (closing != fresh) {
      if (closing || fresh) newline();
    }
    fresh = c == '[' || c == '{';
    out.push_back(c);
    if (fresh) ++depth;
    if (c == ',') newline();
    if (c == ':') out.push_back(' ');
    if (c != '"') continue;
    for (++i; json[i] != '"'; ++i) {
      out.push_back(json[i]);
      if (json[i] == '\\') out.push_back(json[++i]);
    }
    out.push_back('"');
  }
  return out;
}

}  // namespace dsl
