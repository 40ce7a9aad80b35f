# SPDX-License-Identifier: Apache-2.0
# Writes the manifest.json of a docker-archive that is an OCI image layout too:
#   load.sh JSON.SH TAGS CONFIG MANIFEST OUTPUT
# TAGS is a JSON list.
set -euo pipefail
source "$1"
json_awk '
function path(digest) { return "\"blobs/sha256/" substr(digest, 9) }

BEGIN {
  read_json(manifest, "manifest")
  list = at("manifest", "\"layers\"")
  for (i = 1; i <= count[list]; i++) {
    layers = layers (i > 1 ? "," : "") path(value[at(item(list, i), "\"digest\"")])
  }
  printf "[{\"Config\":\"blobs/sha256/%s\",\"RepoTags\":%s,\"Layers\":[%s]}]", hex, tags, layers
}' manifest="$4" hex="$(sha256_of "$3")" tags="$2" >"$5"
