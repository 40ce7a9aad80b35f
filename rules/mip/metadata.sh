#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# metadata.sh TEMPLATE OUT TREE VERSION EXCLUDE [GROUP=FOLDER]...
#
# Writes TEMPLATE to OUT with each value "@key@" of `key` replaced by a JSON
# array: `paths`, and each other GROUP, by its FOLDERs of TREE; and
# `exposed_symbols` by what those of `paths` expose to MATLAB: `f` for f.m, `p`
# for +p/, `c` for @c/; each once, sorted by bytes. FOLDER/** also means all
# below that have functions, but for the names in EXCLUDE, which are parted by /.
#
# If TREE has a mip.yaml with a number as version, VERSION has to agree, unless
# it is no number. bash and coreutils only.
set -euo pipefail
shopt -s nullglob
export LC_ALL=C

template=$1 out=$2 tree=$3 version=$4 exclude=/$5/
shift 5

# json TEXT: TEXT as a JSON string, in REPLY. Names hold no NUL; what else JSON forbids
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
  REPLY="\"$text\""
}

# array INDENT VALUE...: a JSON array, a value a line, in REPLY.
array() {
  local indent=$1 text='' value
  shift
  for value; do
    json "$value"
    text+="${text:+,}"$'\n'"$indent  $REPLY"
  done
  REPLY="[${text:+$text$'\n'$indent}]"
}

# below FOLDER: FOLDER and those below it that hold functions, into `folders`.
# MATLAB finds packages, classes and private functions by itself.
below() {
  local folder=$1 entry functions=("$tree/$1"/*.m)
  ((${#functions[@]} == 0)) || folders+=("$folder")
  for entry in "$tree/$folder"/*/; do
    entry=${entry%/}
    entry=${entry##*/}
    [[ $entry != [.+@]* && $entry != private && $exclude != */"$entry"/* ]] ||
      continue
    if [[ $folder == . ]]; then below "$entry"; else below "$folder/$entry"; fi
  done
}

# folders_of FOLDER: into `folders` what FOLDER or FOLDER/** means.
folders_of() {
  local folder=$1
  folders=()
  if [[ $folder == '**' || $folder == */'**' ]]; then
    folder=${folder%'**'}
    folder=${folder%/}
    folder=${folder:-.}
    [[ ! -d $tree/$folder ]] || below "$folder"
    if ((${#folders[@]} == 0)); then
      echo "metadata.sh: no functions in $folder or below it" >&2
      exit 1
    fi
    return
  fi
  if [[ ! -d $tree/$folder ]]; then
    echo "metadata.sh: no folder $folder in the sources" >&2
    exit 1
  fi
  folders=("$folder")
}

# Each group's folders, by lines; a folder's name may hold anything but that.
declare -A groups=()
symbols=()
for word; do
  group=${word%%=*}
  folders_of "${word#*=}"
  for folder in "${folders[@]}"; do
    groups[$group]+=$folder$'\n'
    [[ $group == paths ]] || continue
    for entry in "$tree/$folder"/*.m "$tree/$folder"/[+@]*/; do
      name=${entry%/}
      name=${name##*/}
      if [[ -d $entry ]]; then
        symbols+=("${name:1}")
      elif [[ $entry != */ ]]; then
        symbols+=("${name%.m}")
      fi
    done
  done
done
if ((${#symbols[@]})); then
  readarray -d '' -t symbols < <(printf '%s\0' "${symbols[@]}" | sort -zu)
fi

number='^[0-9]+(\.[0-9]+)*$'
if [[ $version =~ $number && -f $tree/mip.yaml ]]; then
  said=$(sed -n "s/^version: *[\"']\{0,1\}\([^\"'#[:space:]]*\).*/\1/p" \
    "$tree/mip.yaml")
  if [[ $said =~ $number && $said != "$version" ]]; then
    echo "metadata.sh: the version is $version, but mip.yaml in the sources" \
      "says $said; numbers must be the same" >&2
    exit 1
  fi
fi

wanted='^( *)"([A-Za-z0-9_]+)": "@([A-Za-z0-9_]+)@"(,?)$'
while IFS= read -r line; do
  if [[ $line =~ $wanted && ${BASH_REMATCH[2]} == "${BASH_REMATCH[3]}" ]]; then
    indent=${BASH_REMATCH[1]} key=${BASH_REMATCH[2]} comma=${BASH_REMATCH[4]}
    if [[ $key == exposed_symbols ]]; then
      array "$indent" "${symbols[@]}"
    elif [[ ${groups[$key]-} ]]; then
      readarray -t folders <<<"${groups[$key]%$'\n'}"
      array "$indent" "${folders[@]}"
    else
      printf '%s\n' "$line"
      continue
    fi
    line="$indent\"$key\": $REPLY$comma"
  fi
  printf '%s\n' "$line"
done <"$template" >"$out"
