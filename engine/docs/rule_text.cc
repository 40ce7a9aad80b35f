// SPDX-License-Identifier: Apache-2.0
#include "engine/docs/rule_text.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "dsl/runtime/heap.h"
#include "dsl/runtime/value.h"
#include "dsl/stdlib/provider.h"
#include "engine/docs/docstring.h"
#include "engine/load/label_value.h"

namespace graph {
namespace {

constexpr size_t kColumns = 80;

std::string Quoted(const std::string& text) {
  dsl::Heap heap;
  return dsl::Repr(heap.String(text));
}

// `` `.c`, `.h` or `.cc` ``.
std::string Alternatives(const std::vector<std::string>& texts) {
  std::string all;
  for (size_t i = 0; i < texts.size(); ++i) {
    absl::StrAppend(&all,
                    i == 0                  ? ""
                    : i + 1 == texts.size() ? " or "
                                            : ", ",
                    "`", texts[i], "`");
  }
  return all;
}

// An output is a name, but is spoken of as what it names.
absl::string_view TypeText(AttributeType type) {
  if (type == AttributeType::kOutput) return "an output";
  if (type == AttributeType::kOutputList) return "a list of outputs";
  return Describe(type);
}

// Empty texts, lists and dicts go without saying.
bool GoesWithoutSaying(const AttributeSchema& attribute) {
  return attribute.type != AttributeType::kBool &&
         attribute.type != AttributeType::kInt && attribute.strings.empty() &&
         *attribute.default_value.plain() == EmptyValue(attribute.type);
}

// What it accepts, beyond its type.
std::string Accepted(const AttributeSchema& attribute) {
  std::string text;
  std::vector<std::string> values;
  for (const std::string& value : attribute.strings) {
    values.push_back(Quoted(value));
  }
  for (int64_t value : attribute.ints) values.push_back(absl::StrCat(value));
  if (!values.empty()) absl::StrAppend(&text, ", ", Alternatives(values));
  if (attribute.executable) absl::StrAppend(&text, " of a program");
  if (attribute.files.kind == FileFilter::Kind::kSuffixes) {
    absl::StrAppend(&text, ", files ", Alternatives(attribute.files.suffixes));
  }
  if (!attribute.allow_empty) absl::StrAppend(&text, ", not empty");
  return text;
}

// `MipPackageInfo`; several as alternatives.
std::string Wanted(const ProviderChoices& choices) {
  std::vector<std::string> all;
  for (const std::vector<dsl::Value>& choice : choices) {
    all.push_back(
        absl::StrJoin(choice, " + ", [](std::string* out, dsl::Value value) {
          out->append(dsl::NativeCast<dsl::Provider>(value)->name());
        }));
  }
  return all.empty() ? "" : absl::StrCat(", with ", Alternatives(all));
}

// All but the docstring, after the name.
std::string Facts(const AttributeSchema& attribute,
                  const ProviderChoices* choices) {
  std::string text =
      absl::StrCat(TypeText(attribute.type), Accepted(attribute));
  if (choices != nullptr) absl::StrAppend(&text, Wanted(*choices));
  if (attribute.mandatory) absl::StrAppend(&text, ", must be given");
  const std::string fallback = DefaultText(attribute);
  if (!fallback.empty() && !GoesWithoutSaying(attribute)) {
    absl::StrAppend(&text, ", `", fallback, "` unless said");
  }
  return text;
}

// Nothing if there is no reason not to use it.
std::string Deprecated(absl::string_view before, absl::string_view instead) {
  return instead.empty()
             ? ""
             : absl::StrCat(before, "Deprecated: ", instead,
                            absl::EndsWith(instead, ".") ? "" : ".");
}

std::string Sentence(const AttributeSchema& attribute, std::string facts) {
  facts[0] = absl::ascii_toupper(facts[0]);
  return absl::StrCat(facts, ".", attribute.doc.empty() ? "" : " ",
                      attribute.doc, Deprecated(" ", attribute.deprecated));
}

std::string Item(const AttributeSchema& attribute,
                 const ProviderChoices* choices) {
  return ListItem(absl::StrCat("`", attribute.name, "`: ",
                               Sentence(attribute, Facts(attribute, choices))));
}

template <class Choices>
std::string Text(const RuleClass& rule, const Choices& choices_of) {
  std::string text = absl::StrCat(Wrapped(Dedented(rule.doc())), "\n",
                                  Deprecated("\n", rule.deprecated()),
                                  rule.deprecated().empty() ? "" : "\n");
  bool first = true;
  for (size_t i = 0; i < rule.attributes().size(); ++i) {
    const AttributeSchema& attribute = rule.attributes()[i];
    if (attribute.is_common || attribute.is_private()) continue;
    absl::StrAppend(&text, first ? "\n" : "", Item(attribute, choices_of(i)));
    first = false;
  }
  return text;
}

}  // namespace

std::string Wrapped(absl::string_view text) {
  std::vector<std::string> lines;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    if (line.size() <= kColumns || line[0] == ' ' || line[0] == '|') {
      lines.emplace_back(line);
      continue;
    }
    lines.emplace_back();
    for (absl::string_view word : absl::StrSplit(line, ' ')) {
      if (lines.back().size() + 1 + word.size() > kColumns) {
        lines.emplace_back();
      }
      absl::StrAppend(&lines.back(), lines.back().empty() ? "" : " ", word);
    }
  }
  return absl::StrJoin(lines, "\n");
}

std::string ListItem(absl::string_view text) {
  std::string item = "-";
  size_t column = 1;
  for (absl::string_view word : absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    if (column + 1 + word.size() > kColumns && column > 2) {
      item.append("\n ");
      column = 1;
    }
    absl::StrAppend(&item, " ", word);
    column += 1 + word.size();
  }
  return item + "\n";
}

std::string DefaultText(const AttributeSchema& attribute) {
  const AttributeValue* value = attribute.default_value.plain();
  if (attribute.mandatory || IsOutput(attribute.type) || value == nullptr ||
      std::holds_alternative<std::monostate>(*value)) {
    return "";
  }
  dsl::Heap heap;
  // A label is written as a string.
  return absl::StrReplaceAll(dsl::Repr(ToValue(heap, *value)),
                             {{"Label(\"", "\""}, {"\")", "\""}});
}

std::string AttributeText(const AttributeSchema& attribute) {
  return Sentence(attribute, Facts(attribute, nullptr));
}

std::string RuleText(const RuleClass& rule) {
  return Text(rule, [](size_t) -> const ProviderChoices* { return nullptr; });
}

std::string RuleText(const RuleFunction& rule) {
  return Text(rule.rule_class(), [&](size_t i) {
    return &rule.providers(static_cast<uint16_t>(i));
  });
}

std::string CommonAttributesText() {
  std::string text = ListItem(
      "`name`: A string, must be given. What the target is called in its "
      "package.");
  absl::StrAppend(
      &text, ListItem("`visibility`: A list of strings. Who may depend on it, "
                      "as `package` explains."));
  const size_t all = CommonAttributes({}).size();
  const size_t runnable = CommonAttributes({.executable = true}).size();
  const std::vector<AttributeSchema> attributes =
      CommonAttributes({.test = true});
  for (size_t i = 0; i < attributes.size(); ++i) {
    AttributeSchema attribute = attributes[i];
    if (i >= runnable) {
      attribute.doc = absl::StrCat("Of tests. ", attribute.doc);
    } else if (i >= all) {
      attribute.doc = absl::StrCat("Of what can be run. ", attribute.doc);
    }
    absl::StrAppend(&text, Item(attribute, nullptr));
  }
  return text;
}

}  // namespace graph
