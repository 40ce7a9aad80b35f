# SPDX-License-Identifier: Apache-2.0
"""What a platform tag promises of the ELF files under it, for any machine.

`linux_armv7l` promises the machine and nothing else. `manylinux_2_17_armv7l`
promises (PEP 600) that glibc 2.17 is enough, and no library that a system may
not have. `musllinux_1_2_x86_64` (PEP 656) promises musl.
"""
import dataclasses
import re

# Libraries of the system that a manylinux wheel may need: PEP 600 and its
# forerunners. Further ones travel in the wheel.
MANYLINUX_LIBRARIES = frozenset("""
libgcc_s.so.1 libstdc++.so.6 libm.so.6 libdl.so.2 librt.so.1 libc.so.6
libnsl.so.1 libutil.so.1 libpthread.so.0 libresolv.so.2 libatomic.so.1
libX11.so.6 libXext.so.6 libXrender.so.1 libICE.so.6 libSM.so.6 libGL.so.1
libgobject-2.0.so.0 libgthread-2.0.so.0 libglib-2.0.so.0 libz.so.1
libexpat.so.1
""".split())

# The newest GLIBCXX and CXXABI that come with the compilers of the time of a
# glibc: those of the PyPA's images.
_CXX = [((2, 5), (3, 4, 8)), ((2, 12), (3, 4, 13)), ((2, 17), (3, 4, 19)),
        ((2, 24), (3, 4, 22)), ((2, 28), (3, 4, 24)), ((2, 31), (3, 4, 28)),
        ((2, 34), (3, 4, 29)), ((2, 35), (3, 4, 30))]

_OLD_NAMES = {"manylinux1": (2, 5), "manylinux2010": (2, 12),
              "manylinux2014": (2, 17)}


def dotted(version):
    return ".".join(map(str, version))


@dataclasses.dataclass(frozen=True)
class Policy:
    tag: str
    machine: str
    glibc: tuple = None  # The newest that may be needed; None for any.
    libraries: frozenset = None  # That may be needed; None for any.
    musl: bool = False

    def wrong(self, elf):
        """What `elf` breaks, to be read after its name."""
        if elf.machine == "armv7l" and elf.needed and not elf.hard_float \
                and elf.interpreter.endswith("ld-linux.so.3"):
            yield f"is for soft-float ARM, {self.tag} is hard-float"
        needs = elf.highest("GLIBC")
        if self.glibc and needs and needs > self.glibc:
            yield (f"needs GLIBC_{dotted(needs)}, but {self.tag} promises "
                   f"that {dotted(self.glibc)} is enough: build against an "
                   f"older glibc, or say `manylinux_{needs[0]}_{needs[1]}_"
                   f"{self.machine}`")
        if self.glibc:
            newest = max((cxx for glibc, cxx in _CXX if glibc <= self.glibc),
                         default=None)
            cxx = elf.highest("GLIBCXX")
            if newest and cxx and cxx > newest:
                yield (f"needs GLIBCXX_{dotted(cxx)}, newer than the "
                       f"{dotted(newest)} of systems that {self.tag} means")
        if self.musl and needs:
            yield f"needs glibc, but {self.tag} means musl"
        if self.libraries is not None:
            for library in elf.needed:
                if library not in self.libraries and \
                        not library.startswith("ld-linux"):
                    yield (f"needs {library}, which systems of {self.tag} "
                           "need not have: it has to travel in the wheel")
        for path in elf.rpath:
            if path and not path.startswith("$ORIGIN") and \
                    not path.startswith("${ORIGIN}"):
                yield f"looks for libraries in {path}, which is a place of " \
                      "the machine that built it"


def of(tag):
    """The Policy of a platform tag; None if it is none of Linux."""
    match = re.fullmatch(r"manylinux_(\d+)_(\d+)_(\w+)", tag)
    if match:
        return Policy(tag, match[3], (int(match[1]), int(match[2])),
                      MANYLINUX_LIBRARIES)
    match = re.fullmatch(r"(manylinux1|manylinux2010|manylinux2014)_(\w+)",
                         tag)
    if match:
        return Policy(tag, match[2], _OLD_NAMES[match[1]],
                      MANYLINUX_LIBRARIES)
    match = re.fullmatch(r"musllinux_(\d+)_(\d+)_(\w+)", tag)
    if match:
        return Policy(tag, match[3], musl=True)
    match = re.fullmatch(r"linux_(\w+)", tag)
    return Policy(tag, match[1]) if match else None
