# SPDX-License-Identifier: Apache-2.0
# Whether a compiler makes files that the device can load:
#   probe.sh FORMAT OUTPUT COMPILER [OPTION…]
# An .mpy file begins with `M` (MicroPython) or `C` (CircuitPython) and the number
# of its format. Where both are right, OUTPUT is FORMAT.
set -euo pipefail
format=$1 output=$2
shift 2

: >"$TMPDIR/probe.py"
"$@" -s probe.py -o "$TMPDIR/probe.mpy" "$TMPDIR/probe.py"
read -r letter version < <(od -An -v -tu1 -N2 "$TMPDIR/probe.mpy")

words() {
  case $1 in
    M*) echo "$1 (MicroPython, version ${1#M})" ;;
    C*) echo "$1 (CircuitPython, version ${1#C})" ;;
    *) echo "$1" ;;
  esac
}

case $letter in
  77) made=M$version ;;
  67) made=C$version ;;
  *) made="no .mpy format that is known (it begins with the bytes $letter $version)" ;;
esac
if [ "$made" != "$format" ]; then
  echo "$1 makes files of the format $(words "$made"), and \`format\` says $(words "$format"): the device would refuse all of them as incompatible. Take the mpy-cross that belongs to its firmware, or mend \`format\`." >&2
  exit 1
fi
echo "$format" >"$output"
