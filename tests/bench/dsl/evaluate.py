#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""CPython's side: evaluates a program, or parses BUILD files, and prints JSON.

    evaluate.py eval FILE REPEATS
    evaluate.py parse FOLDER COUNT REPEATS

Seconds are of the processor, the least of the repetitions.
"""
import ast
import json
import pathlib
import sys
import time
import types

RULES = ["library", "binary", "unit_test", "resources", "generated"]


class Select:
    """A choice, or a sum of lists and choices."""
    __slots__ = ("parts",)

    def __init__(self, parts):
        self.parts = parts

    def __add__(self, other):
        return Select([*self.parts, other])

    def __radd__(self, other):
        return Select([other, *self.parts])


def names():
    """What the program knows beside CPython's own builtins."""
    targets = []

    def rule(**kwargs):
        targets.append(kwargs)

    return {"struct": types.SimpleNamespace,
            "select": lambda cases: Select([cases]),
            "calls": lambda: len(targets),
            **{name: rule for name in RULES}}


def evaluate(path, repeats):
    code = compile(pathlib.Path(path).read_text(), path, "exec")
    best = None
    for _ in range(repeats):
        scope = names()
        begun = time.process_time()
        exec(code, scope)
        result = str(scope["RESULT"])
        scope.clear()
        taken = time.process_time() - begun
        best = taken if best is None else min(best, taken)
    return {"seconds": best, "result": result}


def parse(folder, count, repeats):
    paths = sorted(pathlib.Path(folder).glob("p*/*.spec"))[:count]
    texts = [path.read_text() for path in paths]
    best = None
    for _ in range(repeats):
        begun = time.process_time()
        for text in texts:
            ast.parse(text)
        taken = time.process_time() - begun
        best = taken if best is None else min(best, taken)
    return {"seconds": best, "bytes": sum(map(len, texts))}


if __name__ == "__main__":
    if sys.argv[1] == "eval":
        print(json.dumps(evaluate(sys.argv[2], int(sys.argv[3]))))
    else:
        print(json.dumps(parse(sys.argv[2], int(sys.argv[3]),
                               int(sys.argv[4]))))
