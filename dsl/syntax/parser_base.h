// SPDX-License-Identifier: Apache-2.0

// What the generated parser stands on instead of antlr4::Parser. Only the
// generated Spec.h and dsl/syntax/parser.cc include it.

#ifndef GRAPH_DSL_SYNTAX_PARSER_BASE_H_
#define GRAPH_DSL_SYNTAX_PARSER_BASE_H_

#include <cstddef>
#include <memory>
#include <new>
#include <vector>

#include "antlr4-runtime.h"
#include "dsl/syntax/tree_builder.h"

namespace dsl::grammar {

// Declares anew each name that generated code calls without qualification, so
// that it binds here, statically, and is inlined: no virtual calls, no token
// objects, no allocation per rule, no state shared between threads. It fits the
// code that ANTLR 4.7.2 generates; regenerate.sh holds to that version.
//
// There is no adaptivePredict for the input below: a grammar that is not LL(1)
// does not compile.
class ParserBase : public antlr4::Parser {
 public:
  // Thrown when parsing cannot go on; the builder has the diagnostic.
  struct Failure {};

  explicit ParserBase(antlr4::TokenStream*)
      : antlr4::Parser(nullptr), _tracker(*this) {
    _ctx = nullptr;
  }
  // To be called once, before the parser is used.
  void Attach(TreeBuilder* builder) { b = builder; }

  // --- for generated code ---

  // Nesting of rules; a bracket takes three or four.
  static constexpr int kMaxRules = 1600;

  // Contexts lie on a stack of their own: made when a rule is entered, popped
  // by exitRule. They own nothing, so nobody destroys them.
  class Contexts {
   public:
    explicit Contexts(ParserBase& parser) : parser_(parser) {}
    template <class T>
    T* createInstance(antlr4::ParserRuleContext* parent, size_t state) {
      static_assert(sizeof(T) <= kSlot);
      if (depth_ == end_) Grow();
      Slot* const slot = chunks_[depth_ / kChunk].get() + depth_ % kChunk;
      ++depth_;
      return new (slot->bytes) T(parent, state);
    }
    void Pop() { --depth_; }

   private:
    static constexpr size_t kSlot = 160;
    static constexpr int kChunk = 64;
    struct Slot {
      alignas(std::max_align_t) char bytes[kSlot];
    };
    void Grow() {
      if (depth_ >= kMaxRules) parser_.TooDeep();
      chunks_.emplace_back(new Slot[kChunk]);
      end_ += kChunk;
    }

    ParserBase& parser_;
    int depth_ = 0;
    int end_ = 0;
    std::vector<std::unique_ptr<Slot[]>> chunks_;
  };

  struct Errors {
    void sync(antlr4::Parser*) {}
    void reportMatch(antlr4::Parser*) {}
    antlr4::Token* recoverInline(ParserBase* parser) { parser->Fail(); }
    void reportError(ParserBase* parser, const antlr4::RecognitionException&) {
      parser->Fail();
    }
    void recover(antlr4::Parser*, const std::exception_ptr&) {}
  };

  // Thrown by generated code when no alternative fits.
  struct NoViableAltException {
    explicit NoViableAltException(ParserBase* parser) { parser->Fail(); }
  };

  struct Input {
    ParserBase* parser;
    size_t LA(int) const { return parser->Look(); }
    antlr4::Token* LT(int) const { return nullptr; }
  };

  template <class F>
  struct AtEnd {
    F run;
    ~AtEnd() { run(); }
  };
  template <class F>
  AtEnd<F> finally(F run) {
    return {run};
  }

  void setState(size_t state) { state_ = state; }
  size_t getState() const { return state_; }
  antlr4::Token* match(size_t type) {
    if (Look() != type) Fail();
    return consume();
  }
  antlr4::Token* consume() final {
    b->Advance();
    return nullptr;
  }
  void enterRule(antlr4::ParserRuleContext* context, size_t state,
                 size_t) final {
    state_ = state;
    _ctx = context;
  }
  void enterOuterAlt(antlr4::ParserRuleContext*, size_t) final {}
  void exitRule() {
    state_ = _ctx->invokingState;
    _ctx = static_cast<antlr4::ParserRuleContext*>(_ctx->parent);
    _tracker.Pop();
  }

 protected:
  TreeBuilder* b = nullptr;
  Contexts _tracker;
  Errors errors_;
  Errors* const _errHandler = &errors_;
  Input input_{this};
  Input* const _input = &input_;

 private:
  size_t Look() const {
    const TokenType type = b->NextType();
    return type == TokenType::END ? antlr4::Token::EOF
                                  : static_cast<size_t>(type);
  }
  // Reports the next token, which no rule takes here.
  [[noreturn]] void Fail();
  [[noreturn]] void TooDeep();

  size_t state_ = 0;
};

}  // namespace dsl::grammar

#endif  // GRAPH_DSL_SYNTAX_PARSER_BASE_H_
