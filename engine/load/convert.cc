// SPDX-License-Identifier: Apache-2.0
#include "engine/load/convert.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/base/spelling.h"
#include "engine/load/label_value.h"
#include "engine/load/select_value.h"

namespace graph {
namespace {

// The defaults of select() branches.
constexpr absl::string_view kDefaultCondition = "//conditions:default";

// Converts one attribute; the members keep the parameters short.
class Converter {
 public:
  Converter(const AttributeSchema& schema, LabelReader& labels,
            ConvertError* error)
      : schema_(schema), labels_(labels), error_(error) {}

  bool Convert(dsl::Value value, Attribute* attribute) {
    const auto* select = dsl::NativeCast<SelectValue>(value);
    if (select == nullptr) {
      AttributeValue plain;
      if (!Plain(value, &plain)) return false;
      *attribute = Attribute(std::move(plain));
      return true;
    }
    std::vector<AttributePart> parts;
    for (const SelectValue::Part& part : select->parts()) {
      parts.emplace_back();
      if (!OnePart(part, &parts.back())) return false;
    }
    *attribute = Attribute(std::move(parts));
    return true;
  }

 private:
  bool OnePart(const SelectValue::Part& from, AttributePart* to) {
    if (from.branches.empty()) return Plain(from.plain, &to->plain);
    to->no_match_error = from.no_match_error;
    for (const auto& [condition, value] : from.branches) {
      SelectBranch branch;
      if (!condition.is_string() ||
          condition.as_string() != kDefaultCondition) {
        if (!AnyLabel(condition, &branch.condition)) return false;
      }
      if (!value.is_none() && !Plain(value, &branch.value.emplace())) {
        return false;
      }
      to->branches.push_back(std::move(branch));
    }
    to->branches.shrink_to_fit();
    return true;
  }

  bool Plain(dsl::Value value, AttributeValue* out) {
    switch (schema_.type) {
      case AttributeType::kBool:
        return Bool(value, out);
      case AttributeType::kInt:
        return One<int64_t>(value, out, &Converter::OneInt);
      case AttributeType::kString:
        return String(value, out);
      case AttributeType::kLabel:
      case AttributeType::kOutput:
        return One<Label>(value, out, &Converter::OneLabel);
      case AttributeType::kStringList:
        return List<std::string>(value, out, &Converter::OneWord);
      case AttributeType::kLabelList:
      case AttributeType::kOutputList:
        return List<Label>(value, out, &Converter::OneLabel);
      case AttributeType::kIntList:
        return List<int64_t>(value, out, &Converter::OneInt);
      case AttributeType::kStringDict:
        return Dict<std::string, std::string>(value, out, &Converter::OneString,
                                              &Converter::OneString);
      case AttributeType::kLabelKeyedStringDict:
        return Dict<Label, std::string>(value, out, &Converter::OneLabel,
                                        &Converter::OneString);
      case AttributeType::kStringListDict:
        return Dict<std::string, StringList>(value, out, &Converter::OneString,
                                             &Converter::OneStringList);
    }
    return false;
  }

  // Elements. Each says what it got, if that is not what the type wants.
  template <typename T>
  using Element = bool (Converter::*)(dsl::Value, T*);

  bool Bool(dsl::Value value, AttributeValue* out) {
    if (value.is_bool()) {
      *out = value.as_bool();
      return true;
    }
    std::optional<int64_t> number = value.as_int64();
    if (number == 0 || number == 1) {
      *out = *number == 1;
      return true;
    }
    return WrongType(value);
  }

  bool OneInt(dsl::Value value, int64_t* out) {
    std::optional<int64_t> number = value.as_int64();
    if (!number.has_value()) {
      return value.is_int() ? Fail("wants an int of 64 bits at most")
                            : WrongType(value);
    }
    *out = *number;
    if (schema_.ints.empty() ||
        std::find(schema_.ints.begin(), schema_.ints.end(), *out) !=
            schema_.ints.end()) {
      return true;
    }
    return Fail(absl::StrCat("wants one of ", absl::StrJoin(schema_.ints, ", "),
                             "; got ", *out));
  }

  bool OneString(dsl::Value value, std::string* out) {
    if (!value.is_string()) return WrongType(value);
    *out = std::string(value.as_string());
    return true;
  }

  // A string that the schema may restrict.
  bool OneWord(dsl::Value value, std::string* out) {
    if (!OneString(value, out)) return false;
    const std::vector<std::string>& known = schema_.strings;
    if (known.empty() ||
        std::find(known.begin(), known.end(), *out) != known.end()) {
      return true;
    }
    error_->literal = *out;
    std::vector<absl::string_view> views(known.begin(), known.end());
    absl::string_view nearest = NearestName(*out, views);
    return Fail(
        absl::StrCat("wants one of `", absl::StrJoin(known, "`, `"), "`; got `",
                     *out, "`"),
        nearest.empty() ? "" : absl::StrCat("did you mean `", nearest, "`?"));
  }

  bool AnyLabel(dsl::Value value, Label* out) {
    if (const auto* label = dsl::NativeCast<LabelValue>(value)) {
      *out = label->label();
    } else if (value.is_string()) {
      absl::StatusOr<Label> read = labels_.Read(value.as_string());
      if (!read.ok()) {
        error_->literal = std::string(value.as_string());
        return Fail(
            absl::StrCat("has a ", std::string(read.status().message())));
      }
      *out = *std::move(read);
    } else {
      return WrongType(value);
    }
    return true;
  }

  // A label that the type of the attribute may restrict.
  bool OneLabel(dsl::Value value, Label* out) {
    if (!AnyLabel(value, out)) return false;
    if (!IsOutput(schema_.type) || InThisPackage(*out)) return true;
    error_->literal =
        value.is_string() ? std::string(value.as_string()) : std::string();
    return Fail(absl::StrCat("names an output of another package: `",
                             out->text(), "`"));
  }

  bool InThisPackage(const Label& label) const {
    return label.repo() == labels_.context().repo &&
           label.package() == labels_.context().path;
  }

  bool OneStringList(dsl::Value value, StringList* out) {
    if (!value.is_list() && !value.is_tuple()) return WrongType(value);
    out->reserve(dsl::Elements(value).size());
    for (dsl::Value element : dsl::Elements(value)) {
      std::string one;
      if (!OneString(element, &one)) return false;
      out->push_back(std::move(one));
    }
    return true;
  }

  bool String(dsl::Value value, AttributeValue* out) {
    std::string word;
    if (!OneWord(value, &word)) return false;
    *out = PackedString(word);
    return true;
  }

  template <typename T>
  bool One(dsl::Value value, AttributeValue* out, Element<T> element) {
    T one{};
    if (!(this->*element)(value, &one)) return false;
    *out = std::move(one);
    return true;
  }

  template <typename T>
  bool List(dsl::Value value, AttributeValue* out, Element<T> element) {
    if (!value.is_list() && !value.is_tuple()) return WrongType(value);
    std::span<const dsl::Value> elements = dsl::Elements(value);
    if (elements.empty() && !schema_.allow_empty) return Empty();
    PackedVector<T> all;
    all.reserve(elements.size());
    for (size_t i = 0; i < elements.size(); ++i) {
      element_ = static_cast<int>(i);
      T one{};
      if (!(this->*element)(elements[i], &one)) return false;
      all.push_back(std::move(one));
    }
    element_ = -1;
    *out = std::move(all);
    return true;
  }

  template <typename K, typename V>
  bool Dict(dsl::Value value, AttributeValue* out, Element<K> key,
            Element<V> mapped) {
    if (!value.is_dict()) return WrongType(value);
    if (dsl::DictSize(value) == 0 && !schema_.allow_empty) return Empty();
    PackedVector<std::pair<K, V>> all;
    all.reserve(dsl::DictSize(value));
    for (const auto& [from_key, from_value] : dsl::DictItems(value)) {
      std::pair<K, V> entry;
      if (!(this->*key)(from_key, &entry.first)) return false;
      if (!(this->*mapped)(from_value, &entry.second)) return false;
      all.push_back(std::move(entry));
    }
    *out = std::move(all);
    return true;
  }

  bool WrongType(dsl::Value got) {
    std::string hint;
    if (got.is_string() && element_ < 0 && WantsList()) {
      hint = absl::StrCat("write [", dsl::Brief(got), "]");
    }
    std::string place =
        element_ < 0 ? "" : absl::StrCat(" as element ", element_);
    return Fail(absl::StrCat("wants ", Describe(schema_.type), ", got ",
                             DescribeValue(got), place),
                std::move(hint));
  }

  bool WantsList() const {
    return schema_.type == AttributeType::kStringList ||
           schema_.type == AttributeType::kLabelList ||
           schema_.type == AttributeType::kOutputList;
  }

  bool Empty() { return Fail("may not be empty"); }

  bool Fail(std::string message, std::string hint = "") {
    error_->message = std::move(message);
    error_->hint = std::move(hint);
    return false;
  }

  const AttributeSchema& schema_;
  LabelReader& labels_;
  ConvertError* error_;
  int element_ = -1;  // That is being converted, of a list; -1: the value.
};

}  // namespace

absl::StatusOr<Label> LabelReader::Read(absl::string_view text) {
  auto known = known_.find(text);
  if (known != known_.end()) return known->second;
  absl::StatusOr<Label> label = Label::Parse(text, context_);
  if (label.ok()) known_.emplace(text, *label);
  return label;
}

bool Convert(const AttributeSchema& schema, dsl::Value value,
             LabelReader& labels, Attribute* attribute, ConvertError* error) {
  return Converter(schema, labels, error).Convert(value, attribute);
}

std::string DescribeValue(dsl::Value value) {
  if (value.is_none()) return "None";
  absl::string_view type = value.type_name();
  absl::string_view article =
      absl::string_view("aeiou").find(type.front()) == absl::string_view::npos
          ? "a "
          : "an ";
  if (value.is_string()) return absl::StrCat("a string ", dsl::Brief(value));
  if (value.is_int()) return absl::StrCat("an int ", dsl::Brief(value));
  return absl::StrCat(article, type);
}

}  // namespace graph
