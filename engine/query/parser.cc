// SPDX-License-Identifier: Apache-2.0

#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/base/spelling.h"
#include "engine/query/expression.h"

namespace graph {
namespace {

using Parameter = QueryFunction::Parameter;
using Owned = std::unique_ptr<Expression>;

// Deeper than anyone writes, and shallow enough to recurse.
constexpr int kDeepest = 200;

struct Token {
  enum class Kind : uint8_t { kWord, kQuoted, kMark, kEnd };
  Kind kind;
  size_t offset;
  size_t length;           // With its quotes.
  absl::string_view text;  // Without.

  bool is(absl::string_view mark) const {
    return (kind == Kind::kMark || kind == Kind::kWord) && text == mark;
  }
  bool is_word() const { return kind == Kind::kWord || kind == Kind::kQuoted; }
};

// '+' for `union` and so on; 0 if it is none.
char OperatorOf(const Token& token) {
  if (token.is("+") || token.is("union")) return '+';
  if (token.is("^") || token.is("intersect")) return '^';
  if (token.is("-") || token.is("except")) return '-';
  return 0;
}

bool IsReserved(const Token& token) {
  return token.kind == Token::Kind::kWord &&
         (OperatorOf(token) != 0 || token.is("in") || token.is("let"));
}

class Parser {
 public:
  explicit Parser(absl::string_view text) : text_(text) {}

  absl::StatusOr<Owned> Parse() {
    RETURN_IF_ERROR(Advance());
    if (token_.kind == Token::Kind::kEnd) return Error("there is no query");
    ASSIGN_OR_RETURN(Owned whole, ParseOperators());
    if (token_.kind != Token::Kind::kEnd) {
      return Error(absl::StrCat("expected an operator or the end, not `",
                                token_.text, "`"));
    }
    return whole;
  }

 private:
  absl::Status Error(absl::string_view message, absl::string_view hint = "") {
    return QueryError(text_, token_.offset, token_.length, message, hint);
  }

  absl::Status ErrorExpected(absl::string_view what) {
    if (token_.kind == Token::Kind::kEnd) {
      return Error(absl::StrCat("expected ", what, " here"));
    }
    return Error(absl::StrCat("expected ", what, ", not `", token_.text, "`"));
  }

  absl::Status Expect(absl::string_view mark) {
    if (token_.is(mark)) return Advance();
    return ErrorExpected(absl::StrCat("`", mark, "`"));
  }

  // Reads the next token into `token_`.
  absl::Status Advance() {
    while (at_ < text_.size() &&
           absl::ascii_isspace(static_cast<unsigned char>(text_[at_]))) {
      ++at_;
    }
    if (at_ == text_.size()) {
      token_ = {Token::Kind::kEnd, at_, 0, ""};
      return absl::OkStatus();
    }
    const char first = text_[at_];
    if (first == '"' || first == '\'') {
      const size_t end = text_.find(first, at_ + 1);
      token_ = {Token::Kind::kQuoted, at_, 1, text_.substr(at_, 1)};
      if (end == absl::string_view::npos) return Error("the quote never ends");
      token_.length = end + 1 - at_;
      token_.text = text_.substr(at_ + 1, end - at_ - 1);
    } else if (IsQueryWordByte(first) && first != '-' && first != '*') {
      size_t end = at_;
      while (end < text_.size() && IsQueryWordByte(text_[end])) ++end;
      token_ = {Token::Kind::kWord, at_, end - at_,
                text_.substr(at_, end - at_)};
    } else {
      token_ = {Token::Kind::kMark, at_, 1, text_.substr(at_, 1)};
      if (absl::string_view("+-^(),=").find(first) == absl::string_view::npos) {
        return Error(absl::StrCat("`", token_.text, "` means nothing here"),
                     "put quotes around the word");
      }
    }
    at_ += token_.length;
    return absl::OkStatus();
  }

  Owned Make(Expression::Kind kind, const Token& token) {
    return std::make_unique<Expression>(
        Expression{kind, token.offset, std::string(token.text), {}, {}});
  }

  absl::StatusOr<Owned> ParseOperators() {
    if (++depth_ > kDeepest) return Error("nested too deep");
    ASSIGN_OR_RETURN(Owned first, ParseTerm());
    if (OperatorOf(token_) != 0) {
      Owned joined = Make(Expression::Kind::kBinary, token_);
      joined->operands.push_back(std::move(first));
      while (const char op = OperatorOf(token_)) {
        RETURN_IF_ERROR(Advance());
        ASSIGN_OR_RETURN(Owned next, ParseTerm());
        joined->operators += op;
        joined->operands.push_back(std::move(next));
      }
      first = std::move(joined);
    }
    --depth_;
    return first;
  }

  absl::StatusOr<Owned> ParseTerm() {
    if (token_.is("let")) return ParseLet();
    if (token_.is("(")) {
      RETURN_IF_ERROR(Advance());
      ASSIGN_OR_RETURN(Owned inner, ParseOperators());
      RETURN_IF_ERROR(Expect(")"));
      return inner;
    }
    if (!token_.is_word() || IsReserved(token_)) {
      return ErrorExpected("a target, a pattern or a function");
    }
    const Token word = token_;
    RETURN_IF_ERROR(Advance());
    if (word.kind == Token::Kind::kWord && token_.is("(")) {
      return word.text == "set" ? ParseSet(word) : ParseCall(word);
    }
    if (word.kind == Token::Kind::kWord && word.text[0] == '$') {
      Owned variable = Make(Expression::Kind::kVariable, word);
      variable->text.erase(0, 1);
      return variable;
    }
    return Make(Expression::Kind::kWord, word);
  }

  absl::StatusOr<Owned> ParseLet() {
    Owned let = Make(Expression::Kind::kLet, token_);
    RETURN_IF_ERROR(Advance());
    if (token_.kind != Token::Kind::kWord) return ErrorExpected("a name");
    let->text = std::string(token_.text);
    RETURN_IF_ERROR(Advance());
    RETURN_IF_ERROR(Expect("="));
    ASSIGN_OR_RETURN(Owned value, ParseOperators());
    RETURN_IF_ERROR(Expect("in"));
    ASSIGN_OR_RETURN(Owned body, ParseOperators());
    let->operands.push_back(std::move(value));
    let->operands.push_back(std::move(body));
    return let;
  }

  absl::StatusOr<Owned> ParseSet(const Token& name) {
    Owned set = Make(Expression::Kind::kSet, name);
    RETURN_IF_ERROR(Expect("("));
    while (token_.is_word()) {
      set->operands.push_back(Make(Expression::Kind::kWord, token_));
      RETURN_IF_ERROR(Advance());
    }
    RETURN_IF_ERROR(Expect(")"));
    return set;
  }

  absl::StatusOr<Owned> ParseCall(const Token& name) {
    const QueryFunction* function = FindQueryFunction(name.text);
    if (function == nullptr) return UnknownFunction(name);
    Owned call = Make(Expression::Kind::kCall, name);
    RETURN_IF_ERROR(Expect("("));
    for (Parameter parameter : function->parameters) {
      if (!call->operands.empty()) {
        if (parameter == Parameter::kDepth && !token_.is(",")) break;
        if (!token_.is(","))
          return Error("expected `,` here", function->synopsis);
        RETURN_IF_ERROR(Advance());
      }
      ASSIGN_OR_RETURN(Owned argument, ParseArgument(parameter));
      call->operands.push_back(std::move(argument));
    }
    if (!token_.is(")")) return Error("expected `)` here", function->synopsis);
    RETURN_IF_ERROR(Advance());
    return call;
  }

  absl::StatusOr<Owned> ParseArgument(Parameter parameter) {
    if (parameter == Parameter::kTargets) return ParseOperators();
    Owned word = Make(Expression::Kind::kWord, token_);
    if (parameter == Parameter::kText && !token_.is_word()) {
      return ErrorExpected("a word");
    }
    int depth = 0;
    if (parameter == Parameter::kDepth &&
        (!absl::SimpleAtoi(token_.text, &depth) || depth < 0)) {
      return ErrorExpected("a depth, which is a number");
    }
    RETURN_IF_ERROR(Advance());
    return word;
  }

  absl::Status UnknownFunction(const Token& name) {
    std::vector<absl::string_view> names = {"set"};
    for (const QueryFunction& f : QueryFunctions()) names.push_back(f.name);
    const absl::string_view nearest = NearestName(name.text, names);
    return QueryError(
        text_, name.offset, name.length,
        absl::StrCat("no function named `", name.text, "`"),
        nearest.empty() ? "" : absl::StrCat("did you mean `", nearest, "`?"));
  }

  absl::string_view text_;
  size_t at_ = 0;  // Where the token after `token_` begins, or spaces before.
  Token token_{};
  int depth_ = 0;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Expression>> ParseExpression(
    absl::string_view text) {
  return Parser(text).Parse();
}

}  // namespace graph
