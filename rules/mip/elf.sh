#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# elf.sh TREE REPORT ARCHITECTURE MAX
#
# Fails with names if an ELF file in TREE is for another machine than
# ARCHITECTURE says, or needs a glibc newer than MAX ("2.28"; "any" accepts all).
# REPORT gets a line for each: its path, and the glibc that it needs or `-`.
set -euo pipefail
export LC_ALL=C

tree=$1 report=$2 architecture=$3 max=$4

# newer A B: whether version A is newer than B.
newer() {
  [[ $1 != "$2" &&
    $(printf '%s\n' "$1" "$2" | sort -V | tail -n 1) == "$1" ]]
}

# needed FILE: a line `VERSION SYMBOL` for each symbol of glibc that it asks for,
# and one `VERSION` for each version it needs without a symbol.
needed() {
  readelf --version-info --wide "$1" | awk '
    / section / { needs = $0 ~ /^Version needs/ }
    needs && match($0, /Name: GLIBC_[A-Za-z0-9_.]+/) {
      print substr($0, RSTART + 12, RLENGTH - 12)
    }'
  readelf --dyn-syms --wide "$1" | awk '
    $7 == "UND" && match($8, /@GLIBC_/) {
      print substr($8, RSTART + 7), substr($8, 1, RSTART - 1)
    }'
}

failed=
say() {
  echo "$1" >&2
  failed=1
}

# check FILE NAME: what is wrong with it; prints its line of the report.
check() {
  local file=$1 name=$2 machine version symbol highest=- line
  local -A too_new=()
  machine=$(readelf --file-header --wide "$file" | sed -n 's/^ *Machine: *//p')
  if [[ $architecture == linux_x86_64 && $machine != *X86-64* ]]; then
    say "$name: machine code for $machine, not for $architecture"
  fi
  while read -r version symbol; do
    # A way of relocating that came with 2.36.
    [[ $version != ABI_DT_RELR ]] || version=2.36
    if [[ $version != [0-9]* ]]; then
      too_new[$version]+=${symbol:+ $symbol}
      continue
    fi
    if [[ $highest == - ]] || newer "$version" "$highest"; then
      highest=$version
    fi
    if [[ $max != any ]] && newer "$version" "$max"; then
      too_new[$version]+=${symbol:+ $symbol}
    fi
  done < <(needed "$file" | sort -u)
  if [[ $max != any ]]; then
    for version in "${!too_new[@]}"; do
      line="$name: needs GLIBC_$version"
      [[ -z ${too_new[$version]} ]] || line+=" for${too_new[$version]}"
      say "$line; it may need GLIBC_$max at most (\`glibc_max\`)"
    done
  fi
  printf '%s %s\n' "$name" "$highest" >>"$report"
}

: >"$report"
while IFS= read -r -d '' file; do
  magic=
  IFS= read -r -N 4 magic <"$file" || true
  [[ $magic == $'\x7fELF' ]] || continue
  name=${file#"$tree"/}
  if [[ $architecture == linux_* ]]; then
    check "$file" "$name"
  elif [[ $max != any ]]; then
    say "$name: machine code for Linux in a package for $architecture"
  fi
done < <(find "$tree" -type f -size +3c -print0 | sort -z)
[[ -z $failed ]]
