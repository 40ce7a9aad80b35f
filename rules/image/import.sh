# SPDX-License-Identifier: Apache-2.0
# Takes the one image of an OCI image layout apart:
#   import.sh JSON.SH LAYOUT CONFIG MANIFEST BLOBS
# BLOBS becomes a folder with its layers, sha256/<digest>.
set -euo pipefail
source "$1"
layout=$2 config=$3 manifest=$4 blobs=$5

# Copies what `sha256:<digest>` names in the layout. What is made here is named by
# these digests again, so they must be true.
take() {
  local from=$layout/blobs/${1/://}
  if [ ! -f "$from" ]; then
    echo "$layout is no whole image layout: it has no $1" >&2
    exit 1
  fi
  if [ "sha256:$(sha256_of "$from")" != "$1" ]; then
    echo "$layout is damaged: $1 has other bytes" >&2
    exit 1
  fi
  cp "$from" "$2"
}

if [ ! -f "$layout/index.json" ]; then
  echo "$layout is no image layout: it has no index.json" >&2
  exit 1
fi
found=$(json_awk '
BEGIN {
  read_json(file, "index")
  list = at("index", "\"manifests\"")
  if (count[list] != 1) wrong("an image is wanted as base, and there are " count[list] + 0)
  print substr(value[at(item(list, 1), "\"digest\"")], 2, 71)
}' file="$layout/index.json")
take "$found" "$manifest"

# The digest of the configuration, and then those of the layers.
mapfile -t digests < <(json_awk '
BEGIN {
  read_json(file, "manifest")
  if (kind[at("manifest", "\"config\"")] != "o") wrong("it is no manifest of an image")
  print substr(value[at(at("manifest", "\"config\""), "\"digest\"")], 2, 71)
  list = at("manifest", "\"layers\"")
  for (i = 1; i <= count[list]; i++) {
    print substr(value[at(item(list, i), "\"digest\"")], 2, 71)
  }
}' file="$manifest")
take "${digests[0]}" "$config"
mkdir -p "$blobs/sha256"
for digest in "${digests[@]:1}"; do
  take "$digest" "$blobs/${digest/://}"
done
