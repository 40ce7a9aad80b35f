// SPDX-License-Identifier: Apache-2.0
#include "engine/docs/builtin_docs.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "dsl/syntax/spelling.h"
#include "engine/base/json_text.h"

namespace graph {
namespace {

constexpr size_t kNameColumns = 31;

std::vector<BuiltinDoc> ReadAll() {
  std::vector<BuiltinDoc> docs = dsl::ParseReference(dsl::LanguageReference());
  for (BuiltinDoc& doc : dsl::ParseReference(RuleReference())) {
    docs.push_back(std::move(doc));
  }
  return docs;
}

}  // namespace

std::span<const BuiltinDoc> BuiltinDocs() {
  static const std::vector<BuiltinDoc>& kDocs =
      *new std::vector<BuiltinDoc>(ReadAll());
  return kDocs;
}

const BuiltinDoc* FindBuiltinDoc(absl::string_view name) {
  const std::span<const BuiltinDoc> docs = BuiltinDocs();
  const auto found =
      std::find_if(docs.begin(), docs.end(),
                   [&](const BuiltinDoc& doc) { return doc.name == name; });
  return found == docs.end() ? nullptr : &*found;
}

absl::string_view NearestBuiltinDoc(absl::string_view name) {
  std::vector<absl::string_view> names;
  for (const BuiltinDoc& doc : BuiltinDocs()) names.push_back(doc.name);
  const absl::string_view nearest = dsl::NearestName(name, names);
  if (!nearest.empty() || name.empty()) return nearest;
  // `split`, where `string.split` is meant.
  for (absl::string_view known : names) {
    const size_t dot = known.rfind('.');
    if (dot != known.npos && known.substr(dot + 1) == name) return known;
  }
  return "";
}

std::string FirstSentence(absl::string_view text) {
  std::string line =
      absl::StrReplaceAll(text.substr(0, text.find("\n\n")), {{"\n", " "}});
  const size_t end = line.find(". ");
  return end == line.npos ? line : line.substr(0, end + 1);
}

std::string ListLine(absl::string_view name, absl::string_view text) {
  const size_t padding =
      name.size() < kNameColumns ? kNameColumns - name.size() : 0;
  return absl::StrCat("  ", name, std::string(padding, ' '), "  ", text, "\n");
}

std::string BuiltinList() {
  std::string list;
  absl::string_view group;
  for (const BuiltinDoc& doc : BuiltinDocs()) {
    if (doc.group != group) {
      absl::StrAppend(&list, group.empty() ? "" : "\n", doc.group, "\n");
      group = doc.group;
    }
    list += ListLine(doc.name, FirstSentence(doc.text));
  }
  return list;
}

std::string BuiltinText(const BuiltinDoc& doc) {
  return absl::StrCat(doc.signature, "\n\n", doc.text, "\n\n```python\n",
                      doc.example, "```\n");
}

std::string BuiltinJson(std::span<const BuiltinDoc> docs) {
  std::vector<std::string> lines;
  for (const BuiltinDoc& doc : docs) {
    lines.push_back(absl::StrCat("{\"name\": ", JsonString(doc.name),
                                 ", \"group\": ", JsonString(doc.group),
                                 ", \"signature\": ", JsonString(doc.signature),
                                 ", \"text\": ", JsonString(doc.text),
                                 ", \"example\": ", JsonString(doc.example),
                                 "}"));
  }
  return absl::StrCat("[", absl::StrJoin(lines, ",\n "), "]\n");
}

}  // namespace graph
