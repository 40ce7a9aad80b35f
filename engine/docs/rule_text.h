// SPDX-License-Identifier: Apache-2.0
// Rules and their attributes as Markdown.

#ifndef GRAPH_ENGINE_DOCS_RULE_TEXT_H_
#define GRAPH_ENGINE_DOCS_RULE_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "engine/load/rule_function.h"
#include "engine/model/rule_class.h"

namespace graph {

// The docstring, then the attributes that it adds to the common ones, a list
// with an item each. Private ones are left out.
std::string RuleText(const RuleClass& rule);
// The same, and which providers dependencies must have. REQUIRES: exported.
std::string RuleText(const RuleFunction& rule);
// Its type, whether it must be given, its default, what it accepts, and its
// docstring: `A string, "fast" unless said: one of "fast", "small". How …`.
std::string AttributeText(const AttributeSchema& attribute);
// The attributes that every rule has, as a list; what executables and tests add
// said with each.
std::string CommonAttributesText();

// `text` with lines over 80 columns broken, but for indented ones and tables.
std::string Wrapped(absl::string_view text);

// What is the default of the attribute, as one would write it; "" if it has
// none: None, or it must be given.
std::string DefaultText(const AttributeSchema& attribute);

// An item of a list, `- text`, broken into lines of up to 80 columns.
std::string ListItem(absl::string_view text);

}  // namespace graph

#endif  // GRAPH_ENGINE_DOCS_RULE_TEXT_H_
