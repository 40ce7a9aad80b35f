#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every message of dsl/syntax stands in a file of tests/dsl/diagnostics.

A message is a string within a call of Error() or a table of hints; its pieces
between variables are looked for one by one.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
# Said of inputs that no golden file should hold, or that should not be.
HUGE = ["the file is too large", "there are too many branches",
        "f-strings are nested too deeply", "this is nested too deeply",
        "the expression is nested too deeply", "blocks are nested too deeply",
        "there are more than", "operators in a row", "divide the expression",
        "the comprehension has too many clauses", "end of the block", "an escape is not finished"]


def messages(text: str):
    text = "\n".join(line.split("// ")[0] for line in text.splitlines()
                     if not line.startswith("#include"))
    text = re.sub(r'"\s*\n\s*"', "", text)
    for literal in STRING.findall(text):
        words = literal.encode().decode("unicode_escape").strip()
        if words.count(" ") >= 1 and re.search("[a-z]{2}", words):
            yield words


def main() -> int:
    golden = "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "tests/dsl/diagnostics").glob("*.star")))
    failures = 0
    for path in sorted((ROOT / "dsl/syntax").glob("*.cc")):
        if path.name == "dump.cc":  # for tests
            continue
        for message in messages(path.read_text(encoding="utf-8")):
            if message not in golden and message not in HUGE:
                failures += 1
                print(f"{path.relative_to(ROOT)}: no case of "
                      f"tests/dsl/diagnostics says: {message}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
