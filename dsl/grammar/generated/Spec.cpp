
// Generated from Spec.g4 by ANTLR 4.7.2


#include "dsl/syntax/parser_base.inc"



#include "Spec.h"


using namespace antlrcpp;
using namespace dsl::grammar;
using namespace antlr4;

Spec::Spec(TokenStream *input) : ParserBase(input) {
  _interpreter = new atn::ParserATNSimulator(this, _atn, _decisionToDFA, _sharedContextCache);
}

Spec::~Spec() {
  delete _interpreter;
}

std::string Spec::getGrammarFileName() const {
  return "Spec.g4";
}

const std::vector<std::string>& Spec::getRuleNames() const {
  return _ruleNames;
}

dfa::Vocabulary& Spec::getVocabulary() const {
  return _vocabulary;
}


//----------------- FileContext ------------------------------------------------------------------

Spec::FileContext::FileContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* Spec::FileContext::EOF() {
  return getToken(Spec::EOF, 0);
}

std::vector<tree::TerminalNode *> Spec::FileContext::NEWLINE() {
  return getTokens(Spec::NEWLINE);
}

tree::TerminalNode* Spec::FileContext::NEWLINE(size_t i) {
  return getToken(Spec::NEWLINE, i);
}

std::vector<Spec::StatementContext *> Spec::FileContext::statement() {
  return getRuleContexts<Spec::StatementContext>();
}

Spec::StatementContext* Spec::FileContext::statement(size_t i) {
  return getRuleContext<Spec::StatementContext>(i);
}


size_t Spec::FileContext::getRuleIndex() const {
  return Spec::RuleFile;
}


Spec::FileContext* Spec::file() {
  FileContext *_localctx = _tracker.createInstance<FileContext>(_ctx, getState());
  enterRule(_localctx, 0, Spec::RuleFile);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(66);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << Spec::TYPE)
      | (1ULL << Spec::FSTRING)
      | (1ULL << Spec::BREAK)
      | (1ULL << Spec::CONTINUE)
      | (1ULL << Spec::DEF)
      | (1ULL << Spec::FOR)
      | (1ULL << Spec::IF)
      | (1ULL << Spec::LAMBDA)
      | (1ULL << Spec::LOAD)
      | (1ULL << Spec::NOT)
      | (1ULL << Spec::PASS)
      | (1ULL << Spec::RETURN)
      | (1ULL << Spec::LPAREN)
      | (1ULL << Spec::LBRACK)
      | (1ULL << Spec::LBRACE)
      | (1ULL << Spec::ADD)
      | (1ULL << Spec::SUB)
      | (1ULL << Spec::INVERT))) != 0) || ((((_la - 66) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 66)) & ((1ULL << (Spec::IDENT - 66))
      | (1ULL << (Spec::INT - 66))
      | (1ULL << (Spec::FLOAT - 66))
      | (1ULL << (Spec::STRING - 66))
      | (1ULL << (Spec::NEWLINE - 66)))) != 0)) {
      setState(64);
      _errHandler->sync(this);
      switch (_input->LA(1)) {
        case Spec::NEWLINE: {
          setState(62);
          match(Spec::NEWLINE);
          break;
        }

        case Spec::TYPE:
        case Spec::FSTRING:
        case Spec::BREAK:
        case Spec::CONTINUE:
        case Spec::DEF:
        case Spec::FOR:
        case Spec::IF:
        case Spec::LAMBDA:
        case Spec::LOAD:
        case Spec::NOT:
        case Spec::PASS:
        case Spec::RETURN:
        case Spec::LPAREN:
        case Spec::LBRACK:
        case Spec::LBRACE:
        case Spec::ADD:
        case Spec::SUB:
        case Spec::INVERT:
        case Spec::IDENT:
        case Spec::INT:
        case Spec::FLOAT:
        case Spec::STRING: {
          setState(63);
          statement();
          break;
        }

      default:
        throw NoViableAltException(this);
      }
      setState(68);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(69);
    match(Spec::EOF);
     b->EndFile(); 
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- EmbeddedContext ------------------------------------------------------------------

Spec::EmbeddedContext::EmbeddedContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

Spec::TestContext* Spec::EmbeddedContext::test() {
  return getRuleContext<Spec::TestContext>(0);
}

tree::TerminalNode* Spec::EmbeddedContext::EOF() {
  return getToken(Spec::EOF, 0);
}


size_t Spec::EmbeddedContext::getRuleIndex() const {
  return Spec::RuleEmbedded;
}


Spec::EmbeddedContext* Spec::embedded() {
  EmbeddedContext *_localctx = _tracker.createInstance<EmbeddedContext>(_ctx, getState());
  enterRule(_localctx, 2, Spec::RuleEmbedded);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(72);
    test();
    setState(73);
    match(Spec::EOF);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- StatementContext ------------------------------------------------------------------

Spec::StatementContext::StatementContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

Spec::DefinitionContext* Spec::StatementContext::definition() {
  return getRuleContext<Spec::DefinitionContext>(0);
}

Spec::IfStatementContext* Spec::StatementContext::ifStatement() {
  return getRuleContext<Spec::IfStatementContext>(0);
}

Spec::ForStatementContext* Spec::StatementContext::forStatement() {
  return getRuleContext<Spec::ForStatementContext>(0);
}

Spec::SimpleLineContext* Spec::StatementContext::simpleLine() {
  return getRuleContext<Spec::SimpleLineContext>(0);
}


size_t Spec::StatementContext::getRuleIndex() const {
  return Spec::RuleStatement;
}


Spec::StatementContext* Spec::statement() {
  StatementContext *_localctx = _tracker.createInstance<StatementContext>(_ctx, getState());
  enterRule(_localctx, 4, Spec::RuleStatement);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(79);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case Spec::DEF: {
        enterOuterAlt(_localctx, 1);
        setState(75);
        definition();
        break;
      }

      case Spec::IF: {
        enterOuterAlt(_localctx, 2);
        setState(76);
        ifStatement();
        break;
      }

      case Spec::FOR: {
        enterOuterAlt(_localctx, 3);
        setState(77);
        forStatement();
        break;
      }

      case Spec::TYPE:
      case Spec::FSTRING:
      case Spec::BREAK:
      case Spec::CONTINUE:
      case Spec::LAMBDA:
      case Spec::LOAD:
      case Spec::NOT:
      case Spec::PASS:
      case Spec::RETURN:
      case Spec::LPAREN:
      case Spec::LBRACK:
      case Spec::LBRACE:
      case Spec::ADD:
      case Spec::SUB:
      case Spec::INVERT:
      case Spec::IDENT:
      case Spec::INT:
      case Spec::FLOAT:
      case Spec::STRING: {
        enterOuterAlt(_localctx, 4);
        setState(78);
        simpleLine();
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- DefinitionContext ------------------------------------------------------------------

Spec::DefinitionContext::DefinitionContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* Spec::DefinitionContext::DEF() {
  return getToken(Spec::DEF, 0);
}

tree::TerminalNode* Spec::DefinitionContext::IDENT() {
  return getToken(Spec::IDENT, 0);
}

tree::TerminalNode* Spec::DefinitionContext::LPAREN() {
  return getToken(Spec::LPAREN, 0);
}

tree::TerminalNode* Spec::DefinitionContext::RPAREN() {
  return getToken(Spec::RPAREN, 0);
}

tree::TerminalNode* Spec::DefinitionContext::COLON() {
  return getToken(Spec::COLON, 0);
}

Spec::SuiteContext* Spec::DefinitionContext::suite() {
  return getRuleContext<Spec::SuiteContext>(0);
}

tree::TerminalNode* Spec::DefinitionContext::ARROW() {
  return getToken(Spec::ARROW, 0);
}

Spec::TypeExprContext* Spec::DefinitionContext::typeExpr() {
  return getRuleContext<Spec::TypeExprContext>(0);
}

Spec::ParametersContext* Spec::DefinitionContext::parameters() {
  return getRuleContext<Spec::ParametersContext>(0);
}


size_t Spec::DefinitionContext::getRuleIndex() const {
  return Spec::RuleDefinition;
}


Spec::DefinitionContext* Spec::definition() {
  DefinitionContext *_localctx = _tracker.createInstance<DefinitionContext>(_ctx, getState());
  enterRule(_localctx, 6, Spec::RuleDefinition);
   const uint32_t begin = b->Here(); const size_t n = b->parameters(); 
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(81);
    match(Spec::DEF);
    setState(82);
    match(Spec::IDENT);
     b->Name(); 
    setState(84);
    match(Spec::LPAREN);
    setState(86);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (((((_la - 55) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 55)) & ((1ULL << (Spec::STAR - 55))
      | (1ULL << (Spec::STAR_STAR - 55))
      | (1ULL << (Spec::IDENT - 55)))) != 0)) {
      setState(85);
      parameters();
    }
    setState(88);
    match(Spec::RPAREN);
    setState(94);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case Spec::ARROW: {
        setState(89);
        match(Spec::ARROW);
        setState(90);
        typeExpr();
         b->ResultType(); 
        break;
      }

      case Spec::COLON: {
         b->NoResultType(); 
        break;
      }

    default:
      throw NoViableAltException(this);
    }
    setState(96);
    match(Spec::COLON);
    setState(97);
    suite();
     b->Def(begin, n); 
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ParametersContext ------------------------------------------------------------------

Spec::ParametersContext::ParametersContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<Spec::ParameterContext *> Spec::ParametersContext::parameter() {
  return getRuleContexts<Spec::ParameterContext>();
}

Spec::ParameterContext* Spec::ParametersContext::parameter(size_t i) {
  return getRuleContext<Spec::ParameterContext>(i);
}

std::vector<tree::TerminalNode *> Spec::ParametersContext::COMMA() {
  return getTokens(Spec::COMMA);
}

tree::TerminalNode* Spec::ParametersContext::COMMA(size_t i) {
  return getToken(Spec::COMMA, i);
}

tree::TerminalNode* Spec::ParametersContext::TCOMMA() {
  return getToken(Spec::TCOMMA, 0);
}


size_t Spec::ParametersContext::getRuleIndex() const {
  return Spec::RuleParameters;
}


Spec::ParametersContext* Spec::parameters() {
  ParametersContext *_localctx = _tracker.createInstance<ParametersContext>(_ctx, getState());
  enterRule(_localctx, 8, Spec::RuleParameters);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(100);
    parameter();
    setState(105);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == Spec::COMMA) {
      setState(101);
      match(Spec::COMMA);
      setState(102);
      parameter();
      setState(107);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(109);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == Spec::TCOMMA) {
      setState(108);
      match(Spec::TCOMMA);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ParameterContext ------------------------------------------------------------------

Spec::ParameterContext::ParameterContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* Spec::ParameterContext::IDENT() {
  return getToken(Spec::IDENT, 0);
}

tree::TerminalNode* Spec::ParameterContext::COLON() {
  return getToken(Spec::COLON, 0);
}

Spec::TypeExprContext* Spec::ParameterContext::typeExpr() {
  return getRuleContext<Spec::TypeExprContext>(0);
}

tree::TerminalNode* Spec::ParameterContext::ASSIGN() {
  return getToken(Spec::ASSIGN, 0);
}

Spec::TestContext* Spec::ParameterContext::test() {
  return getRuleContext<Spec::TestContext>(0);
}

tree::TerminalNode* Spec::ParameterContext::STAR() {
  return getToken(Spec::STAR, 0);
}

tree::TerminalNode* Spec::ParameterContext::STAR_STAR() {
  return getToken(Spec::STAR_STAR, 0);
}


size_t Spec::ParameterContext::getRuleIndex() const {
  return Spec::RuleParameter;
}


Spec::ParameterContext* Spec::parameter() {
  ParameterContext *_localctx = _tracker.createInstance<ParameterContext>(_ctx, getState());
  enterRule(_localctx, 10, Spec::RuleParameter);
   const uint32_t begin = b->Here(); 
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(146);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case Spec::IDENT: {
        enterOuterAlt(_localctx, 1);
        setState(111);
        match(Spec::IDENT);
         b->Parameter(begin, ParameterKind::kPositional); 
        setState(117);
        _errHandler->sync(this);

        _la = _input->LA(1);
        if (_la == Spec::COLON) {
          setState(113);
          match(Spec::COLON);
          setState(114);
          typeExpr();
           b->ParameterType(); 
        }
        setState(123);
        _errHandler->sync(this);

        _la = _input->LA(1);
        if (_la == Spec::ASSIGN) {
          setState(119);
          match(Spec::ASSIGN);
          setState(120);
          test();
           b->ParameterDefault(); 
        }
        break;
      }

      case Spec::STAR: {
        enterOuterAlt(_localctx, 2);
        setState(125);
        match(Spec::STAR);
        setState(135);
        _errHandler->sync(this);
        switch (_input->LA(1)) {
          case Spec::IDENT: {
            setState(126);
            match(Spec::IDENT);
             b->Parameter(begin, ParameterKind::kArgs); 
            setState(132);
            _errHandler->sync(this);

            _la = _input->LA(1);
            if (_la == Spec::COLON) {
              setState(128);
              match(Spec::COLON);
              setState(129);
              typeExpr();
               b->ParameterType(); 
            }
            break;
          }

          case Spec::TCOMMA:
          case Spec::RPAREN:
          case Spec::COMMA: {
             b->BareStar(); 
            break;
          }

        default:
          throw NoViableAltException(this);
        }
        break;
      }

      case Spec::STAR_STAR: {
        enterOuterAlt(_localctx, 3);
        setState(137);
        match(Spec::STAR_STAR);
        setState(138);
        match(Spec::IDENT);
         b->Parameter(begin, ParameterKind::kKwargs); 
        setState(144);
        _errHandler->sync(this);

        _la = _input->LA(1);
        if (_la == Spec::COLON) {
          setState(140);
          match(Spec::COLON);
          setState(141);
          typeExpr();
           b->ParameterType(); 
        }
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- IfStatementContext ------------------------------------------------------------------

Spec::IfStatementContext::IfStatementContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* Spec::IfStatementContext::IF() {
  return getToken(Spec::IF, 0);
}

std::vector<Spec::TestContext *> Spec::IfStatementContext::test() {
  return getRuleContexts<Spec::TestContext>();
}

Spec::TestContext* Spec::IfStatementContext::test(size_t i) {
  return getRuleContext<Spec::TestContext>(i);
}

std::vector<tree::TerminalNode *> Spec::IfStatementContext::COLON() {
  return getTokens(Spec::COLON);
}

tree::TerminalNode* Spec::IfStatementContext::COLON(size_t i) {
  return getToken(Spec::COLON, i);
}

std::vector<Spec::SuiteContext *> Spec::IfStatementContext::suite() {
  return getRuleContexts<Spec::SuiteContext>();
}

Spec::SuiteContext* Spec::IfStatementContext::suite(size_t i) {
  return getRuleContext<Spec::SuiteContext>(i);
}

tree::TerminalNode* Spec::IfStatementContext::ELSE() {
  return getToken(Spec::ELSE, 0);
}

std::vector<tree::TerminalNode *> Spec::IfStatementContext::ELIF() {
  return getTokens(Spec::ELIF);
}

tree::TerminalNode* Spec::IfStatementContext::ELIF(size_t i) {
  return getToken(Spec::ELIF, i);
}


size_t Spec::IfStatementContext::getRuleIndex() const {
  return Spec::RuleIfStatement;
}


Spec::IfStatementContext* Spec::ifStatement() {
  IfStatementContext *_localctx = _tracker.createInstance<IfStatementContext>(_ctx, getState());
  enterRule(_localctx, 12, Spec::RuleIfStatement);
   const uint32_t begin = b->Here(); const size_t n = b->branches(); 
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(148);
    match(Spec::IF);
    setState(149);
    test();
    setState(150);
    match(Spec::COLON);
    setState(151);
    suite();
     b->Branch(begin); 
    setState(162);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == Spec::ELIF) {
      setState(153);
      match(Spec::ELIF);
       const uint32_t elif = b->Last().begin; 
      setState(155);
      test();
      setState(156);
      match(Spec::COLON);
      setState(157);
      suite();
       b->Branch(elif); 
      setState(164);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(171);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case Spec::ELSE: {
        setState(165);
        match(Spec::ELSE);
        setState(166);
        match(Spec::COLON);
        setState(167);
        suite();
         b->If(n, true); 
        break;
      }

      case Spec::EOF:
      case Spec::DEDENT:
      case Spec::TYPE:
      case Spec::FSTRING:
      case Spec::BREAK:
      case Spec::CONTINUE:
      case Spec::DEF:
      case Spec::FOR:
      case Spec::IF:
      case Spec::LAMBDA:
      case Spec::LOAD:
      case Spec::NOT:
      case Spec::PASS:
      case Spec::RETURN:
      case Spec::LPAREN:
      case Spec::LBRACK:
      case Spec::LBRACE:
      case Spec::ADD:
      case Spec::SUB:
      case Spec::INVERT:
      case Spec::IDENT:
      case Spec::INT:
      case Spec::FLOAT:
      case Spec::STRING:
      case Spec::NEWLINE: {
         b->If(n, false); 
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ForStatementContext ------------------------------------------------------------------

Spec::ForStatementContext::ForStatementContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* Spec::ForStatementContext::FOR() {
  return getToken(Spec::FOR, 0);
}

Spec::LoopTargetsContext* Spec::ForStatementContext::loopTargets() {
  return getRuleContext<Spec::LoopTargetsContext>(0);
}

tree::TerminalNode* Spec::ForStatementContext::IN() {
  return getToken(Spec::IN, 0);
}

Spec::ExpressionsContext* Spec::ForStatementContext::expressions() {
  return getRuleContext<Spec::ExpressionsContext>(0);
}

tree::TerminalNode* Spec::ForStatementContext::COLON() {
  return getToken(Spec::COLON, 0);
}

Spec::SuiteContext* Spec::ForStatementContext::suite() {
  return getRuleContext<Spec::SuiteContext>(0);
}


size_t Spec::ForStatementContext::getRuleIndex() const {
  return Spec::RuleForStatement;
}


Spec::ForStatementContext* Spec::forStatement() {
  ForStatementContext *_localctx = _tracker.createInstance<ForStatementContext>(_ctx, getState());
  enterRule(_localctx, 14, Spec::RuleForStatement);
   const uint32_t begin = b->Here(); 

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(173);
    match(Spec::FOR);
    setState(174);
    loopTargets();
    setState(175);
    match(Spec::IN);
    setState(176);
    expressions();
    setState(177);
    match(Spec::COLON);
    setState(178);
    suite();
     b->For(begin); 
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SuiteContext ------------------------------------------------------------------

Spec::SuiteContext::SuiteContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

Spec::SimpleLineContext* Spec::SuiteContext::simpleLine() {
  return getRuleContext<Spec::SimpleLineContext>(0);
}

tree::TerminalNode* Spec::SuiteContext::NEWLINE() {
  return getToken(Spec::NEWLINE, 0);
}

tree::TerminalNode* Spec::SuiteContext::INDENT() {
  return getToken(Spec::INDENT, 0);
}

tree::TerminalNode* Spec::SuiteContext::DEDENT() {
  return getToken(Spec::DEDENT, 0);
}

std::vector<Spec::StatementContext *> Spec::SuiteContext::statement() {
  return getRuleContexts<Spec::StatementContext>();
}

Spec::StatementContext* Spec::SuiteContext::statement(size_t i) {
  return getRuleContext<Spec::StatementContext>(i);
}


size_t Spec::SuiteContext::getRuleIndex() const {
  return Spec::RuleSuite;
}


Spec::SuiteContext* Spec::suite() {
  SuiteContext *_localctx = _tracker.createInstance<SuiteContext>(_ctx, getState());
  enterRule(_localctx, 16, Spec::RuleSuite);
   const size_t n = b->statements(); 
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(194);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case Spec::TYPE:
      case Spec::FSTRING:
      case Spec::BREAK:
      case Spec::CONTINUE:
      case Spec::LAMBDA:
      case Spec::LOAD:
      case Spec::NOT:
      case Spec::PASS:
      case Spec::RETURN:
      case Spec::LPAREN:
      case Spec::LBRACK:
      case Spec::LBRACE:
      case Spec::ADD:
      case Spec::SUB:
      case Spec::INVERT:
      case Spec::IDENT:
      case Spec::INT:
      case Spec::FLOAT:
      case Spec::STRING: {
        enterOuterAlt(_localctx, 1);
        setState(181);
        simpleLine();
         b->Suite(n); 
        break;
      }

      case Spec::NEWLINE: {
        enterOuterAlt(_localctx, 2);
        setState(184);
        match(Spec::NEWLINE);
        setState(185);
        match(Spec::INDENT);
        setState(187); 
        _errHandler->sync(this);
        _la = _input->LA(1);
        do {
          setState(186);
          statement();
          setState(189); 
          _errHandler->sync(this);
          _la = _input->LA(1);
        } while ((((_la & ~ 0x3fULL) == 0) &&
          ((1ULL << _la) & ((1ULL << Spec::TYPE)
          | (1ULL << Spec::FSTRING)
          | (1ULL << Spec::BREAK)
          | (1ULL << Spec::CONTINUE)
          | (1ULL << Spec::DEF)
          | (1ULL << Spec::FOR)
          | (1ULL << Spec::IF)
          | (1ULL << Spec::LAMBDA)
          | (1ULL << Spec::LOAD)
          | (1ULL << Spec::NOT)
          | (1ULL << Spec::PASS)
          | (1ULL << Spec::RETURN)
          | (1ULL << Spec::LPAREN)
          | (1ULL << Spec::LBRACK)
          | (1ULL << Spec::LBRACE)
          | (1ULL << Spec::ADD)
          | (1ULL << Spec::SUB)
          | (1ULL << Spec::INVERT))) != 0) || ((((_la - 66) & ~ 0x3fULL) == 0) &&
          ((1ULL << (_la - 66)) & ((1ULL << (Spec::IDENT - 66))
          | (1ULL << (Spec::INT - 66))
          | (1ULL << (Spec::FLOAT - 66))
          | (1ULL << (Spec::STRING - 66)))) != 0));
        setState(191);
        match(Spec::DEDENT);
         b->Suite(n); 
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SimpleLineContext ------------------------------------------------------------------

Spec::SimpleLineContext::SimpleLineContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<Spec::SimpleStatementContext *> Spec::SimpleLineContext::simpleStatement() {
  return getRuleContexts<Spec::SimpleStatementContext>();
}

Spec::SimpleStatementContext* Spec::SimpleLineContext::simpleStatement(size_t i) {
  return getRuleContext<Spec::SimpleStatementContext>(i);
}

tree::TerminalNode* Spec::SimpleLineContext::NEWLINE() {
  return getToken(Spec::NEWLINE, 0);
}

std::vector<tree::TerminalNode *> Spec::SimpleLineContext::SEMI() {
  return getTokens(Spec::SEMI);
}

tree::TerminalNode* Spec::SimpleLineContext::SEMI(size_t i) {
  return getToken(Spec::SEMI, i);
}

tree::TerminalNode* Spec::SimpleLineContext::TSEMI() {
  return getToken(Spec::TSEMI, 0);
}


size_t Spec::SimpleLineContext::getRuleIndex() const {
  return Spec::RuleSimpleLine;
}


Spec::SimpleLineContext* Spec::simpleLine() {
  SimpleLineContext *_localctx = _tracker.createInstance<SimpleLineContext>(_ctx, getState());
  enterRule(_localctx, 18, Spec::RuleSimpleLine);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(196);
    simpleStatement();
    setState(201);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == Spec::SEMI) {
      setState(197);
      match(Spec::SEMI);
      setState(198);
      simpleStatement();
      setState(203);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(205);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == Spec::TSEMI) {
      setState(204);
      match(Spec::TSEMI);
    }
    setState(207);
    match(Spec::NEWLINE);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SimpleStatementContext ------------------------------------------------------------------

Spec::SimpleStatementContext::SimpleStatementContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* Spec::SimpleStatementContext::RETURN() {
  return getToken(Spec::RETURN, 0);
}

std::vector<Spec::ExpressionsContext *> Spec::SimpleStatementContext::expressions() {
  return getRuleContexts<Spec::ExpressionsContext>();
}

Spec::ExpressionsContext* Spec::SimpleStatementContext::expressions(size_t i) {
  return getRuleContext<Spec::ExpressionsContext>(i);
}

tree::TerminalNode* Spec::SimpleStatementContext::BREAK() {
  return getToken(Spec::BREAK, 0);
}

tree::TerminalNode* Spec::SimpleStatementContext::CONTINUE() {
  return getToken(Spec::CONTINUE, 0);
}

tree::TerminalNode* Spec::SimpleStatementContext::PASS() {
  return getToken(Spec::PASS, 0);
}

tree::TerminalNode* Spec::SimpleStatementContext::COLON() {
  return getToken(Spec::COLON, 0);
}

Spec::TypeExprContext* Spec::SimpleStatementContext::typeExpr() {
  return getRuleContext<Spec::TypeExprContext>(0);
}

tree::TerminalNode* Spec::SimpleStatementContext::ASSIGN() {
  return getToken(Spec::ASSIGN, 0);
}

tree::TerminalNode* Spec::SimpleStatementContext::ADD_ASSIGN() {
  return getToken(Spec::ADD_ASSIGN, 0);
}

tree::TerminalNode* Spec::SimpleStatementContext::SUB_ASSIGN() {
  return getToken(Spec::SUB_ASSIGN, 0);
}

tree::TerminalNode* Spec::SimpleStatementContext::MUL_ASSIGN() {
  return getToken(Spec::MUL_ASSIGN, 0);
}

tree::TerminalNode* Spec::SimpleStatementContext::DIV_ASSIGN() {
  return getToken(Spec::DIV_ASSIGN, 0);
}

tree::TerminalNode* Spec::SimpleStatementContext::FLOOR_DIV_ASSIGN() {
  return getToken(Spec::FLOOR_DIV_ASSIGN, 0);
}

tree::TerminalNode* Spec::SimpleStatementContext::MOD_ASSIGN() {
  return getToken(Spec::MOD_ASSIGN, 0);
}

tree::TerminalNode* Spec::SimpleStatementContext::AND_ASSIGN() {
  return getToken(Spec::AND_ASSIGN, 0);
}

tree::TerminalNode* Spec::SimpleStatementContext::OR_ASSIGN() {
  return getToken(Spec::OR_ASSIGN, 0);
}

tree::TerminalNode* Spec::SimpleStatementContext::XOR_ASSIGN() {
  return getToken(Spec::XOR_ASSIGN, 0);
}

tree::TerminalNode* Spec::SimpleStatementContext::SHL_ASSIGN() {
  return getToken(Spec::SHL_ASSIGN, 0);
}

tree::TerminalNode* Spec::SimpleStatementContext::SHR_ASSIGN() {
  return getToken(Spec::SHR_ASSIGN, 0);
}

tree::TerminalNode* Spec::SimpleStatementContext::TYPE() {
  return getToken(Spec::TYPE, 0);
}

tree::TerminalNode* Spec::SimpleStatementContext::IDENT() {
  return getToken(Spec::IDENT, 0);
}

tree::TerminalNode* Spec::SimpleStatementContext::LOAD() {
  return getToken(Spec::LOAD, 0);
}

tree::TerminalNode* Spec::SimpleStatementContext::LPAREN() {
  return getToken(Spec::LPAREN, 0);
}

tree::TerminalNode* Spec::SimpleStatementContext::STRING() {
  return getToken(Spec::STRING, 0);
}

tree::TerminalNode* Spec::SimpleStatementContext::RPAREN() {
  return getToken(Spec::RPAREN, 0);
}

std::vector<tree::TerminalNode *> Spec::SimpleStatementContext::COMMA() {
  return getTokens(Spec::COMMA);
}

tree::TerminalNode* Spec::SimpleStatementContext::COMMA(size_t i) {
  return getToken(Spec::COMMA, i);
}

std::vector<Spec::LoadArgumentContext *> Spec::SimpleStatementContext::loadArgument() {
  return getRuleContexts<Spec::LoadArgumentContext>();
}

Spec::LoadArgumentContext* Spec::SimpleStatementContext::loadArgument(size_t i) {
  return getRuleContext<Spec::LoadArgumentContext>(i);
}

tree::TerminalNode* Spec::SimpleStatementContext::TCOMMA() {
  return getToken(Spec::TCOMMA, 0);
}


size_t Spec::SimpleStatementContext::getRuleIndex() const {
  return Spec::RuleSimpleStatement;
}


Spec::SimpleStatementContext* Spec::simpleStatement() {
  SimpleStatementContext *_localctx = _tracker.createInstance<SimpleStatementContext>(_ctx, getState());
  enterRule(_localctx, 20, Spec::RuleSimpleStatement);
   const uint32_t begin = b->Here(); const size_t n = b->load_names(); 
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(261);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case Spec::RETURN: {
        enterOuterAlt(_localctx, 1);
        setState(209);
        match(Spec::RETURN);
        setState(214);
        _errHandler->sync(this);
        switch (_input->LA(1)) {
          case Spec::FSTRING:
          case Spec::LAMBDA:
          case Spec::NOT:
          case Spec::LPAREN:
          case Spec::LBRACK:
          case Spec::LBRACE:
          case Spec::ADD:
          case Spec::SUB:
          case Spec::INVERT:
          case Spec::IDENT:
          case Spec::INT:
          case Spec::FLOAT:
          case Spec::STRING: {
            setState(210);
            expressions();
             b->Return(begin, true); 
            break;
          }

          case Spec::TSEMI:
          case Spec::SEMI:
          case Spec::NEWLINE: {
             b->Return(begin, false); 
            break;
          }

        default:
          throw NoViableAltException(this);
        }
        break;
      }

      case Spec::BREAK: {
        enterOuterAlt(_localctx, 2);
        setState(216);
        match(Spec::BREAK);
         b->Break(); 
        break;
      }

      case Spec::CONTINUE: {
        enterOuterAlt(_localctx, 3);
        setState(218);
        match(Spec::CONTINUE);
         b->Continue(); 
        break;
      }

      case Spec::PASS: {
        enterOuterAlt(_localctx, 4);
        setState(220);
        match(Spec::PASS);
         b->Pass(); 
        break;
      }

      case Spec::FSTRING:
      case Spec::LAMBDA:
      case Spec::NOT:
      case Spec::LPAREN:
      case Spec::LBRACK:
      case Spec::LBRACE:
      case Spec::ADD:
      case Spec::SUB:
      case Spec::INVERT:
      case Spec::IDENT:
      case Spec::INT:
      case Spec::FLOAT:
      case Spec::STRING: {
        enterOuterAlt(_localctx, 5);
        setState(222);
        expressions();
        setState(236);
        _errHandler->sync(this);
        switch (_input->LA(1)) {
          case Spec::ASSIGN:
          case Spec::ADD_ASSIGN:
          case Spec::SUB_ASSIGN:
          case Spec::MUL_ASSIGN:
          case Spec::DIV_ASSIGN:
          case Spec::FLOOR_DIV_ASSIGN:
          case Spec::MOD_ASSIGN:
          case Spec::AND_ASSIGN:
          case Spec::OR_ASSIGN:
          case Spec::XOR_ASSIGN:
          case Spec::SHL_ASSIGN:
          case Spec::SHR_ASSIGN: {
            setState(223);
            _la = _input->LA(1);
            if (!((((_la & ~ 0x3fULL) == 0) &&
              ((1ULL << _la) & ((1ULL << Spec::ASSIGN)
              | (1ULL << Spec::ADD_ASSIGN)
              | (1ULL << Spec::SUB_ASSIGN)
              | (1ULL << Spec::MUL_ASSIGN)
              | (1ULL << Spec::DIV_ASSIGN)
              | (1ULL << Spec::FLOOR_DIV_ASSIGN)
              | (1ULL << Spec::MOD_ASSIGN)
              | (1ULL << Spec::AND_ASSIGN)
              | (1ULL << Spec::OR_ASSIGN)
              | (1ULL << Spec::XOR_ASSIGN)
              | (1ULL << Spec::SHL_ASSIGN)
              | (1ULL << Spec::SHR_ASSIGN))) != 0))) {
            _errHandler->recoverInline(this);
            }
            else {
              _errHandler->reportMatch(this);
              consume();
            }
             const TokenRef op = b->LastToken(); 
            setState(225);
            expressions();
             b->Assign(op); 
            break;
          }

          case Spec::COLON: {
            setState(228);
            match(Spec::COLON);
            setState(229);
            typeExpr();
            setState(230);
            match(Spec::ASSIGN);
             const TokenRef op = b->LastToken(); 
            setState(232);
            expressions();
             b->AnnotatedAssign(op); 
            break;
          }

          case Spec::TSEMI:
          case Spec::SEMI:
          case Spec::NEWLINE: {
             b->ExpressionStatement(); 
            break;
          }

        default:
          throw NoViableAltException(this);
        }
        break;
      }

      case Spec::TYPE: {
        enterOuterAlt(_localctx, 6);
        setState(238);
        match(Spec::TYPE);
        setState(239);
        match(Spec::IDENT);
         b->Name(); 
        setState(241);
        match(Spec::ASSIGN);
        setState(242);
        typeExpr();
         b->TypeAlias(begin); 
        break;
      }

      case Spec::LOAD: {
        enterOuterAlt(_localctx, 7);
        setState(245);
        match(Spec::LOAD);
        setState(246);
        match(Spec::LPAREN);
        setState(247);
        match(Spec::STRING);
         b->String(); 
        setState(253);
        _errHandler->sync(this);
        _la = _input->LA(1);
        while (_la == Spec::COMMA) {
          setState(249);
          match(Spec::COMMA);
          setState(250);
          loadArgument();
          setState(255);
          _errHandler->sync(this);
          _la = _input->LA(1);
        }
        setState(257);
        _errHandler->sync(this);

        _la = _input->LA(1);
        if (_la == Spec::TCOMMA) {
          setState(256);
          match(Spec::TCOMMA);
        }
        setState(259);
        match(Spec::RPAREN);
         b->Load(begin, n); 
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- LoadArgumentContext ------------------------------------------------------------------

Spec::LoadArgumentContext::LoadArgumentContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* Spec::LoadArgumentContext::STRING() {
  return getToken(Spec::STRING, 0);
}

tree::TerminalNode* Spec::LoadArgumentContext::IDENT() {
  return getToken(Spec::IDENT, 0);
}

tree::TerminalNode* Spec::LoadArgumentContext::ASSIGN() {
  return getToken(Spec::ASSIGN, 0);
}


size_t Spec::LoadArgumentContext::getRuleIndex() const {
  return Spec::RuleLoadArgument;
}


Spec::LoadArgumentContext* Spec::loadArgument() {
  LoadArgumentContext *_localctx = _tracker.createInstance<LoadArgumentContext>(_ctx, getState());
  enterRule(_localctx, 22, Spec::RuleLoadArgument);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(270);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case Spec::STRING: {
        enterOuterAlt(_localctx, 1);
        setState(263);
        match(Spec::STRING);
         b->LoadSame(); 
        break;
      }

      case Spec::IDENT: {
        enterOuterAlt(_localctx, 2);
        setState(265);
        match(Spec::IDENT);
         b->Name(); 
        setState(267);
        match(Spec::ASSIGN);
        setState(268);
        match(Spec::STRING);
         b->LoadAs(); 
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ExpressionsContext ------------------------------------------------------------------

Spec::ExpressionsContext::ExpressionsContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<Spec::TestContext *> Spec::ExpressionsContext::test() {
  return getRuleContexts<Spec::TestContext>();
}

Spec::TestContext* Spec::ExpressionsContext::test(size_t i) {
  return getRuleContext<Spec::TestContext>(i);
}

std::vector<tree::TerminalNode *> Spec::ExpressionsContext::COMMA() {
  return getTokens(Spec::COMMA);
}

tree::TerminalNode* Spec::ExpressionsContext::COMMA(size_t i) {
  return getToken(Spec::COMMA, i);
}

tree::TerminalNode* Spec::ExpressionsContext::TCOMMA() {
  return getToken(Spec::TCOMMA, 0);
}


size_t Spec::ExpressionsContext::getRuleIndex() const {
  return Spec::RuleExpressions;
}


Spec::ExpressionsContext* Spec::expressions() {
  ExpressionsContext *_localctx = _tracker.createInstance<ExpressionsContext>(_ctx, getState());
  enterRule(_localctx, 24, Spec::RuleExpressions);
   const uint32_t begin = b->Here(); const size_t m = b->expressions();
          bool tuple = false; 
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(272);
    test();
    setState(279);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == Spec::COMMA) {
      setState(273);
      match(Spec::COMMA);
      setState(274);
      test();
       tuple = true; 
      setState(281);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(284);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == Spec::TCOMMA) {
      setState(282);
      match(Spec::TCOMMA);
       b->BareTrailingComma(); tuple = true; 
    }
     if (tuple) b->Tuple(begin, m); 
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- LoopTargetsContext ------------------------------------------------------------------

Spec::LoopTargetsContext::LoopTargetsContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<Spec::OperandContext *> Spec::LoopTargetsContext::operand() {
  return getRuleContexts<Spec::OperandContext>();
}

Spec::OperandContext* Spec::LoopTargetsContext::operand(size_t i) {
  return getRuleContext<Spec::OperandContext>(i);
}

std::vector<tree::TerminalNode *> Spec::LoopTargetsContext::COMMA() {
  return getTokens(Spec::COMMA);
}

tree::TerminalNode* Spec::LoopTargetsContext::COMMA(size_t i) {
  return getToken(Spec::COMMA, i);
}

tree::TerminalNode* Spec::LoopTargetsContext::TCOMMA() {
  return getToken(Spec::TCOMMA, 0);
}


size_t Spec::LoopTargetsContext::getRuleIndex() const {
  return Spec::RuleLoopTargets;
}


Spec::LoopTargetsContext* Spec::loopTargets() {
  LoopTargetsContext *_localctx = _tracker.createInstance<LoopTargetsContext>(_ctx, getState());
  enterRule(_localctx, 26, Spec::RuleLoopTargets);
   const uint32_t begin = b->Here(); const size_t m = b->expressions();
          bool tuple = false; 
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(288);
    operand();
    setState(295);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == Spec::COMMA) {
      setState(289);
      match(Spec::COMMA);
      setState(290);
      operand();
       tuple = true; 
      setState(297);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(300);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == Spec::TCOMMA) {
      setState(298);
      match(Spec::TCOMMA);
       b->BareTrailingComma(); tuple = true; 
    }
     if (tuple) b->Tuple(begin, m); 
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- TestContext ------------------------------------------------------------------

Spec::TestContext::TestContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<Spec::BinaryContext *> Spec::TestContext::binary() {
  return getRuleContexts<Spec::BinaryContext>();
}

Spec::BinaryContext* Spec::TestContext::binary(size_t i) {
  return getRuleContext<Spec::BinaryContext>(i);
}

tree::TerminalNode* Spec::TestContext::IF() {
  return getToken(Spec::IF, 0);
}

tree::TerminalNode* Spec::TestContext::ELSE() {
  return getToken(Spec::ELSE, 0);
}

Spec::TestContext* Spec::TestContext::test() {
  return getRuleContext<Spec::TestContext>(0);
}

tree::TerminalNode* Spec::TestContext::LAMBDA() {
  return getToken(Spec::LAMBDA, 0);
}

tree::TerminalNode* Spec::TestContext::COLON() {
  return getToken(Spec::COLON, 0);
}

Spec::LambdaParametersContext* Spec::TestContext::lambdaParameters() {
  return getRuleContext<Spec::LambdaParametersContext>(0);
}


size_t Spec::TestContext::getRuleIndex() const {
  return Spec::RuleTest;
}


Spec::TestContext* Spec::test() {
  TestContext *_localctx = _tracker.createInstance<TestContext>(_ctx, getState());
  enterRule(_localctx, 28, Spec::RuleTest);
   const uint32_t begin = b->Here(); const size_t n = b->parameters(); 
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(321);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case Spec::FSTRING:
      case Spec::NOT:
      case Spec::LPAREN:
      case Spec::LBRACK:
      case Spec::LBRACE:
      case Spec::ADD:
      case Spec::SUB:
      case Spec::INVERT:
      case Spec::IDENT:
      case Spec::INT:
      case Spec::FLOAT:
      case Spec::STRING: {
        enterOuterAlt(_localctx, 1);
        setState(304);
        binary();
        setState(311);
        _errHandler->sync(this);

        _la = _input->LA(1);
        if (_la == Spec::IF) {
          setState(305);
          match(Spec::IF);
          setState(306);
          binary();
          setState(307);
          match(Spec::ELSE);
          setState(308);
          test();
           b->Conditional(); 
        }
        break;
      }

      case Spec::LAMBDA: {
        enterOuterAlt(_localctx, 2);
        setState(313);
        match(Spec::LAMBDA);
        setState(315);
        _errHandler->sync(this);

        _la = _input->LA(1);
        if (((((_la - 55) & ~ 0x3fULL) == 0) &&
          ((1ULL << (_la - 55)) & ((1ULL << (Spec::STAR - 55))
          | (1ULL << (Spec::STAR_STAR - 55))
          | (1ULL << (Spec::IDENT - 55)))) != 0)) {
          setState(314);
          lambdaParameters();
        }
        setState(317);
        match(Spec::COLON);
        setState(318);
        test();
         b->Lambda(begin, n); 
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- LambdaParametersContext ------------------------------------------------------------------

Spec::LambdaParametersContext::LambdaParametersContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<Spec::LambdaParameterContext *> Spec::LambdaParametersContext::lambdaParameter() {
  return getRuleContexts<Spec::LambdaParameterContext>();
}

Spec::LambdaParameterContext* Spec::LambdaParametersContext::lambdaParameter(size_t i) {
  return getRuleContext<Spec::LambdaParameterContext>(i);
}

std::vector<tree::TerminalNode *> Spec::LambdaParametersContext::COMMA() {
  return getTokens(Spec::COMMA);
}

tree::TerminalNode* Spec::LambdaParametersContext::COMMA(size_t i) {
  return getToken(Spec::COMMA, i);
}

tree::TerminalNode* Spec::LambdaParametersContext::TCOMMA() {
  return getToken(Spec::TCOMMA, 0);
}


size_t Spec::LambdaParametersContext::getRuleIndex() const {
  return Spec::RuleLambdaParameters;
}


Spec::LambdaParametersContext* Spec::lambdaParameters() {
  LambdaParametersContext *_localctx = _tracker.createInstance<LambdaParametersContext>(_ctx, getState());
  enterRule(_localctx, 30, Spec::RuleLambdaParameters);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(323);
    lambdaParameter();
    setState(328);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == Spec::COMMA) {
      setState(324);
      match(Spec::COMMA);
      setState(325);
      lambdaParameter();
      setState(330);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(332);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == Spec::TCOMMA) {
      setState(331);
      match(Spec::TCOMMA);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- LambdaParameterContext ------------------------------------------------------------------

Spec::LambdaParameterContext::LambdaParameterContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* Spec::LambdaParameterContext::IDENT() {
  return getToken(Spec::IDENT, 0);
}

tree::TerminalNode* Spec::LambdaParameterContext::ASSIGN() {
  return getToken(Spec::ASSIGN, 0);
}

Spec::TestContext* Spec::LambdaParameterContext::test() {
  return getRuleContext<Spec::TestContext>(0);
}

tree::TerminalNode* Spec::LambdaParameterContext::STAR() {
  return getToken(Spec::STAR, 0);
}

tree::TerminalNode* Spec::LambdaParameterContext::STAR_STAR() {
  return getToken(Spec::STAR_STAR, 0);
}


size_t Spec::LambdaParameterContext::getRuleIndex() const {
  return Spec::RuleLambdaParameter;
}


Spec::LambdaParameterContext* Spec::lambdaParameter() {
  LambdaParameterContext *_localctx = _tracker.createInstance<LambdaParameterContext>(_ctx, getState());
  enterRule(_localctx, 32, Spec::RuleLambdaParameter);
   const uint32_t begin = b->Here(); 
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(351);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case Spec::IDENT: {
        enterOuterAlt(_localctx, 1);
        setState(334);
        match(Spec::IDENT);
         b->Parameter(begin, ParameterKind::kPositional); 
        setState(340);
        _errHandler->sync(this);

        _la = _input->LA(1);
        if (_la == Spec::ASSIGN) {
          setState(336);
          match(Spec::ASSIGN);
          setState(337);
          test();
           b->ParameterDefault(); 
        }
        break;
      }

      case Spec::STAR: {
        enterOuterAlt(_localctx, 2);
        setState(342);
        match(Spec::STAR);
        setState(346);
        _errHandler->sync(this);
        switch (_input->LA(1)) {
          case Spec::IDENT: {
            setState(343);
            match(Spec::IDENT);
             b->Parameter(begin, ParameterKind::kArgs); 
            break;
          }

          case Spec::TCOMMA:
          case Spec::COMMA:
          case Spec::COLON: {
             b->BareStar(); 
            break;
          }

        default:
          throw NoViableAltException(this);
        }
        break;
      }

      case Spec::STAR_STAR: {
        enterOuterAlt(_localctx, 3);
        setState(348);
        match(Spec::STAR_STAR);
        setState(349);
        match(Spec::IDENT);
         b->Parameter(begin, ParameterKind::kKwargs); 
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- BinaryContext ------------------------------------------------------------------

Spec::BinaryContext::BinaryContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<Spec::OperandContext *> Spec::BinaryContext::operand() {
  return getRuleContexts<Spec::OperandContext>();
}

Spec::OperandContext* Spec::BinaryContext::operand(size_t i) {
  return getRuleContext<Spec::OperandContext>(i);
}

std::vector<tree::TerminalNode *> Spec::BinaryContext::NOT() {
  return getTokens(Spec::NOT);
}

tree::TerminalNode* Spec::BinaryContext::NOT(size_t i) {
  return getToken(Spec::NOT, i);
}

std::vector<tree::TerminalNode *> Spec::BinaryContext::IN() {
  return getTokens(Spec::IN);
}

tree::TerminalNode* Spec::BinaryContext::IN(size_t i) {
  return getToken(Spec::IN, i);
}

std::vector<tree::TerminalNode *> Spec::BinaryContext::OR() {
  return getTokens(Spec::OR);
}

tree::TerminalNode* Spec::BinaryContext::OR(size_t i) {
  return getToken(Spec::OR, i);
}

std::vector<tree::TerminalNode *> Spec::BinaryContext::AND() {
  return getTokens(Spec::AND);
}

tree::TerminalNode* Spec::BinaryContext::AND(size_t i) {
  return getToken(Spec::AND, i);
}

std::vector<tree::TerminalNode *> Spec::BinaryContext::EQ() {
  return getTokens(Spec::EQ);
}

tree::TerminalNode* Spec::BinaryContext::EQ(size_t i) {
  return getToken(Spec::EQ, i);
}

std::vector<tree::TerminalNode *> Spec::BinaryContext::NE() {
  return getTokens(Spec::NE);
}

tree::TerminalNode* Spec::BinaryContext::NE(size_t i) {
  return getToken(Spec::NE, i);
}

std::vector<tree::TerminalNode *> Spec::BinaryContext::LT() {
  return getTokens(Spec::LT);
}

tree::TerminalNode* Spec::BinaryContext::LT(size_t i) {
  return getToken(Spec::LT, i);
}

std::vector<tree::TerminalNode *> Spec::BinaryContext::GT() {
  return getTokens(Spec::GT);
}

tree::TerminalNode* Spec::BinaryContext::GT(size_t i) {
  return getToken(Spec::GT, i);
}

std::vector<tree::TerminalNode *> Spec::BinaryContext::LE() {
  return getTokens(Spec::LE);
}

tree::TerminalNode* Spec::BinaryContext::LE(size_t i) {
  return getToken(Spec::LE, i);
}

std::vector<tree::TerminalNode *> Spec::BinaryContext::GE() {
  return getTokens(Spec::GE);
}

tree::TerminalNode* Spec::BinaryContext::GE(size_t i) {
  return getToken(Spec::GE, i);
}

std::vector<tree::TerminalNode *> Spec::BinaryContext::BIT_OR() {
  return getTokens(Spec::BIT_OR);
}

tree::TerminalNode* Spec::BinaryContext::BIT_OR(size_t i) {
  return getToken(Spec::BIT_OR, i);
}

std::vector<tree::TerminalNode *> Spec::BinaryContext::XOR() {
  return getTokens(Spec::XOR);
}

tree::TerminalNode* Spec::BinaryContext::XOR(size_t i) {
  return getToken(Spec::XOR, i);
}

std::vector<tree::TerminalNode *> Spec::BinaryContext::BIT_AND() {
  return getTokens(Spec::BIT_AND);
}

tree::TerminalNode* Spec::BinaryContext::BIT_AND(size_t i) {
  return getToken(Spec::BIT_AND, i);
}

std::vector<tree::TerminalNode *> Spec::BinaryContext::SHL() {
  return getTokens(Spec::SHL);
}

tree::TerminalNode* Spec::BinaryContext::SHL(size_t i) {
  return getToken(Spec::SHL, i);
}

std::vector<tree::TerminalNode *> Spec::BinaryContext::SHR() {
  return getTokens(Spec::SHR);
}

tree::TerminalNode* Spec::BinaryContext::SHR(size_t i) {
  return getToken(Spec::SHR, i);
}

std::vector<tree::TerminalNode *> Spec::BinaryContext::ADD() {
  return getTokens(Spec::ADD);
}

tree::TerminalNode* Spec::BinaryContext::ADD(size_t i) {
  return getToken(Spec::ADD, i);
}

std::vector<tree::TerminalNode *> Spec::BinaryContext::SUB() {
  return getTokens(Spec::SUB);
}

tree::TerminalNode* Spec::BinaryContext::SUB(size_t i) {
  return getToken(Spec::SUB, i);
}

std::vector<tree::TerminalNode *> Spec::BinaryContext::STAR() {
  return getTokens(Spec::STAR);
}

tree::TerminalNode* Spec::BinaryContext::STAR(size_t i) {
  return getToken(Spec::STAR, i);
}

std::vector<tree::TerminalNode *> Spec::BinaryContext::DIV() {
  return getTokens(Spec::DIV);
}

tree::TerminalNode* Spec::BinaryContext::DIV(size_t i) {
  return getToken(Spec::DIV, i);
}

std::vector<tree::TerminalNode *> Spec::BinaryContext::FLOOR_DIV() {
  return getTokens(Spec::FLOOR_DIV);
}

tree::TerminalNode* Spec::BinaryContext::FLOOR_DIV(size_t i) {
  return getToken(Spec::FLOOR_DIV, i);
}

std::vector<tree::TerminalNode *> Spec::BinaryContext::MOD() {
  return getTokens(Spec::MOD);
}

tree::TerminalNode* Spec::BinaryContext::MOD(size_t i) {
  return getToken(Spec::MOD, i);
}


size_t Spec::BinaryContext::getRuleIndex() const {
  return Spec::RuleBinary;
}


Spec::BinaryContext* Spec::binary() {
  BinaryContext *_localctx = _tracker.createInstance<BinaryContext>(_ctx, getState());
  enterRule(_localctx, 34, Spec::RuleBinary);
   const size_t n = b->operators(); 
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(353);
    operand();
    setState(364);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (((((_la - 7) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 7)) & ((1ULL << (Spec::AND - 7))
      | (1ULL << (Spec::IN - 7))
      | (1ULL << (Spec::NOT - 7))
      | (1ULL << (Spec::OR - 7))
      | (1ULL << (Spec::EQ - 7))
      | (1ULL << (Spec::NE - 7))
      | (1ULL << (Spec::LT - 7))
      | (1ULL << (Spec::GT - 7))
      | (1ULL << (Spec::LE - 7))
      | (1ULL << (Spec::GE - 7))
      | (1ULL << (Spec::ADD - 7))
      | (1ULL << (Spec::SUB - 7))
      | (1ULL << (Spec::STAR - 7))
      | (1ULL << (Spec::DIV - 7))
      | (1ULL << (Spec::FLOOR_DIV - 7))
      | (1ULL << (Spec::MOD - 7))
      | (1ULL << (Spec::BIT_AND - 7))
      | (1ULL << (Spec::BIT_OR - 7))
      | (1ULL << (Spec::XOR - 7))
      | (1ULL << (Spec::SHL - 7))
      | (1ULL << (Spec::SHR - 7)))) != 0)) {
      setState(359);
      _errHandler->sync(this);
      switch (_input->LA(1)) {
        case Spec::AND:
        case Spec::IN:
        case Spec::OR:
        case Spec::EQ:
        case Spec::NE:
        case Spec::LT:
        case Spec::GT:
        case Spec::LE:
        case Spec::GE:
        case Spec::ADD:
        case Spec::SUB:
        case Spec::STAR:
        case Spec::DIV:
        case Spec::FLOOR_DIV:
        case Spec::MOD:
        case Spec::BIT_AND:
        case Spec::BIT_OR:
        case Spec::XOR:
        case Spec::SHL:
        case Spec::SHR: {
          setState(354);
          _la = _input->LA(1);
          if (!(((((_la - 7) & ~ 0x3fULL) == 0) &&
            ((1ULL << (_la - 7)) & ((1ULL << (Spec::AND - 7))
            | (1ULL << (Spec::IN - 7))
            | (1ULL << (Spec::OR - 7))
            | (1ULL << (Spec::EQ - 7))
            | (1ULL << (Spec::NE - 7))
            | (1ULL << (Spec::LT - 7))
            | (1ULL << (Spec::GT - 7))
            | (1ULL << (Spec::LE - 7))
            | (1ULL << (Spec::GE - 7))
            | (1ULL << (Spec::ADD - 7))
            | (1ULL << (Spec::SUB - 7))
            | (1ULL << (Spec::STAR - 7))
            | (1ULL << (Spec::DIV - 7))
            | (1ULL << (Spec::FLOOR_DIV - 7))
            | (1ULL << (Spec::MOD - 7))
            | (1ULL << (Spec::BIT_AND - 7))
            | (1ULL << (Spec::BIT_OR - 7))
            | (1ULL << (Spec::XOR - 7))
            | (1ULL << (Spec::SHL - 7))
            | (1ULL << (Spec::SHR - 7)))) != 0))) {
          _errHandler->recoverInline(this);
          }
          else {
            _errHandler->reportMatch(this);
            consume();
          }
           b->Binary(n); 
          break;
        }

        case Spec::NOT: {
          setState(356);
          match(Spec::NOT);
          setState(357);
          match(Spec::IN);
           b->BinaryNotIn(n); 
          break;
        }

      default:
        throw NoViableAltException(this);
      }
      setState(361);
      operand();
      setState(366);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
     b->Reduce(n); 
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- OperandContext ------------------------------------------------------------------

Spec::OperandContext::OperandContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<tree::TerminalNode *> Spec::OperandContext::IDENT() {
  return getTokens(Spec::IDENT);
}

tree::TerminalNode* Spec::OperandContext::IDENT(size_t i) {
  return getToken(Spec::IDENT, i);
}

tree::TerminalNode* Spec::OperandContext::INT() {
  return getToken(Spec::INT, 0);
}

tree::TerminalNode* Spec::OperandContext::FLOAT() {
  return getToken(Spec::FLOAT, 0);
}

tree::TerminalNode* Spec::OperandContext::STRING() {
  return getToken(Spec::STRING, 0);
}

tree::TerminalNode* Spec::OperandContext::FSTRING() {
  return getToken(Spec::FSTRING, 0);
}

tree::TerminalNode* Spec::OperandContext::LBRACK() {
  return getToken(Spec::LBRACK, 0);
}

tree::TerminalNode* Spec::OperandContext::LBRACE() {
  return getToken(Spec::LBRACE, 0);
}

tree::TerminalNode* Spec::OperandContext::LPAREN() {
  return getToken(Spec::LPAREN, 0);
}

std::vector<tree::TerminalNode *> Spec::OperandContext::DOT() {
  return getTokens(Spec::DOT);
}

tree::TerminalNode* Spec::OperandContext::DOT(size_t i) {
  return getToken(Spec::DOT, i);
}

std::vector<Spec::CallContext *> Spec::OperandContext::call() {
  return getRuleContexts<Spec::CallContext>();
}

Spec::CallContext* Spec::OperandContext::call(size_t i) {
  return getRuleContext<Spec::CallContext>(i);
}

std::vector<Spec::SubscriptContext *> Spec::OperandContext::subscript() {
  return getRuleContexts<Spec::SubscriptContext>();
}

Spec::SubscriptContext* Spec::OperandContext::subscript(size_t i) {
  return getRuleContext<Spec::SubscriptContext>(i);
}

std::vector<tree::TerminalNode *> Spec::OperandContext::NOT() {
  return getTokens(Spec::NOT);
}

tree::TerminalNode* Spec::OperandContext::NOT(size_t i) {
  return getToken(Spec::NOT, i);
}

std::vector<tree::TerminalNode *> Spec::OperandContext::ADD() {
  return getTokens(Spec::ADD);
}

tree::TerminalNode* Spec::OperandContext::ADD(size_t i) {
  return getToken(Spec::ADD, i);
}

std::vector<tree::TerminalNode *> Spec::OperandContext::SUB() {
  return getTokens(Spec::SUB);
}

tree::TerminalNode* Spec::OperandContext::SUB(size_t i) {
  return getToken(Spec::SUB, i);
}

std::vector<tree::TerminalNode *> Spec::OperandContext::INVERT() {
  return getTokens(Spec::INVERT);
}

tree::TerminalNode* Spec::OperandContext::INVERT(size_t i) {
  return getToken(Spec::INVERT, i);
}

std::vector<Spec::TestContext *> Spec::OperandContext::test() {
  return getRuleContexts<Spec::TestContext>();
}

Spec::TestContext* Spec::OperandContext::test(size_t i) {
  return getRuleContext<Spec::TestContext>(i);
}

tree::TerminalNode* Spec::OperandContext::RBRACK() {
  return getToken(Spec::RBRACK, 0);
}

std::vector<Spec::EntryContext *> Spec::OperandContext::entry() {
  return getRuleContexts<Spec::EntryContext>();
}

Spec::EntryContext* Spec::OperandContext::entry(size_t i) {
  return getRuleContext<Spec::EntryContext>(i);
}

tree::TerminalNode* Spec::OperandContext::RBRACE() {
  return getToken(Spec::RBRACE, 0);
}

tree::TerminalNode* Spec::OperandContext::RPAREN() {
  return getToken(Spec::RPAREN, 0);
}

Spec::ClausesContext* Spec::OperandContext::clauses() {
  return getRuleContext<Spec::ClausesContext>(0);
}

std::vector<tree::TerminalNode *> Spec::OperandContext::COMMA() {
  return getTokens(Spec::COMMA);
}

tree::TerminalNode* Spec::OperandContext::COMMA(size_t i) {
  return getToken(Spec::COMMA, i);
}

tree::TerminalNode* Spec::OperandContext::TCOMMA() {
  return getToken(Spec::TCOMMA, 0);
}


size_t Spec::OperandContext::getRuleIndex() const {
  return Spec::RuleOperand;
}


Spec::OperandContext* Spec::operand() {
  OperandContext *_localctx = _tracker.createInstance<OperandContext>(_ctx, getState());
  enterRule(_localctx, 36, Spec::RuleOperand);
   uint32_t begin; size_t m; bool tuple = false; 
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(373);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << Spec::NOT)
      | (1ULL << Spec::ADD)
      | (1ULL << Spec::SUB)
      | (1ULL << Spec::INVERT))) != 0)) {
      setState(369);
      _la = _input->LA(1);
      if (!((((_la & ~ 0x3fULL) == 0) &&
        ((1ULL << _la) & ((1ULL << Spec::NOT)
        | (1ULL << Spec::ADD)
        | (1ULL << Spec::SUB)
        | (1ULL << Spec::INVERT))) != 0))) {
      _errHandler->recoverInline(this);
      }
      else {
        _errHandler->reportMatch(this);
        consume();
      }
       b->Prefix(); 
      setState(375);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
     begin = b->Here(); m = b->expressions(); 
    setState(457);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case Spec::IDENT: {
        setState(377);
        match(Spec::IDENT);
         b->Name(); 
        break;
      }

      case Spec::INT: {
        setState(379);
        match(Spec::INT);
         b->Int(); 
        break;
      }

      case Spec::FLOAT: {
        setState(381);
        match(Spec::FLOAT);
         b->Float(); 
        break;
      }

      case Spec::STRING: {
        setState(383);
        match(Spec::STRING);
         b->String(); 
        break;
      }

      case Spec::FSTRING: {
        setState(385);
        match(Spec::FSTRING);
         b->FString(); 
        break;
      }

      case Spec::LBRACK: {
        setState(387);
        match(Spec::LBRACK);
        setState(409);
        _errHandler->sync(this);
        switch (_input->LA(1)) {
          case Spec::FSTRING:
          case Spec::LAMBDA:
          case Spec::NOT:
          case Spec::LPAREN:
          case Spec::LBRACK:
          case Spec::LBRACE:
          case Spec::ADD:
          case Spec::SUB:
          case Spec::INVERT:
          case Spec::IDENT:
          case Spec::INT:
          case Spec::FLOAT:
          case Spec::STRING: {
            setState(388);
            test();
            setState(405);
            _errHandler->sync(this);
            switch (_input->LA(1)) {
              case Spec::FOR: {
                setState(389);
                clauses();
                setState(390);
                match(Spec::RBRACK);
                 b->ListComprehension(begin); 
                break;
              }

              case Spec::TCOMMA:
              case Spec::RBRACK:
              case Spec::COMMA: {
                setState(397);
                _errHandler->sync(this);
                _la = _input->LA(1);
                while (_la == Spec::COMMA) {
                  setState(393);
                  match(Spec::COMMA);
                  setState(394);
                  test();
                  setState(399);
                  _errHandler->sync(this);
                  _la = _input->LA(1);
                }
                setState(401);
                _errHandler->sync(this);

                _la = _input->LA(1);
                if (_la == Spec::TCOMMA) {
                  setState(400);
                  match(Spec::TCOMMA);
                }
                setState(403);
                match(Spec::RBRACK);
                 b->List(begin, m); 
                break;
              }

            default:
              throw NoViableAltException(this);
            }
            break;
          }

          case Spec::RBRACK: {
            setState(407);
            match(Spec::RBRACK);
             b->List(begin, m); 
            break;
          }

        default:
          throw NoViableAltException(this);
        }
        break;
      }

      case Spec::LBRACE: {
        setState(411);
        match(Spec::LBRACE);
        setState(433);
        _errHandler->sync(this);
        switch (_input->LA(1)) {
          case Spec::FSTRING:
          case Spec::LAMBDA:
          case Spec::NOT:
          case Spec::LPAREN:
          case Spec::LBRACK:
          case Spec::LBRACE:
          case Spec::ADD:
          case Spec::SUB:
          case Spec::INVERT:
          case Spec::IDENT:
          case Spec::INT:
          case Spec::FLOAT:
          case Spec::STRING: {
            setState(412);
            entry();
            setState(429);
            _errHandler->sync(this);
            switch (_input->LA(1)) {
              case Spec::FOR: {
                setState(413);
                clauses();
                setState(414);
                match(Spec::RBRACE);
                 b->DictComprehension(begin); 
                break;
              }

              case Spec::TCOMMA:
              case Spec::RBRACE:
              case Spec::COMMA: {
                setState(421);
                _errHandler->sync(this);
                _la = _input->LA(1);
                while (_la == Spec::COMMA) {
                  setState(417);
                  match(Spec::COMMA);
                  setState(418);
                  entry();
                  setState(423);
                  _errHandler->sync(this);
                  _la = _input->LA(1);
                }
                setState(425);
                _errHandler->sync(this);

                _la = _input->LA(1);
                if (_la == Spec::TCOMMA) {
                  setState(424);
                  match(Spec::TCOMMA);
                }
                setState(427);
                match(Spec::RBRACE);
                 b->Dict(begin, m); 
                break;
              }

            default:
              throw NoViableAltException(this);
            }
            break;
          }

          case Spec::RBRACE: {
            setState(431);
            match(Spec::RBRACE);
             b->Dict(begin, m); 
            break;
          }

        default:
          throw NoViableAltException(this);
        }
        break;
      }

      case Spec::LPAREN: {
        setState(435);
        match(Spec::LPAREN);
        setState(455);
        _errHandler->sync(this);
        switch (_input->LA(1)) {
          case Spec::FSTRING:
          case Spec::LAMBDA:
          case Spec::NOT:
          case Spec::LPAREN:
          case Spec::LBRACK:
          case Spec::LBRACE:
          case Spec::ADD:
          case Spec::SUB:
          case Spec::INVERT:
          case Spec::IDENT:
          case Spec::INT:
          case Spec::FLOAT:
          case Spec::STRING: {
            setState(436);
            test();
            setState(443);
            _errHandler->sync(this);
            _la = _input->LA(1);
            while (_la == Spec::COMMA) {
              setState(437);
              match(Spec::COMMA);
              setState(438);
              test();
               tuple = true; 
              setState(445);
              _errHandler->sync(this);
              _la = _input->LA(1);
            }
            setState(448);
            _errHandler->sync(this);

            _la = _input->LA(1);
            if (_la == Spec::TCOMMA) {
              setState(446);
              match(Spec::TCOMMA);
               tuple = true; 
            }
            setState(450);
            match(Spec::RPAREN);
             if (tuple) b->Tuple(begin, m); else b->Paren(begin); 
            break;
          }

          case Spec::RPAREN: {
            setState(453);
            match(Spec::RPAREN);
             b->Tuple(begin, m); 
            break;
          }

        default:
          throw NoViableAltException(this);
        }
        break;
      }

    default:
      throw NoViableAltException(this);
    }
    setState(466);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << Spec::LPAREN)
      | (1ULL << Spec::LBRACK)
      | (1ULL << Spec::DOT))) != 0)) {
      setState(464);
      _errHandler->sync(this);
      switch (_input->LA(1)) {
        case Spec::DOT: {
          setState(459);
          match(Spec::DOT);
          setState(460);
          match(Spec::IDENT);
           b->Dot(); 
          break;
        }

        case Spec::LPAREN: {
          setState(462);
          call();
          break;
        }

        case Spec::LBRACK: {
          setState(463);
          subscript();
          break;
        }

      default:
        throw NoViableAltException(this);
      }
      setState(468);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- CallContext ------------------------------------------------------------------

Spec::CallContext::CallContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* Spec::CallContext::LPAREN() {
  return getToken(Spec::LPAREN, 0);
}

tree::TerminalNode* Spec::CallContext::RPAREN() {
  return getToken(Spec::RPAREN, 0);
}

std::vector<Spec::ArgumentContext *> Spec::CallContext::argument() {
  return getRuleContexts<Spec::ArgumentContext>();
}

Spec::ArgumentContext* Spec::CallContext::argument(size_t i) {
  return getRuleContext<Spec::ArgumentContext>(i);
}

std::vector<tree::TerminalNode *> Spec::CallContext::COMMA() {
  return getTokens(Spec::COMMA);
}

tree::TerminalNode* Spec::CallContext::COMMA(size_t i) {
  return getToken(Spec::COMMA, i);
}

tree::TerminalNode* Spec::CallContext::TCOMMA() {
  return getToken(Spec::TCOMMA, 0);
}


size_t Spec::CallContext::getRuleIndex() const {
  return Spec::RuleCall;
}


Spec::CallContext* Spec::call() {
  CallContext *_localctx = _tracker.createInstance<CallContext>(_ctx, getState());
  enterRule(_localctx, 38, Spec::RuleCall);
   const Extent open = b->Next(); const size_t n = b->arguments(); 
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(469);
    match(Spec::LPAREN);
    setState(481);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << Spec::FSTRING)
      | (1ULL << Spec::LAMBDA)
      | (1ULL << Spec::NOT)
      | (1ULL << Spec::LPAREN)
      | (1ULL << Spec::LBRACK)
      | (1ULL << Spec::LBRACE)
      | (1ULL << Spec::ADD)
      | (1ULL << Spec::SUB)
      | (1ULL << Spec::STAR)
      | (1ULL << Spec::INVERT))) != 0) || ((((_la - 65) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 65)) & ((1ULL << (Spec::STAR_STAR - 65))
      | (1ULL << (Spec::IDENT - 65))
      | (1ULL << (Spec::INT - 65))
      | (1ULL << (Spec::FLOAT - 65))
      | (1ULL << (Spec::STRING - 65)))) != 0)) {
      setState(470);
      argument();
      setState(475);
      _errHandler->sync(this);
      _la = _input->LA(1);
      while (_la == Spec::COMMA) {
        setState(471);
        match(Spec::COMMA);
        setState(472);
        argument();
        setState(477);
        _errHandler->sync(this);
        _la = _input->LA(1);
      }
      setState(479);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == Spec::TCOMMA) {
        setState(478);
        match(Spec::TCOMMA);
      }
    }
    setState(483);
    match(Spec::RPAREN);
     b->Call(open, n); 
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ArgumentContext ------------------------------------------------------------------

Spec::ArgumentContext::ArgumentContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<Spec::TestContext *> Spec::ArgumentContext::test() {
  return getRuleContexts<Spec::TestContext>();
}

Spec::TestContext* Spec::ArgumentContext::test(size_t i) {
  return getRuleContext<Spec::TestContext>(i);
}

tree::TerminalNode* Spec::ArgumentContext::ASSIGN() {
  return getToken(Spec::ASSIGN, 0);
}

tree::TerminalNode* Spec::ArgumentContext::STAR() {
  return getToken(Spec::STAR, 0);
}

tree::TerminalNode* Spec::ArgumentContext::STAR_STAR() {
  return getToken(Spec::STAR_STAR, 0);
}


size_t Spec::ArgumentContext::getRuleIndex() const {
  return Spec::RuleArgument;
}


Spec::ArgumentContext* Spec::argument() {
  ArgumentContext *_localctx = _tracker.createInstance<ArgumentContext>(_ctx, getState());
  enterRule(_localctx, 40, Spec::RuleArgument);
   const uint32_t begin = b->Here(); 

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(503);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case Spec::FSTRING:
      case Spec::LAMBDA:
      case Spec::NOT:
      case Spec::LPAREN:
      case Spec::LBRACK:
      case Spec::LBRACE:
      case Spec::ADD:
      case Spec::SUB:
      case Spec::INVERT:
      case Spec::IDENT:
      case Spec::INT:
      case Spec::FLOAT:
      case Spec::STRING: {
        enterOuterAlt(_localctx, 1);
        setState(486);
        test();
        setState(493);
        _errHandler->sync(this);
        switch (_input->LA(1)) {
          case Spec::ASSIGN: {
            setState(487);
            match(Spec::ASSIGN);
             b->ArgumentName(); 
            setState(489);
            test();
             b->Argument(begin, ArgumentKind::kNamed); 
            break;
          }

          case Spec::TCOMMA:
          case Spec::RPAREN:
          case Spec::COMMA: {
             b->Argument(begin, ArgumentKind::kPositional); 
            break;
          }

        default:
          throw NoViableAltException(this);
        }
        break;
      }

      case Spec::STAR: {
        enterOuterAlt(_localctx, 2);
        setState(495);
        match(Spec::STAR);
        setState(496);
        test();
         b->Argument(begin, ArgumentKind::kStar); 
        break;
      }

      case Spec::STAR_STAR: {
        enterOuterAlt(_localctx, 3);
        setState(499);
        match(Spec::STAR_STAR);
        setState(500);
        test();
         b->Argument(begin, ArgumentKind::kStarStar); 
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SubscriptContext ------------------------------------------------------------------

Spec::SubscriptContext::SubscriptContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* Spec::SubscriptContext::LBRACK() {
  return getToken(Spec::LBRACK, 0);
}

Spec::ExpressionsContext* Spec::SubscriptContext::expressions() {
  return getRuleContext<Spec::ExpressionsContext>(0);
}

Spec::SliceTailContext* Spec::SubscriptContext::sliceTail() {
  return getRuleContext<Spec::SliceTailContext>(0);
}

tree::TerminalNode* Spec::SubscriptContext::RBRACK() {
  return getToken(Spec::RBRACK, 0);
}


size_t Spec::SubscriptContext::getRuleIndex() const {
  return Spec::RuleSubscript;
}


Spec::SubscriptContext* Spec::subscript() {
  SubscriptContext *_localctx = _tracker.createInstance<SubscriptContext>(_ctx, getState());
  enterRule(_localctx, 42, Spec::RuleSubscript);
   const Extent open = b->Next(); 

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(505);
    match(Spec::LBRACK);
    setState(520);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case Spec::FSTRING:
      case Spec::LAMBDA:
      case Spec::NOT:
      case Spec::LPAREN:
      case Spec::LBRACK:
      case Spec::LBRACE:
      case Spec::ADD:
      case Spec::SUB:
      case Spec::INVERT:
      case Spec::IDENT:
      case Spec::INT:
      case Spec::FLOAT:
      case Spec::STRING: {
        setState(506);
        expressions();
        setState(513);
        _errHandler->sync(this);
        switch (_input->LA(1)) {
          case Spec::COLON: {
            setState(507);
            sliceTail();
            setState(508);
            match(Spec::RBRACK);
             b->Slice(open); 
            break;
          }

          case Spec::RBRACK: {
            setState(511);
            match(Spec::RBRACK);
             b->Index(open); 
            break;
          }

        default:
          throw NoViableAltException(this);
        }
        break;
      }

      case Spec::COLON: {
         b->Missing(); 
        setState(516);
        sliceTail();
        setState(517);
        match(Spec::RBRACK);
         b->Slice(open); 
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SliceTailContext ------------------------------------------------------------------

Spec::SliceTailContext::SliceTailContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<tree::TerminalNode *> Spec::SliceTailContext::COLON() {
  return getTokens(Spec::COLON);
}

tree::TerminalNode* Spec::SliceTailContext::COLON(size_t i) {
  return getToken(Spec::COLON, i);
}

std::vector<Spec::TestContext *> Spec::SliceTailContext::test() {
  return getRuleContexts<Spec::TestContext>();
}

Spec::TestContext* Spec::SliceTailContext::test(size_t i) {
  return getRuleContext<Spec::TestContext>(i);
}


size_t Spec::SliceTailContext::getRuleIndex() const {
  return Spec::RuleSliceTail;
}


Spec::SliceTailContext* Spec::sliceTail() {
  SliceTailContext *_localctx = _tracker.createInstance<SliceTailContext>(_ctx, getState());
  enterRule(_localctx, 44, Spec::RuleSliceTail);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(522);
    match(Spec::COLON);
    setState(525);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case Spec::FSTRING:
      case Spec::LAMBDA:
      case Spec::NOT:
      case Spec::LPAREN:
      case Spec::LBRACK:
      case Spec::LBRACE:
      case Spec::ADD:
      case Spec::SUB:
      case Spec::INVERT:
      case Spec::IDENT:
      case Spec::INT:
      case Spec::FLOAT:
      case Spec::STRING: {
        setState(523);
        test();
        break;
      }

      case Spec::RBRACK:
      case Spec::COLON: {
         b->Missing(); 
        break;
      }

    default:
      throw NoViableAltException(this);
    }
    setState(533);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case Spec::COLON: {
        setState(527);
        match(Spec::COLON);
        setState(530);
        _errHandler->sync(this);
        switch (_input->LA(1)) {
          case Spec::FSTRING:
          case Spec::LAMBDA:
          case Spec::NOT:
          case Spec::LPAREN:
          case Spec::LBRACK:
          case Spec::LBRACE:
          case Spec::ADD:
          case Spec::SUB:
          case Spec::INVERT:
          case Spec::IDENT:
          case Spec::INT:
          case Spec::FLOAT:
          case Spec::STRING: {
            setState(528);
            test();
            break;
          }

          case Spec::RBRACK: {
             b->Missing(); 
            break;
          }

        default:
          throw NoViableAltException(this);
        }
        break;
      }

      case Spec::RBRACK: {
         b->Missing(); 
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- EntryContext ------------------------------------------------------------------

Spec::EntryContext::EntryContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<Spec::TestContext *> Spec::EntryContext::test() {
  return getRuleContexts<Spec::TestContext>();
}

Spec::TestContext* Spec::EntryContext::test(size_t i) {
  return getRuleContext<Spec::TestContext>(i);
}

tree::TerminalNode* Spec::EntryContext::COLON() {
  return getToken(Spec::COLON, 0);
}


size_t Spec::EntryContext::getRuleIndex() const {
  return Spec::RuleEntry;
}


Spec::EntryContext* Spec::entry() {
  EntryContext *_localctx = _tracker.createInstance<EntryContext>(_ctx, getState());
  enterRule(_localctx, 46, Spec::RuleEntry);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(535);
    test();
    setState(536);
    match(Spec::COLON);
     b->EntryColon(); 
    setState(538);
    test();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ClausesContext ------------------------------------------------------------------

Spec::ClausesContext::ClausesContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<Spec::ForClauseContext *> Spec::ClausesContext::forClause() {
  return getRuleContexts<Spec::ForClauseContext>();
}

Spec::ForClauseContext* Spec::ClausesContext::forClause(size_t i) {
  return getRuleContext<Spec::ForClauseContext>(i);
}

std::vector<Spec::IfClauseContext *> Spec::ClausesContext::ifClause() {
  return getRuleContexts<Spec::IfClauseContext>();
}

Spec::IfClauseContext* Spec::ClausesContext::ifClause(size_t i) {
  return getRuleContext<Spec::IfClauseContext>(i);
}


size_t Spec::ClausesContext::getRuleIndex() const {
  return Spec::RuleClauses;
}


Spec::ClausesContext* Spec::clauses() {
  ClausesContext *_localctx = _tracker.createInstance<ClausesContext>(_ctx, getState());
  enterRule(_localctx, 48, Spec::RuleClauses);
   const size_t n = b->clauses(); 
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(540);
    forClause();
    setState(545);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == Spec::FOR

    || _la == Spec::IF) {
      setState(543);
      _errHandler->sync(this);
      switch (_input->LA(1)) {
        case Spec::FOR: {
          setState(541);
          forClause();
          break;
        }

        case Spec::IF: {
          setState(542);
          ifClause();
          break;
        }

      default:
        throw NoViableAltException(this);
      }
      setState(547);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
     b->Clauses(n); 
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ForClauseContext ------------------------------------------------------------------

Spec::ForClauseContext::ForClauseContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* Spec::ForClauseContext::FOR() {
  return getToken(Spec::FOR, 0);
}

Spec::LoopTargetsContext* Spec::ForClauseContext::loopTargets() {
  return getRuleContext<Spec::LoopTargetsContext>(0);
}

tree::TerminalNode* Spec::ForClauseContext::IN() {
  return getToken(Spec::IN, 0);
}

Spec::BinaryContext* Spec::ForClauseContext::binary() {
  return getRuleContext<Spec::BinaryContext>(0);
}


size_t Spec::ForClauseContext::getRuleIndex() const {
  return Spec::RuleForClause;
}


Spec::ForClauseContext* Spec::forClause() {
  ForClauseContext *_localctx = _tracker.createInstance<ForClauseContext>(_ctx, getState());
  enterRule(_localctx, 50, Spec::RuleForClause);
   const Extent keyword = b->Next(); 

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(550);
    match(Spec::FOR);
    setState(551);
    loopTargets();
    setState(552);
    match(Spec::IN);
    setState(553);
    binary();
     b->ForClause(keyword); 
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- IfClauseContext ------------------------------------------------------------------

Spec::IfClauseContext::IfClauseContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* Spec::IfClauseContext::IF() {
  return getToken(Spec::IF, 0);
}

Spec::BinaryContext* Spec::IfClauseContext::binary() {
  return getRuleContext<Spec::BinaryContext>(0);
}


size_t Spec::IfClauseContext::getRuleIndex() const {
  return Spec::RuleIfClause;
}


Spec::IfClauseContext* Spec::ifClause() {
  IfClauseContext *_localctx = _tracker.createInstance<IfClauseContext>(_ctx, getState());
  enterRule(_localctx, 52, Spec::RuleIfClause);
   const Extent keyword = b->Next(); 

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(556);
    match(Spec::IF);
    setState(557);
    binary();
     b->IfClause(keyword); 
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- TypeExprContext ------------------------------------------------------------------

Spec::TypeExprContext::TypeExprContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<Spec::TypeAtomContext *> Spec::TypeExprContext::typeAtom() {
  return getRuleContexts<Spec::TypeAtomContext>();
}

Spec::TypeAtomContext* Spec::TypeExprContext::typeAtom(size_t i) {
  return getRuleContext<Spec::TypeAtomContext>(i);
}

std::vector<tree::TerminalNode *> Spec::TypeExprContext::BIT_OR() {
  return getTokens(Spec::BIT_OR);
}

tree::TerminalNode* Spec::TypeExprContext::BIT_OR(size_t i) {
  return getToken(Spec::BIT_OR, i);
}


size_t Spec::TypeExprContext::getRuleIndex() const {
  return Spec::RuleTypeExpr;
}


Spec::TypeExprContext* Spec::typeExpr() {
  TypeExprContext *_localctx = _tracker.createInstance<TypeExprContext>(_ctx, getState());
  enterRule(_localctx, 54, Spec::RuleTypeExpr);
   const size_t n = b->operators(); 
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(560);
    typeAtom();
    setState(566);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == Spec::BIT_OR) {
      setState(561);
      match(Spec::BIT_OR);
       b->Binary(n); 
      setState(563);
      typeAtom();
      setState(568);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
     b->Reduce(n); 
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- TypeAtomContext ------------------------------------------------------------------

Spec::TypeAtomContext::TypeAtomContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<tree::TerminalNode *> Spec::TypeAtomContext::IDENT() {
  return getTokens(Spec::IDENT);
}

tree::TerminalNode* Spec::TypeAtomContext::IDENT(size_t i) {
  return getToken(Spec::IDENT, i);
}

std::vector<tree::TerminalNode *> Spec::TypeAtomContext::DOT() {
  return getTokens(Spec::DOT);
}

tree::TerminalNode* Spec::TypeAtomContext::DOT(size_t i) {
  return getToken(Spec::DOT, i);
}

tree::TerminalNode* Spec::TypeAtomContext::LBRACK() {
  return getToken(Spec::LBRACK, 0);
}

std::vector<Spec::TypeArgumentContext *> Spec::TypeAtomContext::typeArgument() {
  return getRuleContexts<Spec::TypeArgumentContext>();
}

Spec::TypeArgumentContext* Spec::TypeAtomContext::typeArgument(size_t i) {
  return getRuleContext<Spec::TypeArgumentContext>(i);
}

tree::TerminalNode* Spec::TypeAtomContext::RBRACK() {
  return getToken(Spec::RBRACK, 0);
}

std::vector<tree::TerminalNode *> Spec::TypeAtomContext::COMMA() {
  return getTokens(Spec::COMMA);
}

tree::TerminalNode* Spec::TypeAtomContext::COMMA(size_t i) {
  return getToken(Spec::COMMA, i);
}

tree::TerminalNode* Spec::TypeAtomContext::TCOMMA() {
  return getToken(Spec::TCOMMA, 0);
}


size_t Spec::TypeAtomContext::getRuleIndex() const {
  return Spec::RuleTypeAtom;
}


Spec::TypeAtomContext* Spec::typeAtom() {
  TypeAtomContext *_localctx = _tracker.createInstance<TypeAtomContext>(_ctx, getState());
  enterRule(_localctx, 56, Spec::RuleTypeAtom);
   Extent open; uint32_t begin; size_t m; bool tuple = false; 
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(571);
    match(Spec::IDENT);
     b->Name(); 
    setState(578);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == Spec::DOT) {
      setState(573);
      match(Spec::DOT);
      setState(574);
      match(Spec::IDENT);
       b->Dot(); 
      setState(580);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(600);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == Spec::LBRACK) {
      setState(581);
      match(Spec::LBRACK);
       open = b->Last(); begin = b->Here(); m = b->expressions(); 
      setState(583);
      typeArgument();
      setState(590);
      _errHandler->sync(this);
      _la = _input->LA(1);
      while (_la == Spec::COMMA) {
        setState(584);
        match(Spec::COMMA);
        setState(585);
        typeArgument();
         tuple = true; 
        setState(592);
        _errHandler->sync(this);
        _la = _input->LA(1);
      }
      setState(594);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == Spec::TCOMMA) {
        setState(593);
        match(Spec::TCOMMA);
      }
       if (tuple) b->Tuple(begin, m); 
      setState(597);
      match(Spec::RBRACK);
       b->Index(open); 
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- TypeArgumentContext ------------------------------------------------------------------

Spec::TypeArgumentContext::TypeArgumentContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

Spec::TypeExprContext* Spec::TypeArgumentContext::typeExpr() {
  return getRuleContext<Spec::TypeExprContext>(0);
}

tree::TerminalNode* Spec::TypeArgumentContext::ELLIPSIS() {
  return getToken(Spec::ELLIPSIS, 0);
}

tree::TerminalNode* Spec::TypeArgumentContext::STRING() {
  return getToken(Spec::STRING, 0);
}

tree::TerminalNode* Spec::TypeArgumentContext::LBRACK() {
  return getToken(Spec::LBRACK, 0);
}

tree::TerminalNode* Spec::TypeArgumentContext::RBRACK() {
  return getToken(Spec::RBRACK, 0);
}

std::vector<Spec::TypeArgumentContext *> Spec::TypeArgumentContext::typeArgument() {
  return getRuleContexts<Spec::TypeArgumentContext>();
}

Spec::TypeArgumentContext* Spec::TypeArgumentContext::typeArgument(size_t i) {
  return getRuleContext<Spec::TypeArgumentContext>(i);
}

std::vector<tree::TerminalNode *> Spec::TypeArgumentContext::COMMA() {
  return getTokens(Spec::COMMA);
}

tree::TerminalNode* Spec::TypeArgumentContext::COMMA(size_t i) {
  return getToken(Spec::COMMA, i);
}

tree::TerminalNode* Spec::TypeArgumentContext::TCOMMA() {
  return getToken(Spec::TCOMMA, 0);
}

tree::TerminalNode* Spec::TypeArgumentContext::LBRACE() {
  return getToken(Spec::LBRACE, 0);
}

tree::TerminalNode* Spec::TypeArgumentContext::RBRACE() {
  return getToken(Spec::RBRACE, 0);
}

std::vector<Spec::TypeEntryContext *> Spec::TypeArgumentContext::typeEntry() {
  return getRuleContexts<Spec::TypeEntryContext>();
}

Spec::TypeEntryContext* Spec::TypeArgumentContext::typeEntry(size_t i) {
  return getRuleContext<Spec::TypeEntryContext>(i);
}


size_t Spec::TypeArgumentContext::getRuleIndex() const {
  return Spec::RuleTypeArgument;
}


Spec::TypeArgumentContext* Spec::typeArgument() {
  TypeArgumentContext *_localctx = _tracker.createInstance<TypeArgumentContext>(_ctx, getState());
  enterRule(_localctx, 58, Spec::RuleTypeArgument);
   const uint32_t begin = b->Here(); const size_t m = b->expressions(); 
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(639);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case Spec::IDENT: {
        enterOuterAlt(_localctx, 1);
        setState(602);
        typeExpr();
        break;
      }

      case Spec::ELLIPSIS: {
        enterOuterAlt(_localctx, 2);
        setState(603);
        match(Spec::ELLIPSIS);
         b->Ellipsis(); 
        break;
      }

      case Spec::STRING: {
        enterOuterAlt(_localctx, 3);
        setState(605);
        match(Spec::STRING);
         b->String(); 
        break;
      }

      case Spec::LBRACK: {
        enterOuterAlt(_localctx, 4);
        setState(607);
        match(Spec::LBRACK);
        setState(619);
        _errHandler->sync(this);

        _la = _input->LA(1);
        if (((((_la - 25) & ~ 0x3fULL) == 0) &&
          ((1ULL << (_la - 25)) & ((1ULL << (Spec::LBRACK - 25))
          | (1ULL << (Spec::LBRACE - 25))
          | (1ULL << (Spec::ELLIPSIS - 25))
          | (1ULL << (Spec::IDENT - 25))
          | (1ULL << (Spec::STRING - 25)))) != 0)) {
          setState(608);
          typeArgument();
          setState(613);
          _errHandler->sync(this);
          _la = _input->LA(1);
          while (_la == Spec::COMMA) {
            setState(609);
            match(Spec::COMMA);
            setState(610);
            typeArgument();
            setState(615);
            _errHandler->sync(this);
            _la = _input->LA(1);
          }
          setState(617);
          _errHandler->sync(this);

          _la = _input->LA(1);
          if (_la == Spec::TCOMMA) {
            setState(616);
            match(Spec::TCOMMA);
          }
        }
        setState(621);
        match(Spec::RBRACK);
         b->List(begin, m); 
        break;
      }

      case Spec::LBRACE: {
        enterOuterAlt(_localctx, 5);
        setState(623);
        match(Spec::LBRACE);
        setState(635);
        _errHandler->sync(this);

        _la = _input->LA(1);
        if (((((_la - 25) & ~ 0x3fULL) == 0) &&
          ((1ULL << (_la - 25)) & ((1ULL << (Spec::LBRACK - 25))
          | (1ULL << (Spec::LBRACE - 25))
          | (1ULL << (Spec::ELLIPSIS - 25))
          | (1ULL << (Spec::IDENT - 25))
          | (1ULL << (Spec::STRING - 25)))) != 0)) {
          setState(624);
          typeEntry();
          setState(629);
          _errHandler->sync(this);
          _la = _input->LA(1);
          while (_la == Spec::COMMA) {
            setState(625);
            match(Spec::COMMA);
            setState(626);
            typeEntry();
            setState(631);
            _errHandler->sync(this);
            _la = _input->LA(1);
          }
          setState(633);
          _errHandler->sync(this);

          _la = _input->LA(1);
          if (_la == Spec::TCOMMA) {
            setState(632);
            match(Spec::TCOMMA);
          }
        }
        setState(637);
        match(Spec::RBRACE);
         b->Dict(begin, m); 
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- TypeEntryContext ------------------------------------------------------------------

Spec::TypeEntryContext::TypeEntryContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<Spec::TypeArgumentContext *> Spec::TypeEntryContext::typeArgument() {
  return getRuleContexts<Spec::TypeArgumentContext>();
}

Spec::TypeArgumentContext* Spec::TypeEntryContext::typeArgument(size_t i) {
  return getRuleContext<Spec::TypeArgumentContext>(i);
}

tree::TerminalNode* Spec::TypeEntryContext::COLON() {
  return getToken(Spec::COLON, 0);
}


size_t Spec::TypeEntryContext::getRuleIndex() const {
  return Spec::RuleTypeEntry;
}


Spec::TypeEntryContext* Spec::typeEntry() {
  TypeEntryContext *_localctx = _tracker.createInstance<TypeEntryContext>(_ctx, getState());
  enterRule(_localctx, 60, Spec::RuleTypeEntry);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(641);
    typeArgument();
    setState(642);
    match(Spec::COLON);
     b->EntryColon(); 
    setState(644);
    typeArgument();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

// Static vars and initialization.
std::vector<dfa::DFA> Spec::_decisionToDFA;
atn::PredictionContextCache Spec::_sharedContextCache;

// We own the ATN which in turn owns the ATN states.
atn::ATN Spec::_atn;
std::vector<uint16_t> Spec::_serializedATN;

std::vector<std::string> Spec::_ruleNames = {
  "file", "embedded", "statement", "definition", "parameters", "parameter", 
  "ifStatement", "forStatement", "suite", "simpleLine", "simpleStatement", 
  "loadArgument", "expressions", "loopTargets", "test", "lambdaParameters", 
  "lambdaParameter", "binary", "operand", "call", "argument", "subscript", 
  "sliceTail", "entry", "clauses", "forClause", "ifClause", "typeExpr", 
  "typeAtom", "typeArgument", "typeEntry"
};

std::vector<std::string> Spec::_literalNames = {
  "", "", "", "", "", "", "", "'and'", "'break'", "'continue'", "'def'", 
  "'elif'", "'else'", "'for'", "'if'", "'in'", "'lambda'", "'load'", "'not'", 
  "'or'", "'pass'", "'return'", "", "'('", "')'", "'['", "']'", "'{'", "'}'", 
  "','", "':'", "';'", "'.'", "'...'", "'->'", "'='", "'+='", "'-='", "'*='", 
  "'/='", "'//='", "'%='", "'&='", "'|='", "'^='", "'<<='", "'>>='", "'=='", 
  "'!='", "'<'", "'>'", "'<='", "'>='", "'+'", "'-'", "'*'", "'/'", "'//'", 
  "'%'", "'~'", "'&'", "'|'", "'^'", "'<<'", "'>>'", "'**'"
};

std::vector<std::string> Spec::_symbolicNames = {
  "", "INDENT", "DEDENT", "TCOMMA", "TSEMI", "TYPE", "FSTRING", "AND", "BREAK", 
  "CONTINUE", "DEF", "ELIF", "ELSE", "FOR", "IF", "IN", "LAMBDA", "LOAD", 
  "NOT", "OR", "PASS", "RETURN", "RESERVED", "LPAREN", "RPAREN", "LBRACK", 
  "RBRACK", "LBRACE", "RBRACE", "COMMA", "COLON", "SEMI", "DOT", "ELLIPSIS", 
  "ARROW", "ASSIGN", "ADD_ASSIGN", "SUB_ASSIGN", "MUL_ASSIGN", "DIV_ASSIGN", 
  "FLOOR_DIV_ASSIGN", "MOD_ASSIGN", "AND_ASSIGN", "OR_ASSIGN", "XOR_ASSIGN", 
  "SHL_ASSIGN", "SHR_ASSIGN", "EQ", "NE", "LT", "GT", "LE", "GE", "ADD", 
  "SUB", "STAR", "DIV", "FLOOR_DIV", "MOD", "INVERT", "BIT_AND", "BIT_OR", 
  "XOR", "SHL", "SHR", "STAR_STAR", "IDENT", "INT", "FLOAT", "BAD_NUMBER", 
  "STRING", "BAD_STRING", "NEWLINE", "COMMENT", "SPACE", "JOIN", "BAD"
};

dfa::Vocabulary Spec::_vocabulary(_literalNames, _symbolicNames);

std::vector<std::string> Spec::_tokenNames;

Spec::Initializer::Initializer() {
	for (size_t i = 0; i < _symbolicNames.size(); ++i) {
		std::string name = _vocabulary.getLiteralName(i);
		if (name.empty()) {
			name = _vocabulary.getSymbolicName(i);
		}

		if (name.empty()) {
			_tokenNames.push_back("<INVALID>");
		} else {
      _tokenNames.push_back(name);
    }
	}

  _serializedATN = {
    0x3, 0x608b, 0xa72a, 0x8133, 0xb9ed, 0x417c, 0x3be7, 0x7786, 0x5964, 
    0x3, 0x4e, 0x289, 0x4, 0x2, 0x9, 0x2, 0x4, 0x3, 0x9, 0x3, 0x4, 0x4, 
    0x9, 0x4, 0x4, 0x5, 0x9, 0x5, 0x4, 0x6, 0x9, 0x6, 0x4, 0x7, 0x9, 0x7, 
    0x4, 0x8, 0x9, 0x8, 0x4, 0x9, 0x9, 0x9, 0x4, 0xa, 0x9, 0xa, 0x4, 0xb, 
    0x9, 0xb, 0x4, 0xc, 0x9, 0xc, 0x4, 0xd, 0x9, 0xd, 0x4, 0xe, 0x9, 0xe, 
    0x4, 0xf, 0x9, 0xf, 0x4, 0x10, 0x9, 0x10, 0x4, 0x11, 0x9, 0x11, 0x4, 
    0x12, 0x9, 0x12, 0x4, 0x13, 0x9, 0x13, 0x4, 0x14, 0x9, 0x14, 0x4, 0x15, 
    0x9, 0x15, 0x4, 0x16, 0x9, 0x16, 0x4, 0x17, 0x9, 0x17, 0x4, 0x18, 0x9, 
    0x18, 0x4, 0x19, 0x9, 0x19, 0x4, 0x1a, 0x9, 0x1a, 0x4, 0x1b, 0x9, 0x1b, 
    0x4, 0x1c, 0x9, 0x1c, 0x4, 0x1d, 0x9, 0x1d, 0x4, 0x1e, 0x9, 0x1e, 0x4, 
    0x1f, 0x9, 0x1f, 0x4, 0x20, 0x9, 0x20, 0x3, 0x2, 0x3, 0x2, 0x7, 0x2, 
    0x43, 0xa, 0x2, 0xc, 0x2, 0xe, 0x2, 0x46, 0xb, 0x2, 0x3, 0x2, 0x3, 0x2, 
    0x3, 0x2, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 
    0x3, 0x4, 0x5, 0x4, 0x52, 0xa, 0x4, 0x3, 0x5, 0x3, 0x5, 0x3, 0x5, 0x3, 
    0x5, 0x3, 0x5, 0x5, 0x5, 0x59, 0xa, 0x5, 0x3, 0x5, 0x3, 0x5, 0x3, 0x5, 
    0x3, 0x5, 0x3, 0x5, 0x3, 0x5, 0x5, 0x5, 0x61, 0xa, 0x5, 0x3, 0x5, 0x3, 
    0x5, 0x3, 0x5, 0x3, 0x5, 0x3, 0x6, 0x3, 0x6, 0x3, 0x6, 0x7, 0x6, 0x6a, 
    0xa, 0x6, 0xc, 0x6, 0xe, 0x6, 0x6d, 0xb, 0x6, 0x3, 0x6, 0x5, 0x6, 0x70, 
    0xa, 0x6, 0x3, 0x7, 0x3, 0x7, 0x3, 0x7, 0x3, 0x7, 0x3, 0x7, 0x3, 0x7, 
    0x5, 0x7, 0x78, 0xa, 0x7, 0x3, 0x7, 0x3, 0x7, 0x3, 0x7, 0x3, 0x7, 0x5, 
    0x7, 0x7e, 0xa, 0x7, 0x3, 0x7, 0x3, 0x7, 0x3, 0x7, 0x3, 0x7, 0x3, 0x7, 
    0x3, 0x7, 0x3, 0x7, 0x5, 0x7, 0x87, 0xa, 0x7, 0x3, 0x7, 0x5, 0x7, 0x8a, 
    0xa, 0x7, 0x3, 0x7, 0x3, 0x7, 0x3, 0x7, 0x3, 0x7, 0x3, 0x7, 0x3, 0x7, 
    0x3, 0x7, 0x5, 0x7, 0x93, 0xa, 0x7, 0x5, 0x7, 0x95, 0xa, 0x7, 0x3, 0x8, 
    0x3, 0x8, 0x3, 0x8, 0x3, 0x8, 0x3, 0x8, 0x3, 0x8, 0x3, 0x8, 0x3, 0x8, 
    0x3, 0x8, 0x3, 0x8, 0x3, 0x8, 0x3, 0x8, 0x7, 0x8, 0xa3, 0xa, 0x8, 0xc, 
    0x8, 0xe, 0x8, 0xa6, 0xb, 0x8, 0x3, 0x8, 0x3, 0x8, 0x3, 0x8, 0x3, 0x8, 
    0x3, 0x8, 0x3, 0x8, 0x5, 0x8, 0xae, 0xa, 0x8, 0x3, 0x9, 0x3, 0x9, 0x3, 
    0x9, 0x3, 0x9, 0x3, 0x9, 0x3, 0x9, 0x3, 0x9, 0x3, 0x9, 0x3, 0xa, 0x3, 
    0xa, 0x3, 0xa, 0x3, 0xa, 0x3, 0xa, 0x3, 0xa, 0x6, 0xa, 0xbe, 0xa, 0xa, 
    0xd, 0xa, 0xe, 0xa, 0xbf, 0x3, 0xa, 0x3, 0xa, 0x3, 0xa, 0x5, 0xa, 0xc5, 
    0xa, 0xa, 0x3, 0xb, 0x3, 0xb, 0x3, 0xb, 0x7, 0xb, 0xca, 0xa, 0xb, 0xc, 
    0xb, 0xe, 0xb, 0xcd, 0xb, 0xb, 0x3, 0xb, 0x5, 0xb, 0xd0, 0xa, 0xb, 0x3, 
    0xb, 0x3, 0xb, 0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 0x5, 
    0xc, 0xd9, 0xa, 0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 
    0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 
    0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 
    0x3, 0xc, 0x5, 0xc, 0xef, 0xa, 0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 
    0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 
    0xc, 0x3, 0xc, 0x3, 0xc, 0x7, 0xc, 0xfe, 0xa, 0xc, 0xc, 0xc, 0xe, 0xc, 
    0x101, 0xb, 0xc, 0x3, 0xc, 0x5, 0xc, 0x104, 0xa, 0xc, 0x3, 0xc, 0x3, 
    0xc, 0x5, 0xc, 0x108, 0xa, 0xc, 0x3, 0xd, 0x3, 0xd, 0x3, 0xd, 0x3, 0xd, 
    0x3, 0xd, 0x3, 0xd, 0x3, 0xd, 0x5, 0xd, 0x111, 0xa, 0xd, 0x3, 0xe, 0x3, 
    0xe, 0x3, 0xe, 0x3, 0xe, 0x3, 0xe, 0x7, 0xe, 0x118, 0xa, 0xe, 0xc, 0xe, 
    0xe, 0xe, 0x11b, 0xb, 0xe, 0x3, 0xe, 0x3, 0xe, 0x5, 0xe, 0x11f, 0xa, 
    0xe, 0x3, 0xe, 0x3, 0xe, 0x3, 0xf, 0x3, 0xf, 0x3, 0xf, 0x3, 0xf, 0x3, 
    0xf, 0x7, 0xf, 0x128, 0xa, 0xf, 0xc, 0xf, 0xe, 0xf, 0x12b, 0xb, 0xf, 
    0x3, 0xf, 0x3, 0xf, 0x5, 0xf, 0x12f, 0xa, 0xf, 0x3, 0xf, 0x3, 0xf, 0x3, 
    0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 
    0x5, 0x10, 0x13a, 0xa, 0x10, 0x3, 0x10, 0x3, 0x10, 0x5, 0x10, 0x13e, 
    0xa, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x5, 0x10, 0x144, 
    0xa, 0x10, 0x3, 0x11, 0x3, 0x11, 0x3, 0x11, 0x7, 0x11, 0x149, 0xa, 0x11, 
    0xc, 0x11, 0xe, 0x11, 0x14c, 0xb, 0x11, 0x3, 0x11, 0x5, 0x11, 0x14f, 
    0xa, 0x11, 0x3, 0x12, 0x3, 0x12, 0x3, 0x12, 0x3, 0x12, 0x3, 0x12, 0x3, 
    0x12, 0x5, 0x12, 0x157, 0xa, 0x12, 0x3, 0x12, 0x3, 0x12, 0x3, 0x12, 
    0x3, 0x12, 0x5, 0x12, 0x15d, 0xa, 0x12, 0x3, 0x12, 0x3, 0x12, 0x3, 0x12, 
    0x5, 0x12, 0x162, 0xa, 0x12, 0x3, 0x13, 0x3, 0x13, 0x3, 0x13, 0x3, 0x13, 
    0x3, 0x13, 0x3, 0x13, 0x5, 0x13, 0x16a, 0xa, 0x13, 0x3, 0x13, 0x7, 0x13, 
    0x16d, 0xa, 0x13, 0xc, 0x13, 0xe, 0x13, 0x170, 0xb, 0x13, 0x3, 0x13, 
    0x3, 0x13, 0x3, 0x14, 0x3, 0x14, 0x7, 0x14, 0x176, 0xa, 0x14, 0xc, 0x14, 
    0xe, 0x14, 0x179, 0xb, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 
    0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 
    0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 
    0x3, 0x14, 0x3, 0x14, 0x7, 0x14, 0x18e, 0xa, 0x14, 0xc, 0x14, 0xe, 0x14, 
    0x191, 0xb, 0x14, 0x3, 0x14, 0x5, 0x14, 0x194, 0xa, 0x14, 0x3, 0x14, 
    0x3, 0x14, 0x5, 0x14, 0x198, 0xa, 0x14, 0x3, 0x14, 0x3, 0x14, 0x5, 0x14, 
    0x19c, 0xa, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 
    0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x7, 0x14, 0x1a6, 0xa, 0x14, 0xc, 0x14, 
    0xe, 0x14, 0x1a9, 0xb, 0x14, 0x3, 0x14, 0x5, 0x14, 0x1ac, 0xa, 0x14, 
    0x3, 0x14, 0x3, 0x14, 0x5, 0x14, 0x1b0, 0xa, 0x14, 0x3, 0x14, 0x3, 0x14, 
    0x5, 0x14, 0x1b4, 0xa, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 
    0x3, 0x14, 0x3, 0x14, 0x7, 0x14, 0x1bc, 0xa, 0x14, 0xc, 0x14, 0xe, 0x14, 
    0x1bf, 0xb, 0x14, 0x3, 0x14, 0x3, 0x14, 0x5, 0x14, 0x1c3, 0xa, 0x14, 
    0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x5, 0x14, 0x1ca, 
    0xa, 0x14, 0x5, 0x14, 0x1cc, 0xa, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 
    0x3, 0x14, 0x3, 0x14, 0x7, 0x14, 0x1d3, 0xa, 0x14, 0xc, 0x14, 0xe, 0x14, 
    0x1d6, 0xb, 0x14, 0x3, 0x15, 0x3, 0x15, 0x3, 0x15, 0x3, 0x15, 0x7, 0x15, 
    0x1dc, 0xa, 0x15, 0xc, 0x15, 0xe, 0x15, 0x1df, 0xb, 0x15, 0x3, 0x15, 
    0x5, 0x15, 0x1e2, 0xa, 0x15, 0x5, 0x15, 0x1e4, 0xa, 0x15, 0x3, 0x15, 
    0x3, 0x15, 0x3, 0x15, 0x3, 0x16, 0x3, 0x16, 0x3, 0x16, 0x3, 0x16, 0x3, 
    0x16, 0x3, 0x16, 0x3, 0x16, 0x5, 0x16, 0x1f0, 0xa, 0x16, 0x3, 0x16, 
    0x3, 0x16, 0x3, 0x16, 0x3, 0x16, 0x3, 0x16, 0x3, 0x16, 0x3, 0x16, 0x3, 
    0x16, 0x5, 0x16, 0x1fa, 0xa, 0x16, 0x3, 0x17, 0x3, 0x17, 0x3, 0x17, 
    0x3, 0x17, 0x3, 0x17, 0x3, 0x17, 0x3, 0x17, 0x3, 0x17, 0x5, 0x17, 0x204, 
    0xa, 0x17, 0x3, 0x17, 0x3, 0x17, 0x3, 0x17, 0x3, 0x17, 0x3, 0x17, 0x5, 
    0x17, 0x20b, 0xa, 0x17, 0x3, 0x18, 0x3, 0x18, 0x3, 0x18, 0x5, 0x18, 
    0x210, 0xa, 0x18, 0x3, 0x18, 0x3, 0x18, 0x3, 0x18, 0x5, 0x18, 0x215, 
    0xa, 0x18, 0x3, 0x18, 0x5, 0x18, 0x218, 0xa, 0x18, 0x3, 0x19, 0x3, 0x19, 
    0x3, 0x19, 0x3, 0x19, 0x3, 0x19, 0x3, 0x1a, 0x3, 0x1a, 0x3, 0x1a, 0x7, 
    0x1a, 0x222, 0xa, 0x1a, 0xc, 0x1a, 0xe, 0x1a, 0x225, 0xb, 0x1a, 0x3, 
    0x1a, 0x3, 0x1a, 0x3, 0x1b, 0x3, 0x1b, 0x3, 0x1b, 0x3, 0x1b, 0x3, 0x1b, 
    0x3, 0x1b, 0x3, 0x1c, 0x3, 0x1c, 0x3, 0x1c, 0x3, 0x1c, 0x3, 0x1d, 0x3, 
    0x1d, 0x3, 0x1d, 0x3, 0x1d, 0x7, 0x1d, 0x237, 0xa, 0x1d, 0xc, 0x1d, 
    0xe, 0x1d, 0x23a, 0xb, 0x1d, 0x3, 0x1d, 0x3, 0x1d, 0x3, 0x1e, 0x3, 0x1e, 
    0x3, 0x1e, 0x3, 0x1e, 0x3, 0x1e, 0x7, 0x1e, 0x243, 0xa, 0x1e, 0xc, 0x1e, 
    0xe, 0x1e, 0x246, 0xb, 0x1e, 0x3, 0x1e, 0x3, 0x1e, 0x3, 0x1e, 0x3, 0x1e, 
    0x3, 0x1e, 0x3, 0x1e, 0x3, 0x1e, 0x7, 0x1e, 0x24f, 0xa, 0x1e, 0xc, 0x1e, 
    0xe, 0x1e, 0x252, 0xb, 0x1e, 0x3, 0x1e, 0x5, 0x1e, 0x255, 0xa, 0x1e, 
    0x3, 0x1e, 0x3, 0x1e, 0x3, 0x1e, 0x3, 0x1e, 0x5, 0x1e, 0x25b, 0xa, 0x1e, 
    0x3, 0x1f, 0x3, 0x1f, 0x3, 0x1f, 0x3, 0x1f, 0x3, 0x1f, 0x3, 0x1f, 0x3, 
    0x1f, 0x3, 0x1f, 0x3, 0x1f, 0x7, 0x1f, 0x266, 0xa, 0x1f, 0xc, 0x1f, 
    0xe, 0x1f, 0x269, 0xb, 0x1f, 0x3, 0x1f, 0x5, 0x1f, 0x26c, 0xa, 0x1f, 
    0x5, 0x1f, 0x26e, 0xa, 0x1f, 0x3, 0x1f, 0x3, 0x1f, 0x3, 0x1f, 0x3, 0x1f, 
    0x3, 0x1f, 0x3, 0x1f, 0x7, 0x1f, 0x276, 0xa, 0x1f, 0xc, 0x1f, 0xe, 0x1f, 
    0x279, 0xb, 0x1f, 0x3, 0x1f, 0x5, 0x1f, 0x27c, 0xa, 0x1f, 0x5, 0x1f, 
    0x27e, 0xa, 0x1f, 0x3, 0x1f, 0x3, 0x1f, 0x5, 0x1f, 0x282, 0xa, 0x1f, 
    0x3, 0x20, 0x3, 0x20, 0x3, 0x20, 0x3, 0x20, 0x3, 0x20, 0x3, 0x20, 0x2, 
    0x2, 0x21, 0x2, 0x4, 0x6, 0x8, 0xa, 0xc, 0xe, 0x10, 0x12, 0x14, 0x16, 
    0x18, 0x1a, 0x1c, 0x1e, 0x20, 0x22, 0x24, 0x26, 0x28, 0x2a, 0x2c, 0x2e, 
    0x30, 0x32, 0x34, 0x36, 0x38, 0x3a, 0x3c, 0x3e, 0x2, 0x5, 0x3, 0x2, 
    0x25, 0x30, 0x7, 0x2, 0x9, 0x9, 0x11, 0x11, 0x15, 0x15, 0x31, 0x3c, 
    0x3e, 0x42, 0x5, 0x2, 0x14, 0x14, 0x37, 0x38, 0x3d, 0x3d, 0x2, 0x2cc, 
    0x2, 0x44, 0x3, 0x2, 0x2, 0x2, 0x4, 0x4a, 0x3, 0x2, 0x2, 0x2, 0x6, 0x51, 
    0x3, 0x2, 0x2, 0x2, 0x8, 0x53, 0x3, 0x2, 0x2, 0x2, 0xa, 0x66, 0x3, 0x2, 
    0x2, 0x2, 0xc, 0x94, 0x3, 0x2, 0x2, 0x2, 0xe, 0x96, 0x3, 0x2, 0x2, 0x2, 
    0x10, 0xaf, 0x3, 0x2, 0x2, 0x2, 0x12, 0xc4, 0x3, 0x2, 0x2, 0x2, 0x14, 
    0xc6, 0x3, 0x2, 0x2, 0x2, 0x16, 0x107, 0x3, 0x2, 0x2, 0x2, 0x18, 0x110, 
    0x3, 0x2, 0x2, 0x2, 0x1a, 0x112, 0x3, 0x2, 0x2, 0x2, 0x1c, 0x122, 0x3, 
    0x2, 0x2, 0x2, 0x1e, 0x143, 0x3, 0x2, 0x2, 0x2, 0x20, 0x145, 0x3, 0x2, 
    0x2, 0x2, 0x22, 0x161, 0x3, 0x2, 0x2, 0x2, 0x24, 0x163, 0x3, 0x2, 0x2, 
    0x2, 0x26, 0x177, 0x3, 0x2, 0x2, 0x2, 0x28, 0x1d7, 0x3, 0x2, 0x2, 0x2, 
    0x2a, 0x1f9, 0x3, 0x2, 0x2, 0x2, 0x2c, 0x1fb, 0x3, 0x2, 0x2, 0x2, 0x2e, 
    0x20c, 0x3, 0x2, 0x2, 0x2, 0x30, 0x219, 0x3, 0x2, 0x2, 0x2, 0x32, 0x21e, 
    0x3, 0x2, 0x2, 0x2, 0x34, 0x228, 0x3, 0x2, 0x2, 0x2, 0x36, 0x22e, 0x3, 
    0x2, 0x2, 0x2, 0x38, 0x232, 0x3, 0x2, 0x2, 0x2, 0x3a, 0x23d, 0x3, 0x2, 
    0x2, 0x2, 0x3c, 0x281, 0x3, 0x2, 0x2, 0x2, 0x3e, 0x283, 0x3, 0x2, 0x2, 
    0x2, 0x40, 0x43, 0x7, 0x4a, 0x2, 0x2, 0x41, 0x43, 0x5, 0x6, 0x4, 0x2, 
    0x42, 0x40, 0x3, 0x2, 0x2, 0x2, 0x42, 0x41, 0x3, 0x2, 0x2, 0x2, 0x43, 
    0x46, 0x3, 0x2, 0x2, 0x2, 0x44, 0x42, 0x3, 0x2, 0x2, 0x2, 0x44, 0x45, 
    0x3, 0x2, 0x2, 0x2, 0x45, 0x47, 0x3, 0x2, 0x2, 0x2, 0x46, 0x44, 0x3, 
    0x2, 0x2, 0x2, 0x47, 0x48, 0x7, 0x2, 0x2, 0x3, 0x48, 0x49, 0x8, 0x2, 
    0x1, 0x2, 0x49, 0x3, 0x3, 0x2, 0x2, 0x2, 0x4a, 0x4b, 0x5, 0x1e, 0x10, 
    0x2, 0x4b, 0x4c, 0x7, 0x2, 0x2, 0x3, 0x4c, 0x5, 0x3, 0x2, 0x2, 0x2, 
    0x4d, 0x52, 0x5, 0x8, 0x5, 0x2, 0x4e, 0x52, 0x5, 0xe, 0x8, 0x2, 0x4f, 
    0x52, 0x5, 0x10, 0x9, 0x2, 0x50, 0x52, 0x5, 0x14, 0xb, 0x2, 0x51, 0x4d, 
    0x3, 0x2, 0x2, 0x2, 0x51, 0x4e, 0x3, 0x2, 0x2, 0x2, 0x51, 0x4f, 0x3, 
    0x2, 0x2, 0x2, 0x51, 0x50, 0x3, 0x2, 0x2, 0x2, 0x52, 0x7, 0x3, 0x2, 
    0x2, 0x2, 0x53, 0x54, 0x7, 0xc, 0x2, 0x2, 0x54, 0x55, 0x7, 0x44, 0x2, 
    0x2, 0x55, 0x56, 0x8, 0x5, 0x1, 0x2, 0x56, 0x58, 0x7, 0x19, 0x2, 0x2, 
    0x57, 0x59, 0x5, 0xa, 0x6, 0x2, 0x58, 0x57, 0x3, 0x2, 0x2, 0x2, 0x58, 
    0x59, 0x3, 0x2, 0x2, 0x2, 0x59, 0x5a, 0x3, 0x2, 0x2, 0x2, 0x5a, 0x60, 
    0x7, 0x1a, 0x2, 0x2, 0x5b, 0x5c, 0x7, 0x24, 0x2, 0x2, 0x5c, 0x5d, 0x5, 
    0x38, 0x1d, 0x2, 0x5d, 0x5e, 0x8, 0x5, 0x1, 0x2, 0x5e, 0x61, 0x3, 0x2, 
    0x2, 0x2, 0x5f, 0x61, 0x8, 0x5, 0x1, 0x2, 0x60, 0x5b, 0x3, 0x2, 0x2, 
    0x2, 0x60, 0x5f, 0x3, 0x2, 0x2, 0x2, 0x61, 0x62, 0x3, 0x2, 0x2, 0x2, 
    0x62, 0x63, 0x7, 0x20, 0x2, 0x2, 0x63, 0x64, 0x5, 0x12, 0xa, 0x2, 0x64, 
    0x65, 0x8, 0x5, 0x1, 0x2, 0x65, 0x9, 0x3, 0x2, 0x2, 0x2, 0x66, 0x6b, 
    0x5, 0xc, 0x7, 0x2, 0x67, 0x68, 0x7, 0x1f, 0x2, 0x2, 0x68, 0x6a, 0x5, 
    0xc, 0x7, 0x2, 0x69, 0x67, 0x3, 0x2, 0x2, 0x2, 0x6a, 0x6d, 0x3, 0x2, 
    0x2, 0x2, 0x6b, 0x69, 0x3, 0x2, 0x2, 0x2, 0x6b, 0x6c, 0x3, 0x2, 0x2, 
    0x2, 0x6c, 0x6f, 0x3, 0x2, 0x2, 0x2, 0x6d, 0x6b, 0x3, 0x2, 0x2, 0x2, 
    0x6e, 0x70, 0x7, 0x5, 0x2, 0x2, 0x6f, 0x6e, 0x3, 0x2, 0x2, 0x2, 0x6f, 
    0x70, 0x3, 0x2, 0x2, 0x2, 0x70, 0xb, 0x3, 0x2, 0x2, 0x2, 0x71, 0x72, 
    0x7, 0x44, 0x2, 0x2, 0x72, 0x77, 0x8, 0x7, 0x1, 0x2, 0x73, 0x74, 0x7, 
    0x20, 0x2, 0x2, 0x74, 0x75, 0x5, 0x38, 0x1d, 0x2, 0x75, 0x76, 0x8, 0x7, 
    0x1, 0x2, 0x76, 0x78, 0x3, 0x2, 0x2, 0x2, 0x77, 0x73, 0x3, 0x2, 0x2, 
    0x2, 0x77, 0x78, 0x3, 0x2, 0x2, 0x2, 0x78, 0x7d, 0x3, 0x2, 0x2, 0x2, 
    0x79, 0x7a, 0x7, 0x25, 0x2, 0x2, 0x7a, 0x7b, 0x5, 0x1e, 0x10, 0x2, 0x7b, 
    0x7c, 0x8, 0x7, 0x1, 0x2, 0x7c, 0x7e, 0x3, 0x2, 0x2, 0x2, 0x7d, 0x79, 
    0x3, 0x2, 0x2, 0x2, 0x7d, 0x7e, 0x3, 0x2, 0x2, 0x2, 0x7e, 0x95, 0x3, 
    0x2, 0x2, 0x2, 0x7f, 0x89, 0x7, 0x39, 0x2, 0x2, 0x80, 0x81, 0x7, 0x44, 
    0x2, 0x2, 0x81, 0x86, 0x8, 0x7, 0x1, 0x2, 0x82, 0x83, 0x7, 0x20, 0x2, 
    0x2, 0x83, 0x84, 0x5, 0x38, 0x1d, 0x2, 0x84, 0x85, 0x8, 0x7, 0x1, 0x2, 
    0x85, 0x87, 0x3, 0x2, 0x2, 0x2, 0x86, 0x82, 0x3, 0x2, 0x2, 0x2, 0x86, 
    0x87, 0x3, 0x2, 0x2, 0x2, 0x87, 0x8a, 0x3, 0x2, 0x2, 0x2, 0x88, 0x8a, 
    0x8, 0x7, 0x1, 0x2, 0x89, 0x80, 0x3, 0x2, 0x2, 0x2, 0x89, 0x88, 0x3, 
    0x2, 0x2, 0x2, 0x8a, 0x95, 0x3, 0x2, 0x2, 0x2, 0x8b, 0x8c, 0x7, 0x43, 
    0x2, 0x2, 0x8c, 0x8d, 0x7, 0x44, 0x2, 0x2, 0x8d, 0x92, 0x8, 0x7, 0x1, 
    0x2, 0x8e, 0x8f, 0x7, 0x20, 0x2, 0x2, 0x8f, 0x90, 0x5, 0x38, 0x1d, 0x2, 
    0x90, 0x91, 0x8, 0x7, 0x1, 0x2, 0x91, 0x93, 0x3, 0x2, 0x2, 0x2, 0x92, 
    0x8e, 0x3, 0x2, 0x2, 0x2, 0x92, 0x93, 0x3, 0x2, 0x2, 0x2, 0x93, 0x95, 
    0x3, 0x2, 0x2, 0x2, 0x94, 0x71, 0x3, 0x2, 0x2, 0x2, 0x94, 0x7f, 0x3, 
    0x2, 0x2, 0x2, 0x94, 0x8b, 0x3, 0x2, 0x2, 0x2, 0x95, 0xd, 0x3, 0x2, 
    0x2, 0x2, 0x96, 0x97, 0x7, 0x10, 0x2, 0x2, 0x97, 0x98, 0x5, 0x1e, 0x10, 
    0x2, 0x98, 0x99, 0x7, 0x20, 0x2, 0x2, 0x99, 0x9a, 0x5, 0x12, 0xa, 0x2, 
    0x9a, 0xa4, 0x8, 0x8, 0x1, 0x2, 0x9b, 0x9c, 0x7, 0xd, 0x2, 0x2, 0x9c, 
    0x9d, 0x8, 0x8, 0x1, 0x2, 0x9d, 0x9e, 0x5, 0x1e, 0x10, 0x2, 0x9e, 0x9f, 
    0x7, 0x20, 0x2, 0x2, 0x9f, 0xa0, 0x5, 0x12, 0xa, 0x2, 0xa0, 0xa1, 0x8, 
    0x8, 0x1, 0x2, 0xa1, 0xa3, 0x3, 0x2, 0x2, 0x2, 0xa2, 0x9b, 0x3, 0x2, 
    0x2, 0x2, 0xa3, 0xa6, 0x3, 0x2, 0x2, 0x2, 0xa4, 0xa2, 0x3, 0x2, 0x2, 
    0x2, 0xa4, 0xa5, 0x3, 0x2, 0x2, 0x2, 0xa5, 0xad, 0x3, 0x2, 0x2, 0x2, 
    0xa6, 0xa4, 0x3, 0x2, 0x2, 0x2, 0xa7, 0xa8, 0x7, 0xe, 0x2, 0x2, 0xa8, 
    0xa9, 0x7, 0x20, 0x2, 0x2, 0xa9, 0xaa, 0x5, 0x12, 0xa, 0x2, 0xaa, 0xab, 
    0x8, 0x8, 0x1, 0x2, 0xab, 0xae, 0x3, 0x2, 0x2, 0x2, 0xac, 0xae, 0x8, 
    0x8, 0x1, 0x2, 0xad, 0xa7, 0x3, 0x2, 0x2, 0x2, 0xad, 0xac, 0x3, 0x2, 
    0x2, 0x2, 0xae, 0xf, 0x3, 0x2, 0x2, 0x2, 0xaf, 0xb0, 0x7, 0xf, 0x2, 
    0x2, 0xb0, 0xb1, 0x5, 0x1c, 0xf, 0x2, 0xb1, 0xb2, 0x7, 0x11, 0x2, 0x2, 
    0xb2, 0xb3, 0x5, 0x1a, 0xe, 0x2, 0xb3, 0xb4, 0x7, 0x20, 0x2, 0x2, 0xb4, 
    0xb5, 0x5, 0x12, 0xa, 0x2, 0xb5, 0xb6, 0x8, 0x9, 0x1, 0x2, 0xb6, 0x11, 
    0x3, 0x2, 0x2, 0x2, 0xb7, 0xb8, 0x5, 0x14, 0xb, 0x2, 0xb8, 0xb9, 0x8, 
    0xa, 0x1, 0x2, 0xb9, 0xc5, 0x3, 0x2, 0x2, 0x2, 0xba, 0xbb, 0x7, 0x4a, 
    0x2, 0x2, 0xbb, 0xbd, 0x7, 0x3, 0x2, 0x2, 0xbc, 0xbe, 0x5, 0x6, 0x4, 
    0x2, 0xbd, 0xbc, 0x3, 0x2, 0x2, 0x2, 0xbe, 0xbf, 0x3, 0x2, 0x2, 0x2, 
    0xbf, 0xbd, 0x3, 0x2, 0x2, 0x2, 0xbf, 0xc0, 0x3, 0x2, 0x2, 0x2, 0xc0, 
    0xc1, 0x3, 0x2, 0x2, 0x2, 0xc1, 0xc2, 0x7, 0x4, 0x2, 0x2, 0xc2, 0xc3, 
    0x8, 0xa, 0x1, 0x2, 0xc3, 0xc5, 0x3, 0x2, 0x2, 0x2, 0xc4, 0xb7, 0x3, 
    0x2, 0x2, 0x2, 0xc4, 0xba, 0x3, 0x2, 0x2, 0x2, 0xc5, 0x13, 0x3, 0x2, 
    0x2, 0x2, 0xc6, 0xcb, 0x5, 0x16, 0xc, 0x2, 0xc7, 0xc8, 0x7, 0x21, 0x2, 
    0x2, 0xc8, 0xca, 0x5, 0x16, 0xc, 0x2, 0xc9, 0xc7, 0x3, 0x2, 0x2, 0x2, 
    0xca, 0xcd, 0x3, 0x2, 0x2, 0x2, 0xcb, 0xc9, 0x3, 0x2, 0x2, 0x2, 0xcb, 
    0xcc, 0x3, 0x2, 0x2, 0x2, 0xcc, 0xcf, 0x3, 0x2, 0x2, 0x2, 0xcd, 0xcb, 
    0x3, 0x2, 0x2, 0x2, 0xce, 0xd0, 0x7, 0x6, 0x2, 0x2, 0xcf, 0xce, 0x3, 
    0x2, 0x2, 0x2, 0xcf, 0xd0, 0x3, 0x2, 0x2, 0x2, 0xd0, 0xd1, 0x3, 0x2, 
    0x2, 0x2, 0xd1, 0xd2, 0x7, 0x4a, 0x2, 0x2, 0xd2, 0x15, 0x3, 0x2, 0x2, 
    0x2, 0xd3, 0xd8, 0x7, 0x17, 0x2, 0x2, 0xd4, 0xd5, 0x5, 0x1a, 0xe, 0x2, 
    0xd5, 0xd6, 0x8, 0xc, 0x1, 0x2, 0xd6, 0xd9, 0x3, 0x2, 0x2, 0x2, 0xd7, 
    0xd9, 0x8, 0xc, 0x1, 0x2, 0xd8, 0xd4, 0x3, 0x2, 0x2, 0x2, 0xd8, 0xd7, 
    0x3, 0x2, 0x2, 0x2, 0xd9, 0x108, 0x3, 0x2, 0x2, 0x2, 0xda, 0xdb, 0x7, 
    0xa, 0x2, 0x2, 0xdb, 0x108, 0x8, 0xc, 0x1, 0x2, 0xdc, 0xdd, 0x7, 0xb, 
    0x2, 0x2, 0xdd, 0x108, 0x8, 0xc, 0x1, 0x2, 0xde, 0xdf, 0x7, 0x16, 0x2, 
    0x2, 0xdf, 0x108, 0x8, 0xc, 0x1, 0x2, 0xe0, 0xee, 0x5, 0x1a, 0xe, 0x2, 
    0xe1, 0xe2, 0x9, 0x2, 0x2, 0x2, 0xe2, 0xe3, 0x8, 0xc, 0x1, 0x2, 0xe3, 
    0xe4, 0x5, 0x1a, 0xe, 0x2, 0xe4, 0xe5, 0x8, 0xc, 0x1, 0x2, 0xe5, 0xef, 
    0x3, 0x2, 0x2, 0x2, 0xe6, 0xe7, 0x7, 0x20, 0x2, 0x2, 0xe7, 0xe8, 0x5, 
    0x38, 0x1d, 0x2, 0xe8, 0xe9, 0x7, 0x25, 0x2, 0x2, 0xe9, 0xea, 0x8, 0xc, 
    0x1, 0x2, 0xea, 0xeb, 0x5, 0x1a, 0xe, 0x2, 0xeb, 0xec, 0x8, 0xc, 0x1, 
    0x2, 0xec, 0xef, 0x3, 0x2, 0x2, 0x2, 0xed, 0xef, 0x8, 0xc, 0x1, 0x2, 
    0xee, 0xe1, 0x3, 0x2, 0x2, 0x2, 0xee, 0xe6, 0x3, 0x2, 0x2, 0x2, 0xee, 
    0xed, 0x3, 0x2, 0x2, 0x2, 0xef, 0x108, 0x3, 0x2, 0x2, 0x2, 0xf0, 0xf1, 
    0x7, 0x7, 0x2, 0x2, 0xf1, 0xf2, 0x7, 0x44, 0x2, 0x2, 0xf2, 0xf3, 0x8, 
    0xc, 0x1, 0x2, 0xf3, 0xf4, 0x7, 0x25, 0x2, 0x2, 0xf4, 0xf5, 0x5, 0x38, 
    0x1d, 0x2, 0xf5, 0xf6, 0x8, 0xc, 0x1, 0x2, 0xf6, 0x108, 0x3, 0x2, 0x2, 
    0x2, 0xf7, 0xf8, 0x7, 0x13, 0x2, 0x2, 0xf8, 0xf9, 0x7, 0x19, 0x2, 0x2, 
    0xf9, 0xfa, 0x7, 0x48, 0x2, 0x2, 0xfa, 0xff, 0x8, 0xc, 0x1, 0x2, 0xfb, 
    0xfc, 0x7, 0x1f, 0x2, 0x2, 0xfc, 0xfe, 0x5, 0x18, 0xd, 0x2, 0xfd, 0xfb, 
    0x3, 0x2, 0x2, 0x2, 0xfe, 0x101, 0x3, 0x2, 0x2, 0x2, 0xff, 0xfd, 0x3, 
    0x2, 0x2, 0x2, 0xff, 0x100, 0x3, 0x2, 0x2, 0x2, 0x100, 0x103, 0x3, 0x2, 
    0x2, 0x2, 0x101, 0xff, 0x3, 0x2, 0x2, 0x2, 0x102, 0x104, 0x7, 0x5, 0x2, 
    0x2, 0x103, 0x102, 0x3, 0x2, 0x2, 0x2, 0x103, 0x104, 0x3, 0x2, 0x2, 
    0x2, 0x104, 0x105, 0x3, 0x2, 0x2, 0x2, 0x105, 0x106, 0x7, 0x1a, 0x2, 
    0x2, 0x106, 0x108, 0x8, 0xc, 0x1, 0x2, 0x107, 0xd3, 0x3, 0x2, 0x2, 0x2, 
    0x107, 0xda, 0x3, 0x2, 0x2, 0x2, 0x107, 0xdc, 0x3, 0x2, 0x2, 0x2, 0x107, 
    0xde, 0x3, 0x2, 0x2, 0x2, 0x107, 0xe0, 0x3, 0x2, 0x2, 0x2, 0x107, 0xf0, 
    0x3, 0x2, 0x2, 0x2, 0x107, 0xf7, 0x3, 0x2, 0x2, 0x2, 0x108, 0x17, 0x3, 
    0x2, 0x2, 0x2, 0x109, 0x10a, 0x7, 0x48, 0x2, 0x2, 0x10a, 0x111, 0x8, 
    0xd, 0x1, 0x2, 0x10b, 0x10c, 0x7, 0x44, 0x2, 0x2, 0x10c, 0x10d, 0x8, 
    0xd, 0x1, 0x2, 0x10d, 0x10e, 0x7, 0x25, 0x2, 0x2, 0x10e, 0x10f, 0x7, 
    0x48, 0x2, 0x2, 0x10f, 0x111, 0x8, 0xd, 0x1, 0x2, 0x110, 0x109, 0x3, 
    0x2, 0x2, 0x2, 0x110, 0x10b, 0x3, 0x2, 0x2, 0x2, 0x111, 0x19, 0x3, 0x2, 
    0x2, 0x2, 0x112, 0x119, 0x5, 0x1e, 0x10, 0x2, 0x113, 0x114, 0x7, 0x1f, 
    0x2, 0x2, 0x114, 0x115, 0x5, 0x1e, 0x10, 0x2, 0x115, 0x116, 0x8, 0xe, 
    0x1, 0x2, 0x116, 0x118, 0x3, 0x2, 0x2, 0x2, 0x117, 0x113, 0x3, 0x2, 
    0x2, 0x2, 0x118, 0x11b, 0x3, 0x2, 0x2, 0x2, 0x119, 0x117, 0x3, 0x2, 
    0x2, 0x2, 0x119, 0x11a, 0x3, 0x2, 0x2, 0x2, 0x11a, 0x11e, 0x3, 0x2, 
    0x2, 0x2, 0x11b, 0x119, 0x3, 0x2, 0x2, 0x2, 0x11c, 0x11d, 0x7, 0x5, 
    0x2, 0x2, 0x11d, 0x11f, 0x8, 0xe, 0x1, 0x2, 0x11e, 0x11c, 0x3, 0x2, 
    0x2, 0x2, 0x11e, 0x11f, 0x3, 0x2, 0x2, 0x2, 0x11f, 0x120, 0x3, 0x2, 
    0x2, 0x2, 0x120, 0x121, 0x8, 0xe, 0x1, 0x2, 0x121, 0x1b, 0x3, 0x2, 0x2, 
    0x2, 0x122, 0x129, 0x5, 0x26, 0x14, 0x2, 0x123, 0x124, 0x7, 0x1f, 0x2, 
    0x2, 0x124, 0x125, 0x5, 0x26, 0x14, 0x2, 0x125, 0x126, 0x8, 0xf, 0x1, 
    0x2, 0x126, 0x128, 0x3, 0x2, 0x2, 0x2, 0x127, 0x123, 0x3, 0x2, 0x2, 
    0x2, 0x128, 0x12b, 0x3, 0x2, 0x2, 0x2, 0x129, 0x127, 0x3, 0x2, 0x2, 
    0x2, 0x129, 0x12a, 0x3, 0x2, 0x2, 0x2, 0x12a, 0x12e, 0x3, 0x2, 0x2, 
    0x2, 0x12b, 0x129, 0x3, 0x2, 0x2, 0x2, 0x12c, 0x12d, 0x7, 0x5, 0x2, 
    0x2, 0x12d, 0x12f, 0x8, 0xf, 0x1, 0x2, 0x12e, 0x12c, 0x3, 0x2, 0x2, 
    0x2, 0x12e, 0x12f, 0x3, 0x2, 0x2, 0x2, 0x12f, 0x130, 0x3, 0x2, 0x2, 
    0x2, 0x130, 0x131, 0x8, 0xf, 0x1, 0x2, 0x131, 0x1d, 0x3, 0x2, 0x2, 0x2, 
    0x132, 0x139, 0x5, 0x24, 0x13, 0x2, 0x133, 0x134, 0x7, 0x10, 0x2, 0x2, 
    0x134, 0x135, 0x5, 0x24, 0x13, 0x2, 0x135, 0x136, 0x7, 0xe, 0x2, 0x2, 
    0x136, 0x137, 0x5, 0x1e, 0x10, 0x2, 0x137, 0x138, 0x8, 0x10, 0x1, 0x2, 
    0x138, 0x13a, 0x3, 0x2, 0x2, 0x2, 0x139, 0x133, 0x3, 0x2, 0x2, 0x2, 
    0x139, 0x13a, 0x3, 0x2, 0x2, 0x2, 0x13a, 0x144, 0x3, 0x2, 0x2, 0x2, 
    0x13b, 0x13d, 0x7, 0x12, 0x2, 0x2, 0x13c, 0x13e, 0x5, 0x20, 0x11, 0x2, 
    0x13d, 0x13c, 0x3, 0x2, 0x2, 0x2, 0x13d, 0x13e, 0x3, 0x2, 0x2, 0x2, 
    0x13e, 0x13f, 0x3, 0x2, 0x2, 0x2, 0x13f, 0x140, 0x7, 0x20, 0x2, 0x2, 
    0x140, 0x141, 0x5, 0x1e, 0x10, 0x2, 0x141, 0x142, 0x8, 0x10, 0x1, 0x2, 
    0x142, 0x144, 0x3, 0x2, 0x2, 0x2, 0x143, 0x132, 0x3, 0x2, 0x2, 0x2, 
    0x143, 0x13b, 0x3, 0x2, 0x2, 0x2, 0x144, 0x1f, 0x3, 0x2, 0x2, 0x2, 0x145, 
    0x14a, 0x5, 0x22, 0x12, 0x2, 0x146, 0x147, 0x7, 0x1f, 0x2, 0x2, 0x147, 
    0x149, 0x5, 0x22, 0x12, 0x2, 0x148, 0x146, 0x3, 0x2, 0x2, 0x2, 0x149, 
    0x14c, 0x3, 0x2, 0x2, 0x2, 0x14a, 0x148, 0x3, 0x2, 0x2, 0x2, 0x14a, 
    0x14b, 0x3, 0x2, 0x2, 0x2, 0x14b, 0x14e, 0x3, 0x2, 0x2, 0x2, 0x14c, 
    0x14a, 0x3, 0x2, 0x2, 0x2, 0x14d, 0x14f, 0x7, 0x5, 0x2, 0x2, 0x14e, 
    0x14d, 0x3, 0x2, 0x2, 0x2, 0x14e, 0x14f, 0x3, 0x2, 0x2, 0x2, 0x14f, 
    0x21, 0x3, 0x2, 0x2, 0x2, 0x150, 0x151, 0x7, 0x44, 0x2, 0x2, 0x151, 
    0x156, 0x8, 0x12, 0x1, 0x2, 0x152, 0x153, 0x7, 0x25, 0x2, 0x2, 0x153, 
    0x154, 0x5, 0x1e, 0x10, 0x2, 0x154, 0x155, 0x8, 0x12, 0x1, 0x2, 0x155, 
    0x157, 0x3, 0x2, 0x2, 0x2, 0x156, 0x152, 0x3, 0x2, 0x2, 0x2, 0x156, 
    0x157, 0x3, 0x2, 0x2, 0x2, 0x157, 0x162, 0x3, 0x2, 0x2, 0x2, 0x158, 
    0x15c, 0x7, 0x39, 0x2, 0x2, 0x159, 0x15a, 0x7, 0x44, 0x2, 0x2, 0x15a, 
    0x15d, 0x8, 0x12, 0x1, 0x2, 0x15b, 0x15d, 0x8, 0x12, 0x1, 0x2, 0x15c, 
    0x159, 0x3, 0x2, 0x2, 0x2, 0x15c, 0x15b, 0x3, 0x2, 0x2, 0x2, 0x15d, 
    0x162, 0x3, 0x2, 0x2, 0x2, 0x15e, 0x15f, 0x7, 0x43, 0x2, 0x2, 0x15f, 
    0x160, 0x7, 0x44, 0x2, 0x2, 0x160, 0x162, 0x8, 0x12, 0x1, 0x2, 0x161, 
    0x150, 0x3, 0x2, 0x2, 0x2, 0x161, 0x158, 0x3, 0x2, 0x2, 0x2, 0x161, 
    0x15e, 0x3, 0x2, 0x2, 0x2, 0x162, 0x23, 0x3, 0x2, 0x2, 0x2, 0x163, 0x16e, 
    0x5, 0x26, 0x14, 0x2, 0x164, 0x165, 0x9, 0x3, 0x2, 0x2, 0x165, 0x16a, 
    0x8, 0x13, 0x1, 0x2, 0x166, 0x167, 0x7, 0x14, 0x2, 0x2, 0x167, 0x168, 
    0x7, 0x11, 0x2, 0x2, 0x168, 0x16a, 0x8, 0x13, 0x1, 0x2, 0x169, 0x164, 
    0x3, 0x2, 0x2, 0x2, 0x169, 0x166, 0x3, 0x2, 0x2, 0x2, 0x16a, 0x16b, 
    0x3, 0x2, 0x2, 0x2, 0x16b, 0x16d, 0x5, 0x26, 0x14, 0x2, 0x16c, 0x169, 
    0x3, 0x2, 0x2, 0x2, 0x16d, 0x170, 0x3, 0x2, 0x2, 0x2, 0x16e, 0x16c, 
    0x3, 0x2, 0x2, 0x2, 0x16e, 0x16f, 0x3, 0x2, 0x2, 0x2, 0x16f, 0x171, 
    0x3, 0x2, 0x2, 0x2, 0x170, 0x16e, 0x3, 0x2, 0x2, 0x2, 0x171, 0x172, 
    0x8, 0x13, 0x1, 0x2, 0x172, 0x25, 0x3, 0x2, 0x2, 0x2, 0x173, 0x174, 
    0x9, 0x4, 0x2, 0x2, 0x174, 0x176, 0x8, 0x14, 0x1, 0x2, 0x175, 0x173, 
    0x3, 0x2, 0x2, 0x2, 0x176, 0x179, 0x3, 0x2, 0x2, 0x2, 0x177, 0x175, 
    0x3, 0x2, 0x2, 0x2, 0x177, 0x178, 0x3, 0x2, 0x2, 0x2, 0x178, 0x17a, 
    0x3, 0x2, 0x2, 0x2, 0x179, 0x177, 0x3, 0x2, 0x2, 0x2, 0x17a, 0x1cb, 
    0x8, 0x14, 0x1, 0x2, 0x17b, 0x17c, 0x7, 0x44, 0x2, 0x2, 0x17c, 0x1cc, 
    0x8, 0x14, 0x1, 0x2, 0x17d, 0x17e, 0x7, 0x45, 0x2, 0x2, 0x17e, 0x1cc, 
    0x8, 0x14, 0x1, 0x2, 0x17f, 0x180, 0x7, 0x46, 0x2, 0x2, 0x180, 0x1cc, 
    0x8, 0x14, 0x1, 0x2, 0x181, 0x182, 0x7, 0x48, 0x2, 0x2, 0x182, 0x1cc, 
    0x8, 0x14, 0x1, 0x2, 0x183, 0x184, 0x7, 0x8, 0x2, 0x2, 0x184, 0x1cc, 
    0x8, 0x14, 0x1, 0x2, 0x185, 0x19b, 0x7, 0x1b, 0x2, 0x2, 0x186, 0x197, 
    0x5, 0x1e, 0x10, 0x2, 0x187, 0x188, 0x5, 0x32, 0x1a, 0x2, 0x188, 0x189, 
    0x7, 0x1c, 0x2, 0x2, 0x189, 0x18a, 0x8, 0x14, 0x1, 0x2, 0x18a, 0x198, 
    0x3, 0x2, 0x2, 0x2, 0x18b, 0x18c, 0x7, 0x1f, 0x2, 0x2, 0x18c, 0x18e, 
    0x5, 0x1e, 0x10, 0x2, 0x18d, 0x18b, 0x3, 0x2, 0x2, 0x2, 0x18e, 0x191, 
    0x3, 0x2, 0x2, 0x2, 0x18f, 0x18d, 0x3, 0x2, 0x2, 0x2, 0x18f, 0x190, 
    0x3, 0x2, 0x2, 0x2, 0x190, 0x193, 0x3, 0x2, 0x2, 0x2, 0x191, 0x18f, 
    0x3, 0x2, 0x2, 0x2, 0x192, 0x194, 0x7, 0x5, 0x2, 0x2, 0x193, 0x192, 
    0x3, 0x2, 0x2, 0x2, 0x193, 0x194, 0x3, 0x2, 0x2, 0x2, 0x194, 0x195, 
    0x3, 0x2, 0x2, 0x2, 0x195, 0x196, 0x7, 0x1c, 0x2, 0x2, 0x196, 0x198, 
    0x8, 0x14, 0x1, 0x2, 0x197, 0x187, 0x3, 0x2, 0x2, 0x2, 0x197, 0x18f, 
    0x3, 0x2, 0x2, 0x2, 0x198, 0x19c, 0x3, 0x2, 0x2, 0x2, 0x199, 0x19a, 
    0x7, 0x1c, 0x2, 0x2, 0x19a, 0x19c, 0x8, 0x14, 0x1, 0x2, 0x19b, 0x186, 
    0x3, 0x2, 0x2, 0x2, 0x19b, 0x199, 0x3, 0x2, 0x2, 0x2, 0x19c, 0x1cc, 
    0x3, 0x2, 0x2, 0x2, 0x19d, 0x1b3, 0x7, 0x1d, 0x2, 0x2, 0x19e, 0x1af, 
    0x5, 0x30, 0x19, 0x2, 0x19f, 0x1a0, 0x5, 0x32, 0x1a, 0x2, 0x1a0, 0x1a1, 
    0x7, 0x1e, 0x2, 0x2, 0x1a1, 0x1a2, 0x8, 0x14, 0x1, 0x2, 0x1a2, 0x1b0, 
    0x3, 0x2, 0x2, 0x2, 0x1a3, 0x1a4, 0x7, 0x1f, 0x2, 0x2, 0x1a4, 0x1a6, 
    0x5, 0x30, 0x19, 0x2, 0x1a5, 0x1a3, 0x3, 0x2, 0x2, 0x2, 0x1a6, 0x1a9, 
    0x3, 0x2, 0x2, 0x2, 0x1a7, 0x1a5, 0x3, 0x2, 0x2, 0x2, 0x1a7, 0x1a8, 
    0x3, 0x2, 0x2, 0x2, 0x1a8, 0x1ab, 0x3, 0x2, 0x2, 0x2, 0x1a9, 0x1a7, 
    0x3, 0x2, 0x2, 0x2, 0x1aa, 0x1ac, 0x7, 0x5, 0x2, 0x2, 0x1ab, 0x1aa, 
    0x3, 0x2, 0x2, 0x2, 0x1ab, 0x1ac, 0x3, 0x2, 0x2, 0x2, 0x1ac, 0x1ad, 
    0x3, 0x2, 0x2, 0x2, 0x1ad, 0x1ae, 0x7, 0x1e, 0x2, 0x2, 0x1ae, 0x1b0, 
    0x8, 0x14, 0x1, 0x2, 0x1af, 0x19f, 0x3, 0x2, 0x2, 0x2, 0x1af, 0x1a7, 
    0x3, 0x2, 0x2, 0x2, 0x1b0, 0x1b4, 0x3, 0x2, 0x2, 0x2, 0x1b1, 0x1b2, 
    0x7, 0x1e, 0x2, 0x2, 0x1b2, 0x1b4, 0x8, 0x14, 0x1, 0x2, 0x1b3, 0x19e, 
    0x3, 0x2, 0x2, 0x2, 0x1b3, 0x1b1, 0x3, 0x2, 0x2, 0x2, 0x1b4, 0x1cc, 
    0x3, 0x2, 0x2, 0x2, 0x1b5, 0x1c9, 0x7, 0x19, 0x2, 0x2, 0x1b6, 0x1bd, 
    0x5, 0x1e, 0x10, 0x2, 0x1b7, 0x1b8, 0x7, 0x1f, 0x2, 0x2, 0x1b8, 0x1b9, 
    0x5, 0x1e, 0x10, 0x2, 0x1b9, 0x1ba, 0x8, 0x14, 0x1, 0x2, 0x1ba, 0x1bc, 
    0x3, 0x2, 0x2, 0x2, 0x1bb, 0x1b7, 0x3, 0x2, 0x2, 0x2, 0x1bc, 0x1bf, 
    0x3, 0x2, 0x2, 0x2, 0x1bd, 0x1bb, 0x3, 0x2, 0x2, 0x2, 0x1bd, 0x1be, 
    0x3, 0x2, 0x2, 0x2, 0x1be, 0x1c2, 0x3, 0x2, 0x2, 0x2, 0x1bf, 0x1bd, 
    0x3, 0x2, 0x2, 0x2, 0x1c0, 0x1c1, 0x7, 0x5, 0x2, 0x2, 0x1c1, 0x1c3, 
    0x8, 0x14, 0x1, 0x2, 0x1c2, 0x1c0, 0x3, 0x2, 0x2, 0x2, 0x1c2, 0x1c3, 
    0x3, 0x2, 0x2, 0x2, 0x1c3, 0x1c4, 0x3, 0x2, 0x2, 0x2, 0x1c4, 0x1c5, 
    0x7, 0x1a, 0x2, 0x2, 0x1c5, 0x1c6, 0x8, 0x14, 0x1, 0x2, 0x1c6, 0x1ca, 
    0x3, 0x2, 0x2, 0x2, 0x1c7, 0x1c8, 0x7, 0x1a, 0x2, 0x2, 0x1c8, 0x1ca, 
    0x8, 0x14, 0x1, 0x2, 0x1c9, 0x1b6, 0x3, 0x2, 0x2, 0x2, 0x1c9, 0x1c7, 
    0x3, 0x2, 0x2, 0x2, 0x1ca, 0x1cc, 0x3, 0x2, 0x2, 0x2, 0x1cb, 0x17b, 
    0x3, 0x2, 0x2, 0x2, 0x1cb, 0x17d, 0x3, 0x2, 0x2, 0x2, 0x1cb, 0x17f, 
    0x3, 0x2, 0x2, 0x2, 0x1cb, 0x181, 0x3, 0x2, 0x2, 0x2, 0x1cb, 0x183, 
    0x3, 0x2, 0x2, 0x2, 0x1cb, 0x185, 0x3, 0x2, 0x2, 0x2, 0x1cb, 0x19d, 
    0x3, 0x2, 0x2, 0x2, 0x1cb, 0x1b5, 0x3, 0x2, 0x2, 0x2, 0x1cc, 0x1d4, 
    0x3, 0x2, 0x2, 0x2, 0x1cd, 0x1ce, 0x7, 0x22, 0x2, 0x2, 0x1ce, 0x1cf, 
    0x7, 0x44, 0x2, 0x2, 0x1cf, 0x1d3, 0x8, 0x14, 0x1, 0x2, 0x1d0, 0x1d3, 
    0x5, 0x28, 0x15, 0x2, 0x1d1, 0x1d3, 0x5, 0x2c, 0x17, 0x2, 0x1d2, 0x1cd, 
    0x3, 0x2, 0x2, 0x2, 0x1d2, 0x1d0, 0x3, 0x2, 0x2, 0x2, 0x1d2, 0x1d1, 
    0x3, 0x2, 0x2, 0x2, 0x1d3, 0x1d6, 0x3, 0x2, 0x2, 0x2, 0x1d4, 0x1d2, 
    0x3, 0x2, 0x2, 0x2, 0x1d4, 0x1d5, 0x3, 0x2, 0x2, 0x2, 0x1d5, 0x27, 0x3, 
    0x2, 0x2, 0x2, 0x1d6, 0x1d4, 0x3, 0x2, 0x2, 0x2, 0x1d7, 0x1e3, 0x7, 
    0x19, 0x2, 0x2, 0x1d8, 0x1dd, 0x5, 0x2a, 0x16, 0x2, 0x1d9, 0x1da, 0x7, 
    0x1f, 0x2, 0x2, 0x1da, 0x1dc, 0x5, 0x2a, 0x16, 0x2, 0x1db, 0x1d9, 0x3, 
    0x2, 0x2, 0x2, 0x1dc, 0x1df, 0x3, 0x2, 0x2, 0x2, 0x1dd, 0x1db, 0x3, 
    0x2, 0x2, 0x2, 0x1dd, 0x1de, 0x3, 0x2, 0x2, 0x2, 0x1de, 0x1e1, 0x3, 
    0x2, 0x2, 0x2, 0x1df, 0x1dd, 0x3, 0x2, 0x2, 0x2, 0x1e0, 0x1e2, 0x7, 
    0x5, 0x2, 0x2, 0x1e1, 0x1e0, 0x3, 0x2, 0x2, 0x2, 0x1e1, 0x1e2, 0x3, 
    0x2, 0x2, 0x2, 0x1e2, 0x1e4, 0x3, 0x2, 0x2, 0x2, 0x1e3, 0x1d8, 0x3, 
    0x2, 0x2, 0x2, 0x1e3, 0x1e4, 0x3, 0x2, 0x2, 0x2, 0x1e4, 0x1e5, 0x3, 
    0x2, 0x2, 0x2, 0x1e5, 0x1e6, 0x7, 0x1a, 0x2, 0x2, 0x1e6, 0x1e7, 0x8, 
    0x15, 0x1, 0x2, 0x1e7, 0x29, 0x3, 0x2, 0x2, 0x2, 0x1e8, 0x1ef, 0x5, 
    0x1e, 0x10, 0x2, 0x1e9, 0x1ea, 0x7, 0x25, 0x2, 0x2, 0x1ea, 0x1eb, 0x8, 
    0x16, 0x1, 0x2, 0x1eb, 0x1ec, 0x5, 0x1e, 0x10, 0x2, 0x1ec, 0x1ed, 0x8, 
    0x16, 0x1, 0x2, 0x1ed, 0x1f0, 0x3, 0x2, 0x2, 0x2, 0x1ee, 0x1f0, 0x8, 
    0x16, 0x1, 0x2, 0x1ef, 0x1e9, 0x3, 0x2, 0x2, 0x2, 0x1ef, 0x1ee, 0x3, 
    0x2, 0x2, 0x2, 0x1f0, 0x1fa, 0x3, 0x2, 0x2, 0x2, 0x1f1, 0x1f2, 0x7, 
    0x39, 0x2, 0x2, 0x1f2, 0x1f3, 0x5, 0x1e, 0x10, 0x2, 0x1f3, 0x1f4, 0x8, 
    0x16, 0x1, 0x2, 0x1f4, 0x1fa, 0x3, 0x2, 0x2, 0x2, 0x1f5, 0x1f6, 0x7, 
    0x43, 0x2, 0x2, 0x1f6, 0x1f7, 0x5, 0x1e, 0x10, 0x2, 0x1f7, 0x1f8, 0x8, 
    0x16, 0x1, 0x2, 0x1f8, 0x1fa, 0x3, 0x2, 0x2, 0x2, 0x1f9, 0x1e8, 0x3, 
    0x2, 0x2, 0x2, 0x1f9, 0x1f1, 0x3, 0x2, 0x2, 0x2, 0x1f9, 0x1f5, 0x3, 
    0x2, 0x2, 0x2, 0x1fa, 0x2b, 0x3, 0x2, 0x2, 0x2, 0x1fb, 0x20a, 0x7, 0x1b, 
    0x2, 0x2, 0x1fc, 0x203, 0x5, 0x1a, 0xe, 0x2, 0x1fd, 0x1fe, 0x5, 0x2e, 
    0x18, 0x2, 0x1fe, 0x1ff, 0x7, 0x1c, 0x2, 0x2, 0x1ff, 0x200, 0x8, 0x17, 
    0x1, 0x2, 0x200, 0x204, 0x3, 0x2, 0x2, 0x2, 0x201, 0x202, 0x7, 0x1c, 
    0x2, 0x2, 0x202, 0x204, 0x8, 0x17, 0x1, 0x2, 0x203, 0x1fd, 0x3, 0x2, 
    0x2, 0x2, 0x203, 0x201, 0x3, 0x2, 0x2, 0x2, 0x204, 0x20b, 0x3, 0x2, 
    0x2, 0x2, 0x205, 0x206, 0x8, 0x17, 0x1, 0x2, 0x206, 0x207, 0x5, 0x2e, 
    0x18, 0x2, 0x207, 0x208, 0x7, 0x1c, 0x2, 0x2, 0x208, 0x209, 0x8, 0x17, 
    0x1, 0x2, 0x209, 0x20b, 0x3, 0x2, 0x2, 0x2, 0x20a, 0x1fc, 0x3, 0x2, 
    0x2, 0x2, 0x20a, 0x205, 0x3, 0x2, 0x2, 0x2, 0x20b, 0x2d, 0x3, 0x2, 0x2, 
    0x2, 0x20c, 0x20f, 0x7, 0x20, 0x2, 0x2, 0x20d, 0x210, 0x5, 0x1e, 0x10, 
    0x2, 0x20e, 0x210, 0x8, 0x18, 0x1, 0x2, 0x20f, 0x20d, 0x3, 0x2, 0x2, 
    0x2, 0x20f, 0x20e, 0x3, 0x2, 0x2, 0x2, 0x210, 0x217, 0x3, 0x2, 0x2, 
    0x2, 0x211, 0x214, 0x7, 0x20, 0x2, 0x2, 0x212, 0x215, 0x5, 0x1e, 0x10, 
    0x2, 0x213, 0x215, 0x8, 0x18, 0x1, 0x2, 0x214, 0x212, 0x3, 0x2, 0x2, 
    0x2, 0x214, 0x213, 0x3, 0x2, 0x2, 0x2, 0x215, 0x218, 0x3, 0x2, 0x2, 
    0x2, 0x216, 0x218, 0x8, 0x18, 0x1, 0x2, 0x217, 0x211, 0x3, 0x2, 0x2, 
    0x2, 0x217, 0x216, 0x3, 0x2, 0x2, 0x2, 0x218, 0x2f, 0x3, 0x2, 0x2, 0x2, 
    0x219, 0x21a, 0x5, 0x1e, 0x10, 0x2, 0x21a, 0x21b, 0x7, 0x20, 0x2, 0x2, 
    0x21b, 0x21c, 0x8, 0x19, 0x1, 0x2, 0x21c, 0x21d, 0x5, 0x1e, 0x10, 0x2, 
    0x21d, 0x31, 0x3, 0x2, 0x2, 0x2, 0x21e, 0x223, 0x5, 0x34, 0x1b, 0x2, 
    0x21f, 0x222, 0x5, 0x34, 0x1b, 0x2, 0x220, 0x222, 0x5, 0x36, 0x1c, 0x2, 
    0x221, 0x21f, 0x3, 0x2, 0x2, 0x2, 0x221, 0x220, 0x3, 0x2, 0x2, 0x2, 
    0x222, 0x225, 0x3, 0x2, 0x2, 0x2, 0x223, 0x221, 0x3, 0x2, 0x2, 0x2, 
    0x223, 0x224, 0x3, 0x2, 0x2, 0x2, 0x224, 0x226, 0x3, 0x2, 0x2, 0x2, 
    0x225, 0x223, 0x3, 0x2, 0x2, 0x2, 0x226, 0x227, 0x8, 0x1a, 0x1, 0x2, 
    0x227, 0x33, 0x3, 0x2, 0x2, 0x2, 0x228, 0x229, 0x7, 0xf, 0x2, 0x2, 0x229, 
    0x22a, 0x5, 0x1c, 0xf, 0x2, 0x22a, 0x22b, 0x7, 0x11, 0x2, 0x2, 0x22b, 
    0x22c, 0x5, 0x24, 0x13, 0x2, 0x22c, 0x22d, 0x8, 0x1b, 0x1, 0x2, 0x22d, 
    0x35, 0x3, 0x2, 0x2, 0x2, 0x22e, 0x22f, 0x7, 0x10, 0x2, 0x2, 0x22f, 
    0x230, 0x5, 0x24, 0x13, 0x2, 0x230, 0x231, 0x8, 0x1c, 0x1, 0x2, 0x231, 
    0x37, 0x3, 0x2, 0x2, 0x2, 0x232, 0x238, 0x5, 0x3a, 0x1e, 0x2, 0x233, 
    0x234, 0x7, 0x3f, 0x2, 0x2, 0x234, 0x235, 0x8, 0x1d, 0x1, 0x2, 0x235, 
    0x237, 0x5, 0x3a, 0x1e, 0x2, 0x236, 0x233, 0x3, 0x2, 0x2, 0x2, 0x237, 
    0x23a, 0x3, 0x2, 0x2, 0x2, 0x238, 0x236, 0x3, 0x2, 0x2, 0x2, 0x238, 
    0x239, 0x3, 0x2, 0x2, 0x2, 0x239, 0x23b, 0x3, 0x2, 0x2, 0x2, 0x23a, 
    0x238, 0x3, 0x2, 0x2, 0x2, 0x23b, 0x23c, 0x8, 0x1d, 0x1, 0x2, 0x23c, 
    0x39, 0x3, 0x2, 0x2, 0x2, 0x23d, 0x23e, 0x7, 0x44, 0x2, 0x2, 0x23e, 
    0x244, 0x8, 0x1e, 0x1, 0x2, 0x23f, 0x240, 0x7, 0x22, 0x2, 0x2, 0x240, 
    0x241, 0x7, 0x44, 0x2, 0x2, 0x241, 0x243, 0x8, 0x1e, 0x1, 0x2, 0x242, 
    0x23f, 0x3, 0x2, 0x2, 0x2, 0x243, 0x246, 0x3, 0x2, 0x2, 0x2, 0x244, 
    0x242, 0x3, 0x2, 0x2, 0x2, 0x244, 0x245, 0x3, 0x2, 0x2, 0x2, 0x245, 
    0x25a, 0x3, 0x2, 0x2, 0x2, 0x246, 0x244, 0x3, 0x2, 0x2, 0x2, 0x247, 
    0x248, 0x7, 0x1b, 0x2, 0x2, 0x248, 0x249, 0x8, 0x1e, 0x1, 0x2, 0x249, 
    0x250, 0x5, 0x3c, 0x1f, 0x2, 0x24a, 0x24b, 0x7, 0x1f, 0x2, 0x2, 0x24b, 
    0x24c, 0x5, 0x3c, 0x1f, 0x2, 0x24c, 0x24d, 0x8, 0x1e, 0x1, 0x2, 0x24d, 
    0x24f, 0x3, 0x2, 0x2, 0x2, 0x24e, 0x24a, 0x3, 0x2, 0x2, 0x2, 0x24f, 
    0x252, 0x3, 0x2, 0x2, 0x2, 0x250, 0x24e, 0x3, 0x2, 0x2, 0x2, 0x250, 
    0x251, 0x3, 0x2, 0x2, 0x2, 0x251, 0x254, 0x3, 0x2, 0x2, 0x2, 0x252, 
    0x250, 0x3, 0x2, 0x2, 0x2, 0x253, 0x255, 0x7, 0x5, 0x2, 0x2, 0x254, 
    0x253, 0x3, 0x2, 0x2, 0x2, 0x254, 0x255, 0x3, 0x2, 0x2, 0x2, 0x255, 
    0x256, 0x3, 0x2, 0x2, 0x2, 0x256, 0x257, 0x8, 0x1e, 0x1, 0x2, 0x257, 
    0x258, 0x7, 0x1c, 0x2, 0x2, 0x258, 0x259, 0x8, 0x1e, 0x1, 0x2, 0x259, 
    0x25b, 0x3, 0x2, 0x2, 0x2, 0x25a, 0x247, 0x3, 0x2, 0x2, 0x2, 0x25a, 
    0x25b, 0x3, 0x2, 0x2, 0x2, 0x25b, 0x3b, 0x3, 0x2, 0x2, 0x2, 0x25c, 0x282, 
    0x5, 0x38, 0x1d, 0x2, 0x25d, 0x25e, 0x7, 0x23, 0x2, 0x2, 0x25e, 0x282, 
    0x8, 0x1f, 0x1, 0x2, 0x25f, 0x260, 0x7, 0x48, 0x2, 0x2, 0x260, 0x282, 
    0x8, 0x1f, 0x1, 0x2, 0x261, 0x26d, 0x7, 0x1b, 0x2, 0x2, 0x262, 0x267, 
    0x5, 0x3c, 0x1f, 0x2, 0x263, 0x264, 0x7, 0x1f, 0x2, 0x2, 0x264, 0x266, 
    0x5, 0x3c, 0x1f, 0x2, 0x265, 0x263, 0x3, 0x2, 0x2, 0x2, 0x266, 0x269, 
    0x3, 0x2, 0x2, 0x2, 0x267, 0x265, 0x3, 0x2, 0x2, 0x2, 0x267, 0x268, 
    0x3, 0x2, 0x2, 0x2, 0x268, 0x26b, 0x3, 0x2, 0x2, 0x2, 0x269, 0x267, 
    0x3, 0x2, 0x2, 0x2, 0x26a, 0x26c, 0x7, 0x5, 0x2, 0x2, 0x26b, 0x26a, 
    0x3, 0x2, 0x2, 0x2, 0x26b, 0x26c, 0x3, 0x2, 0x2, 0x2, 0x26c, 0x26e, 
    0x3, 0x2, 0x2, 0x2, 0x26d, 0x262, 0x3, 0x2, 0x2, 0x2, 0x26d, 0x26e, 
    0x3, 0x2, 0x2, 0x2, 0x26e, 0x26f, 0x3, 0x2, 0x2, 0x2, 0x26f, 0x270, 
    0x7, 0x1c, 0x2, 0x2, 0x270, 0x282, 0x8, 0x1f, 0x1, 0x2, 0x271, 0x27d, 
    0x7, 0x1d, 0x2, 0x2, 0x272, 0x277, 0x5, 0x3e, 0x20, 0x2, 0x273, 0x274, 
    0x7, 0x1f, 0x2, 0x2, 0x274, 0x276, 0x5, 0x3e, 0x20, 0x2, 0x275, 0x273, 
    0x3, 0x2, 0x2, 0x2, 0x276, 0x279, 0x3, 0x2, 0x2, 0x2, 0x277, 0x275, 
    0x3, 0x2, 0x2, 0x2, 0x277, 0x278, 0x3, 0x2, 0x2, 0x2, 0x278, 0x27b, 
    0x3, 0x2, 0x2, 0x2, 0x279, 0x277, 0x3, 0x2, 0x2, 0x2, 0x27a, 0x27c, 
    0x7, 0x5, 0x2, 0x2, 0x27b, 0x27a, 0x3, 0x2, 0x2, 0x2, 0x27b, 0x27c, 
    0x3, 0x2, 0x2, 0x2, 0x27c, 0x27e, 0x3, 0x2, 0x2, 0x2, 0x27d, 0x272, 
    0x3, 0x2, 0x2, 0x2, 0x27d, 0x27e, 0x3, 0x2, 0x2, 0x2, 0x27e, 0x27f, 
    0x3, 0x2, 0x2, 0x2, 0x27f, 0x280, 0x7, 0x1e, 0x2, 0x2, 0x280, 0x282, 
    0x8, 0x1f, 0x1, 0x2, 0x281, 0x25c, 0x3, 0x2, 0x2, 0x2, 0x281, 0x25d, 
    0x3, 0x2, 0x2, 0x2, 0x281, 0x25f, 0x3, 0x2, 0x2, 0x2, 0x281, 0x261, 
    0x3, 0x2, 0x2, 0x2, 0x281, 0x271, 0x3, 0x2, 0x2, 0x2, 0x282, 0x3d, 0x3, 
    0x2, 0x2, 0x2, 0x283, 0x284, 0x5, 0x3c, 0x1f, 0x2, 0x284, 0x285, 0x7, 
    0x20, 0x2, 0x2, 0x285, 0x286, 0x8, 0x20, 0x1, 0x2, 0x286, 0x287, 0x5, 
    0x3c, 0x1f, 0x2, 0x287, 0x3f, 0x3, 0x2, 0x2, 0x2, 0x50, 0x42, 0x44, 
    0x51, 0x58, 0x60, 0x6b, 0x6f, 0x77, 0x7d, 0x86, 0x89, 0x92, 0x94, 0xa4, 
    0xad, 0xbf, 0xc4, 0xcb, 0xcf, 0xd8, 0xee, 0xff, 0x103, 0x107, 0x110, 
    0x119, 0x11e, 0x129, 0x12e, 0x139, 0x13d, 0x143, 0x14a, 0x14e, 0x156, 
    0x15c, 0x161, 0x169, 0x16e, 0x177, 0x18f, 0x193, 0x197, 0x19b, 0x1a7, 
    0x1ab, 0x1af, 0x1b3, 0x1bd, 0x1c2, 0x1c9, 0x1cb, 0x1d2, 0x1d4, 0x1dd, 
    0x1e1, 0x1e3, 0x1ef, 0x1f9, 0x203, 0x20a, 0x20f, 0x214, 0x217, 0x221, 
    0x223, 0x238, 0x244, 0x250, 0x254, 0x25a, 0x267, 0x26b, 0x26d, 0x277, 
    0x27b, 0x27d, 0x281, 
  };

  atn::ATNDeserializer deserializer;
  _atn = deserializer.deserialize(_serializedATN);

  size_t count = _atn.getNumberOfDecisions();
  _decisionToDFA.reserve(count);
  for (size_t i = 0; i < count; i++) { 
    _decisionToDFA.emplace_back(_atn.getDecisionState(i), i);
  }
}

Spec::Initializer Spec::_init;
