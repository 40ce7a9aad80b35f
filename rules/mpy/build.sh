# SPDX-License-Identifier: Apache-2.0
# Compiles mpy-cross where it is not seen, for a make that writes into the
# sources:
#   build.sh SOURCE SUBDIR OUTPUT [MAKE-ARGUMENT…]
set -euo pipefail
source=$1 subdir=$2 output=$PWD/$3
shift 3
if [ ! -f "$source/$subdir/Makefile" ]; then
  echo "there is no $subdir/Makefile in $source: \`source\` takes the sources of MicroPython, \`subdir\` the folder of mpy-cross" >&2
  exit 1
fi

# A place that is the same on every machine, for what the compiler writes of it.
work=$TMPDIR/micropython
cp -r "$source" "$work"
chmod -R u+w "$work"
make -C "$work/$subdir" -j"$(nproc)" "$@" >&2

for program in "$work/$subdir/build/mpy-cross" "$work/$subdir/mpy-cross"; do
  if [ -x "$program" ]; then
    cp "$program" "$output"
    chmod 755 "$output"
    exit 0
  fi
done
echo "make has left neither $subdir/build/mpy-cross nor $subdir/mpy-cross" >&2
exit 1
