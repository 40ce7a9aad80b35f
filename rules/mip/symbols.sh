#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# symbols.sh TEMPLATE OUT FOLDER...
#
# Writes TEMPLATE to OUT with the value "@exposed_symbols@" replaced by a JSON
# array of what the FOLDERs expose to MATLAB: `f` for f.m, `p` for +p/, `c` for
# @c/; each once, sorted by bytes. bash and coreutils only.
set -euo pipefail
shopt -s nullglob
export LC_ALL=C

template=$1 out=$2
shift 2

# json TEXT: TEXT as a JSON string. Names hold no NUL; what else JSON forbids
# inside quotes is escaped, and bytes above 127 stay as they are.
json() {
  local text=$1 escaped='' char code i
  if [[ $text == *[[:cntrl:]\"\\]* ]]; then
    for ((i = 0; i < ${#text}; i++)); do
      char=${text:i:1}
      case $char in
        '"' | '\') char="\\$char" ;;
        [[:cntrl:]])
          printf -v code '%d' "'$char"
          ((code < 32)) && printf -v char '\\u%04x' "$code"
          ;;
      esac
      escaped+=$char
    done
    text=$escaped
  fi
  printf '"%s"' "$text"
}

symbols=()
for folder; do
  if [[ ! -d $folder ]]; then
    echo "symbols.sh: no folder ${folder#*.build/} in the sources" >&2
    exit 1
  fi
  for entry in "$folder"/*.m "$folder"/[+@]*/; do
    name=${entry%/}
    name=${name##*/}
    if [[ -d $entry ]]; then
      symbols+=("${name:1}")
    elif [[ $entry != */ ]]; then
      symbols+=("${name%.m}")
    fi
  done
done

array='[]'
if ((${#symbols[@]})); then
  array='['
  separator=$'\n    '
  while IFS= read -r -d '' name; do
    array+=$separator$(json "$name")
    separator=$',\n    '
  done < <(printf '%s\0' "${symbols[@]}" | sort -zu)
  array+=$'\n  ]'
fi

found=
while IFS= read -r line; do
  if [[ $line == '  "exposed_symbols": "@exposed_symbols@"'* ]]; then
    found=1
    line="  \"exposed_symbols\": $array${line#*@\"}"
  fi
  printf '%s\n' "$line"
done <"$template" >"$out"
[[ $found ]]
