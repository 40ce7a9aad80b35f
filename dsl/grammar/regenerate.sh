#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# regenerate.sh [--check]: makes generated/ from the two grammars; with --check,
# changes nothing and fails if generated/ is not what the grammars make.
#
# Needs ANTLR's tool (Debian's package antlr4, 4.7.2), g++ and
# libantlr4-runtime-dev. Building the language needs only the last two:
# generated/ is committed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

tool=$(antlr4 2>&1 | sed -n 's/.*Version //p')
if [ "$tool" != 4.7.2 ]; then
  echo "regenerate.sh: want ANTLR 4.7.2, which parser_base.inc fits, not $tool" >&2
  exit 1
fi

mkdir "$work/out"
cd "$here"
generate=(antlr4 -Dlanguage=Cpp -Xexact-output-dir -no-listener -no-visitor)
"${generate[@]}" -o "$work" SpecLexer.g4
"${generate[@]}" -lib "$work" -DsuperClass=ParserBase -package dsl::grammar \
  -o "$work" Spec.g4
if grep -q adaptivePredict "$work/Spec.cpp"; then
  echo "regenerate.sh: Spec.g4 is not LL(1):" >&2
  grep -B 12 adaptivePredict "$work/Spec.cpp" | grep '::.*() {' >&2 || true
  exit 1
fi
cp "$work/Spec.h" "$work/Spec.cpp" "$work/out"

# -fno-char8_t: the tool writes u8"" where C++20 no longer takes it.
g++ -std=c++20 -O1 -fno-char8_t -Wno-attributes \
  -isystem /usr/include/antlr4-runtime -I"$work" \
  dfagen/main.cc "$work/SpecLexer.cpp" -lantlr4-runtime -o "$work/dfagen"
"$work/dfagen" "$work/out/token_types.h" "$work/out/lexer_table.h"

if [ "${1-}" = --check ]; then
  diff -r "$work/out" generated && echo "generated/ is what the grammars make"
else
  mkdir -p generated
  cp "$work"/out/* generated/
fi
