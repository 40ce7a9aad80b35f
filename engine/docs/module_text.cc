// SPDX-License-Identifier: Apache-2.0
// ModuleDocs as Markdown and as JSON.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/base/json_text.h"
#include "engine/docs/builtin_docs.h"
#include "engine/docs/module_docs.h"
#include "engine/docs/rule_text.h"

namespace graph {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

std::string Items(const Pairs& named) {
  std::string items;
  for (const auto& [name, doc] : named) {
    absl::StrAppend(&items, ListItem(absl::StrCat(
                                "`", name, "`", doc.empty() ? "" : ": ", doc)));
  }
  return items;
}

// Paragraphs with an empty line between; empty ones are left out.
std::string Paragraphs(std::vector<std::string> texts) {
  std::erase_if(texts, [](std::string& text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text.empty();
  });
  return absl::StrCat(absl::StrJoin(texts, "\n\n"), "\n");
}

std::string Markdown(const RuleDoc& rule) {
  return Paragraphs({absl::StrCat("### `", rule.name, "`"), rule.text,
                     rule.test         ? "Its targets are tests."
                     : rule.executable ? "Its targets can be run."
                                       : ""});
}

std::string Markdown(const FunctionDoc& function) {
  return Paragraphs(
      {absl::StrCat("### `", function.name, "`"),
       absl::StrCat("```python\n", function.signature, "\n```"), function.doc,
       Items(function.parameters),
       function.returns.empty()
           ? ""
           : Wrapped(absl::StrCat("Returns ", function.returns))});
}

std::string Markdown(const ProviderDoc& provider) {
  return Paragraphs({absl::StrCat("### `", provider.name, "`"),
                     Wrapped(provider.doc), Items(provider.fields)});
}

template <class Doc>
void AddSection(absl::string_view heading, const std::vector<Doc>& docs,
                std::vector<std::string>& sections) {
  if (docs.empty()) return;
  sections.push_back(absl::StrCat("## ", heading));
  for (const Doc& doc : docs) sections.push_back(Markdown(doc));
}

// `"name": "value"`
std::string Field(absl::string_view name, absl::string_view value) {
  return absl::StrCat(JsonString(name), ": ", JsonString(value));
}

std::string Flag(absl::string_view name, bool value) {
  return absl::StrCat(JsonString(name), ": ", value ? "true" : "false");
}

std::string Object(const std::vector<std::string>& members) {
  return absl::StrCat("{", absl::StrJoin(members, ", "), "}");
}

template <class List, class ToText>
std::string Array(absl::string_view name, const List& list, ToText to_text) {
  std::vector<std::string> texts;
  for (const auto& element : list) texts.push_back(to_text(element));
  return absl::StrCat(JsonString(name), ": [", absl::StrJoin(texts, ", "), "]");
}

std::string PairJson(const std::pair<std::string, std::string>& named) {
  return Object({Field("name", named.first), Field("doc", named.second)});
}

std::string AttributeJson(const AttributeDoc& attribute) {
  return Object({Field("name", attribute.name), Field("type", attribute.type),
                 Flag("mandatory", attribute.mandatory),
                 Field("default", attribute.default_value),
                 Array("values", attribute.values, JsonString),
                 Field("doc", attribute.doc)});
}

std::string RuleJson(const RuleDoc& rule) {
  return Object({Field("name", rule.name), Flag("executable", rule.executable),
                 Flag("test", rule.test), Field("doc", rule.doc),
                 Array("attributes", rule.attributes, AttributeJson)});
}

std::string FunctionJson(const FunctionDoc& function) {
  return Object({Field("name", function.name),
                 Field("signature", function.signature),
                 Field("doc", function.doc),
                 Array("parameters", function.parameters, PairJson),
                 Field("returns", function.returns)});
}

std::string ProviderJson(const ProviderDoc& provider) {
  return Object({Field("name", provider.name), Field("doc", provider.doc),
                 Array("fields", provider.fields, PairJson)});
}

template <class Doc>
std::string FindMarkdown(const std::vector<Doc>& docs, absl::string_view name) {
  for (const Doc& doc : docs) {
    if (doc.name == name) return Markdown(doc);
  }
  return "";
}

}  // namespace

std::string SectionsMarkdown(const ModuleDocs& docs) {
  std::vector<std::string> sections;
  AddSection("Rules", docs.rules, sections);
  AddSection("Functions", docs.functions, sections);
  AddSection("Providers", docs.providers, sections);
  return Paragraphs(std::move(sections));
}

std::string ToMarkdown(const ModuleDocs& docs) {
  return Paragraphs({absl::StrCat("# ", docs.label), Wrapped(docs.doc),
                     SectionsMarkdown(docs)});
}

std::string ToJson(const ModuleDocs& docs) {
  return absl::StrCat(
      Object({Field("label", docs.label), Field("doc", docs.doc),
              Array("rules", docs.rules, RuleJson),
              Array("functions", docs.functions, FunctionJson),
              Array("providers", docs.providers, ProviderJson)}),
      "\n");
}

std::string EntryMarkdown(const ModuleDocs& docs, absl::string_view name) {
  return absl::StrCat(FindMarkdown(docs.rules, name),
                      FindMarkdown(docs.functions, name),
                      FindMarkdown(docs.providers, name));
}

Pairs Summaries(const ModuleDocs& docs) {
  Pairs all;
  for (const RuleDoc& rule : docs.rules) {
    all.emplace_back(rule.name, FirstSentence(rule.doc));
  }
  for (const FunctionDoc& function : docs.functions) {
    all.emplace_back(function.name, FirstSentence(function.doc));
  }
  for (const ProviderDoc& provider : docs.providers) {
    all.emplace_back(provider.name, FirstSentence(provider.doc));
  }
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace graph
