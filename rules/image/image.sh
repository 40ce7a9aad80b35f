# SPDX-License-Identifier: Apache-2.0
# Writes the configuration, the manifest and the index of one image:
#   image.sh JSON.SH SETTINGS DIGESTS BASE-CONFIG BASE-MANIFEST
#            CONFIG MANIFEST INDEX
# SETTINGS is what the rule says, DIGESTS a line `SHA256 SIZE PATH` for each file
# of the layers that are added, each plain and then as the image has it. The base
# may be `-`. What the settings leave empty is as in the base.
set -euo pipefail
source "$1"
settings=$2 digests=$3 base_config=$4 base_manifest=$5
config=$6 manifest=$7 index=$8
created=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)
inputs=(settings="$settings" digests="$digests" base_config="$base_config"
  base_manifest="$base_manifest" created="$created")

# What every part reads; `own` are the settings.
read_all='
BEGIN {
  read_json(settings, "own")
  if (base_config != "-") read_json(base_config, "base")
  if (base_manifest != "-") read_json(base_manifest, "manifest")
  while ((getline line < digests) > 0) {
    split(line, part, " ")
    plain[++layers] = part[1]
    if ((getline line < digests) <= 0) wrong("a line is missing in " digests)
    split(line, part, " ")
    packed[layers] = part[1]
    size[layers] = part[2]
  }
  OWN = at("own", "\"config\"")
  BASE = at("base", "\"config\"")
}

function digest(hex) { return "\"sha256:" hex "\"" }

# The lesser of two names first; there are few.
function sort(list, n, i, j, one) {
  for (i = 2; i <= n; i++) {
    one = list[i]
    for (j = i - 1; j > 0 && list[j] > one; j--) list[j + 1] = list[j]
    list[j + 1] = one
  }
}

# An object as JSON: what `low` has, and over it what `high` has, sorted.
function merged(low, high, n, names, seen, i, out) {
  for (i = 1; i <= count[low]; i++) names[++n] = key[low, i]
  for (i = 1; i <= n; i++) seen[names[i]] = at(low, names[i])
  for (i = 1; i <= count[high]; i++) {
    if (!(key[high, i] in seen)) names[++n] = key[high, i]
    seen[key[high, i]] = at(high, key[high, i])
  }
  sort(names, n)
  for (i = 1; i <= n; i++) out = out (i > 1 ? "," : "") names[i] ":" text(seen[names[i]])
  return "{" out "}"
}

# A top-level word of the settings, or of the base, or `otherwise`.
function word(name, otherwise) {
  if (is_string(at("own", name))) return value[at("own", name)]
  if (is_string(at("base", name))) return value[at("base", name)]
  return otherwise
}
'

json_awk "$read_all"'
# Names and values as they are in Env: those of the base first, changed in place.
function environment(n, i, name, where, out, list, own) {
  for (i = 1; i <= count[at(BASE, "\"Env\"")]; i++) {
    list[++n] = value[item(at(BASE, "\"Env\""), i)]
    match(list[n], /^"[^="]*/)
    where[substr(list[n], 1, RLENGTH)] = n
  }
  own = at(OWN, "\"Env\"")
  for (i = 1; i <= count[own]; i++) {
    match(value[item(own, i)], /^"[^="]*/)
    name = substr(value[item(own, i)], 1, RLENGTH)
    if (!(name in where)) where[name] = ++n
    list[where[name]] = value[item(own, i)]
  }
  for (i = 1; i <= n; i++) out = out (i > 1 ? "," : "") list[i]
  return "[" out "]"
}

function put(name, json) { FIELD[++FIELDS] = name; JSON[name] = json }

# A new entry point makes the arguments of the old one meaningless.
function is_kept(name) {
  return name != "\"Cmd\"" || count[at(OWN, "\"Entrypoint\"")] == 0
}

function config_text(i, name, out) {
  for (i = 1; i <= count[BASE]; i++) {
    name = key[BASE, i]
    if (text(at(BASE, name)) == "null" || !is_kept(name)) continue
    put(name, text(at(BASE, name)))
  }
  for (i = 1; i <= count[OWN]; i++) {
    name = key[OWN, i]
    if (kind[at(OWN, name)] == "s" ? !is_string(at(OWN, name)) : count[at(OWN, name)] == 0) continue
    if (!(name in JSON)) FIELD[++FIELDS] = name
    if (name == "\"Env\"") JSON[name] = environment()
    else if (kind[at(OWN, name)] == "o") JSON[name] = merged(at(BASE, name), at(OWN, name))
    else JSON[name] = text(at(OWN, name))
  }
  sort(FIELD, FIELDS)
  for (i = 1; i <= FIELDS; i++) out = out (i > 1 ? "," : "") FIELD[i] ":" JSON[FIELD[i]]
  return "{" out "}"
}

function append(list, element) { return list (list == "" ? "" : ",") element }

BEGIN {
  diff_ids = at(at("base", "\"rootfs\""), "\"diff_ids\"")
  for (i = 1; i <= count[diff_ids]; i++) ids = append(ids, value[item(diff_ids, i)])
  past = at("base", "\"history\"")
  for (i = 1; i <= count[past]; i++) history = append(history, text(item(past, i)))
  for (i = 1; i <= layers; i++) {
    ids = append(ids, digest(plain[i]))
    history = append(history, "{\"created\":\"" created "\",\"created_by\":" \
      value[item(at("own", "\"made_by\""), i)] "}")
  }
  printf "{\"created\":\"%s\",\"architecture\":%s,\"os\":%s", created,
    word("\"architecture\"", "\"amd64\""), word("\"os\"", "\"linux\"")
  variant = word("\"variant\"", "")
  if (variant != "") printf ",\"variant\":%s", variant
  printf ",\"config\":%s", config_text()
  printf ",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[%s]}", ids
  printf ",\"history\":[%s]}", history
}' "${inputs[@]}" >"$config"

json_awk "$read_all"'
# As OCI calls them; registries also have the names of Docker.
function layer_type(name) {
  if (name == "\"application/vnd.docker.image.rootfs.diff.tar.gzip\"") {
    return "\"application/vnd.oci.image.layer.v1.tar+gzip\""
  }
  if (name == "\"application/vnd.docker.image.rootfs.diff.tar\"") {
    return "\"application/vnd.oci.image.layer.v1.tar\""
  }
  return name
}

function descriptor(type, name, length_of) {
  return "{\"mediaType\":" type ",\"digest\":" name ",\"size\":" length_of "}"
}

function append(list, element) { return list (list == "" ? "" : ",") element }

BEGIN {
  below = at("manifest", "\"layers\"")
  for (i = 1; i <= count[below]; i++) {
    one = item(below, i)
    list = append(list, descriptor(layer_type(value[at(one, "\"mediaType\"")]),
      value[at(one, "\"digest\"")], value[at(one, "\"size\"")]))
  }
  for (i = 1; i <= layers; i++) {
    list = append(list, descriptor(value[at("own", "\"layer_type\"")], digest(packed[i]), size[i]))
  }
  printf "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\""
  printf ",\"config\":%s", descriptor("\"application/vnd.oci.image.config.v1+json\"", digest(hex), bytes)
  printf ",\"layers\":[%s]", list
  annotations = at("own", "\"annotations\"")
  if (count[annotations] > 0) printf ",\"annotations\":%s", merged("", annotations)
  printf "}"
}' "${inputs[@]}" hex="$(sha256_of "$config")" bytes="$(size_of "$config")" >"$manifest"

json_awk '
BEGIN {
  read_json(config, "config")
  read_json(settings, "own")
  printf "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":["
  printf "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"sha256:%s\",\"size\":%s", hex, bytes
  printf ",\"platform\":%s", platform("config")
  printf ",\"annotations\":{\"org.opencontainers.image.ref.name\":%s}}]}", value[at("own", "\"tag\"")]
}' config="$config" settings="$settings" hex="$(sha256_of "$manifest")" \
  bytes="$(size_of "$manifest")" >"$index"
