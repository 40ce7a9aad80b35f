// SPDX-License-Identifier: Apache-2.0

// The only file of ours that sees ANTLR.

#include "dsl/syntax/parser.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "dsl/grammar/generated/Spec.h"
#include "dsl/syntax/lexer.h"
#include "dsl/syntax/recovery.h"
#include "dsl/syntax/syntax_error.h"
#include "dsl/syntax/tree_builder.h"

namespace dsl {
namespace grammar {
namespace {

// The tokens that the grammar takes in a state: walks the transitions that take
// none, into rules and out of them. Only reads the grammar's tables, so it is
// safe in many threads, which ATN::getExpectedTokens is not.
class Expected {
 public:
  std::set<TokenType> In(const antlr4::atn::ATN& atn, size_t state,
                         const antlr4::RuleContext* context) {
    while (Walk(atn.states[state], 0) && context != nullptr &&
           context->invokingState < atn.states.size()) {
      // The rule may end here: what may follow it?
      const auto* call = static_cast<const antlr4::atn::RuleTransition*>(
          atn.states[context->invokingState]->transitions[0]);
      state = call->followState->stateNumber;
      context = static_cast<const antlr4::RuleContext*>(context->parent);
      visited_.clear();
    }
    return std::move(types_);
  }

 private:
  // Whether the rule's end can be reached without a token.
  bool Walk(antlr4::atn::ATNState* state, int depth) {
    if (state->getStateType() == antlr4::atn::ATNState::RULE_STOP) return true;
    if (depth > 200 || !visited_.insert(state).second) return false;
    bool ends = false;
    for (const antlr4::atn::Transition* transition : state->transitions) {
      using antlr4::atn::Transition;
      if (transition->getSerializationType() == Transition::RULE) {
        const auto* call =
            static_cast<const antlr4::atn::RuleTransition*>(transition);
        if (Walk(call->target, depth + 1)) {
          ends |= Walk(call->followState, depth + 1);
        }
      } else if (transition->isEpsilon()) {
        ends |= Walk(transition->target, depth + 1);
      } else {
        for (const ssize_t type : transition->label().toList()) {
          types_.insert(type < 0 ? TokenType::END
                                 : static_cast<TokenType>(type));
        }
      }
    }
    return ends;
  }

  std::set<const antlr4::atn::ATNState*> visited_;
  std::set<TokenType> types_;
};

}  // namespace

void ParserBase::Fail() {
  const std::set<TokenType> expected = Expected().In(getATN(), state_, _ctx);
  ReportSyntaxError(*b->file().source(), b->tokens(), b->position(), expected,
                    b->diagnostics());
  throw Failure{b->NextType() != TokenType::INDENT &&
                expected.count(TokenType::INDENT) > 0};
}

void ParserBase::TooDeep() {
  b->Error(b->Next(), "this is nested too deeply");
  throw Failure{};
}

}  // namespace grammar

namespace {

// How deep f-strings may stand within f-strings.
constexpr int kMaxEmbedded = 4;

enum class Outcome { kParsed, kFailed, kBlockMissing };

// Runs the grammar's entry rule over the tokens.
template <class Rule>
Outcome Run(TreeBuilder& builder, Rule rule) {
  grammar::Spec parser(nullptr);
  parser.Attach(&builder);
  try {
    (parser.*rule)();
    return Outcome::kParsed;
  } catch (const grammar::ParserBase::Failure& failure) {
    return failure.block_missing ? Outcome::kBlockMissing : Outcome::kFailed;
  } catch (const TreeBuilder::TooDeep&) {
    return Outcome::kFailed;
  }
}

// Parses what stands in braces of an f-string of the file.
class Embedded {
 public:
  Embedded(File& file, Diagnostics& diagnostics, int depth)
      : file_(file), diagnostics_(diagnostics), depth_(depth) {}

  Expr* operator()(Extent part, uint32_t* end) const {
    if (depth_ > kMaxEmbedded) {
      diagnostics_.Error(file_.At(part), "f-strings are nested too deeply");
      return nullptr;
    }
    const size_t before = diagnostics_.all().size();
    const std::vector<Token> tokens =
        LexEmbedded(*file_.source(), part, diagnostics_);
    *end = tokens.back().extent.begin;
    if (diagnostics_.all().size() > before) return nullptr;
    if (tokens.size() == 1) {
      diagnostics_.Error(file_.At({part.begin - 1, *end}),
                         "an expression is missing in the f-string");
      return nullptr;
    }
    TreeBuilder builder(
        file_, tokens, Embedded(file_, diagnostics_, depth_ + 1), diagnostics_);
    if (Run(builder, &grammar::Spec::embedded) != Outcome::kParsed) {
      return nullptr;
    }
    return builder.PopExpr();
  }

 private:
  File& file_;
  Diagnostics& diagnostics_;
  int depth_;
};

// A file in the making.
struct Attempt {
  Attempt(std::shared_ptr<const Source> source, FileKind kind,
          std::vector<Token> all)
      : tokens(std::move(all)), file(std::make_unique<File>(source, kind)) {}

  Outcome Parse(Diagnostics& diagnostics) {
    TreeBuilder builder(*file, tokens, Embedded(*file, diagnostics, 1),
                        diagnostics);
    const Outcome outcome = Run(builder, &grammar::Spec::file);
    stopped_at = builder.position();
    return outcome;
  }

  std::vector<Token> tokens;
  std::unique_ptr<File> file;
  size_t stopped_at = 0;
};

// Adds what is not there yet: reading a text again finds the same again.
void AddNew(const Diagnostics& found, Diagnostics& all) {
  for (const Diagnostic& each : found.all()) {
    const bool known = std::any_of(
        all.all().begin(), all.all().end(), [&](const Diagnostic& other) {
          return other.span == each.span && other.message == each.message;
        });
    if (!known) all.Add(each);
    if (all.all().size() > Diagnostics::kMaxPerFile) return;
  }
}

// The file without the statements that are wrong, and what is wrong with them.
std::unique_ptr<File> ParseWrong(const std::shared_ptr<const Source>& source,
                                 FileKind kind, Diagnostics& all) {
  Recovery recovery(*source);
  while (true) {
    Diagnostics found;
    Attempt attempt(source, kind, recovery.Lex(found));
    const Outcome outcome = attempt.Parse(found);
    AddNew(found, all);
    if (outcome == Outcome::kParsed) {
      if (!recovery.Finish(attempt.tokens)) break;
      continue;
    }
    if (all.all().size() > Diagnostics::kMaxPerFile ||
        !recovery.Drop(attempt.tokens, attempt.stopped_at,
                       outcome == Outcome::kBlockMissing)) {
      recovery.DropRest(attempt.tokens, attempt.stopped_at);
      break;
    }
  }
  Diagnostics ignored;
  Attempt last(source, kind, recovery.Lex(ignored));
  const bool parsed = last.Parse(ignored) == Outcome::kParsed;
  std::unique_ptr<File> file = std::move(last.file);
  if (!parsed) file = std::make_unique<File>(source, kind);
  std::vector<Stmt*> statements;
  for (Stmt* statement : file->body().statements) {
    if (!recovery.Blanked(statement->extent.begin)) {
      statements.push_back(statement);
    }
  }
  file->SetBody({file->arena().Copy(statements.data(), statements.size())});
  for (const absl::string_view name : recovery.names()) {
    file->AddUnsure(file->mutable_names().Intern(name));
  }
  return file;
}

}  // namespace

std::unique_ptr<File> ParsePartly(std::shared_ptr<const Source> source,
                                  FileKind kind, Diagnostics& diagnostics) {
  if (source->text().size() > Source::kMaxSize) {
    diagnostics.Error(source->At({0, 0}), "the file is too large");
    return std::make_unique<File>(source, kind);
  }
  {
    Diagnostics found;
    Attempt attempt(source, kind, Lex(*source, found));
    if (!found.has_errors() && attempt.Parse(found) == Outcome::kParsed &&
        !found.has_errors()) {
      return std::move(attempt.file);
    }
  }
  Diagnostics found;
  std::unique_ptr<File> file = ParseWrong(source, kind, found);
  found.SortByPlace();
  for (const Diagnostic& each : found.all()) diagnostics.Add(each);
  return file;
}

std::unique_ptr<File> Parse(std::shared_ptr<const Source> source, FileKind kind,
                            Diagnostics& diagnostics) {
  Diagnostics found;
  std::unique_ptr<File> file = ParsePartly(source, kind, found);
  if (!found.has_errors()) return file;
  found.Limit();
  for (const Diagnostic& each : found.all()) diagnostics.Add(each);
  return nullptr;
}

}  // namespace dsl
