#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds what is committed to the house rules that a pattern can check: an SPDX
line in each source, no white space at line ends, no marks of unfinished work,
no machine paths."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = {".cc", ".h", ".py", ".cmake", ".g4", ".spec", ".sh"}
TEXTS = SOURCES | {".md", ".txt", ""}
FORBIDDEN = {
    "a mark of unfinished work": re.compile(r"\b(TODO|FIXME|XXX|HACK)\b"),
    "a machine path": re.compile(r"(?<![\w>\"}])/(home|root|work)/\w"),
    "white space at the end": re.compile(r"[ \t]+$"),
}
# These speak of such things.
EXCEPTED = {"tests/lint/texts.py", "LICENSE"}


def main():
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True,
        capture_output=True, text=True).stdout.splitlines()
    wrong = []
    for name in listed:
        path = ROOT / name
        if (path.suffix not in TEXTS or name in EXCEPTED or
                "generated" in path.parts or "golden" in path.parts or
                not path.is_file()):
            continue
        try:
            lines = path.read_text().splitlines()
        except UnicodeDecodeError:
            wrong.append(f"{name}: is not UTF-8")
            continue
        if path.suffix in SOURCES and not any(
                "SPDX-License-Identifier: Apache-2.0" in line
                for line in lines[:3]) and not name.startswith(
                    ("examples/", "tests/dsl/language/")):
            wrong.append(f"{name}:1: wants an SPDX line")
        for number, line in enumerate(lines, 1):
            for what, pattern in FORBIDDEN.items():
                if pattern.search(line):
                    wrong.append(f"{name}:{number}: {what}")
    print("\n".join(wrong) or f"{len(listed)} files, nothing to say")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
