
// Generated from Spec.g4 by ANTLR 4.7.2

#pragma once


#include "dsl/syntax/parser_base.inc"


#include "antlr4-runtime.h"


namespace dsl::grammar {


class  Spec : public ParserBase {
public:
  enum {
    INDENT = 1, DEDENT = 2, TCOMMA = 3, TSEMI = 4, TYPE = 5, FSTRING = 6, 
    AND = 7, BREAK = 8, CONTINUE = 9, DEF = 10, ELIF = 11, ELSE = 12, FOR = 13, 
    IF = 14, IN = 15, LAMBDA = 16, LOAD = 17, NOT = 18, OR = 19, PASS = 20, 
    RETURN = 21, RESERVED = 22, LPAREN = 23, RPAREN = 24, LBRACK = 25, RBRACK = 26, 
    LBRACE = 27, RBRACE = 28, COMMA = 29, COLON = 30, SEMI = 31, DOT = 32, 
    ELLIPSIS = 33, ARROW = 34, ASSIGN = 35, ADD_ASSIGN = 36, SUB_ASSIGN = 37, 
    MUL_ASSIGN = 38, DIV_ASSIGN = 39, FLOOR_DIV_ASSIGN = 40, MOD_ASSIGN = 41, 
    AND_ASSIGN = 42, OR_ASSIGN = 43, XOR_ASSIGN = 44, SHL_ASSIGN = 45, SHR_ASSIGN = 46, 
    EQ = 47, NE = 48, LT = 49, GT = 50, LE = 51, GE = 52, ADD = 53, SUB = 54, 
    STAR = 55, DIV = 56, FLOOR_DIV = 57, MOD = 58, INVERT = 59, BIT_AND = 60, 
    BIT_OR = 61, XOR = 62, SHL = 63, SHR = 64, STAR_STAR = 65, IDENT = 66, 
    INT = 67, FLOAT = 68, BAD_NUMBER = 69, STRING = 70, BAD_STRING = 71, 
    NEWLINE = 72, COMMENT = 73, SPACE = 74, JOIN = 75, BAD = 76
  };

  enum {
    RuleFile = 0, RuleEmbedded = 1, RuleStatement = 2, RuleDefinition = 3, 
    RuleParameters = 4, RuleParameter = 5, RuleIfStatement = 6, RuleForStatement = 7, 
    RuleSuite = 8, RuleSimpleLine = 9, RuleSimpleStatement = 10, RuleLoadArgument = 11, 
    RuleExpressions = 12, RuleLoopTargets = 13, RuleTest = 14, RuleLambdaParameters = 15, 
    RuleLambdaParameter = 16, RuleBinary = 17, RuleOperand = 18, RuleCall = 19, 
    RuleArgument = 20, RuleSubscript = 21, RuleSliceTail = 22, RuleEntry = 23, 
    RuleClauses = 24, RuleForClause = 25, RuleIfClause = 26, RuleTypeExpr = 27, 
    RuleTypeAtom = 28, RuleTypeArgument = 29, RuleTypeEntry = 30
  };

  Spec(antlr4::TokenStream *input);
  ~Spec();

  virtual std::string getGrammarFileName() const override;
  virtual const antlr4::atn::ATN& getATN() const override { return _atn; };
  virtual const std::vector<std::string>& getTokenNames() const override { return _tokenNames; }; // deprecated: use vocabulary instead.
  virtual const std::vector<std::string>& getRuleNames() const override;
  virtual antlr4::dfa::Vocabulary& getVocabulary() const override;


  class FileContext;
  class EmbeddedContext;
  class StatementContext;
  class DefinitionContext;
  class ParametersContext;
  class ParameterContext;
  class IfStatementContext;
  class ForStatementContext;
  class SuiteContext;
  class SimpleLineContext;
  class SimpleStatementContext;
  class LoadArgumentContext;
  class ExpressionsContext;
  class LoopTargetsContext;
  class TestContext;
  class LambdaParametersContext;
  class LambdaParameterContext;
  class BinaryContext;
  class OperandContext;
  class CallContext;
  class ArgumentContext;
  class SubscriptContext;
  class SliceTailContext;
  class EntryContext;
  class ClausesContext;
  class ForClauseContext;
  class IfClauseContext;
  class TypeExprContext;
  class TypeAtomContext;
  class TypeArgumentContext;
  class TypeEntryContext; 

  class  FileContext : public antlr4::ParserRuleContext {
  public:
    FileContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *EOF();
    std::vector<antlr4::tree::TerminalNode *> NEWLINE();
    antlr4::tree::TerminalNode* NEWLINE(size_t i);
    std::vector<StatementContext *> statement();
    StatementContext* statement(size_t i);

   
  };

  FileContext* file();

  class  EmbeddedContext : public antlr4::ParserRuleContext {
  public:
    EmbeddedContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    TestContext *test();
    antlr4::tree::TerminalNode *EOF();

   
  };

  EmbeddedContext* embedded();

  class  StatementContext : public antlr4::ParserRuleContext {
  public:
    StatementContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    DefinitionContext *definition();
    IfStatementContext *ifStatement();
    ForStatementContext *forStatement();
    SimpleLineContext *simpleLine();

   
  };

  StatementContext* statement();

  class  DefinitionContext : public antlr4::ParserRuleContext {
  public:
    DefinitionContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *DEF();
    antlr4::tree::TerminalNode *IDENT();
    antlr4::tree::TerminalNode *LPAREN();
    antlr4::tree::TerminalNode *RPAREN();
    antlr4::tree::TerminalNode *COLON();
    SuiteContext *suite();
    antlr4::tree::TerminalNode *ARROW();
    TypeExprContext *typeExpr();
    ParametersContext *parameters();

   
  };

  DefinitionContext* definition();

  class  ParametersContext : public antlr4::ParserRuleContext {
  public:
    ParametersContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<ParameterContext *> parameter();
    ParameterContext* parameter(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);
    antlr4::tree::TerminalNode *TCOMMA();

   
  };

  ParametersContext* parameters();

  class  ParameterContext : public antlr4::ParserRuleContext {
  public:
    ParameterContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *IDENT();
    antlr4::tree::TerminalNode *COLON();
    TypeExprContext *typeExpr();
    antlr4::tree::TerminalNode *ASSIGN();
    TestContext *test();
    antlr4::tree::TerminalNode *STAR();
    antlr4::tree::TerminalNode *STAR_STAR();

   
  };

  ParameterContext* parameter();

  class  IfStatementContext : public antlr4::ParserRuleContext {
  public:
    IfStatementContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *IF();
    std::vector<TestContext *> test();
    TestContext* test(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COLON();
    antlr4::tree::TerminalNode* COLON(size_t i);
    std::vector<SuiteContext *> suite();
    SuiteContext* suite(size_t i);
    antlr4::tree::TerminalNode *ELSE();
    std::vector<antlr4::tree::TerminalNode *> ELIF();
    antlr4::tree::TerminalNode* ELIF(size_t i);

   
  };

  IfStatementContext* ifStatement();

  class  ForStatementContext : public antlr4::ParserRuleContext {
  public:
    ForStatementContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *FOR();
    LoopTargetsContext *loopTargets();
    antlr4::tree::TerminalNode *IN();
    ExpressionsContext *expressions();
    antlr4::tree::TerminalNode *COLON();
    SuiteContext *suite();

   
  };

  ForStatementContext* forStatement();

  class  SuiteContext : public antlr4::ParserRuleContext {
  public:
    SuiteContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    SimpleLineContext *simpleLine();
    antlr4::tree::TerminalNode *NEWLINE();
    antlr4::tree::TerminalNode *INDENT();
    antlr4::tree::TerminalNode *DEDENT();
    std::vector<StatementContext *> statement();
    StatementContext* statement(size_t i);

   
  };

  SuiteContext* suite();

  class  SimpleLineContext : public antlr4::ParserRuleContext {
  public:
    SimpleLineContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<SimpleStatementContext *> simpleStatement();
    SimpleStatementContext* simpleStatement(size_t i);
    antlr4::tree::TerminalNode *NEWLINE();
    std::vector<antlr4::tree::TerminalNode *> SEMI();
    antlr4::tree::TerminalNode* SEMI(size_t i);
    antlr4::tree::TerminalNode *TSEMI();

   
  };

  SimpleLineContext* simpleLine();

  class  SimpleStatementContext : public antlr4::ParserRuleContext {
  public:
    SimpleStatementContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *RETURN();
    std::vector<ExpressionsContext *> expressions();
    ExpressionsContext* expressions(size_t i);
    antlr4::tree::TerminalNode *BREAK();
    antlr4::tree::TerminalNode *CONTINUE();
    antlr4::tree::TerminalNode *PASS();
    antlr4::tree::TerminalNode *COLON();
    TypeExprContext *typeExpr();
    antlr4::tree::TerminalNode *ASSIGN();
    antlr4::tree::TerminalNode *ADD_ASSIGN();
    antlr4::tree::TerminalNode *SUB_ASSIGN();
    antlr4::tree::TerminalNode *MUL_ASSIGN();
    antlr4::tree::TerminalNode *DIV_ASSIGN();
    antlr4::tree::TerminalNode *FLOOR_DIV_ASSIGN();
    antlr4::tree::TerminalNode *MOD_ASSIGN();
    antlr4::tree::TerminalNode *AND_ASSIGN();
    antlr4::tree::TerminalNode *OR_ASSIGN();
    antlr4::tree::TerminalNode *XOR_ASSIGN();
    antlr4::tree::TerminalNode *SHL_ASSIGN();
    antlr4::tree::TerminalNode *SHR_ASSIGN();
    antlr4::tree::TerminalNode *TYPE();
    antlr4::tree::TerminalNode *IDENT();
    antlr4::tree::TerminalNode *LOAD();
    antlr4::tree::TerminalNode *LPAREN();
    antlr4::tree::TerminalNode *STRING();
    antlr4::tree::TerminalNode *RPAREN();
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);
    std::vector<LoadArgumentContext *> loadArgument();
    LoadArgumentContext* loadArgument(size_t i);
    antlr4::tree::TerminalNode *TCOMMA();

   
  };

  SimpleStatementContext* simpleStatement();

  class  LoadArgumentContext : public antlr4::ParserRuleContext {
  public:
    LoadArgumentContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *STRING();
    antlr4::tree::TerminalNode *IDENT();
    antlr4::tree::TerminalNode *ASSIGN();

   
  };

  LoadArgumentContext* loadArgument();

  class  ExpressionsContext : public antlr4::ParserRuleContext {
  public:
    ExpressionsContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<TestContext *> test();
    TestContext* test(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);
    antlr4::tree::TerminalNode *TCOMMA();

   
  };

  ExpressionsContext* expressions();

  class  LoopTargetsContext : public antlr4::ParserRuleContext {
  public:
    LoopTargetsContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<OperandContext *> operand();
    OperandContext* operand(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);
    antlr4::tree::TerminalNode *TCOMMA();

   
  };

  LoopTargetsContext* loopTargets();

  class  TestContext : public antlr4::ParserRuleContext {
  public:
    TestContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<BinaryContext *> binary();
    BinaryContext* binary(size_t i);
    antlr4::tree::TerminalNode *IF();
    antlr4::tree::TerminalNode *ELSE();
    TestContext *test();
    antlr4::tree::TerminalNode *LAMBDA();
    antlr4::tree::TerminalNode *COLON();
    LambdaParametersContext *lambdaParameters();

   
  };

  TestContext* test();

  class  LambdaParametersContext : public antlr4::ParserRuleContext {
  public:
    LambdaParametersContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<LambdaParameterContext *> lambdaParameter();
    LambdaParameterContext* lambdaParameter(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);
    antlr4::tree::TerminalNode *TCOMMA();

   
  };

  LambdaParametersContext* lambdaParameters();

  class  LambdaParameterContext : public antlr4::ParserRuleContext {
  public:
    LambdaParameterContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *IDENT();
    antlr4::tree::TerminalNode *ASSIGN();
    TestContext *test();
    antlr4::tree::TerminalNode *STAR();
    antlr4::tree::TerminalNode *STAR_STAR();

   
  };

  LambdaParameterContext* lambdaParameter();

  class  BinaryContext : public antlr4::ParserRuleContext {
  public:
    BinaryContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<OperandContext *> operand();
    OperandContext* operand(size_t i);
    std::vector<antlr4::tree::TerminalNode *> NOT();
    antlr4::tree::TerminalNode* NOT(size_t i);
    std::vector<antlr4::tree::TerminalNode *> IN();
    antlr4::tree::TerminalNode* IN(size_t i);
    std::vector<antlr4::tree::TerminalNode *> OR();
    antlr4::tree::TerminalNode* OR(size_t i);
    std::vector<antlr4::tree::TerminalNode *> AND();
    antlr4::tree::TerminalNode* AND(size_t i);
    std::vector<antlr4::tree::TerminalNode *> EQ();
    antlr4::tree::TerminalNode* EQ(size_t i);
    std::vector<antlr4::tree::TerminalNode *> NE();
    antlr4::tree::TerminalNode* NE(size_t i);
    std::vector<antlr4::tree::TerminalNode *> LT();
    antlr4::tree::TerminalNode* LT(size_t i);
    std::vector<antlr4::tree::TerminalNode *> GT();
    antlr4::tree::TerminalNode* GT(size_t i);
    std::vector<antlr4::tree::TerminalNode *> LE();
    antlr4::tree::TerminalNode* LE(size_t i);
    std::vector<antlr4::tree::TerminalNode *> GE();
    antlr4::tree::TerminalNode* GE(size_t i);
    std::vector<antlr4::tree::TerminalNode *> BIT_OR();
    antlr4::tree::TerminalNode* BIT_OR(size_t i);
    std::vector<antlr4::tree::TerminalNode *> XOR();
    antlr4::tree::TerminalNode* XOR(size_t i);
    std::vector<antlr4::tree::TerminalNode *> BIT_AND();
    antlr4::tree::TerminalNode* BIT_AND(size_t i);
    std::vector<antlr4::tree::TerminalNode *> SHL();
    antlr4::tree::TerminalNode* SHL(size_t i);
    std::vector<antlr4::tree::TerminalNode *> SHR();
    antlr4::tree::TerminalNode* SHR(size_t i);
    std::vector<antlr4::tree::TerminalNode *> ADD();
    antlr4::tree::TerminalNode* ADD(size_t i);
    std::vector<antlr4::tree::TerminalNode *> SUB();
    antlr4::tree::TerminalNode* SUB(size_t i);
    std::vector<antlr4::tree::TerminalNode *> STAR();
    antlr4::tree::TerminalNode* STAR(size_t i);
    std::vector<antlr4::tree::TerminalNode *> DIV();
    antlr4::tree::TerminalNode* DIV(size_t i);
    std::vector<antlr4::tree::TerminalNode *> FLOOR_DIV();
    antlr4::tree::TerminalNode* FLOOR_DIV(size_t i);
    std::vector<antlr4::tree::TerminalNode *> MOD();
    antlr4::tree::TerminalNode* MOD(size_t i);

   
  };

  BinaryContext* binary();

  class  OperandContext : public antlr4::ParserRuleContext {
  public:
    OperandContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<antlr4::tree::TerminalNode *> IDENT();
    antlr4::tree::TerminalNode* IDENT(size_t i);
    antlr4::tree::TerminalNode *INT();
    antlr4::tree::TerminalNode *FLOAT();
    antlr4::tree::TerminalNode *STRING();
    antlr4::tree::TerminalNode *FSTRING();
    antlr4::tree::TerminalNode *LBRACK();
    antlr4::tree::TerminalNode *LBRACE();
    antlr4::tree::TerminalNode *LPAREN();
    std::vector<antlr4::tree::TerminalNode *> DOT();
    antlr4::tree::TerminalNode* DOT(size_t i);
    std::vector<CallContext *> call();
    CallContext* call(size_t i);
    std::vector<SubscriptContext *> subscript();
    SubscriptContext* subscript(size_t i);
    std::vector<antlr4::tree::TerminalNode *> NOT();
    antlr4::tree::TerminalNode* NOT(size_t i);
    std::vector<antlr4::tree::TerminalNode *> ADD();
    antlr4::tree::TerminalNode* ADD(size_t i);
    std::vector<antlr4::tree::TerminalNode *> SUB();
    antlr4::tree::TerminalNode* SUB(size_t i);
    std::vector<antlr4::tree::TerminalNode *> INVERT();
    antlr4::tree::TerminalNode* INVERT(size_t i);
    std::vector<TestContext *> test();
    TestContext* test(size_t i);
    antlr4::tree::TerminalNode *RBRACK();
    std::vector<EntryContext *> entry();
    EntryContext* entry(size_t i);
    antlr4::tree::TerminalNode *RBRACE();
    antlr4::tree::TerminalNode *RPAREN();
    ClausesContext *clauses();
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);
    antlr4::tree::TerminalNode *TCOMMA();

   
  };

  OperandContext* operand();

  class  CallContext : public antlr4::ParserRuleContext {
  public:
    CallContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *LPAREN();
    antlr4::tree::TerminalNode *RPAREN();
    std::vector<ArgumentContext *> argument();
    ArgumentContext* argument(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);
    antlr4::tree::TerminalNode *TCOMMA();

   
  };

  CallContext* call();

  class  ArgumentContext : public antlr4::ParserRuleContext {
  public:
    ArgumentContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<TestContext *> test();
    TestContext* test(size_t i);
    antlr4::tree::TerminalNode *ASSIGN();
    antlr4::tree::TerminalNode *STAR();
    antlr4::tree::TerminalNode *STAR_STAR();

   
  };

  ArgumentContext* argument();

  class  SubscriptContext : public antlr4::ParserRuleContext {
  public:
    SubscriptContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *LBRACK();
    ExpressionsContext *expressions();
    SliceTailContext *sliceTail();
    antlr4::tree::TerminalNode *RBRACK();

   
  };

  SubscriptContext* subscript();

  class  SliceTailContext : public antlr4::ParserRuleContext {
  public:
    SliceTailContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<antlr4::tree::TerminalNode *> COLON();
    antlr4::tree::TerminalNode* COLON(size_t i);
    std::vector<TestContext *> test();
    TestContext* test(size_t i);

   
  };

  SliceTailContext* sliceTail();

  class  EntryContext : public antlr4::ParserRuleContext {
  public:
    EntryContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<TestContext *> test();
    TestContext* test(size_t i);
    antlr4::tree::TerminalNode *COLON();

   
  };

  EntryContext* entry();

  class  ClausesContext : public antlr4::ParserRuleContext {
  public:
    ClausesContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<ForClauseContext *> forClause();
    ForClauseContext* forClause(size_t i);
    std::vector<IfClauseContext *> ifClause();
    IfClauseContext* ifClause(size_t i);

   
  };

  ClausesContext* clauses();

  class  ForClauseContext : public antlr4::ParserRuleContext {
  public:
    ForClauseContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *FOR();
    LoopTargetsContext *loopTargets();
    antlr4::tree::TerminalNode *IN();
    BinaryContext *binary();

   
  };

  ForClauseContext* forClause();

  class  IfClauseContext : public antlr4::ParserRuleContext {
  public:
    IfClauseContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *IF();
    BinaryContext *binary();

   
  };

  IfClauseContext* ifClause();

  class  TypeExprContext : public antlr4::ParserRuleContext {
  public:
    TypeExprContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<TypeAtomContext *> typeAtom();
    TypeAtomContext* typeAtom(size_t i);
    std::vector<antlr4::tree::TerminalNode *> BIT_OR();
    antlr4::tree::TerminalNode* BIT_OR(size_t i);

   
  };

  TypeExprContext* typeExpr();

  class  TypeAtomContext : public antlr4::ParserRuleContext {
  public:
    TypeAtomContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<antlr4::tree::TerminalNode *> IDENT();
    antlr4::tree::TerminalNode* IDENT(size_t i);
    std::vector<antlr4::tree::TerminalNode *> DOT();
    antlr4::tree::TerminalNode* DOT(size_t i);
    antlr4::tree::TerminalNode *LBRACK();
    std::vector<TypeArgumentContext *> typeArgument();
    TypeArgumentContext* typeArgument(size_t i);
    antlr4::tree::TerminalNode *RBRACK();
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);
    antlr4::tree::TerminalNode *TCOMMA();

   
  };

  TypeAtomContext* typeAtom();

  class  TypeArgumentContext : public antlr4::ParserRuleContext {
  public:
    TypeArgumentContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    TypeExprContext *typeExpr();
    antlr4::tree::TerminalNode *ELLIPSIS();
    antlr4::tree::TerminalNode *STRING();
    antlr4::tree::TerminalNode *LBRACK();
    antlr4::tree::TerminalNode *RBRACK();
    std::vector<TypeArgumentContext *> typeArgument();
    TypeArgumentContext* typeArgument(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);
    antlr4::tree::TerminalNode *TCOMMA();
    antlr4::tree::TerminalNode *LBRACE();
    antlr4::tree::TerminalNode *RBRACE();
    std::vector<TypeEntryContext *> typeEntry();
    TypeEntryContext* typeEntry(size_t i);

   
  };

  TypeArgumentContext* typeArgument();

  class  TypeEntryContext : public antlr4::ParserRuleContext {
  public:
    TypeEntryContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<TypeArgumentContext *> typeArgument();
    TypeArgumentContext* typeArgument(size_t i);
    antlr4::tree::TerminalNode *COLON();

   
  };

  TypeEntryContext* typeEntry();


private:
  static std::vector<antlr4::dfa::DFA> _decisionToDFA;
  static antlr4::atn::PredictionContextCache _sharedContextCache;
  static std::vector<std::string> _ruleNames;
  static std::vector<std::string> _tokenNames;

  static std::vector<std::string> _literalNames;
  static std::vector<std::string> _symbolicNames;
  static antlr4::dfa::Vocabulary _vocabulary;
  static antlr4::atn::ATN _atn;
  static std::vector<uint16_t> _serializedATN;


  struct Initializer {
    Initializer();
  };
  static Initializer _init;
};

}  // namespace dsl::grammar
