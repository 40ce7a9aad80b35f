// SPDX-License-Identifier: Apache-2.0
#include "engine/lsp/complete.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/docs/builtin_docs.h"
#include "engine/docs/rule_text.h"
#include "engine/lsp/describe.h"
#include "engine/lsp/meaning.h"

namespace graph {
namespace {

using Kind = Completion::Kind;

constexpr absl::string_view kModuleKeywords[] = {
    "and", "break",  "continue", "def", "elif", "else", "for",    "if",
    "in",  "lambda", "load",     "not", "or",   "pass", "return", "type"};
constexpr absl::string_view kBuildKeywords[] = {"and", "else", "for", "if",
                                                "in",  "load", "not", "or"};

// Ranks: lower comes first.
enum Rank {
  kMandatory = 1,
  kOptional = 2,
  kLocal = 3,
  kOwn = 4,
  kKnown = 5,
  kCommon = 6,
  kRest = 7
};

Completion Item(absl::string_view label, Kind kind, int rank) {
  Completion item;
  item.label = std::string(label);
  item.insert = item.label;
  item.kind = kind;
  item.rank = rank;
  return item;
}

Completion ValueItem(absl::string_view name, dsl::Value value, int rank) {
  Completion item = Item(name, Kind::kVariable, rank);
  if (const auto* rule = dsl::NativeCast<RuleFunction>(value)) {
    item.kind = Kind::kRule;
    item.detail = "rule";
    if (rule->exported()) item.doc = PlainDoc(rule->rule_class().doc());
  } else if (value.is_callable()) {
    item.kind = Kind::kFunction;
    item.detail = "function";
  } else {
    item.detail = std::string(value.type_name());
  }
  if (const BuiltinDoc* doc = FindBuiltinDoc(name)) {
    item.detail = doc->signature;
    item.doc = doc->text;
  }
  return item;
}

bool IsGiven(const OpenCall& call, absl::string_view name) {
  return std::find(call.given.begin(), call.given.end(), name) !=
         call.given.end();
}

void OfferArgument(CompletionWork& work, absl::string_view name,
                   absl::string_view detail, absl::string_view doc, int rank) {
  Completion item = Item(name, Kind::kAttribute, rank);
  item.detail = std::string(detail);
  item.doc = std::string(doc);
  // The `=` is there already when a name is typed anew.
  const absl::string_view behind =
      work.found.replace.source->text().substr(work.cursor.word.end);
  const size_t next = behind.find_first_not_of(' ');
  if (next == absl::string_view::npos || behind[next] != '=') {
    item.insert += " = ";
  }
  work.Offer(std::move(item));
}

void OfferAttributes(CompletionWork& work, const RuleClass& rule) {
  const OpenCall& call = *work.cursor.call();
  if (!IsGiven(call, "name")) {
    OfferArgument(work, "name", "string, mandatory", "The name of the target.",
                  kMandatory);
  }
  if (!IsGiven(call, "visibility")) {
    OfferArgument(work, "visibility", "list of labels",
                  "Who may depend on the target.", kCommon);
  }
  for (const AttributeSchema& each : rule.attributes()) {
    if (each.is_private() || IsGiven(call, each.name)) continue;
    OfferArgument(work, each.name, DetailOf(each), AttributeText(each),
                  each.mandatory   ? kMandatory
                  : each.is_common ? kCommon
                                   : kOptional);
  }
}

void OfferParameters(CompletionWork& work, const GlobalMade& made) {
  if (made.statement == nullptr ||
      made.statement->kind != dsl::StmtKind::kDef) {
    return;
  }
  const auto& def = dsl::As<dsl::DefStmt>(*made.statement);
  const OpenCall& call = *work.cursor.call();
  for (const dsl::ParameterDecl& each : def.function.parameters) {
    const absl::string_view name = made.file->file->name(each.name.name);
    if (each.kind == dsl::ParameterKind::kArgs ||
        each.kind == dsl::ParameterKind::kKwargs || IsGiven(call, name)) {
      continue;
    }
    OfferArgument(work, name, made.file->source->Text(each.extent), "",
                  each.default_value == nullptr ? kMandatory : kOptional);
  }
}

// Whether nothing but names of arguments may stand here.
bool CompleteArgument(CompletionWork& work) {
  const OpenCall& call = *work.cursor.call();
  if (call.is_def) return true;
  if (const RuleClass* rule =
          RuleNamed(work.workspace, work.file, call.callee)) {
    OfferAttributes(work, *rule);
    return true;
  }
  if (const auto made = FindMade(work.workspace, work.file, call.callee)) {
    OfferParameters(work, *made);
  }
  return false;
}

void CompleteName(CompletionWork& work) {
  const dsl::Source& source = *work.found.replace.source;
  const bool is_module = Workspace::KindOf(work.file) == dsl::FileKind::kModule;
  for (const std::string& name : LocalNames(source, work.cursor.word.begin)) {
    work.Offer(Item(name, Kind::kVariable, kLocal));
  }
  for (const std::string& name : GlobalNames(source)) {
    work.Offer(Item(name, Kind::kVariable, kOwn));
  }
  for (const LoadedName& load : FindLoads(source)) {
    const auto value = ValueOf(work.workspace, work.file, load.local);
    Completion item = value.has_value()
                          ? ValueItem(load.local, *value, kOwn)
                          : Item(load.local, Kind::kVariable, kOwn);
    item.detail = absl::StrCat(item.detail, item.detail.empty() ? "" : ", ",
                               "from ", load.path);
    work.Offer(std::move(item));
  }
  const dsl::Environment& names = work.workspace.NamesOf(work.file);
  for (const std::string& name : names.Names()) {
    if (!absl::StartsWith(name, work.cursor.before)) continue;
    work.Offer(ValueItem(name, *names.Find(name), kKnown));
  }
  const auto offer_keywords = [&](std::span<const absl::string_view> words) {
    for (const absl::string_view word : words) {
      work.Offer(Item(word, Kind::kKeyword, kRest));
    }
  };
  offer_keywords(is_module ? std::span<const absl::string_view>(kModuleKeywords)
                           : kBuildKeywords);
}

// The documented members of `prefix`: `ctx.actions` has `run` of
// `ctx.actions.run`.
void OfferDocumented(CompletionWork& work, absl::string_view prefix) {
  const std::string begin = absl::StrCat(prefix, ".");
  for (const BuiltinDoc& doc : BuiltinDocs()) {
    absl::string_view name = doc.name;
    if (!absl::ConsumePrefix(&name, begin)) continue;
    const bool last = name.find('.') == absl::string_view::npos;
    Completion item =
        Item(name.substr(0, name.find('.')), Kind::kFunction, kOptional);
    if (last) {
      item.detail = doc.signature;
      item.doc = doc.text;
    }
    work.Offer(std::move(item));
  }
}

void CompleteMember(CompletionWork& work) {
  const std::string& object = work.cursor.object;
  if (object == "\"\"") return OfferDocumented(work, "string");
  if (!object.empty()) {
    OfferDocumented(work, object);
    const auto value = ValueOf(work.workspace, work.file, object);
    if (value.has_value() && value->is_object()) {
      for (const std::string& name : value->object()->AttrNamesOf()) {
        const auto member =
            ValueOf(work.workspace, work.file, absl::StrCat(object, ".", name));
        work.Offer(member.has_value() ? ValueItem(name, *member, kKnown)
                                      : Item(name, Kind::kFunction, kKnown));
      }
    }
    if (!work.found.items.empty()) return;
  }
  // Of which type it is shows when it runs.
  for (absl::string_view type : {"string", "list", "dict", "set"}) {
    OfferDocumented(work, type);
  }
}

}  // namespace

void CompletionWork::Offer(Completion item) {
  if (!absl::StartsWith(item.label, cursor.before)) return;
  const auto same = [&](const Completion& known) {
    return known.label == item.label && known.insert == item.insert;
  };
  if (std::any_of(found.items.begin(), found.items.end(), same)) return;
  found.items.push_back(std::move(item));
}

std::string DetailOf(const AttributeSchema& attribute) {
  std::string detail(Name(attribute.type));
  if (attribute.mandatory) absl::StrAppend(&detail, ", mandatory");
  return detail;
}

Completions Complete(Workspace& workspace, const FileId& file,
                     uint32_t offset) {
  Completions found;
  const std::shared_ptr<const dsl::Source> source = workspace.Text(file);
  if (source == nullptr) return found;
  const Cursor cursor = FindCursor(*source, offset);
  found.replace = {file, source, cursor.word};
  CompletionWork work{workspace, file, cursor, found};
  switch (cursor.kind) {
    case Cursor::Kind::kNone:
      break;
    case Cursor::Kind::kArgument:
      if (!CompleteArgument(work)) CompleteName(work);
      break;
    case Cursor::Kind::kName:
      CompleteName(work);
      break;
    case Cursor::Kind::kMember:
      CompleteMember(work);
      break;
    case Cursor::Kind::kString:
      CompleteString(work);
      break;
  }
  return found;
}

}  // namespace graph
