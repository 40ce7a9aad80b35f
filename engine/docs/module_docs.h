// SPDX-License-Identifier: Apache-2.0
// What a module gives to those that load it, described: from the docstrings
// and from the attributes of its rules. Plain values; they keep nothing alive.

#ifndef GRAPH_ENGINE_DOCS_MODULE_DOCS_H_
#define GRAPH_ENGINE_DOCS_MODULE_DOCS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "dsl/runtime/module.h"

namespace graph {

struct AttributeDoc {
  std::string name;
  std::string type;                 // `label_list`, as in attr.label_list.
  std::string default_value;        // As one would write it; empty: none.
  std::vector<std::string> values;  // Those that are accepted; empty: any.
  bool mandatory = false;
  std::string doc;
};

struct RuleDoc {
  std::string name;
  bool executable = false;
  bool test = false;
  std::string doc;
  std::vector<AttributeDoc> attributes;  // Those of its own, not private ones.
  std::string text;                      // RuleText().
};

struct FunctionDoc {
  std::string name;
  std::string signature;  // `name(a: int, b = 1, **kwargs) -> list`
  std::string doc;        // Without what it says of parameters.
  std::vector<std::pair<std::string, std::string>> parameters;
  std::string returns;
};

struct ProviderDoc {
  std::string name;
  std::string doc;
  std::vector<std::pair<std::string, std::string>> fields;
};

// Each list in the order of the module; names that start with `_` are left out.
struct ModuleDocs {
  std::string label;
  std::string doc;
  std::vector<RuleDoc> rules;
  std::vector<FunctionDoc> functions;
  std::vector<ProviderDoc> providers;
};

ModuleDocs DescribeModule(absl::string_view label, const dsl::Module& module);

// As Markdown: the label as a heading and the docstring, then the sections.
std::string ToMarkdown(const ModuleDocs& docs);
// The rules, functions and providers, with headings of level 2 and 3: to be
// put into a page.
std::string SectionsMarkdown(const ModuleDocs& docs);
// As one JSON object on one line.
std::string ToJson(const ModuleDocs& docs);

// Markdown of what has this name in the module, or "".
std::string EntryMarkdown(const ModuleDocs& docs, absl::string_view name);
// The names with their first sentences, in the order of the alphabet.
std::vector<std::pair<std::string, std::string>> Summaries(
    const ModuleDocs& docs);

}  // namespace graph

#endif  // GRAPH_ENGINE_DOCS_MODULE_DOCS_H_
