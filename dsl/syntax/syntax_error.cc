// SPDX-License-Identifier: Apache-2.0

#include "dsl/syntax/syntax_error.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "dsl/syntax/recovery.h"
#include "dsl/syntax/spelling.h"

namespace dsl {
namespace {

using Type = TokenType;

bool Opens(Type type) {
  return type == Type::LPAREN || type == Type::LBRACK || type == Type::LBRACE;
}

Type CloserOf(Type open) {
  return open == Type::LPAREN   ? Type::RPAREN
         : open == Type::LBRACK ? Type::RBRACK
                                : Type::RBRACE;
}

bool Closes(Type type) {
  return type == Type::RPAREN || type == Type::RBRACK || type == Type::RBRACE;
}

bool StartsOperand(Type type) {
  return type == Type::IDENT || type == Type::INT || type == Type::FLOAT ||
         type == Type::STRING || type == Type::FSTRING ||
         type == Type::LAMBDA || Opens(type);
}

bool EndsOperand(Type type) {
  return type == Type::IDENT || type == Type::INT || type == Type::FLOAT ||
         type == Type::STRING || type == Type::FSTRING || Closes(type);
}

// What to write instead of a word of Python.
absl::string_view InsteadOf(absl::string_view word) {
  if (word == "while") return "use `for` with a range";
  if (word == "is") return "use `==`";
  if (word == "import" || word == "from") return "use load(\"file\", \"name\")";
  if (word == "assert" || word == "raise") return "use fail(message)";
  if (word == "class") return "use struct() or provider()";
  if (word == "del") return "use .pop()";
  if (word == "yield") return "return a list";
  if (word == "with") return "there is nothing to be closed";
  if (word == "async" || word == "await") return "there is nothing to wait for";
  if (word == "global" || word == "nonlocal") {
    return "a function assigns only to names of its own";
  }
  if (word == "try" || word == "except" || word == "finally") {
    return "errors cannot be caught";
  }
  return "choose another name";
}

// What to write instead of something else that Python has.
absl::string_view HintFor(Type type) {
  switch (type) {
    case Type::STAR_STAR:
      return "there is no power operator";
    case Type::FLOOR_DIV:
      return "a comment starts with #";
    case Type::ELLIPSIS:
      return "`...` stands in types only";
    default:
      return "";
  }
}

std::string Quote(absl::string_view text) {
  return absl::StrCat("`", text, "`");
}

class Reporter {
 public:
  Reporter(const Source& source, const std::vector<Token>& tokens, size_t at,
           Diagnostics& diagnostics)
      : source_(source),
        tokens_(tokens),
        at_(at),
        token_(tokens[at]),
        diagnostics_(diagnostics) {
    FindOpenBrackets();
  }

  void Report(const std::set<Type>& expected) {
    // The lexer has said it.
    if (token_.type == Type::BAD || token_.type == Type::BAD_STRING) return;
    if (ReportWord() || ReportHabit() || ReportBracket() ||
        ReportNeighbours() || ReportColon(expected)) {
      return;
    }
    std::string message = absl::StrCat("unexpected ", Describe());
    if (expected.count(Type::INDENT) > 0 && token_.type != Type::INDENT) {
      message = "expected an indented block";
    } else if (token_.type != Type::INDENT && !FirstOfStatement(at_)) {
      const std::string wanted = Wanted(expected);
      if (!wanted.empty()) absl::StrAppend(&message, ", expected ", wanted);
    }
    Diagnostic& diagnostic = Error(Place(), std::move(message));
    if (token_.type == Type::ASSIGN) {
      ExplainAssignment(diagnostic);
    } else if (token_.type == Type::STAR_STAR
                   ? EndsOperand(Before(1))
                   : token_.type != Type::FLOOR_DIV || FirstOfStatement(at_)) {
      diagnostic.hint = std::string(HintFor(token_.type));
    }
    if (open_) NoteOpen(diagnostic);
  }

 private:
  Diagnostic& Error(Extent extent, std::string message, std::string hint = "") {
    return diagnostics_.Error(source_.At(extent), std::move(message),
                              std::move(hint));
  }
  int LineOf(uint32_t offset) const { return source_.PositionOf(offset).line; }

  // The innermost bracket that is open before the token.
  void FindOpenBrackets() {
    std::vector<size_t> open;
    for (size_t i = 0; i < at_; ++i) {
      if (Opens(tokens_[i].type)) open.push_back(i);
      if (Closes(tokens_[i].type) && !open.empty()) open.pop_back();
    }
    if (open.empty()) return;
    open_at_ = open.back();
    open_ = tokens_[open_at_];
  }

  void NoteOpen(Diagnostic& diagnostic) {
    if (LineOf(open_->extent.begin) == LineOf(token_.extent.begin)) return;
    diagnostic.notes.push_back(
        {source_.At(open_->extent),
         absl::StrCat(Quote(source_.Text(open_->extent)), " was opened here")});
  }

  // Something of no width is shown behind what stands before it.
  Extent Place() const {
    const bool empty = token_.type == Type::NEWLINE ||
                       token_.type == Type::END || token_.type == Type::DEDENT;
    if (!empty || at_ == 0) {
      return token_.type == Type::INDENT ? tokens_[at_ + 1].extent
                                         : token_.extent;
    }
    if (token_.type == Type::DEDENT && at_ + 1 < tokens_.size() &&
        tokens_[at_ + 1].type != Type::END) {
      return {token_.extent.begin, tokens_[at_ + 1].extent.end};
    }
    const uint32_t end = tokens_[at_ - 1].extent.end;
    return token_.type == Type::NEWLINE ? Extent{end, end} : token_.extent;
  }

  std::string Describe() const {
    switch (token_.type) {
      case Type::NEWLINE:
        return "end of the line";
      case Type::END:
        return embedded() ? "end of the expression" : "end of the file";
      case Type::INDENT:
        return "indentation";
      case Type::DEDENT:
        return "end of the block";
      default:
        return Quote(source_.Text(token_.extent).substr(0, 40));
    }
  }
  // In an f-string END stands within the text.
  bool embedded() const {
    return tokens_.back().extent.begin < source_.text().size();
  }

  // --- what stands around the token ---
  Type TypeAt(size_t at) const {
    return at < tokens_.size() ? tokens_[at].type : Type::END;
  }
  Type Before(size_t distance) const {
    return at_ < distance ? Type::NEWLINE : tokens_[at_ - distance].type;
  }
  absl::string_view TextAt(size_t at) const {
    return source_.Text(tokens_[at].extent);
  }
  bool FirstOfStatement(size_t at) const {
    return at == 0 || tokens_[at - 1].type == Type::NEWLINE ||
           tokens_[at - 1].type == Type::INDENT ||
           tokens_[at - 1].type == Type::DEDENT ||
           tokens_[at - 1].type == Type::SEMI;
  }
  // Whether the tokens before and at `at` are written without a space between.
  bool Joined(size_t at) const {
    return tokens_[at - 1].extent.end == tokens_[at].extent.begin;
  }
  Type FirstType() const {
    size_t at = at_;
    while (!FirstOfStatement(at)) --at;
    return tokens_[at].type;
  }
  void Replace(Diagnostic& diagnostic, Extent extent, std::string text) {
    diagnostic.edit = Edit{source_.At(extent), std::move(text)};
  }

  bool ReportWord() {
    if (token_.type != Type::RESERVED) return false;
    const absl::string_view word = TextAt(at_);
    const Type next = TypeAt(at_ + 1);
    if (word == "is" && next == Type::NOT) {
      const Extent both = {token_.extent.begin, tokens_[at_ + 1].extent.end};
      Replace(Error(both, "there is no `is not`", "use `!=`"), both, "!=");
      return true;
    }
    // Not Python's statement, but a name.
    const bool name = next == Type::ASSIGN || next == Type::COMMA ||
                      next == Type::TCOMMA || next == Type::DOT ||
                      Closes(next) || Before(1) == Type::DOT ||
                      Before(1) == Type::DEF || Before(1) == Type::FOR;
    Diagnostic& diagnostic =
        Error(token_.extent, absl::StrCat(Quote(word), " is a reserved word"),
              std::string(name ? "choose another name" : InsteadOf(word)));
    if (word == "is") Replace(diagnostic, token_.extent, "==");
    return true;
  }

  // What is written so in other languages.
  bool ReportHabit() {
    if ((token_.type == Type::ELSE || token_.type == Type::ELIF) &&
        FirstOfStatement(at_)) {
      Error(token_.extent,
            absl::StrCat(Describe(), " without an `if` before it"));
      return true;
    }
    if (at_ == 0) return false;
    const Extent both = {tokens_[at_ - 1].extent.begin, token_.extent.end};
    if (Before(1) == Type::ELSE && token_.type == Type::IF) {
      Replace(Error(both, "there is no `else if`", "write `elif`"), both,
              "elif");
      return true;
    }
    if (Joined(at_) && Before(1) == token_.type &&
        (token_.type == Type::BIT_AND || token_.type == Type::BIT_OR)) {
      const std::string word = token_.type == Type::BIT_AND ? "and" : "or";
      Replace(Error(both, absl::StrCat("there is no ", Quote(TextOf(both))),
                    absl::StrCat("write ", Quote(word))),
              both, word);
      return true;
    }
    if (Before(1) == Type::LT && token_.type == Type::GT && Joined(at_)) {
      Replace(Error(both, "there is no `<>`", "write `!=`"), both, "!=");
      return true;
    }
    if (token_.type == Type::COLON && TypeAt(at_ + 1) == Type::ASSIGN &&
        Joined(at_ + 1)) {
      Error({token_.extent.begin, tokens_[at_ + 1].extent.end},
            "there is no `:=`", "assign in a statement of its own");
      return true;
    }
    return ReportIncrement() || ReportOtherStatement();
  }
  absl::string_view TextOf(Extent extent) const { return source_.Text(extent); }

  bool ReportIncrement() {
    if (at_ < 3 || token_.type != Type::NEWLINE || !Joined(at_ - 1) ||
        Before(1) != Before(2) ||
        (Before(1) != Type::ADD && Before(1) != Type::SUB)) {
      return false;
    }
    const Extent sign = {tokens_[at_ - 2].extent.begin,
                         tokens_[at_ - 1].extent.end};
    Diagnostic& diagnostic =
        Error(sign, absl::StrCat("there is no ", Quote(TextOf(sign))));
    if (Before(3) != Type::IDENT || !FirstOfStatement(at_ - 3)) return true;
    std::string instead = absl::StrCat(
        TextAt(at_ - 3), Before(1) == Type::ADD ? " += 1" : " -= 1");
    diagnostic.hint = absl::StrCat("write ", Quote(instead));
    Replace(diagnostic, {tokens_[at_ - 3].extent.begin, sign.end},
            std::move(instead));
    return true;
  }

  // A statement that begins with a word that is none of ours.
  bool ReportOtherStatement() {
    if (open_ || Before(1) != Type::IDENT || !FirstOfStatement(at_ - 1) ||
        !StartsOperand(token_.type)) {
      return false;
    }
    const Extent extent = tokens_[at_ - 1].extent;
    const absl::string_view word = TextOf(extent);
    if (word == "print") {
      Error(token_.extent, "`print` is a function",
            "put parentheses around what it prints");
      return true;
    }
    for (const absl::string_view other : {"let", "var", "const", "val"}) {
      if (word != other) continue;
      Error(extent, absl::StrCat("there is no ", Quote(word)),
            "a variable is made by assigning to it");
      return true;
    }
    absl::string_view meant;
    if (word == "function" || word == "func" || word == "fn" ||
        word == "define") {
      meant = "def";
    } else if (word == "elseif" || word == "elsif") {
      meant = "elif";
    } else {
      constexpr absl::string_view kWords[] = {"def", "elif", "for", "if",
                                              "return"};
      meant = NearestName(word, kWords);
    }
    if (meant.empty()) return false;
    Replace(
        Error(extent, absl::StrCat("no statement begins with ", Quote(word))),
        extent, std::string(meant));
    return true;
  }

  bool ReportColon(const std::set<Type>& expected) {
    const Type first = FirstType();
    if (token_.type != Type::NEWLINE || expected.count(Type::COLON) == 0 ||
        (first != Type::DEF && first != Type::IF && first != Type::ELIF &&
         first != Type::ELSE && first != Type::FOR)) {
      return false;
    }
    Replace(Error(Place(), "a `:` is missing at the end of the line",
                  "put a `:` here"),
            Place(), ":");
    return true;
  }

  void ExplainAssignment(Diagnostic& diagnostic) {
    if (Before(1) == Type::ASSIGN) return;
    for (size_t at = at_; !FirstOfStatement(at); --at) {
      if (tokens_[at - 1].type != Type::ASSIGN || open_) continue;
      diagnostic.hint = "an assignment has one target";
      return;
    }
    diagnostic.hint = "did you mean `==`?";
    Replace(diagnostic, token_.extent, "==");
  }

  bool ReportBracket() {
    if (Closes(token_.type)) {
      if (!open_) {
        Error(token_.extent, absl::StrCat("nothing is open that ", Describe(),
                                          " could close"));
        return true;
      }
      if (token_.type == CloserOf(open_->type)) return false;
      Error(token_.extent, absl::StrCat(Describe(), " does not close ",
                                        Quote(source_.Text(open_->extent))))
          .notes.push_back({source_.At(open_->extent), "opened here"});
      return true;
    }
    if (!open_ || embedded()) return false;
    if (token_.type != Type::END && token_.type != Type::NEWLINE &&
        token_.type != Type::DEDENT && !StartsAnotherStatement()) {
      return false;
    }
    Diagnostic& diagnostic = Error(
        open_->extent,
        absl::StrCat(Quote(source_.Text(open_->extent)), " is never closed"));
    const size_t next = NextStatement(source_, tokens_, open_at_, at_);
    if (next != at_ ||
        (token_.type != Type::END && token_.type != Type::NEWLINE &&
         token_.type != Type::DEDENT)) {
      diagnostic.notes.push_back(
          {source_.At(tokens_[next].extent), "it is still open here"});
    }
    return true;
  }

  // A line within brackets that is indented no more than the one that opened
  // them probably is not meant to be within them.
  bool StartsAnotherStatement() const {
    const Position here = source_.PositionOf(token_.extent.begin);
    const Position opened = source_.PositionOf(open_->extent.begin);
    const absl::string_view line = source_.Line(here.line);
    if (here.line == opened.line ||
        line.find_first_not_of(' ') + 1 != static_cast<size_t>(here.column)) {
      return false;
    }
    return static_cast<size_t>(here.column - 1) <=
           source_.Line(opened.line).find_first_not_of(' ');
  }

  // Two operands side by side.
  bool ReportNeighbours() {
    if (at_ == 0) return false;
    const Token& before = tokens_[at_ - 1];
    if (!StartsOperand(token_.type) || !EndsOperand(before.type)) return false;
    const bool strings =
        (before.type == Type::STRING || before.type == Type::FSTRING) &&
        (token_.type == Type::STRING || token_.type == Type::FSTRING);
    if (strings && !open_) {
      Error(token_.extent, "neighbouring strings are not joined",
            "put a + between them");
      return true;
    }
    if (!open_) return false;
    const bool same_line =
        LineOf(before.extent.end) == LineOf(token_.extent.begin);
    Diagnostic& diagnostic =
        Error(same_line ? token_.extent
                        : Extent{before.extent.end, before.extent.end},
              absl::StrCat("unexpected ", Describe(), ": a comma is missing"),
              strings ? "put a comma before it, or + to join the strings"
                      : "put a comma here");
    if (same_line && !strings) diagnostic.hint = "put a comma before it";
    Replace(diagnostic, {before.extent.end, before.extent.end}, ",");
    NoteOpen(diagnostic);
    return true;
  }

  static std::string Wanted(const std::set<Type>& expected) {
    const bool behind_operand = expected.count(Type::OR) > 0;
    const bool expression = !behind_operand && expected.count(Type::INT) > 0;
    std::vector<std::string> wanted;
    if (expression) wanted.push_back("an expression");
    for (const Type type : expected) {
      if (behind_operand &&
          (Opens(type) || type == Type::DOT || type == Type::NOT ||
           type == Type::IN || type == Type::IF || type == Type::OR ||
           type == Type::AND || type == Type::TSEMI ||
           (type >= Type::EQ && type <= Type::STAR_STAR) ||
           (type >= Type::ADD_ASSIGN && type <= Type::SHR_ASSIGN))) {
        continue;
      }
      if (expression &&
          (StartsOperand(type) || type == Type::NOT || type == Type::ADD ||
           type == Type::SUB || type == Type::INVERT || type == Type::STAR ||
           type == Type::STAR_STAR)) {
        continue;
      }
      std::string name = NameOf(type);
      if (!name.empty() && (wanted.empty() || wanted.back() != name)) {
        wanted.push_back(std::move(name));
      }
    }
    if (wanted.size() > 4) return "";
    if (wanted.size() < 2) return absl::StrJoin(wanted, "");
    const std::string last = std::move(wanted.back());
    wanted.pop_back();
    return absl::StrCat(absl::StrJoin(wanted, ", "), " or ", last);
  }

  static std::string NameOf(Type type) {
    switch (type) {
      case Type::IDENT:
        return "a name";
      case Type::INT:
      case Type::FLOAT:
        return "a number";
      case Type::STRING:
      case Type::FSTRING:
        return "a string";
      case Type::NEWLINE:
        return "the end of the line";
      case Type::END:
        return "the end";
      case Type::TCOMMA:
      case Type::TSEMI:
      case Type::DEDENT:
      case Type::TYPE:
        return "";
      default:
        return Quote(kTokenText[static_cast<size_t>(type)]);
    }
  }

  const Source& source_;
  const std::vector<Token>& tokens_;
  const size_t at_;
  const Token token_;
  Diagnostics& diagnostics_;
  std::optional<Token> open_;
  size_t open_at_ = 0;
};

}  // namespace

void ReportSyntaxError(const Source& source, const std::vector<Token>& tokens,
                       size_t at, const std::set<TokenType>& expected,
                       Diagnostics& diagnostics) {
  Reporter(source, tokens, at, diagnostics).Report(expected);
}

}  // namespace dsl
