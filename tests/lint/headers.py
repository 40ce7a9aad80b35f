#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compiles each public header alone: it must include what it uses.

Usage: headers.py COMPILER FLAG...
"""
import concurrent.futures
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


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
    wrong = compile_each(headers, command)
    print("\n".join(wrong) or f"{len(headers)} headers compile alone")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
