# SPDX-License-Identifier: Apache-2.0
# JSON in awk, for scripts that source this: `json_awk PROGRAM [NAME=VALUE…]` runs
# an awk program of BEGIN blocks, which has the variables and can call
#
#   read_json(FILE, NAME)  reads a file as the value NAME
#   kind[P]                "o" an object, "a" a list, "s" anything else, "": none
#   count[P]               how many elements an object or a list has
#   key[P, i]              the i-th key of an object, in its quotes; from 1
#   at(P, K)               the place of what the object P has at the key K
#   item(P, i)             the place of the i-th element of the list P; from 1
#   value[P]               a string in its quotes, a number, true, false, null
#   text(P)                all of P as JSON without white space
#
# Strings are never taken out of their quotes, so that whatever is in them stays
# as it is. Places are texts; a value NAME is at the place NAME.

export LC_ALL=C

json_awk() {
  local program=$1 variable variables=()
  shift
  for variable in "$@"; do variables+=(-v "$variable"); done
  awk "${variables[@]}" "$JSON_AWK $program" </dev/null
}

JSON_AWK='
function wrong(what) {
  print FILE_NAME ": " what > "/dev/stderr"
  exit 1
}

function skip_space() {
  if (match(REST, /^[ \t\r\n]+/)) REST = substr(REST, RLENGTH + 1)
}

function take(pattern, what, token) {
  skip_space()
  if (!match(REST, pattern)) wrong("no JSON: " what " is missing before " substr(REST, 1, 40))
  token = substr(REST, 1, RLENGTH)
  REST = substr(REST, RLENGTH + 1)
  return token
}

function at(place, name) { return place "/" name }
function item(place, i) { return place "/" i }

function read_value(place, first, name) {
  skip_space()
  first = substr(REST, 1, 1)
  if (first == "{" || first == "[") {
    kind[place] = first == "{" ? "o" : "a"
    count[place] = 0
    REST = substr(REST, 2)
    skip_space()
    if (substr(REST, 1, 1) == (first == "{" ? "}" : "]")) {
      REST = substr(REST, 2)
      return
    }
    read_elements(place, first)
    return
  }
  kind[place] = "s"
  if (first == "\"") value[place] = take_string()
  else value[place] = take("^[-+.0-9a-zA-Z]+", "a value")
}

function take_string() { return take("^\"([^\"\\\\]|\\\\.)*\"", "a string") }

function read_elements(place, first, more, name) {
  do {
    count[place]++
    if (first == "{") {
      name = take_string()
      take("^:", "`:`")
      key[place, count[place]] = name
      read_value(at(place, name))
    } else {
      read_value(item(place, count[place]))
    }
    more = take(first == "{" ? "^[,}]" : "^[],]", "`,` or the end")
  } while (more == ",")
}

function read_json(file, name, line) {
  FILE_NAME = file
  REST = ""
  while ((getline line < file) > 0) REST = REST line "\n"
  close(file)
  read_value(name)
  skip_space()
  if (REST != "") wrong("no JSON: something follows its end")
}

function text(place, i, out) {
  if (kind[place] == "s") return value[place]
  if (kind[place] == "a") {
    for (i = 1; i <= count[place]; i++) {
      out = out (i > 1 ? "," : "") text(item(place, i))
    }
    return "[" out "]"
  }
  for (i = 1; i <= count[place]; i++) {
    out = out (i > 1 ? "," : "") key[place, i] ":" text(at(place, key[place, i]))
  }
  return "{" out "}"
}

function is_string(place) {
  return kind[place] == "s" && substr(value[place], 1, 1) == "\"" && value[place] != "\"\""
}

# The platform of a configuration, as an index names it.
function platform(config, out) {
  out = "{\"architecture\":" value[at(config, "\"architecture\"")] ",\"os\":" value[at(config, "\"os\"")]
  if (is_string(at(config, "\"variant\""))) out = out ",\"variant\":" value[at(config, "\"variant\"")]
  return out "}"
}
'

sha256_of() { sha256sum <"$1" | cut -d ' ' -f 1; }
size_of() { stat -c %s -- "$1"; }
