// SPDX-License-Identifier: Apache-2.0
#include "engine/docs/builtin_docs.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "dsl/syntax/spelling.h"

namespace graph {
namespace {

std::vector<BuiltinDoc> ReadAll() {
  std::vector<BuiltinDoc> docs = dsl::ParseReference(dsl::LanguageReference());
  for (BuiltinDoc& doc : dsl::ParseReference(RuleReference())) {
    docs.push_back(std::move(doc));
  }
  return docs;
}

// Up to the first dot that ends a sentence, on one line.
std::string FirstSentence(absl::string_view text) {
  std::string line =
      absl::StrReplaceAll(text.substr(0, text.find("\n\n")), {{"\n", " "}});
  const size_t end = line.find(". ");
  return end == line.npos ? line : line.substr(0, end + 1);
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

std::string BuiltinList() {
  std::string list;
  absl::string_view group;
  for (const BuiltinDoc& doc : BuiltinDocs()) {
    if (doc.group != group) {
      absl::StrAppend(&list, group.empty() ? "" : "\n", doc.group, "\n");
      group = doc.group;
    }
    const size_t padding = doc.name.size() < 24 ? 24 - doc.name.size() : 0;
    absl::StrAppend(&list, "  ", doc.name, std::string(padding, ' '), "  ",
                    FirstSentence(doc.text), "\n");
  }
  return list;
}

std::string BuiltinText(const BuiltinDoc& doc) {
  return absl::StrCat(doc.signature, "\n\n", doc.text, "\n\n```python\n",
                      doc.example, "```\n");
}

}  // namespace graph
