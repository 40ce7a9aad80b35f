// SPDX-License-Identifier: Apache-2.0
// Rules and their attributes as Markdown.

#ifndef GRAPH_ENGINE_DOCS_RULE_TEXT_H_
#define GRAPH_ENGINE_DOCS_RULE_TEXT_H_

#include <string>

#include "engine/model/attribute.h"
#include "engine/model/rule_class.h"

namespace graph {

// The docstring, then the attributes that it adds to the common ones.
std::string RuleText(const RuleClass& rule);
// Its type, whether it must be given, its default, and its docstring.
std::string AttributeText(const AttributeSchema& attribute);

}  // namespace graph

#endif  // GRAPH_ENGINE_DOCS_RULE_TEXT_H_
