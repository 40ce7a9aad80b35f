# SPDX-License-Identifier: Apache-2.0
# Writes what is in a bundle:
#   manifest.sh INSTRUCTIONS MANIFEST VERSION LIST
# INSTRUCTIONS has lines of words divided by tabs:
#   zone NAME MOUNT FOLDER   a folder of the bundle, and where it lies on the device
#   frozen PATTERN           of paths on the device: `*` in a name, `**` across
#   sum NAME ZONE            a sum to write: of the zone's files to be updated
#   version TEXT  or  version_file PATH
#   time TEXT                when it was built; at most one
#   tried PATH SOURCE        what could not be compiled if it is not there
# LIST gets a line for each file: SHA256 SIZE ACTION MOUNT DESTINATION PATH.
set -euo pipefail
export LC_ALL=C
instructions=$1 manifest=$2 version_json=$3 list=$4

words() { awk -F '\t' -v kind="$1" '$1 == kind' "$instructions"; }

# A line for each file: SHA256 SIZE MOUNT DESTINATION PATH
files() {
  local zone mount folder strange
  while IFS=$'\t' read -r _ zone mount folder; do
    strange=$(find "$folder" ! -type f ! -type d -o -name $'*[\001-\037]*' | head -n 1)
    if [ -n "$strange" ]; then
      echo "${strange#"$folder"/}, in the zone $zone, cannot be installed: it is neither a file nor a folder, or its name has a control character" >&2
      exit 1
    fi
    find "$folder" -type f -printf '%s\t%P\n' | sort -t $'\t' -k 2 >"$TMPDIR/sizes"
    [ -s "$TMPDIR/sizes" ] || continue
    cut -f 2- "$TMPDIR/sizes" | tr '\n' '\0' |
      (cd "$folder" && xargs -0 sha256sum --zero --) | tr '\0' '\n' |
      cut -c 1-64 | paste - "$TMPDIR/sizes" |
      awk -F '\t' -v OFS='\t' -v zone="$zone" -v mount="${mount%/}" '
        { print $1, $2, mount == "" ? "/" : mount, mount "/" $3, zone "/" $3 }'
  done < <(words zone)
}

version=$(words version | cut -f 2-)
version_file=$(words version_file | cut -f 2-)
if [ -n "$version_file" ]; then
  version=$(head -n 1 "$version_file" | tr -d '\r' | sed 's/^[ \t]*//; s/[ \t]*$//')
  if [ -z "$version" ]; then
    echo "$version_file has no version in its first line" >&2
    exit 1
  fi
fi
if [[ $version == *[[:cntrl:]]* ]]; then
  echo "the version has a control character" >&2
  exit 1
fi

files | sort -t $'\t' -k 4,4 >"$TMPDIR/files"
# Through the environment: awk reads no backslashes there.
VERSION=$version TIME=$(words time | cut -f 2-) awk -F '\t' -v OFS='\t' \
  -v manifest="$manifest" -v version_json="$version_json" -v list="$list" '
function quoted(text, out, c, i) {
  for (i = 1; i <= length(text); i++) {
    c = substr(text, i, 1)
    out = out (c == "\\" || c == "\"" ? "\\" : "") c
  }
  return "\"" out "\""
}

# As an anchored regular expression.
function expression(pattern, out, c) {
  while (pattern != "") {
    if (substr(pattern, 1, 3) == "**/") { out = out "(.*/)?"; pattern = substr(pattern, 4); continue }
    if (substr(pattern, 1, 2) == "**") { out = out ".*"; pattern = substr(pattern, 3); continue }
    c = substr(pattern, 1, 1)
    pattern = substr(pattern, 2)
    if (c == "*") out = out "[^/]*"
    else if (c ~ /[a-zA-Z0-9_\/ -]/) out = out c
    else out = out "[" (c == "^" || c == "\\" ? "\\" : "") c "]"
  }
  # One that matches a folder stands for all below it.
  return "^" out "(/.*)?$"
}

function add(name, value) {
  stats = stats (stats == "" ? "" : ", ") quoted(name) ": " value + 0
}

FNR == NR {
  if ($1 == "frozen") { frozen[++patterns] = expression($2); pattern[patterns] = $2 }
  if ($1 == "sum") { sum[++sums] = $2; summed[sums] = $3 }
  if ($1 == "tried") { tried[++tries] = $2; source[tries] = $3 }
  next
}

{
  path = substr($4, 2)
  if (path in zone_of) {
    print path " comes twice to the device: out of the zones " zone_of[path] " and " substr($5, 1, index($5, "/") - 1) > "/dev/stderr"
    exit failed = 1
  }
  zone = substr($5, 1, index($5, "/") - 1)
  zone_of[path] = zone
  action = "update"
  for (i = 1; i <= patterns; i++) {
    if (path ~ frozen[i]) { action = "ignore_if_frozen"; used[i] = 1 }
  }
  total += $2
  if (action == "update") updated[zone] += $2
  else ignored += $2
  there[$5] = 1
  entries[++count] = "{\"path\": " quoted(path) ", \"download_path\": " quoted($5) \
    ", \"destination\": " quoted($4) ", \"action\": \"" action \
    "\", \"sha256\": \"" $1 "\", \"size\": " $2 "}"
  print $1, $2, action, $3, $4, $5 > list
}

END {
  if (failed) exit 1
  version = ENVIRON["VERSION"]
  time = ENVIRON["TIME"]
  for (i = 1; i <= patterns; i++) {
    if (!used[i]) {
      print "`frozen` has the pattern " pattern[i] ", which matches no file of the bundle" > "/dev/stderr"
      exit 1
    }
  }
  add("total_bytes", total)
  for (i = 1; i <= sums; i++) add(sum[i], updated[summed[i]])
  add("ignored_bytes", ignored)
  for (i = 1; i <= tries; i++) {
    if (!(tried[i] in there)) missing = missing (missing == "" ? "" : ", ") quoted(source[i])
  }
  stamp = time == "" ? "" : ", \"build_timestamp\": " quoted(time)
  printf "{\"version\": %s%s, \"file_count\": %d, \"total_size\": %d}\n", quoted(version), stamp, count, total > version_json
  printf "{\n  \"version\": %s,\n", quoted(version) > manifest
  if (time != "") printf "  \"build_timestamp\": %s,\n", quoted(time) > manifest
  printf "  \"stats\": {%s},\n  \"failed_files\": [%s],\n  \"files\": [", stats, missing > manifest
  for (i = 1; i <= count; i++) printf "%s\n    %s", (i == 1 ? "" : ","), entries[i] > manifest
  printf "\n  ]\n}\n" > manifest
}' "$instructions" "$TMPDIR/files"
