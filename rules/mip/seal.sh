#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# seal.sh MIP_JSON DIGESTS OUT
#
# Writes MIP_JSON to OUT with one field more, the SHA-256 of the .mhl file, which
# is the first word of DIGESTS. Keys are sorted: it stands before `name`.
set -euo pipefail

metadata=$1 digests=$2 out=$3

read -r sha256 _ <"$digests"
sealed=
while IFS= read -r line; do
  if [[ ! $sealed && $line == '  "name": '* ]]; then
    printf '  "mhl_sha256": "%s",\n' "$sha256"
    sealed=1
  fi
  printf '%s\n' "$line"
done <"$metadata" >"$out"
[[ $sealed ]]
