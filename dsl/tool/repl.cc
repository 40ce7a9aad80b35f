// SPDX-License-Identifier: Apache-2.0
#include "dsl/tool/repl.h"

#include <istream>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/module.h"
#include "dsl/stdlib/universe.h"
#include "dsl/syntax/lexer.h"
#include "dsl/syntax/parser.h"

namespace dsl {
namespace {

// Behind this name the value of an expression is put.
constexpr char kLast[] = "_";

class Session {
 public:
  Session(std::ostream& out, std::ostream& err, std::atomic<bool>& interrupted)
      : out_(out), err_(err), interrupted_(interrupted), thread_(heap_) {
    thread_.SetInterrupt(&interrupted_);
    thread_.SetPrint([this](absl::string_view text, std::optional<Span>) {
      out_ << text << '\n' << std::flush;
    });
  }

  // Runs whole statements.
  void Run(const std::string& text) {
    const bool expression = IsExpression(text);
    // In a line of its own, so that columns are right.
    const std::string whole =
        absl::StrCat(expression ? "_ = \\\n" : "\n", text);
    const std::shared_ptr<const Environment> environment = MakeEnvironment();
    Diagnostics diagnostics;
    const auto program =
        Compile(Source::Make(absl::StrCat("input", ++count_), whole),
                FileKind::kModule, *environment, diagnostics);
    err_ << diagnostics.Rendered();
    if (program == nullptr) return;
    if (!program->loads().empty()) {
      err_ << "error: there is nothing to load from here\n";
      return;
    }
    // Only keeps what the functions refer to: values go to heap_.
    heaps_.push_back(std::make_shared<Heap>());
    const auto module =
        Execute(program, {}, environment, heaps_.back(), thread_,
                [this](absl::string_view name) { return Find(name); });
    if (!module.ok()) {
      err_ << Render(TakeError(thread_, module.status()));
      return;
    }
    Keep(**module);
    if (!expression) return;
    const std::optional<Value> value = (*module)->Find(kLast);
    if (value && !value->is_none()) out_ << Repr(*value) << '\n';
  }

 private:
  static bool IsExpression(const std::string& text) {
    Diagnostics ignored;
    const std::unique_ptr<File> file =
        Parse(Source::Make("input", text), FileKind::kModule, ignored);
    return file != nullptr && file->body().statements.size() == 1 &&
           file->body().statements[0]->kind == StmtKind::kExpr &&
           file->body().statements[0]->extent.begin == 0;
  }

  std::optional<Value> Find(absl::string_view name) const {
    const auto found = values_.find(std::string(name));
    if (found == values_.end()) return std::nullopt;
    return found->second;
  }

  std::shared_ptr<const Environment> MakeEnvironment() const {
    Environment::Builder builder(Universe());
    for (const auto& [name, value] : values_) builder.Set(name, value);
    return builder.Freeze();
  }

  void Keep(const Module& module) {
    for (const absl::string_view name : module.Names()) {
      const std::optional<Value> value = module.Find(name);
      if (!value || (name == kLast && value->is_none())) continue;
      values_[std::string(name)] = *value;
    }
  }

  std::ostream& out_;
  std::ostream& err_;
  std::atomic<bool>& interrupted_;
  std::vector<std::shared_ptr<Heap>> heaps_;
  Heap heap_;  // of all values; never frozen
  Thread thread_;
  std::map<std::string, Value> values_;
  int count_ = 0;
};

}  // namespace

bool WantsMore(const std::string& text) {
  const std::shared_ptr<const Source> source = Source::Make("input", text);
  Diagnostics ignored;
  const std::vector<Token> tokens = Lex(*source, ignored);
  int open = 0;
  bool block = false;
  for (const Token& token : tokens) {
    const TokenType type = token.type;
    open += type == TokenType::LPAREN || type == TokenType::LBRACK ||
            type == TokenType::LBRACE;
    open -= type == TokenType::RPAREN || type == TokenType::RBRACK ||
            type == TokenType::RBRACE;
    block |= type == TokenType::DEF || type == TokenType::INDENT;
    if (type == TokenType::BAD_STRING &&
        (absl::StrContains(source->Text(token.extent), "'''") ||
         absl::StrContains(source->Text(token.extent), "\"\"\""))) {
      return true;
    }
  }
  if (open > 0) return !absl::EndsWith(text, "\n\n\n");
  if (absl::EndsWith(text, "\\\n")) return true;
  return block && !absl::EndsWith(text, "\n\n");
}

int Repl(std::istream& in, std::ostream& out, std::ostream& err,
         std::atomic<bool>& interrupted) {
  Session session(out, err, interrupted);
  std::string text;
  while (true) {
    out << (text.empty() ? ">>> " : "... ") << std::flush;
    std::string line;
    const bool read = static_cast<bool>(std::getline(in, line));
    if (interrupted.exchange(false)) {
      in.clear();
      text.clear();
      out << '\n';
      continue;
    }
    if (!read && line.empty()) break;
    absl::StrAppend(&text, line, "\n");
    if (WantsMore(text)) continue;
    session.Run(text);
    interrupted = false;
    text.clear();
  }
  out << '\n';
  if (!text.empty()) session.Run(text);
  return 0;
}

}  // namespace dsl
