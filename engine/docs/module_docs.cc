// SPDX-License-Identifier: Apache-2.0
#include "engine/docs/module_docs.h"

#include <map>
#include <memory>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "dsl/runtime/types/function.h"
#include "dsl/runtime/value.h"
#include "dsl/stdlib/provider.h"
#include "dsl/syntax/file.h"
#include "dsl/syntax/parser.h"
#include "engine/docs/docstring.h"
#include "engine/docs/rule_text.h"
#include "engine/load/rule_function.h"

namespace graph {
namespace {

// The trees of files, each parsed once: a function knows where its text is.
class Trees {
 public:
  // The def whose name stands at `place`; nullptr for a lambda, and for a def
  // that stands in another one.
  const dsl::DefStmt* FindDef(dsl::Span place) {
    const dsl::File* file = FileOf(place.source);
    if (file == nullptr) return nullptr;
    for (const dsl::Stmt* stmt : file->body().statements) {
      if (stmt->kind != dsl::StmtKind::kDef) continue;
      const auto* def = static_cast<const dsl::DefStmt*>(stmt);
      if (file->At(def->function.name.extent) == place) return def;
    }
    return nullptr;
  }

 private:
  const dsl::File* FileOf(const dsl::Source* source) {
    std::unique_ptr<dsl::File>& file = files_[source];
    if (file == nullptr) {
      dsl::Diagnostics diagnostics;  // None: it has been parsed before.
      file = dsl::Parse(source->shared_from_this(), dsl::FileKind::kModule,
                        diagnostics);
    }
    return file.get();
  }

  std::map<const dsl::Source*, std::unique_ptr<dsl::File>> files_;
};

// The text on one line.
std::string TextOf(const dsl::Source& source, dsl::Extent extent) {
  std::string text(source.Text(extent));
  absl::RemoveExtraAsciiWhitespace(&text);
  return text;
}

std::string ParameterText(const dsl::Source& source,
                          const dsl::ParameterDecl& parameter) {
  std::string text;
  if (parameter.kind == dsl::ParameterKind::kArgs) text = "*";
  if (parameter.kind == dsl::ParameterKind::kKwargs) text = "**";
  absl::StrAppend(&text, source.Text(parameter.name.extent));
  if (parameter.type != nullptr) {
    absl::StrAppend(&text, ": ", TextOf(source, parameter.type->extent));
  }
  if (parameter.default_value != nullptr) {
    absl::StrAppend(&text, " = ",
                    TextOf(source, parameter.default_value->extent));
  }
  return text;
}

std::string Signature(absl::string_view name, const dsl::Source& source,
                      const dsl::FunctionDecl& function) {
  std::vector<std::string> parameters;
  bool may_be_bare = true;
  for (const dsl::ParameterDecl& parameter : function.parameters) {
    if (parameter.kind == dsl::ParameterKind::kKeywordOnly && may_be_bare) {
      parameters.emplace_back("*");
    }
    may_be_bare &= parameter.kind == dsl::ParameterKind::kPositional;
    parameters.push_back(ParameterText(source, parameter));
  }
  std::string text =
      absl::StrCat(name, "(", absl::StrJoin(parameters, ", "), ")");
  if (function.result_type != nullptr) {
    absl::StrAppend(&text, " -> ",
                    TextOf(source, function.result_type->extent));
  }
  return text;
}

std::optional<FunctionDoc> Describe(absl::string_view name,
                                    const dsl::Function& function,
                                    Trees& trees) {
  const dsl::Span place = function.code().span;
  const dsl::DefStmt* def = trees.FindDef(place);
  if (def == nullptr) return std::nullopt;
  FunctionDoc doc;
  doc.name = std::string(name);
  doc.signature = Signature(name, *place.source, def->function);
  const Docstring parts = ParseDocstring(function.code().doc);
  doc.doc = parts.text;
  doc.parameters = parts.parameters;
  doc.returns = parts.returns;
  return doc;
}

AttributeDoc Describe(const AttributeSchema& schema) {
  AttributeDoc doc;
  doc.name = schema.name;
  doc.type = std::string(Name(schema.type));
  doc.default_value = DefaultText(schema);
  doc.values = schema.strings;
  for (int64_t value : schema.ints) doc.values.push_back(absl::StrCat(value));
  doc.mandatory = schema.mandatory;
  doc.doc = schema.doc;
  return doc;
}

RuleDoc Describe(absl::string_view name, const RuleFunction& function) {
  const RuleClass& rule = function.rule_class();
  RuleDoc doc;
  doc.name = std::string(name);
  doc.executable = rule.executable();
  doc.test = rule.test();
  doc.doc = Dedented(rule.doc());
  doc.text = RuleText(function);
  for (const AttributeSchema& schema : rule.attributes()) {
    if (schema.is_common || schema.is_private()) continue;
    doc.attributes.push_back(Describe(schema));
  }
  return doc;
}

ProviderDoc Describe(absl::string_view name, const dsl::Provider& provider) {
  ProviderDoc doc;
  doc.name = std::string(name);
  doc.doc = Dedented(provider.schema().doc);
  if (!provider.schema().fields.has_value()) return doc;
  const std::vector<std::string>& docs = provider.schema().field_docs;
  for (const std::string& field : *provider.schema().fields) {
    const size_t i = doc.fields.size();
    doc.fields.emplace_back(field, i < docs.size() ? docs[i] : "");
  }
  return doc;
}

}  // namespace

ModuleDocs DescribeModule(absl::string_view label, const dsl::Module& module) {
  ModuleDocs docs;
  docs.label = std::string(label);
  docs.doc = Dedented(module.program().doc());
  Trees trees;
  for (absl::string_view name : module.Names()) {
    const std::optional<dsl::Value> value = module.Find(name);
    if (name[0] == '_' || !value.has_value()) continue;
    if (const auto* rule = dsl::NativeCast<RuleFunction>(*value)) {
      if (rule->exported()) docs.rules.push_back(Describe(name, *rule));
    } else if (const auto* provider = dsl::NativeCast<dsl::Provider>(*value)) {
      docs.providers.push_back(Describe(name, *provider));
    } else if (value->is_function()) {
      std::optional<FunctionDoc> function = Describe(
          name, static_cast<const dsl::Function&>(*value->object()), trees);
      if (function.has_value()) docs.functions.push_back(*std::move(function));
    }
  }
  return docs;
}

}  // namespace graph
