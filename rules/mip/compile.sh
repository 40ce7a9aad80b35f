#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# compile.sh SOURCES OUT SCRIPT
#
# Copies SOURCES to OUT, where Octave runs SCRIPT, whose `mex` makes MEX files.
set -euo pipefail

sources=$1 out=$2 script=$3

mkdir -p "$out"
cp -RP --preserve=mode "$sources/." "$out"
chmod -R u+w "$out"
cd "$out"
if [[ ! -f $script ]]; then
  echo "compile.sh: no script $script in the package" >&2
  exit 1
fi
# For any machine of the architecture, and without what tells one build from
# another: debugging information holds folders, a build id follows from it.
export CFLAGS='-O2 -fPIC' CXXFLAGS='-O2 -fPIC' FFLAGS='-O2 -fPIC'
export LDFLAGS='-s -Wl,--build-id=none'
octave-cli --norc --no-history --eval "source('${script//\'/\'\'}')"
