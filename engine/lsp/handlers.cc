// SPDX-License-Identifier: Apache-2.0
#include "engine/lsp/handlers.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/match.h"
#include "engine/base/version.h"
#include "engine/load/file_view.h"
#include "engine/lsp/file_uri.h"

namespace graph {
namespace {

// The folder that the editor has open; nothing if it has none.
std::optional<std::string> FolderIn(const Json& params) {
  const auto folders = params.find("workspaceFolders");
  if (folders != params.end() && folders->is_array() && !folders->empty()) {
    return PathOfUri((*folders)[0].value("uri", ""));
  }
  const auto uri = params.find("rootUri");
  if (uri != params.end() && uri->is_string()) {
    return PathOfUri(uri->get<std::string>());
  }
  const auto path = params.find("rootPath");
  if (path != params.end() && path->is_string()) {
    return path->get<std::string>();
  }
  return std::nullopt;
}

// The first that the editor offers and we know; UTF-16 is what the protocol
// has if nothing is said.
Encoding ChooseEncoding(const Json& params) {
  static const Json::json_pointer kEncodings(
      "/capabilities/general/positionEncodings");
  if (!params.contains(kEncodings) || !params[kEncodings].is_array()) {
    return Encoding::kUtf16;
  }
  const Json& offered = params[kEncodings];
  const auto has = [&](const char* name) {
    return std::find(offered.begin(), offered.end(), name) != offered.end();
  };
  if (has("utf-8")) return Encoding::kUtf8;
  return !has("utf-16") && has("utf-32") ? Encoding::kUtf32 : Encoding::kUtf16;
}

const char* NameOf(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8:
      return "utf-8";
    case Encoding::kUtf16:
      return "utf-16";
    case Encoding::kUtf32:
      return "utf-32";
  }
  return "utf-16";
}

// A path without slashes at its end.
std::string Trimmed(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

}  // namespace

Handlers::Handlers(OpenEditorFiles open, Notify notify)
    : open_(std::move(open)), notify_(std::move(notify)) {}
Handlers::~Handlers() = default;

Json Handlers::Initialize(const Json& params) {
  if (const auto folder = FolderIn(params)) {
    workspace_ = std::make_unique<Workspace>(open_(Trimmed(*folder)));
  }
  encoding_ = ChooseEncoding(params);
  const Json capabilities = {
      {"positionEncoding", NameOf(encoding_)},
      {"textDocumentSync",
       {{"openClose", true}, {"change", 2}, {"save", true}}},
      {"definitionProvider", true},
      {"referencesProvider", true},
      {"hoverProvider", true},
      {"completionProvider",
       {{"triggerCharacters", {"\"", "/", ":", ".", "(", ","}}}},
      {"documentSymbolProvider", true},
      {"documentFormattingProvider", true},
      {"codeActionProvider", {{"codeActionKinds", {"quickfix"}}}},
      {"renameProvider", {{"prepareProvider", true}}},
  };
  return {{"capabilities", capabilities},
          {"serverInfo", {{"name", "graph"}, {"version", kVersion}}}};
}

Handlers::Request Handlers::FindRequest(absl::string_view method) {
  static const std::map<absl::string_view, Request> kRequests = {
      {"textDocument/definition", &Handlers::Definition},
      {"textDocument/references", &Handlers::References},
      {"textDocument/hover", &Handlers::Hover},
      {"textDocument/completion", &Handlers::Completion},
      {"textDocument/documentSymbol", &Handlers::DocumentSymbol},
      {"textDocument/formatting", &Handlers::Formatting},
      {"textDocument/codeAction", &Handlers::CodeAction},
      {"textDocument/prepareRename", &Handlers::PrepareRename},
      {"textDocument/rename", &Handlers::Rename},
  };
  const auto found = kRequests.find(method);
  return found == kRequests.end() ? nullptr : found->second;
}

void Handlers::Note(absl::string_view method, const Json& params) {
  if (method == "textDocument/didOpen") return DidOpen(params);
  if (method == "textDocument/didChange") return DidChange(params);
  if (method == "textDocument/didClose") return DidClose(params);
  if (method == "textDocument/didSave" ||
      method == "workspace/didChangeWatchedFiles") {
    return OnDiskChanged(params);
  }
}

std::optional<FileId> Handlers::FileOf(const Json& params) const {
  if (workspace_ == nullptr) return std::nullopt;
  return workspace_->IdOf(
      params.at("textDocument").at("uri").get_ref<const std::string&>());
}

std::optional<Handlers::Spot> Handlers::SpotOf(const Json& params) {
  const std::optional<FileId> file = FileOf(params);
  if (!file.has_value()) return std::nullopt;
  const std::shared_ptr<const dsl::Source> source = workspace_->Text(*file);
  if (source == nullptr) return std::nullopt;
  return Spot{
      *file, OffsetOf(*source, PositionFrom(params.at("position")), encoding_)};
}

// --- what is open ------------------------------------------------------------

void Handlers::DidOpen(const Json& params) {
  const Json& document = params.at("textDocument");
  const auto uri = document.at("uri").get<std::string>();
  if (workspace_ == nullptr) {
    const std::optional<std::string> path = PathOfUri(uri);
    if (!path.has_value()) return;
    workspace_ =
        std::make_unique<Workspace>(open_(std::string(SplitPath(*path).first)));
  }
  const std::optional<FileId> file = workspace_->IdOf(uri);
  if (!file.has_value()) return;
  workspace_->Open(
      *file, {uri, document.value("version", int64_t{0}),
              dsl::Source::Make("", document.at("text").get<std::string>())});
  dirty_ = true;
}

void Handlers::DidChange(const Json& params) {
  const std::optional<FileId> file = FileOf(params);
  if (!file.has_value() || workspace_->FindOpen(*file) == nullptr) return;
  const int64_t version =
      params.at("textDocument").value("version", int64_t{0});
  for (const TextChange& change : ChangesFrom(params.at("contentChanges"))) {
    const dsl::Source& now = *workspace_->FindOpen(*file)->source;
    workspace_->SetText(*file, version, Apply(now, change, encoding_));
  }
  dirty_ = true;
}

void Handlers::DidClose(const Json& params) {
  const std::optional<FileId> file = FileOf(params);
  if (!file.has_value()) return;
  workspace_->Close(*file);
  dirty_ = true;
}

void Handlers::OnDiskChanged(const Json&) {
  if (workspace_ == nullptr) return;
  workspace_->Forget();
  dirty_ = true;
}

void Handlers::Publish() {
  dirty_ = false;
  if (workspace_ == nullptr) return;
  findings_ = Diagnose(*workspace_);
  std::map<FileId, std::pair<std::string, std::string>> published;
  const auto say = [&](const FileId& id, const std::string& uri, Json list) {
    Json params = {{"uri", uri}, {"diagnostics", std::move(list)}};
    if (const auto* open = workspace_->FindOpen(id)) {
      params["version"] = open->version;
    }
    notify_("textDocument/publishDiagnostics", std::move(params));
  };
  for (const auto& [id, findings] : findings_) {
    Json list = Json::array();
    for (const Finding& each : findings)
      list.push_back(wire().Diagnostic(each));
    const std::string uri = workspace_->UriOf(id);
    std::string text =
        list.dump(-1, ' ', false, Json::error_handler_t::replace);
    const auto before = published_.find(id);
    const bool same =
        before != published_.end() && before->second.second == text;
    if (!same) say(id, uri, std::move(list));
    published.emplace(id, std::pair(uri, std::move(text)));
  }
  for (const auto& [id, said] : published_) {
    if (!published.contains(id) && said.second != "[]") {
      say(id, said.first, Json::array());
    }
  }
  published_ = std::move(published);
}

// --- questions ---------------------------------------------------------------

absl::StatusOr<Json> Handlers::Definition(const Json& params) {
  const std::optional<Spot> spot = SpotOf(params);
  if (!spot.has_value()) return Json();
  return wire().Locations(
      FindDefinition(*workspace_, spot->file, spot->offset));
}

absl::StatusOr<Json> Handlers::References(const Json& params) {
  const std::optional<Spot> spot = SpotOf(params);
  if (!spot.has_value()) return Json();
  bool with_declaration = false;
  if (params.contains("context")) {
    with_declaration = params["context"].value("includeDeclaration", false);
  }
  return wire().Locations(
      FindReferences(*workspace_, spot->file, spot->offset, with_declaration));
}

absl::StatusOr<Json> Handlers::Hover(const Json& params) {
  const std::optional<Spot> spot = SpotOf(params);
  if (!spot.has_value()) return Json();
  const auto hover = graph::Hover(*workspace_, spot->file, spot->offset);
  return hover.has_value() ? wire().Hover(*hover) : Json();
}

absl::StatusOr<Json> Handlers::Completion(const Json& params) {
  const std::optional<Spot> spot = SpotOf(params);
  if (!spot.has_value()) return Json();
  return wire().CompletionList(Complete(*workspace_, spot->file, spot->offset));
}

absl::StatusOr<Json> Handlers::DocumentSymbol(const Json& params) {
  const std::optional<FileId> file = FileOf(params);
  if (!file.has_value()) return Json();
  return wire().DocumentSymbols(Symbols(*workspace_, *file));
}

absl::StatusOr<Json> Handlers::Formatting(const Json& params) {
  const std::optional<FileId> file = FileOf(params);
  if (!file.has_value()) return Json();
  Json edits = Json::array();
  for (const Replacement& each : Reformat(*workspace_, *file)) {
    edits.push_back(wire().Edit(each));
  }
  return edits;
}

absl::StatusOr<Json> Handlers::CodeAction(const Json& params) {
  const std::optional<FileId> file = FileOf(params);
  const std::shared_ptr<const dsl::Source> source =
      file.has_value() ? workspace_->Text(*file) : nullptr;
  if (source == nullptr) return Json();
  if (dirty_) Publish();
  const TextRange range = RangeFrom(params.at("range"));
  const uint32_t begin = OffsetOf(*source, range.start, encoding_);
  const uint32_t end = OffsetOf(*source, range.end, encoding_);
  Json actions = Json::array();
  for (const Finding& each : findings_[*file]) {
    if (each.fix.has_value() && each.place.extent.begin <= end &&
        begin <= each.place.extent.end) {
      actions.push_back(wire().CodeAction(each));
    }
  }
  return actions;
}

absl::StatusOr<Json> Handlers::PrepareRename(const Json& params) {
  const std::optional<Spot> spot = SpotOf(params);
  if (!spot.has_value()) return Json();
  const auto found =
      graph::PrepareRename(*workspace_, spot->file, spot->offset);
  // An editor takes null for "not here", and asks no more.
  if (!found.ok()) return found.status();
  return Json{{"range", wire().Range(found->place)},
              {"placeholder", found->name}};
}

absl::StatusOr<Json> Handlers::Rename(const Json& params) {
  const std::optional<Spot> spot = SpotOf(params);
  if (!spot.has_value()) return Json();
  const auto edits = graph::Rename(*workspace_, spot->file, spot->offset,
                                   params.at("newName").get<std::string>());
  if (!edits.ok()) return edits.status();
  return wire().Edits(*edits);
}

}  // namespace graph
