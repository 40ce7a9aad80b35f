#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# index.sh OUT METADATA...
#
# Writes {"packages": [...], "total_packages": n} of the METADATA files, one
# JSON object each, in the order given.
set -euo pipefail

out=$1
shift

{
  printf '{\n  "packages": ['
  separator=
  for metadata; do
    printf '%s\n' "$separator"
    separator=,
    first=1
    while IFS= read -r line; do
      ((first)) || printf '\n'
      first=0
      printf '    %s' "$line"
    done <"$metadata"
  done
  (($# == 0)) || printf '\n  '
  printf '],\n  "total_packages": %d\n}\n' $#
} >"$out"
