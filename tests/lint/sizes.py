#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds files and functions to their sizes.

A file of over 600 lines, a header of over 300 and a function of over 60 have
become two things. EXCEPTED names what is longer on purpose, with the reason.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILE, HEADER, FUNCTION = 600, 300, 60
EXCEPTED = {
}


def functions(lines):
    """(first line, length, name) of each function body at namespace level or in
    a class: a line that ends in `{` and holds a `)`, up to the closing brace in
    the same column. Enough for code that clang-format has laid out."""
    for number, line in enumerate(lines):
        if not line.endswith("{") or re.match(
                r"\s*(namespace|class|struct|enum|union|extern|if|for|while|"
                r"switch|else|do|try|\}|case)\b", line):
            continue
        head, first = line, number
        while ")" in head and head.count("(") < head.count(")") and first > 0:
            first -= 1
            head = lines[first] + head
        name = re.search(r"([\w:~]+)\s*\(", head)
        if not name or "=" in head.split("(")[0] or "[" in head.split("(")[0]:
            continue
        indent = re.match(r"\s*", lines[first]).group()
        if len(indent) > 2:
            continue
        for end in range(number + 1, len(lines)):
            if re.match(indent + r"\}", lines[end]):
                yield first + 1, end - first + 1, name[1]
                break


def main():
    wrong, lengths, sizes = [], [], []
    for top in ("dsl", "engine", "tests"):
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix not in (".h", ".cc") or "generated" in path.parts:
                continue
            name = path.relative_to(ROOT).as_posix()
            lines = path.read_text().splitlines()
            limit = HEADER if path.suffix == ".h" else FILE
            if len(lines) > limit and name not in EXCEPTED:
                wrong.append(f"{name}: {len(lines)} lines, want <= {limit}")
            if top == "tests":
                continue
            sizes.append(len(lines))
            for first, length, function in functions(lines):
                lengths.append(length)
                if length > FUNCTION and f"{name}:{function}" not in EXCEPTED:
                    wrong.append(f"{name}:{first}: {function} has {length} "
                                 f"lines, want <= {FUNCTION}")
    if wrong:
        print("\n".join(wrong))
    for what, values in (("files", sizes), ("functions", lengths)):
        values.sort()
        if values:
            print(f"{len(values)} {what}: median {values[len(values) // 2]}, "
                  f"p90 {values[len(values) * 9 // 10]}, max {values[-1]}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
