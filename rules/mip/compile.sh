#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# build.sh SOURCES OUT [SCRIPT]
#
# Copies SOURCES to OUT without the MEX files that came along: what is shipped
# is compiled here. Then Octave runs SCRIPT in OUT, whose `mex` makes new ones.
set -euo pipefail

sources=$1 out=$2 script=${3-}

mkdir -p "$out"
cp -RP --preserve=mode "$sources/." "$out"
chmod -R u+w "$out"
find "$out" -type f \( -name '*.mex' -o -name '*.mexa64' -o -name '*.mexglx' \
  -o -name '*.mexmac' -o -name '*.mexmaci' -o -name '*.mexmaci64' \
  -o -name '*.mexmaca64' -o -name '*.mexw32' -o -name '*.mexw64' \
  -o -name '*.mexs64' -o -name '*.mexsol' \) -delete
[[ $script ]] || exit 0

cd "$out"
if [[ ! -f $script ]]; then
  echo "build.sh: no script $script in the package" >&2
  exit 1
fi
# For any machine of the architecture, and without what tells one build from
# another: debugging information holds folders, a build id follows from it.
export CFLAGS='-O2 -fPIC' CXXFLAGS='-O2 -fPIC' FFLAGS='-O2 -fPIC'
export LDFLAGS='-s -Wl,--build-id=none'
octave-cli --norc --no-history --eval "source('${script//\'/\'\'}')"
