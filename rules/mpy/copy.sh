#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Brings a bundle to a device that is mounted here.
#
# The device stays as it was until all that is new lies on it, under temporary
# names, and has been read back; then each file gets its name, those that start
# the device last. What an earlier run wrote and is no longer in the bundle goes
# after that, if nobody changed it. `.graph-copy` on the device says what was
# written: lines `SHA256 PATH`, and `- PATH` for folders.
set -euo pipefail
export LC_ALL=C.UTF-8
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly BUNDLE="$here/%{bundle}"
readonly LIST="$here/%{list}"
readonly LAST=(%{last})
readonly RECORD=.graph-copy
readonly SUFFIX=.graph-new

usage() {
  cat <<'TEXT'
copy [--dry-run] [--all] [--mount PLACE=FOLDER]... DEVICE
  --dry-run             only say what would be done
  --all                 also files that may be in the firmware
  --mount PLACE=FOLDER  what the device has at PLACE, like /sd, is here in FOLDER;
                        without it, files for PLACE are left out
TEXT
}

wrong() {
  echo "copy: $1" >&2
  usage >&2
  exit 2
}

fail() {
  echo "copy: $1" >&2
  exit 1
}

digest() { sha256sum <"$1" | cut -d ' ' -f 1; }

# The digest of what the disk has, as far as the system lets us ask it.
read_back() {
  dd if="$1" iflag=nocache count=0 status=none 2>/dev/null || true
  digest "$1"
}

dry_run='' all=''
declare -A folders=()  # Where the device has something, and where that is here.
device=''
while [ $# -gt 0 ]; do
  case $1 in
    --dry-run) dry_run=1 ;;
    --all) all=1 ;;
    --mount)
      [[ ${2-} =~ ^(/[^=]+)=(.+)$ ]] || wrong "--mount takes PLACE=FOLDER, like /sd=/media/SD"
      folders[${BASH_REMATCH[1]}]=${BASH_REMATCH[2]}
      shift
      ;;
    --help)
      usage
      exit 0
      ;;
    -*) wrong "there is no option $1" ;;
    *)
      [ -z "$device" ] || wrong "there is more than one device: $device and $1"
      device=$1
      ;;
  esac
  shift
done
[ -n "$device" ] || wrong "which device? Say the folder where it is mounted"
folders[/]=$device
for place in "${!folders[@]}"; do
  [ -d "${folders[$place]}" ] || fail "${folders[$place]} is no folder: is the device mounted?"
done

# What is to lie where: destinations on the device in the order of the list, and
# for each its digest, its file here, and the file of the bundle.
order=()
declare -A digests=() targets=() sources=() roots=() skipped=()
frozen=0
while IFS=$'\t' read -r sha256 _ action mount destination path; do
  if [ "$action" = ignore_if_frozen ] && [ -z "$all" ]; then
    frozen=$((frozen + 1))
    continue
  fi
  if [ -z "${folders[$mount]-}" ]; then
    skipped[$mount]=$((${skipped[$mount]-0} + 1))
    continue
  fi
  order+=("$destination")
  digests[$destination]=$sha256
  roots[$destination]=$mount
  targets[$destination]=${folders[$mount]}/${destination#"${mount%/}/"}
  sources[$destination]=$BUNDLE/$path
done <"$LIST"
for place in "${!folders[@]}"; do
  if [ "$place" != / ] && ! cut -f 4 "$LIST" | grep -qxF -- "$place"; then
    fail "nothing of the bundle lies at $place; places are: $(cut -f 4 "$LIST" | sort -u | paste -sd ' ')"
  fi
done

# --- What differs -----------------------------------------------------------

is_last() {
  local each
  for each in "${LAST[@]}"; do
    if [ "$1" = "/${each#/}" ]; then return 0; fi
  done
  return 1
}

changed=() new=0 same=0
for destination in "${order[@]}"; do
  target=${targets[$destination]}
  if [ -e "$target" ] && [ ! -f "$target" ]; then
    fail "${destination#/} is a file of the bundle, and something else on the device; move that away"
  fi
  if [ -f "$target" ] && [ "$(digest "$target")" = "${digests[$destination]}" ]; then
    same=$((same + 1))
    continue
  fi
  [ -e "$target" ] || new=$((new + 1))
  changed+=("$destination")
done

# Those of earlier runs that are not in the bundle any more: files, then folders
# from the inside out.
old=()
declare -A old_digests=() known_folders=()
for place in "${!folders[@]}"; do
  record=${folders[$place]}/$RECORD
  [ -f "$record" ] || continue
  while read -r sha256 path; do
    if [ "$sha256" = - ]; then
      known_folders[${place%/}/$path]=1
      continue
    fi
    destination=${place%/}/$path
    old_digests[$destination]=$sha256
    if [ -z "${digests[$destination]-}" ] && ! cut -f 5 "$LIST" | grep -qxF -- "$destination"; then
      old+=("$destination")
      roots[$destination]=$place
      targets[$destination]=${folders[$place]}/$path
    fi
  done <"$record"
done

removed=() kept=()
for destination in "${old[@]}"; do
  target=${targets[$destination]}
  [ -f "$target" ] || continue
  if [ "$(digest "$target")" = "${old_digests[$destination]}" ]; then
    removed+=("$destination")
  else
    kept+=("$destination")
  fi
done

# --- What is told -----------------------------------------------------------

report() {
  local destination
  for destination in "${changed[@]}"; do
    echo "${1}copy ${destination#/}"
  done
  for destination in "${removed[@]}"; do
    echo "${1}remove ${destination#/}, which is not in the bundle any more"
  done
  for destination in "${kept[@]}"; do
    echo "keep ${destination#/}: it is not in the bundle any more, but was changed on the device"
  done
}

warn() {
  local destination source place
  for destination in "${order[@]}"; do
    source=${destination%.mpy}.py
    if [ "$source" != "$destination" ] && [ -e "${targets[$destination]%.mpy}.py" ] &&
      [ -z "${digests[$source]-}" ] && [[ " ${removed[*]-} " != *" $source "* ]]; then
      echo "copy: ${source#/} on the device hides ${destination#/}" >&2
    fi
  done
  for place in "${!skipped[@]}"; do
    echo "copy: ${skipped[$place]} files for $place were left out; --mount $place=FOLDER says where it is here" >&2
  done
  if [ "$frozen" -gt 0 ]; then
    echo "copy: $frozen files that may be in the firmware were left out; --all copies them, too" >&2
  fi
}

if [ -n "$dry_run" ]; then
  report 'would '
  warn
  echo "would copy ${#changed[@]} files ($new new), remove ${#removed[@]}; $same are there already"
  exit 0
fi

# --- What is done -----------------------------------------------------------

# The temporary name of a file, in its own folder.
staged() { echo "${1%/*}/.${1##*/}$SUFFIX"; }

made_folders=()
undo() {
  local destination folder
  for destination in "${changed[@]}"; do
    rm -f -- "$(staged "${targets[$destination]}")" || true
  done
  for ((i = ${#made_folders[@]} - 1; i >= 0; i--)); do
    rmdir -- "${made_folders[i]}" 2>/dev/null || true
  done
}

give_up() {
  undo
  fail "$1. The device is as it was"
}

# Makes the folder of a file of the place $1, and notes what had to be made.
make_folder() {
  local place=$1 folder=$2 missing=()
  while [ ! -d "$folder" ]; do
    missing=("$folder" "${missing[@]}")
    folder=${folder%/*}
  done
  for folder in "${missing[@]}"; do
    mkdir -- "$folder" || return 1
    made_folders+=("$folder")
    known_folders[${place%/}/${folder#"${folders[$place]}"/}]=1
  done
}

# Says on the device at $1 what is ours: what we wrote, or are about to.
write_record() {
  local place=$1 root=${folders[$1]} destination folder text=''
  while read -r folder; do
    if [ -n "$folder" ] && [ "$(place_of "$folder")" = "$place" ]; then
      text+="- ${folder#"${place%/}"/}"$'\n'
    fi
  done < <(printf '%s\n' "${!known_folders[@]}" | sort)
  for destination in "${order[@]}" "${removed[@]}"; do
    if [ "${roots[$destination]}" = "$place" ] && [ -n "${ours[$destination]-}" ]; then
      text+="${ours[$destination]} ${destination#"${place%/}"/}"$'\n'
    fi
  done
  printf %s "$text" >"$root/$RECORD$SUFFIX" && mv -f -- "$root/$RECORD$SUFFIX" "$root/$RECORD"
}

# Which of the places a path on the device belongs to.
place_of() {
  local place best=/
  for place in "${!folders[@]}"; do
    if [[ $1 == "${place%/}"/* ]] && [ ${#place} -gt ${#best} ]; then best=$place; fi
  done
  echo "$best"
}

# What is ours, with its digest: what is already, and what is going to be.
declare -A ours=()
for destination in "${!old_digests[@]}"; do ours[$destination]=${old_digests[$destination]}; done
for destination in "${changed[@]}"; do ours[$destination]=${digests[$destination]}; done

trap 'undo; exit 130' INT TERM HUP
for root in "${folders[@]}"; do
  # What a run that was killed has left.
  find "$root" -xdev -name ".*$SUFFIX" -type f -delete 2>/dev/null || true
done
for destination in "${changed[@]}"; do
  target=${targets[$destination]}
  make_folder "${roots[$destination]}" "${target%/*}" ||
    give_up "cannot make the folder of ${destination#/}"
  cat -- "${sources[$destination]}" >"$(staged "$target")" ||
    give_up "cannot write ${destination#/}: $(df -h --output=avail -- "$device" | tail -n 1 | tr -d ' ') are free"
done
for root in "${folders[@]}"; do
  sync -f -- "$root" || give_up "the disk at $root cannot be written"
done
for destination in "${changed[@]}"; do
  read=$(read_back "$(staged "${targets[$destination]}")") || read=''
  [ "$read" = "${digests[$destination]}" ] ||
    give_up "${destination#/} was read back with other bytes than were written"
done
for place in "${!folders[@]}"; do
  write_record "$place" || {
    rm -f -- "${folders[$place]}/$RECORD$SUFFIX"
    give_up "cannot write $RECORD"
  }
done

trap '' INT TERM HUP
in_place() {
  mv -f -T -- "$(staged "${targets[$1]}")" "${targets[$1]}" ||
    fail "cannot give ${1#/} its name; run this again"
}
for destination in "${changed[@]}"; do
  is_last "$destination" || in_place "$destination"
done
for root in "${folders[@]}"; do sync -f -- "$root"; done
for name in "${LAST[@]}"; do
  for destination in "${changed[@]}"; do
    if [ "$destination" = "/${name#/}" ]; then in_place "$destination"; fi
  done
done
for destination in "${removed[@]}"; do
  rm -f -- "${targets[$destination]}"
  unset 'ours[$destination]'
done
# Folders that an earlier run made and that are empty now, from the inside out.
while read -r folder; do
  [ -n "$folder" ] || continue
  place=$(place_of "$folder")
  path=${folders[$place]}/${folder#"${place%/}"/}
  if rmdir -- "$path" 2>/dev/null || [ ! -d "$path" ]; then
    unset 'known_folders[$folder]'
  fi
done < <(printf '%s\n' "${!known_folders[@]}" | sort -r)
for place in "${!folders[@]}"; do
  write_record "$place" || fail "cannot write $RECORD; run this again"
  sync -f -- "${folders[$place]}"
done

for destination in "${order[@]}"; do
  read=$(read_back "${targets[$destination]}") || read=''
  [ "$read" = "${digests[$destination]}" ] ||
    fail "${destination#/} is not on the device as it should be; run this again"
done
report ''
warn
echo "copied ${#changed[@]} files ($new new), removed ${#removed[@]}; $same were there already"
