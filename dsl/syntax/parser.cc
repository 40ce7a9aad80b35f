// SPDX-License-Identifier: Apache-2.0

// The only file of ours that sees ANTLR.

#include "dsl/syntax/parser.h"

#include <set>
#include <utility>
#include <vector>

#include "dsl/grammar/generated/Spec.h"
#include "dsl/syntax/lexer.h"
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
  ReportSyntaxError(*b->file().source(), b->tokens(), b->position(),
                    Expected().In(getATN(), state_, _ctx), b->diagnostics());
  throw Failure();
}

void ParserBase::TooDeep() {
  b->Error(b->Next(), "this is nested too deeply");
  throw Failure();
}

}  // namespace grammar

namespace {

// How deep f-strings may stand within f-strings.
constexpr int kMaxEmbedded = 4;

// Runs the grammar's entry rule over the tokens; false if it failed.
template <class Rule>
bool Run(TreeBuilder& builder, Rule rule) {
  grammar::Spec parser(nullptr);
  parser.Attach(&builder);
  try {
    (parser.*rule)();
    return true;
  } catch (const grammar::ParserBase::Failure&) {
  } catch (const TreeBuilder::TooDeep&) {
  }
  return false;
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
    if (!Run(builder, &grammar::Spec::embedded)) return nullptr;
    return builder.PopExpr();
  }

 private:
  File& file_;
  Diagnostics& diagnostics_;
  int depth_;
};

}  // namespace

std::unique_ptr<File> Parse(std::shared_ptr<const Source> source, FileKind kind,
                            Diagnostics& diagnostics) {
  const size_t before = diagnostics.all().size();
  if (source->text().size() > Source::kMaxSize) {
    diagnostics.Error(source->At({0, 0}), "the file is too large");
    return nullptr;
  }
  const std::vector<Token> tokens = Lex(*source, diagnostics);
  if (diagnostics.all().size() > before) return nullptr;
  auto file = std::make_unique<File>(source, kind);
  TreeBuilder builder(*file, tokens, Embedded(*file, diagnostics, 1),
                      diagnostics);
  const bool parsed = Run(builder, &grammar::Spec::file);
  if (!parsed || diagnostics.all().size() > before) return nullptr;
  return file;
}

}  // namespace dsl
