# SPDX-License-Identifier: Apache-2.0
# Writes the index of an OCI image layout of several images:
#   index.sh JSON.SH TAG OUTPUT INDEX [CONFIG MANIFEST]…
# OUTPUT becomes what the layout names: one index with all images.
set -euo pipefail
source "$1"
tag=$2 output=$3 index=$4
shift 4

list=''
while [ $# -gt 0 ]; do
  list+=${list:+,}$(json_awk '
BEGIN {
  read_json(config, "config")
  printf "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"sha256:%s\",\"size\":%s,\"platform\":%s}", hex, bytes, platform("config")
}' config="$1" hex="$(sha256_of "$2")" bytes="$(size_of "$2")")
  shift 2
done
type='"mediaType":"application/vnd.oci.image.index.v1+json"'
printf '{"schemaVersion":2,%s,"manifests":[%s]}' "$type" "$list" >"$index"
printf '{"schemaVersion":2,%s,"manifests":[{%s,"digest":"sha256:%s","size":%s,"annotations":{"org.opencontainers.image.ref.name":%s}}]}' \
  "$type" "$type" "$(sha256_of "$index")" "$(size_of "$index")" "$tag" >"$output"
