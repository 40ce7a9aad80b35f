// SPDX-License-Identifier: Apache-2.0
#include "engine/session/label_completion.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/lexer.h"
#include "dsl/syntax/source.h"
#include "engine/model/package.h"
#include "engine/os/filesystem.h"
#include "engine/session/parts.h"

namespace graph {
namespace {

// So many folders are looked into, at most, to learn whether there are packages
// in them: an answer that comes late is none.
constexpr int kMaxFolders = 2000;

std::string Unquoted(absl::string_view literal) {
  literal =
      literal.substr(std::min(literal.find_first_of("\"'"), literal.size()));
  if (literal.size() < 2) return "";
  return std::string(literal.substr(1, literal.size() - 2));
}

// `name = "…"` of each call, with the name of what is called.
std::vector<LabelCandidate> NamesIn(std::string text) {
  using dsl::TokenType;
  const auto source = dsl::Source::Make("", std::move(text));
  dsl::Diagnostics ignored;
  const std::vector<dsl::Token> tokens = dsl::Lex(*source, ignored);
  std::vector<LabelCandidate> found;
  std::vector<absl::string_view> calls;  // That are open.
  for (size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (tokens[i].type == TokenType::LPAREN) {
      const bool named = i > 0 && tokens[i - 1].type == TokenType::IDENT;
      calls.push_back(named ? source->Text(tokens[i - 1].extent) : "");
    } else if (tokens[i].type == TokenType::RPAREN) {
      if (!calls.empty()) calls.pop_back();
    } else if (tokens[i].type == TokenType::IDENT && !calls.empty() &&
               tokens[i + 1].type == TokenType::ASSIGN &&
               tokens[i + 2].type == TokenType::STRING &&
               source->Text(tokens[i].extent) == "name") {
      found.push_back({Unquoted(source->Text(tokens[i + 2].extent)),
                       std::string(calls.back())});
    }
  }
  return found;
}

class Completer {
 public:
  Completer(std::string root, absl::string_view word)
      : root_(std::move(root)), word_(word) {}

  // `before` is how the user wrote the package, with the colon.
  void AddTargets(absl::string_view package, absl::string_view before) {
    absl::StatusOr<std::string> text =
        ReadFile(absl::StrCat(Path(package), "/", kBuildFileName));
    if (!text.ok()) return;
    for (const LabelCandidate& name : NamesIn(*std::move(text))) {
      Add(absl::StrCat(before, name.text), name.description);
    }
    Add(absl::StrCat(before, "all"), "all targets of rules");
  }

  // The packages in the folder above the last part of `path`.
  void AddPackages(absl::string_view path) {
    const size_t slash = path.rfind('/');
    const absl::string_view above =
        slash == path.npos ? "" : path.substr(0, slash);
    if (above.empty() && IsPackage("")) Add("//:", "package");
    for (const std::string& name : Folders(above)) {
      const std::string folder =
          above.empty() ? name : absl::StrCat(above, "/", name);
      if (!absl::StartsWith(absl::StrCat("//", folder), word_)) continue;
      if (IsPackage(folder)) Add(absl::StrCat("//", folder, ":"), "package");
      if (HasPackagesBelow(folder)) {
        Add(absl::StrCat("//", folder, "/"), "packages below");
      }
    }
    Add(absl::StrCat("//", above, above.empty() ? "" : "/", "..."),
        "all packages below");
  }

  std::vector<LabelCandidate> Take() {
    std::sort(found_.begin(), found_.end(),
              [](const LabelCandidate& a, const LabelCandidate& b) {
                return a.text < b.text;
              });
    return std::move(found_);
  }

 private:
  void Add(std::string text, std::string description) {
    if (!absl::StartsWith(text, word_)) return;
    found_.push_back({std::move(text), std::move(description)});
  }
  std::string Path(absl::string_view folder) const {
    return folder.empty() ? root_ : absl::StrCat(root_, "/", folder);
  }
  bool IsPackage(absl::string_view folder) const {
    return Exists(absl::StrCat(Path(folder), "/", kBuildFileName));
  }
  // What may hold packages.
  std::vector<std::string> Folders(absl::string_view folder) {
    std::vector<std::string> names;
    if (++looked_into_ > kMaxFolders) return names;
    const auto entries = ListDirectory(Path(folder));
    if (!entries.ok()) return names;
    for (const DirectoryEntry& entry : *entries) {
      if (entry.type != FileType::kDirectory) continue;
      if (absl::StartsWith(entry.name, ".")) continue;
      if (folder.empty() && entry.name == kOutputFolder) continue;
      names.push_back(entry.name);
    }
    return names;
  }
  bool HasPackagesBelow(absl::string_view folder) {
    for (const std::string& name : Folders(folder)) {
      const std::string below = absl::StrCat(folder, "/", name);
      if (IsPackage(below) || HasPackagesBelow(below)) return true;
    }
    return looked_into_ > kMaxFolders;  // Who knows.
  }

  const std::string root_;
  const absl::string_view word_;
  std::vector<LabelCandidate> found_;
  int looked_into_ = 0;
};

}  // namespace

std::vector<LabelCandidate> CompleteLabel(const std::string& directory,
                                          absl::string_view word) {
  const absl::StatusOr<std::string> here = RealPath(directory);
  if (!here.ok()) return {};
  const absl::StatusOr<std::string> root = FindWorkspace(*here);
  if (!root.ok()) return {};
  absl::string_view package = absl::string_view(*here).substr(root->size());
  absl::ConsumePrefix(&package, "/");
  Completer completer(*root, word);
  const size_t colon = word.find(':');
  if (absl::StartsWith(word, "//")) {
    if (colon == word.npos) {
      completer.AddPackages(word.substr(2));
    } else {
      completer.AddTargets(word.substr(2, colon - 2),
                           word.substr(0, colon + 1));
    }
  } else if (word.empty() || absl::StartsWith(word, ":")) {
    completer.AddTargets(package, ":");
    if (word.empty()) completer.AddPackages("");
  } else if (absl::StartsWith("//", word)) {
    completer.AddPackages("");
  }
  return completer.Take();
}

}  // namespace graph
