# SPDX-License-Identifier: Apache-2.0
"""What an ELF file says of itself, for any machine, without running it: what
it was compiled for, which libraries it needs, and which versions of their
symbols. Only what the dynamic linker reads is read; sections may be stripped.
"""
import dataclasses
import struct

# e_machine, 32 or 64 bit, little or big endian: the word of platform tags.
_MACHINES = {
    (3, 32, "<"): "i686",
    (8, 64, "<"): "mips64le",
    (20, 32, ">"): "ppc",
    (21, 64, "<"): "ppc64le",
    (21, 64, ">"): "ppc64",
    (22, 64, ">"): "s390x",
    (40, 32, "<"): "armv7l",
    (62, 64, "<"): "x86_64",
    (183, 64, "<"): "aarch64",
    (243, 64, "<"): "riscv64",
    (258, 64, "<"): "loongarch64",
}
_EM_ARM = 40
_EF_ARM_HARD_FLOAT = 0x400

_PT_LOAD, _PT_DYNAMIC, _PT_INTERP = 1, 2, 3
_DT_NEEDED, _DT_STRTAB, _DT_STRSZ, _DT_SONAME = 1, 5, 10, 14
_DT_RPATH, _DT_RUNPATH = 15, 29
_DT_VERNEED, _DT_VERNEEDNUM = 0x6FFFFFFE, 0x6FFFFFFF


class NotElf(ValueError):
    """It does not start as an ELF file does, or is cut off."""


@dataclasses.dataclass
class Elf:
    machine: str  # As in a platform tag: `x86_64`, `armv7l`.
    hard_float: bool = False  # Of ARM: whether its flags say so.
    interpreter: str = ""
    soname: str = ""
    needed: list = dataclasses.field(default_factory=list)
    rpath: list = dataclasses.field(default_factory=list)
    # Library → names of the symbol versions that are needed of it.
    versions: dict = dataclasses.field(default_factory=dict)

    def highest(self, family):
        """The highest version, as a tuple, needed of `family` ("GLIBC",
        "GLIBCXX"); None if there is none."""
        found = [version_of(name, family) for names in self.versions.values()
                 for name in names]
        return max((one for one in found if one), default=None)


def version_of(name, family):
    """("GLIBC_2.17", "GLIBC") → (2, 17); None for other names."""
    prefix, _, number = name.partition("_")
    if prefix != family or not number.replace(".", "").isdigit():
        return None
    return tuple(int(part) for part in number.split("."))


def is_elf(data):
    return data[:4] == b"\x7fELF"


def parse(data):
    """The Elf of the bytes of a file."""
    if not is_elf(data):
        raise NotElf("no ELF file")
    try:
        return _Reader(data).read()
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise NotElf(f"a damaged ELF file: {error}") from error


class _Reader:
    def __init__(self, data):
        self.data = data
        self.bits = {1: 32, 2: 64}[data[4]] if data[4] in (1, 2) else 0
        self.order = {1: "<", 2: ">"}.get(data[5], "")
        if not self.bits or not self.order:
            raise NotElf("an ELF file of unknown class")

    def unpack(self, form, offset):
        return struct.unpack_from(self.order + form, self.data, offset)

    def read(self):
        wide = self.bits == 64
        machine, = self.unpack("H", 18)
        if wide:
            offset, = self.unpack("Q", 32)
            flags, = self.unpack("I", 48)
            size, count = self.unpack("HH", 54)
        else:
            offset, = self.unpack("I", 28)
            flags, = self.unpack("I", 36)
            size, count = self.unpack("HH", 42)
        elf = Elf(machine=_MACHINES.get((machine, self.bits, self.order),
                                        f"machine {machine}"))
        elf.hard_float = machine == _EM_ARM and bool(
            flags & _EF_ARM_HARD_FLOAT)
        self.segments = [self.segment(offset + i * size) for i in range(count)]
        for kind, start, _, length in self.segments:
            if kind == _PT_INTERP:
                elf.interpreter = self.text(start)
            elif kind == _PT_DYNAMIC:
                self.dynamic(elf, start, length)
        return elf

    def segment(self, offset):
        """Type, offset in the file, address, size in the file."""
        if self.bits == 64:
            kind, _, start, address, _, size = self.unpack("IIQQQQ", offset)
        else:
            kind, start, address, _, size = self.unpack("IIIII", offset)
        return kind, start, address, size

    def place(self, address):
        """Where in the file lies what is loaded at `address`."""
        for kind, start, first, size in self.segments:
            if kind == _PT_LOAD and first <= address < first + size:
                return start + address - first
        raise NotElf("a damaged ELF file: an address outside of it")

    def text(self, offset):
        return self.data[offset:self.data.index(b"\0", offset)].decode()

    def dynamic(self, elf, start, length):
        form, step = ("qQ", 16) if self.bits == 64 else ("iI", 8)
        entries = []
        for offset in range(start, start + length, step):
            tag, value = self.unpack(form, offset)
            if tag == 0:
                break
            entries.append((tag, value))
        only = dict(entries)
        if _DT_STRTAB not in only:
            return
        strings = self.place(only[_DT_STRTAB])
        elf.needed = [self.text(strings + value) for tag, value in entries
                      if tag == _DT_NEEDED]
        for tag, value in entries:
            if tag in (_DT_RPATH, _DT_RUNPATH):
                elf.rpath += self.text(strings + value).split(":")
        if _DT_SONAME in only:
            elf.soname = self.text(strings + only[_DT_SONAME])
        if _DT_VERNEED in only:
            self.version_needs(elf, self.place(only[_DT_VERNEED]),
                               only.get(_DT_VERNEEDNUM, 0), strings)

    def version_needs(self, elf, offset, count, strings):
        for _ in range(count):
            _, names, file, first, following = self.unpack("HHIII", offset)
            of_library = elf.versions.setdefault(
                self.text(strings + file), [])
            entry = offset + first
            for _ in range(names):
                _, _, _, name, more = self.unpack("IHHII", entry)
                of_library.append(self.text(strings + name))
                entry += more
            offset += following
