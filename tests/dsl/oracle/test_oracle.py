# SPDX-License-Identifier: Apache-2.0
"""Holds expressions against Python, where the two languages agree.

The seed is fixed; GRAPH_ORACLE_SEED and GRAPH_ORACLE_COUNT look for more.
"""

import ast
import os
import random
import subprocess
import sys
import tempfile
import unittest

from expressions import Expressions

BINARY = os.environ.get("GRAPH_DSL_BINARY", "graph-dsl")
SEED = int(os.environ.get("GRAPH_ORACLE_SEED", "1"))
COUNT = int(os.environ.get("GRAPH_ORACLE_COUNT", "4000"))
ERRORS = max(COUNT // 40, 20)

# What Python gives as iterators or views, the language gives as lists.
NAMES = {
    "reversed": lambda x: list(reversed(x)),
    "zip": lambda *x: list(zip(*x)),
    "enumerate": lambda x, start=0: list(enumerate(x, start)),
}


class Reference(dict):
    """What Python says of an expression: a value, or that it fails."""


def listed(value):
    """The value with lists for the views of dicts."""
    if isinstance(value, (type({}.keys()), type({}.values()))):
        return list(value)
    return value


def reference(text):
    text = text.replace(".keys()", ".__keys__()").replace(
        ".values()", ".__values__()")
    tree = ast.parse(text, mode="eval")
    tree = ast.fix_missing_locations(Views().visit(tree))
    names = dict(NAMES, as_list=listed)
    return eval(compile(tree, "expression", "eval"), names)


class Views(ast.NodeTransformer):
    """Calls of keys and values give lists."""

    def visit_Call(self, node):
        self.generic_visit(node)
        if isinstance(node.func, ast.Attribute) and node.func.attr in (
                "__keys__", "__values__"):
            node.func.attr = node.func.attr.strip("_")
            return ast.Call(ast.Name("as_list", ast.Load()), [node], [])
        return node


def run(lines):
    """What the lines print, and what the first error among them is."""
    with tempfile.NamedTemporaryFile("w", suffix=".star") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        done = subprocess.run([BINARY, "run", file.name], text=True,
                              capture_output=True, timeout=120)
    out = done.stderr.split("\n")
    if done.returncode == 0:
        return out[:-1], None
    if done.returncode != 2:
        return [], "it died: exit code %d" % done.returncode
    first = next(i for i, line in enumerate(out) if ": error: " in line)
    return out[:first], "\n".join(out[first:])


def exact(value):
    """The value with the types of all its parts, so that 1 is not 1.0."""
    if isinstance(value, (list, tuple)):
        return type(value), [exact(each) for each in value]
    if isinstance(value, dict):
        return dict, [(exact(k), exact(v)) for k, v in value.items()]
    return type(value), repr(value)


def parsed(text):
    return ast.literal_eval(
        text.replace("+inf", "1e999").replace("-inf", "-1e999"))


class Oracle(unittest.TestCase):
    def expressions(self):
        make = Expressions(random.Random(SEED))
        good, bad = [], []
        while len(good) < COUNT or len(bad) < ERRORS:
            text = make.any(make.random.randint(1, 5))
            if len(text) > 3000:
                continue
            try:
                value = reference(text)
                shown = repr(value)
            except (ArithmeticError, LookupError, TypeError, ValueError):
                bad.append(text)
                continue
            if "nan" not in shown and len(shown) < 5000:
                good.append((text, value))
        return good[:COUNT], bad[:ERRORS]

    def differences(self, good):
        """Runs all, again from behind each line that fails."""
        wrong = []
        while good:
            out, error = run(["print(repr(%s))" % text for text, _ in good])
            for (text, want), got in zip(good, out):
                if exact(parsed(got)) != exact(want):
                    wrong.append("%s\n  ours   %s\n  Python %r" % (
                        text, got, want))
            if error is None:
                break
            wrong.append("%s\n  %s\n  Python %r" % (
                good[len(out)][0], error, good[len(out)][1]))
            good = good[len(out) + 1:]
        return wrong

    def test_values_are_those_of_python(self):
        good, _ = self.expressions()
        wrong = self.differences(good)
        self.assertEqual([], wrong, "\n".join(wrong[:20]))

    def test_what_python_refuses_fails_here_too(self):
        _, bad = self.expressions()
        for text in bad:
            with self.subTest(text):
                out, error = run(["print(repr(%s))" % text])
                self.assertIsNotNone(error, "%s gives %s" % (text, out))
                self.assertNotIn("it died", error)


if __name__ == "__main__":
    sys.exit(unittest.main())
