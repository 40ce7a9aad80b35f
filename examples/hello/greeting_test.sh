#!/bin/bash
# The greeting greets the one it is for. Files lie at the paths at which
# `graph build` shows them.
set -eu

text=$(cat graph-out/hello_ada.txt)
if [[ $text != "Hello, ada!" ]]; then
  echo "graph-out/hello_ada.txt says: $text" >&2
  exit 1
fi
