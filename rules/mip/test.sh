#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# test.sh RUN_TEST FOLDER... NAME SCRIPT
#
# Runs SCRIPT of the package NAME, which is in the last FOLDER as it was in its
# .mhl file, in Octave; in the other FOLDERs is what it needs. A package has to
# work where nothing can be compiled: that is looked at first.
set -euo pipefail

found=()
for program in gcc cc c++ g++ clang gfortran as ld mkoctfile; do
  ! type -P "$program" || found+=("$program")
done
if ((${#found[@]})); then
  echo "test.sh: compilers are here: ${found[*]}" >&2
  exit 1
fi >&2
octave-cli --norc --no-history "$@"
