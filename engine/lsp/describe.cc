// SPDX-License-Identifier: Apache-2.0
#include "engine/lsp/describe.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "engine/docs/rule_text.h"
#include "engine/load/place.h"
#include "engine/lsp/labels.h"
#include "engine/lsp/meaning.h"

namespace graph {
namespace {

std::string DescribeMade(const GlobalMade& made) {
  if (made.statement == nullptr) return "";
  if (made.statement->kind != dsl::StmtKind::kDef) {
    return Code(LineOf(made.place()));
  }
  const auto& def = dsl::As<dsl::DefStmt>(*made.statement);
  const dsl::StringExpr* doc = dsl::File::DocOf(*def.function.body);
  return absl::StrCat(Code(SignatureText(*made.file, def)),
                      doc == nullptr ? "" : PlainDoc(doc->value));
}

std::string DescribeRule(const RuleClass& rule) {
  return absl::StrCat(Code(absl::StrCat("rule ", rule.name())), RuleText(rule));
}

// What the target says of itself in an attribute; "" if nothing.
std::string SaidIn(const Target& target, absl::string_view attribute) {
  const Attribute* found = target.attribute(attribute);
  if (found == nullptr || found->plain() == nullptr) return "";
  const auto* text = std::get_if<PackedString>(found->plain());
  return text == nullptr ? "" : std::string(text->view());
}

}  // namespace

std::string Code(absl::string_view text) {
  return absl::StrCat("```python\n", absl::StripAsciiWhitespace(text),
                      "\n```\n");
}

std::string LineOf(const Place& place) {
  if (place.source == nullptr) return "";
  return std::string(absl::StripAsciiWhitespace(
      place.source->Line(place.source->PositionOf(place.extent.begin).line)));
}

std::string PlainDoc(absl::string_view doc) {
  std::vector<absl::string_view> lines = absl::StrSplit(doc, '\n');
  size_t indent = doc.size();
  for (size_t i = 1; i < lines.size(); ++i) {
    const size_t first = lines[i].find_first_not_of(' ');
    if (first != absl::string_view::npos) indent = std::min(indent, first);
  }
  for (size_t i = 1; i < lines.size(); ++i) {
    lines[i].remove_prefix(std::min(indent, lines[i].size()));
  }
  return std::string(absl::StripAsciiWhitespace(absl::StrJoin(lines, "\n")));
}

std::string DescribeBuiltin(const BuiltinDoc& doc) {
  return absl::StrCat(Code(doc.signature.empty() ? doc.name : doc.signature),
                      doc.text, doc.example.empty() ? "" : "\n\n",
                      doc.example.empty() ? "" : Code(doc.example));
}

std::string DescribeName(Workspace& workspace, const FileId& file,
                         absl::string_view name) {
  if (const RuleClass* rule = RuleNamed(workspace, file, name)) {
    return DescribeRule(*rule);
  }
  if (const auto made = FindMade(workspace, file, name)) {
    return DescribeMade(*made);
  }
  const BuiltinDoc* doc = FindBuiltinDoc(name);
  return doc == nullptr ? "" : DescribeBuiltin(*doc);
}

std::string DescribeMember(Workspace& workspace, const ParsedFile& file,
                           const dsl::DotExpr& member) {
  const std::string name(file.file->name(member.name.name));
  const std::string dotted = DottedName(*file.file, member);
  if (!dotted.empty()) {
    if (const RuleClass* rule = RuleNamed(workspace, file.id, dotted)) {
      return DescribeRule(*rule);
    }
    if (const BuiltinDoc* doc = FindBuiltinDoc(dotted)) {
      return DescribeBuiltin(*doc);
    }
  }
  if (member.object->kind == dsl::ExprKind::kString) {
    const BuiltinDoc* doc = FindBuiltinDoc(absl::StrCat("string.", name));
    return doc == nullptr ? "" : DescribeBuiltin(*doc);
  }
  // Of which type it is shows when it runs: a method of that name that only
  // one type has, all the same.
  const BuiltinDoc* found = nullptr;
  for (absl::string_view type : {"string", "list", "dict", "set"}) {
    const BuiltinDoc* doc = FindBuiltinDoc(absl::StrCat(type, ".", name));
    if (doc == nullptr) continue;
    if (found != nullptr) return "";
    found = doc;
  }
  return found == nullptr ? "" : DescribeBuiltin(*found);
}

std::string DescribeTarget(Workspace& workspace, const Label& label,
                           const Place& place) {
  std::string text = Code(label.text());
  const Target* target = FindTarget(workspace, label);
  std::string where = DisplayPath(place.file.repo, place.file.path);
  if (place.source != nullptr) {
    absl::StrAppend(&where, ":",
                    place.source->PositionOf(place.extent.begin).line);
  }
  if (target == nullptr) return absl::StrCat(text, where);
  absl::StrAppend(&text, target->kind_text(), ", ", where);
  if (target->kind() == Target::Kind::kOutputFile) {
    absl::StrAppend(&text, ", made by `", target->generator().text(), "`");
  }
  if (target->kind() != Target::Kind::kRule) return text;
  const std::string deprecation = SaidIn(*target, "deprecation");
  if (!deprecation.empty()) {
    absl::StrAppend(&text, "\n\n**Deprecated:** ", deprecation);
  }
  if (!target->rule().doc().empty()) {
    absl::StrAppend(&text, "\n\n", PlainDoc(target->rule().doc()));
  }
  return text;
}

}  // namespace graph
