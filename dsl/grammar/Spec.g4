// SPDX-License-Identifier: Apache-2.0
//
// The grammar of Spec. Normative: read it without what stands in braces, which
// builds the tree (dsl/syntax/tree_builder.h) while the text is read.
//
// Strictly LL(1): one token decides everywhere. Where it does not, the
// generated parser does not compile: parser_base.inc has no adaptivePredict.
// What the grammar lets through and the language does not, TreeBuilder and the
// resolver reject: chains of comparisons, `a + not b`, targets that cannot be
// assigned to, trailing commas of bare tuples, orders of parameters and
// arguments, statements where they do not belong.
//
// The actions share three marks: `begin` is where the construct starts in the
// text, `m` is how many expressions waited on the builder's stack before it,
// `n` the same for what else it collects.

parser grammar Spec;

options { tokenVocab = SpecLexer; }

@parser::preinclude {
#include "dsl/syntax/parser_base.inc"
}

// --- entries ---

file: (NEWLINE | statement)* EOF { b->EndFile(); };

// What stands in the braces of an f-string.
embedded: test EOF;

// --- statements ---

statement: definition | ifStatement | forStatement | simpleLine;

definition
@init { const uint32_t begin = b->Here(); const size_t n = b->parameters(); }
  : DEF IDENT { b->Name(); } LPAREN parameters? RPAREN
    (ARROW typeExpr { b->ResultType(); } | { b->NoResultType(); })
    COLON suite { b->Def(begin, n); }
  ;

parameters: parameter (COMMA parameter)* TCOMMA?;

parameter
@init { const uint32_t begin = b->Here(); }
  : IDENT { b->Parameter(begin, ParameterKind::kPositional); }
    (COLON typeExpr { b->ParameterType(); })?
    (ASSIGN test { b->ParameterDefault(); })?
  | STAR
    ( IDENT { b->Parameter(begin, ParameterKind::kArgs); }
      (COLON typeExpr { b->ParameterType(); })?
    | { b->BareStar(); }
    )
  | STAR_STAR IDENT { b->Parameter(begin, ParameterKind::kKwargs); }
    (COLON typeExpr { b->ParameterType(); })?
  ;

ifStatement
@init { const uint32_t begin = b->Here(); const size_t n = b->branches(); }
  : IF test COLON suite { b->Branch(begin); }
    ( ELIF { const uint32_t elif = b->Last().begin; } test COLON suite
      { b->Branch(elif); } )*
    (ELSE COLON suite { b->If(n, true); } | { b->If(n, false); })
  ;

forStatement
@init { const uint32_t begin = b->Here(); }
  : FOR loopTargets IN expressions COLON suite { b->For(begin); }
  ;

suite
@init { const size_t n = b->statements(); }
  : simpleLine { b->Suite(n); }
  | NEWLINE INDENT statement+ DEDENT
    { b->Suite(n); }
  ;

simpleLine: simpleStatement (SEMI simpleStatement)* TSEMI? NEWLINE;

simpleStatement
@init { const uint32_t begin = b->Here(); const size_t n = b->load_names(); }
  : RETURN (expressions { b->Return(begin, true); }
           | { b->Return(begin, false); })
  | BREAK { b->Break(); }
  | CONTINUE { b->Continue(); }
  | PASS { b->Pass(); }
  | expressions
    ( (ASSIGN | ADD_ASSIGN | SUB_ASSIGN | MUL_ASSIGN | DIV_ASSIGN
      | FLOOR_DIV_ASSIGN | MOD_ASSIGN | AND_ASSIGN | OR_ASSIGN | XOR_ASSIGN
      | SHL_ASSIGN | SHR_ASSIGN)
      { const TokenRef op = b->LastToken(); }
      expressions { b->Assign(op); }
    | COLON typeExpr ASSIGN { const TokenRef op = b->LastToken(); }
      expressions { b->AnnotatedAssign(op); }
    | { b->ExpressionStatement(); }
    )
  | TYPE IDENT { b->Name(); } ASSIGN typeExpr { b->TypeAlias(begin); }
  | LOAD LPAREN STRING { b->String(); } (COMMA loadArgument)* TCOMMA? RPAREN
    { b->Load(begin, n); }
  ;

loadArgument
  : STRING { b->LoadSame(); }
  | IDENT { b->Name(); } ASSIGN STRING { b->LoadAs(); }
  ;

// --- expressions ---

expressions
@init { const uint32_t begin = b->Here(); const size_t m = b->expressions();
        bool tuple = false; }
  : test (COMMA test { tuple = true; })*
    (TCOMMA { b->BareTrailingComma(); tuple = true; })?
    { if (tuple) b->Tuple(begin, m); }
  ;

loopTargets
@init { const uint32_t begin = b->Here(); const size_t m = b->expressions();
        bool tuple = false; }
  : operand (COMMA operand { tuple = true; })*
    (TCOMMA { b->BareTrailingComma(); tuple = true; })?
    { if (tuple) b->Tuple(begin, m); }
  ;

test
@init { const uint32_t begin = b->Here(); const size_t n = b->parameters(); }
  : binary (IF binary ELSE test { b->Conditional(); })?
  | LAMBDA lambdaParameters? COLON test { b->Lambda(begin, n); }
  ;

lambdaParameters: lambdaParameter (COMMA lambdaParameter)* TCOMMA?;

lambdaParameter
@init { const uint32_t begin = b->Here(); }
  : IDENT { b->Parameter(begin, ParameterKind::kPositional); }
    (ASSIGN test { b->ParameterDefault(); })?
  | STAR (IDENT { b->Parameter(begin, ParameterKind::kArgs); }
         | { b->BareStar(); })
  | STAR_STAR IDENT { b->Parameter(begin, ParameterKind::kKwargs); }
  ;

// Operators and operands in turn. From loose to tight: or · and · not ·
// == != < > <= >= in, not in (one only) · | · ^ · & · << >> · + - · * / // % ·
// unary + - ~. All of one line group to the left.
binary
@init { const size_t n = b->operators(); }
  : operand
    ( ( ( OR | AND | EQ | NE | LT | GT | LE | GE | IN | BIT_OR | XOR | BIT_AND
        | SHL | SHR | ADD | SUB | STAR | DIV | FLOOR_DIV | MOD )
        { b->Binary(n); }
      | NOT IN { b->BinaryNotIn(n); }
      )
      operand
    )*
    { b->Reduce(n); }
  ;

operand
@init { uint32_t begin; size_t m; bool tuple = false; }
  : ((NOT | ADD | SUB | INVERT) { b->Prefix(); })*
    { begin = b->Here(); m = b->expressions(); }
    ( IDENT { b->Name(); }
    | INT { b->Int(); }
    | FLOAT { b->Float(); }
    | STRING { b->String(); }
    | FSTRING { b->FString(); }
    | LBRACK
      ( test ( clauses RBRACK { b->ListComprehension(begin); }
             | (COMMA test)* TCOMMA? RBRACK { b->List(begin, m); } )
      | RBRACK { b->List(begin, m); }
      )
    | LBRACE
      ( entry ( clauses RBRACE { b->DictComprehension(begin); }
              | (COMMA entry)* TCOMMA? RBRACE { b->Dict(begin, m); } )
      | RBRACE { b->Dict(begin, m); }
      )
    | LPAREN
      ( test (COMMA test { tuple = true; })* (TCOMMA { tuple = true; })?
        RPAREN { if (tuple) b->Tuple(begin, m); else b->Paren(begin); }
      | RPAREN { b->Tuple(begin, m); }
      )
    )
    ( DOT IDENT { b->Dot(); } | call | subscript )*
  ;

call
@init { const Extent open = b->Next(); const size_t n = b->arguments(); }
  : LPAREN (argument (COMMA argument)* TCOMMA?)? RPAREN { b->Call(open, n); }
  ;

argument
@init { const uint32_t begin = b->Here(); }
  : test
    ( ASSIGN { b->ArgumentName(); }
      test { b->Argument(begin, ArgumentKind::kNamed); }
    | { b->Argument(begin, ArgumentKind::kPositional); }
    )
  | STAR test { b->Argument(begin, ArgumentKind::kStar); }
  | STAR_STAR test { b->Argument(begin, ArgumentKind::kStarStar); }
  ;

// x[i], x[i, j], x[start:stop:step] with each part left out at will.
subscript
@init { const Extent open = b->Next(); }
  : LBRACK
    ( expressions ( sliceTail RBRACK { b->Slice(open); }
                  | RBRACK { b->Index(open); } )
    | { b->Missing(); } sliceTail RBRACK { b->Slice(open); }
    )
  ;

sliceTail
  : COLON (test | { b->Missing(); })
    (COLON (test | { b->Missing(); }) | { b->Missing(); })
  ;

entry: test COLON { b->EntryColon(); } test;

clauses
@init { const size_t n = b->clauses(); }
  : forClause (forClause | ifClause)* { b->Clauses(n); }
  ;

forClause
@init { const Extent keyword = b->Next(); }
  : FOR loopTargets IN binary { b->ForClause(keyword); }
  ;

ifClause
@init { const Extent keyword = b->Next(); }
  : IF binary { b->IfClause(keyword); }
  ;

// --- types ---

// list[str] | None, dict[str, list[int]], tuple[int, ...]. A subset of the
// expressions.
typeExpr
@init { const size_t n = b->operators(); }
  : typeAtom (BIT_OR { b->Binary(n); } typeAtom)* { b->Reduce(n); }
  ;

typeAtom
@init { Extent open; uint32_t begin; size_t m; bool tuple = false; }
  : IDENT { b->Name(); } (DOT IDENT { b->Dot(); })*
    ( LBRACK { open = b->Last(); begin = b->Here(); m = b->expressions(); }
      typeArgument (COMMA typeArgument { tuple = true; })* TCOMMA?
      { if (tuple) b->Tuple(begin, m); }
      RBRACK { b->Index(open); }
    )?
  ;

typeArgument
@init { const uint32_t begin = b->Here(); const size_t m = b->expressions(); }
  : typeExpr
  | ELLIPSIS { b->Ellipsis(); }
  | STRING { b->String(); }
  | LBRACK (typeArgument (COMMA typeArgument)* TCOMMA?)? RBRACK
    { b->List(begin, m); }
  | LBRACE (typeEntry (COMMA typeEntry)* TCOMMA?)? RBRACE { b->Dict(begin, m); }
  ;

typeEntry: typeArgument COLON { b->EntryColon(); } typeArgument;
