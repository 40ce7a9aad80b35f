// SPDX-License-Identifier: Apache-2.0
//
// The tokens of Spec. Normative. The longest match wins, and the first rule of
// equals. dfagen/ compiles this grammar into the table that dsl/syntax/lexer.cc
// runs; ANTLR's own lexer is never used. Texts are bytes: one of 128 or more is
// matched wherever `.` or `~[...]` matches.
//
// What no regular expression can say is the lexer's work:
//   - Line ends within brackets are no tokens; nor are those of empty lines.
//   - INDENT and DEDENT stand before the first token of a line that is indented
//     more or less than the line before. Only spaces indent.
//   - NEWLINE, and a DEDENT for each open block, stand before the end.
//   - A comma before ) ] } : = `in` or NEWLINE is a TCOMMA, a semicolon before
//     NEWLINE is a TSEMI. So one token of look-ahead is enough for the parser.
//   - The name `type` at the start of a statement, before a name, is TYPE.

lexer grammar SpecLexer;

tokens { INDENT, DEDENT, TCOMMA, TSEMI, TYPE, FSTRING }

AND: 'and';
BREAK: 'break';
CONTINUE: 'continue';
DEF: 'def';
ELIF: 'elif';
ELSE: 'else';
FOR: 'for';
IF: 'if';
IN: 'in';
LAMBDA: 'lambda';
LOAD: 'load';
NOT: 'not';
OR: 'or';
PASS: 'pass';
RETURN: 'return';

// Words of Python that mean nothing here and are no names either.
RESERVED
  : 'as' | 'assert' | 'async' | 'await' | 'class' | 'del' | 'except'
  | 'finally' | 'from' | 'global' | 'import' | 'is' | 'nonlocal' | 'raise'
  | 'try' | 'while' | 'with' | 'yield'
  ;

LPAREN: '(';
RPAREN: ')';
LBRACK: '[';
RBRACK: ']';
LBRACE: '{';
RBRACE: '}';

COMMA: ',';
COLON: ':';
SEMI: ';';
DOT: '.';
ELLIPSIS: '...';
ARROW: '->';

ASSIGN: '=';
ADD_ASSIGN: '+=';
SUB_ASSIGN: '-=';
MUL_ASSIGN: '*=';
DIV_ASSIGN: '/=';
FLOOR_DIV_ASSIGN: '//=';
MOD_ASSIGN: '%=';
AND_ASSIGN: '&=';
OR_ASSIGN: '|=';
XOR_ASSIGN: '^=';
SHL_ASSIGN: '<<=';
SHR_ASSIGN: '>>=';

EQ: '==';
NE: '!=';
LT: '<';
GT: '>';
LE: '<=';
GE: '>=';
ADD: '+';
SUB: '-';
STAR: '*';
DIV: '/';
FLOOR_DIV: '//';
MOD: '%';
INVERT: '~';
BIT_AND: '&';
BIT_OR: '|';
XOR: '^';
SHL: '<<';
SHR: '>>';
STAR_STAR: '**';

// ASCII only.
IDENT: [a-zA-Z_] [a-zA-Z0-9_]*;

INT
  : '0'+
  | [1-9] [0-9]*
  | '0' [xX] [0-9a-fA-F]+
  | '0' [oO] [0-7]+
  | '0' [bB] [01]+
  ;
FLOAT
  : [0-9]+ '.' [0-9]* EXPONENT?
  | [0-9]+ EXPONENT
  | '.' [0-9]+ EXPONENT?
  ;
fragment EXPONENT: [eE] [+-]? [0-9]+;
// 0755, 1_000, 12ab: an error, said of the whole.
BAD_NUMBER: '.'? [0-9] [0-9a-zA-Z_.]*;

// Which escapes there are, and that the braces of f-strings match, is checked
// when the literal is read. The lexer tells by the prefix whether it is a
// STRING (none, r), an FSTRING (f, fr, rf), or an error: b"…", Python's bytes.
STRING: PREFIX? QUOTED;
fragment PREFIX: [fFrRbB] [fFrRbB]?;
fragment QUOTED
  : '"""' BODY_DD '"""'
  | '\'\'\'' BODY_SS '\'\'\''
  | '"' BODY_D '"'
  | '\'' BODY_S '\''
  ;
fragment BODY_DD: ('"'? '"'? (~["\\] | '\\' .))*;
fragment BODY_SS: ('\''? '\''? (~['\\] | '\\' .))*;
fragment BODY_D: (~["\\\r\n] | '\\' '\r'? '\n' | '\\' ~[\r\n])*;
fragment BODY_S: (~['\\\r\n] | '\\' '\r'? '\n' | '\\' ~[\r\n])*;
// Not closed before the end of the line, or of the file: an error.
BAD_STRING
  : PREFIX?
    ( '"' BODY_D | '\'' BODY_S
    | '"""' BODY_DD '"'? '"'? | '\'\'\'' BODY_SS '\''? '\''? )
  ;

NEWLINE: '\r'? '\n';
COMMENT: '#' ~[\n]* -> skip;
SPACE: [ \t]+ -> skip;
// A backslash joins two lines.
JOIN: '\\' '\r'? '\n' -> skip;
// Nothing else stands in a text.
BAD: .;
