#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds #include lines to the floors that the CMakeLists.txt files declare.

A room (engine/cas, dsl/syntax) may include itself and the rooms that its
graph_library() line names, no others; a line names only rooms above it in the
file. Some things may stand in one room only: PLACES says which.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

SYSTEM = (r"#include <(sys/|linux/|unistd|fcntl|signal|spawn|dirent|poll|sched"
          r"|termios|dlfcn|pthread|grp|pwd)"
          r"|#\s*if.*(__linux__|__APPLE__|_WIN32)")
# What: (pattern, the rooms or files that may write it).
PLACES = {
    "system headers": (SYSTEM, ("engine/os/", "engine/exec/sandbox",
                                "engine/exec/root_", "engine/exec/zygote",
                                "dsl/runtime/pages")),
    "protobuf and gRPC": (
        r'#include [<"](grpc|google/protobuf|.*\.pb\.h)', ("engine/remote/",)),
    "curl, libzip, libarchive": (
        r"#include <(curl/|zip\.h|archive)",
        ("engine/net/libcurl", "engine/archive/libzip",
         "engine/archive/libarchive", "engine/net/http", "engine/archive/")),
    "LMDB": (r"#include <lmdb", ("engine/cas/",)),
    "ANTLR": (r"#include [<\"](antlr4|.*generated/)", ("dsl/syntax/",
                                                      "dsl/grammar/")),
}
KINDS = re.compile(r"\b(mip_|mhl|mpy|wheel|chebfun)", re.I)


def declared():
    """Room -> the rooms it may include, read from the CMake files in order."""
    floors = {}
    for cmake in ("dsl/CMakeLists.txt", "engine/CMakeLists.txt"):
        text = re.sub(r"#.*", "", (ROOT / cmake).read_text())
        for name, body in re.findall(r"graph_library\((\w+)(.*?)\)", text,
                                     re.S):
            below = re.findall(r"\b(?:engine|dsl)_\w+", body)
            for dep in below:
                if dep not in floors:
                    sys.exit(f"{cmake}: {name} names {dep}, "
                             "which is not below it")
            floors[name] = {name, *below}
    return floors


def room(path):
    parts = path.split("/")
    return "_".join(parts[:2]) if len(parts) > 2 else None


def faults(path, floors):
    here = room(path)
    for number, line in enumerate((ROOT / path).read_text().splitlines(), 1):
        ours = re.match(r'#include "((?:engine|dsl)/[^"]+)"', line)
        if ours and room(ours[1]) not in floors.get(here, {here}):
            yield f"{path}:{number}: {here} may not include {ours[1]}"
        for what, (pattern, places) in PLACES.items():
            if re.match(pattern, line) and not path.startswith(places):
                yield (f"{path}:{number}: {what} belong in "
                       f"{', '.join(places)}: `{line}`")
        if KINDS.search(line):
            yield f"{path}:{number}: C++ knows no rule kind: `{line.strip()}`"


def main():
    floors = declared()
    paths = [p.relative_to(ROOT).as_posix() for top in ("dsl", "engine")
             for p in sorted((ROOT / top).rglob("*"))
             if p.suffix in (".h", ".cc") and "generated" not in p.parts]
    wrong = [fault for path in paths for fault in faults(path, floors)]
    print("\n".join(wrong) or
          f"{len(paths)} files in {len(floors)} rooms, no upward include")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
