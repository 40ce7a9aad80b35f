# SPDX-License-Identifier: Apache-2.0
# Takes the one image of an OCI image layout apart:
#   import.sh JSON.SH LAYOUT CONFIG MANIFEST BLOBS
# BLOBS becomes a folder with its layers, sha256/<digest>.
set -euo pipefail
source "$1"
layout=$2 config=$3 manifest=$4 blobs=$5

# The file in the layout that `sha256:<digest>` names.
blob() { printf '%s/blobs/%s' "$layout" "${1/://}"; }

found=$(json_awk '
BEGIN {
  read_json(file, "index")
  list = at("index", "\"manifests\"")
  if (count[list] != 1) wrong("an image is wanted as base, and there are " count[list] + 0)
  print substr(value[at(item(list, 1), "\"digest\"")], 2, 71)
}' file="$layout/index.json")
cp "$(blob "$found")" "$manifest"

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
cp "$(blob "${digests[0]}")" "$config"
mkdir -p "$blobs/sha256"
for digest in "${digests[@]:1}"; do
  cp "$(blob "$digest")" "$blobs/${digest/://}"
done
