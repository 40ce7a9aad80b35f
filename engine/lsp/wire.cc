// SPDX-License-Identifier: Apache-2.0
#include "engine/lsp/wire.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"

namespace graph {
namespace {

// The numbers of the protocol.
enum Severity { kError = 1, kWarning = 2 };

int NumberOf(Completion::Kind kind) {
  switch (kind) {
    case Completion::Kind::kFunction:
      return 3;  // Function
    case Completion::Kind::kRule:
      return 7;  // Class
    case Completion::Kind::kVariable:
      return 6;  // Variable
    case Completion::Kind::kAttribute:
      return 10;  // Property
    case Completion::Kind::kModule:
      return 9;  // Module
    case Completion::Kind::kKeyword:
      return 14;  // Keyword
    case Completion::Kind::kTarget:
      return 18;  // Reference
    case Completion::Kind::kFile:
      return 17;  // File
    case Completion::Kind::kFolder:
      return 19;  // Folder
    case Completion::Kind::kValue:
      return 12;  // Value
  }
  return 1;
}

int NumberOf(Symbol::Kind kind) {
  switch (kind) {
    case Symbol::Kind::kFunction:
      return 12;  // Function
    case Symbol::Kind::kVariable:
      return 13;  // Variable
    case Symbol::Kind::kTarget:
      return 19;  // Object
    case Symbol::Kind::kRule:
      return 5;  // Class
  }
  return 13;
}

Json ToJson(TextPosition position) {
  return {{"line", position.line}, {"character", position.character}};
}

Json ToJson(const TextRange& range) {
  return {{"start", ToJson(range.start)}, {"end", ToJson(range.end)}};
}

Json Markdown(const std::string& text) {
  return {{"kind", "markdown"}, {"value", text}};
}

}  // namespace

TextPosition PositionFrom(const Json& json) {
  return {json.at("line").get<int64_t>(), json.at("character").get<int64_t>()};
}

TextRange RangeFrom(const Json& json) {
  return {PositionFrom(json.at("start")), PositionFrom(json.at("end"))};
}

std::vector<TextChange> ChangesFrom(const Json& json) {
  std::vector<TextChange> changes;
  for (const Json& each : json) {
    TextChange change;
    change.text = each.at("text").get<std::string>();
    if (each.contains("range") && !each["range"].is_null()) {
      change.range = RangeFrom(each["range"]);
    }
    changes.push_back(std::move(change));
  }
  return changes;
}

Json Wire::Range(const Place& place) const {
  if (place.source == nullptr) return ToJson(TextRange{});
  return ToJson(RangeOf(*place.source, place.extent, encoding_));
}

Json Wire::Location(const Place& place) const {
  return {{"uri", workspace_.UriOf(place.file)}, {"range", Range(place)}};
}

Json Wire::Locations(const std::vector<Place>& places) const {
  Json all = Json::array();
  for (const Place& place : places) all.push_back(Location(place));
  return all;
}

Json Wire::Edit(const Replacement& replacement) const {
  return {{"range", Range(replacement.place)}, {"newText", replacement.text}};
}

Json Wire::Edits(const std::vector<Replacement>& replacements) const {
  Json changes = Json::object();
  for (const Replacement& each : replacements) {
    changes[workspace_.UriOf(each.place.file)].push_back(Edit(each));
  }
  return {{"changes", changes}};
}

Json Wire::Diagnostic(const Finding& finding) const {
  Json json = {{"range", Range(finding.place)},
               {"severity", finding.warning ? kWarning : kError},
               {"source", "graph"},
               {"message", finding.message}};
  if (!finding.check.empty()) json["code"] = finding.check;
  for (const Related& related : finding.related) {
    json["relatedInformation"].push_back(
        {{"location", Location(related.place)}, {"message", related.text}});
  }
  return json;
}

Json Wire::CodeAction(const Finding& finding) const {
  return {{"title", finding.fix_title},
          {"kind", "quickfix"},
          {"isPreferred", true},
          {"diagnostics", Json::array({Diagnostic(finding)})},
          {"edit", Edits({*finding.fix})}};
}

Json Wire::Hover(const HoverText& hover) const {
  return {{"contents", Markdown(hover.markdown)},
          {"range", Range(hover.place)}};
}

Json Wire::CompletionList(const Completions& completions) const {
  Json items = Json::array();
  const Json range = Range(completions.replace);
  for (const Completion& each : completions.items) {
    Json item = {{"label", each.label},
                 {"kind", NumberOf(each.kind)},
                 {"sortText", absl::StrCat(each.rank, each.label)},
                 {"filterText", each.label},
                 {"textEdit", {{"range", range}, {"newText", each.insert}}}};
    if (!each.detail.empty()) item["detail"] = each.detail;
    if (!each.doc.empty()) item["documentation"] = Markdown(each.doc);
    items.push_back(std::move(item));
  }
  return {{"isIncomplete", completions.incomplete}, {"items", items}};
}

Json Wire::DocumentSymbols(const std::vector<Symbol>& symbols) const {
  Json all = Json::array();
  for (const Symbol& each : symbols) {
    all.push_back({{"name", each.name},
                   {"detail", each.detail},
                   {"kind", NumberOf(each.kind)},
                   {"range", Range(each.whole)},
                   {"selectionRange", Range(each.selection)}});
  }
  return all;
}

}  // namespace graph
