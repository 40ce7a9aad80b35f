#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compiles each header alone: it must include what it uses.

A header whose own .cc file includes it before anything else is compiled alone
whenever that file is; only the others are compiled here.

Usage: headers.py COMPILER FLAG...
"""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def proven(header):
    """Whether the header's own .cc file includes it first."""
    source = (ROOT / header).with_suffix(".cc")
    if not source.exists():
        return False
    first = re.search(r'(?m)^#include [<"]([^>"]+)', source.read_text())
    return first is not None and first[1] == header


def compile_alone(header, command):
    done = subprocess.run(
        [*command, "-fsyntax-only", "-x", "c++", "-"], cwd=ROOT, text=True,
        input=f'#include "{header}"\n#include "{header}"\n',
        capture_output=True)
    return "" if done.returncode == 0 else f"{header}\n{done.stderr}"


def compile_each(headers, command):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        texts = pool.map(lambda header: compile_alone(header, command), headers)
        return [text for text in texts if text]


def main():
    command = sys.argv[1:]
    headers = [path.relative_to(ROOT).as_posix() for top in ("dsl", "engine")
               for path in sorted((ROOT / top).rglob("*.h"))
               if "generated" not in path.parts]
    left = [header for header in headers if not proven(header)]
    wrong = compile_each(left, command)
    print("\n".join(wrong) or f"{len(headers)} headers compile alone, "
          f"{len(left)} of them tried here")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
