#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The compiler of the fuzzers: clang, but for the two files that include ANTLR's
# headers, which clang 14 cannot read. These are made by g++, without the
# sanitizers, whose runtimes differ.
case "$*" in
*grammar/generated/Spec.cpp* | *dsl/syntax/parser.cc*) ;;
*) exec clang++-14 "$@" ;;
esac
for argument do
  shift
  case "$argument" in
  -fsanitize=* | -fno-sanitize*) ;;
  *) set -- "$@" "$argument" ;;
  esac
done
exec g++ "$@"
