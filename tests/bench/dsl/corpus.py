#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes what the benchmarks of the language read, the same every time.

BUILD files of about 1.5 KB, `p012/034.spec`, and one program of 10,000 calls of
rules, `build.star`.
"""
import pathlib
import random

SIZE = 1500
RULES = ["library", "binary", "unit_test", "resources", "generated"]
WORDS = ("archive base cache client codec core digest event fetch filter graph "
         "index label loader model network output parser query remote runtime "
         "schema session storage target thread util value watch worker").split()
HEAD = """\
# The {word} package: {word}s, and what reads and writes them.

package(default_visibility = ["//visibility:public"])

"""


def labels(choose, count):
    return [f"//p{choose.randrange(1000):03}/{choose.randrange(100):03}:"
            f"{choose.choice(WORDS)}_{choose.randrange(4)}"
            for _ in range(count)]


def string_list(texts, indent="    "):
    if len(texts) == 1:
        return f'["{texts[0]}"]'
    lines = "".join(f'{indent}    "{text}",\n' for text in texts)
    return f"[\n{lines}{indent}]"


def call(choose, rule, name):
    """The text of one call of a rule."""
    word = choose.choice(WORDS)
    srcs = [f"{word}_{part}.cc" for part in
            choose.sample(WORDS, choose.randint(1, 4))]
    deps = sorted(set(labels(choose, choose.randint(1, 4))))
    lines = [f'    name = "{name}",', f"    srcs = {string_list(srcs)},"]
    if choose.random() < 0.3:
        lines.append(f'    hdrs = ["{word}.h"],')
    if choose.random() < 0.3:
        other = string_list(labels(choose, 1), "        ")
        lines.append(f"    deps = {string_list(deps)} + select({{\n"
                     f'        "//conditions:linux": {other},\n'
                     f'        "//conditions:default": [],\n'
                     f"    }}),")
    else:
        lines.append(f"    deps = {string_list(deps)},")
    if choose.random() < 0.2:
        lines.append(f'    env = {{"LANG": "C", "{word.upper()}": "1"}},')
    if choose.random() < 0.2:
        lines.append(f'    tags = ["{choose.choice(WORDS)}", "fast"],')
    if choose.random() < 0.15:
        lines.append(f"    size = {choose.randint(1, 4)},  # as measured")
    return f"{rule}(\n" + "\n".join(lines) + "\n)\n"


def build_file(choose, size=SIZE):
    text = HEAD.format(word=choose.choice(WORDS))
    number = 0
    while len(text) < size - 150:
        name = f"{choose.choice(WORDS)}_{number}"
        text += call(choose, choose.choice(RULES), name) + "\n"
        number += 1
    return text


def write_build_files(folder, count, per_folder=100):
    """Writes `count` of them below `folder`, unless they are there."""
    folder = pathlib.Path(folder)
    stamp = folder / "complete"
    if stamp.exists() and stamp.read_text() == f"{count} {SIZE}\n":
        return
    stamp.unlink(missing_ok=True)
    choose = random.Random(1)
    for i in range(count):
        below = folder / f"p{i // per_folder:03}"
        if i % per_folder == 0:
            below.mkdir(parents=True, exist_ok=True)
        with open(below / f"{i % per_folder:03}.spec", "w") as file:
            file.write(build_file(choose))
    stamp.write_text(f"{count} {SIZE}\n")


MACROS = '''\
COPTS = ["-Wall", "-O2"]

def cc_suite(name, srcs, deps = [], tags = [], **kwargs):
    """A library and a test of it, and one that picks by platform."""
    library(
        name = name + "_lib",
        srcs = [src for src in srcs if not src.endswith(".h")],
        hdrs = [src for src in srcs if src.endswith(".h")],
        deps = deps + select({
            "//conditions:linux": ["//base:linux"],
            "//conditions:default": [],
        }),
        copts = COPTS + ["-DNAME=%s" % name],
        tags = tags,
    )
    unit_test(
        name = name + "_test",
        srcs = [name + "_test.cc"],
        deps = [":" + name + "_lib"] + deps,
        env = {"NAME": name, "SIZE": str(len(srcs))},
        tags = tags + ["unit"],
        **kwargs
    )

'''


def write_build_program(path, calls=10000):
    """A program that calls rules `calls` times, four in ten by a macro."""
    choose = random.Random(2)
    parts = [MACROS]
    made = 0
    while made < calls:
        name = f"t{made}"
        if choose.random() < 0.25 and made + 2 <= calls:
            srcs = string_list([f"{word}.cc" for word in
                                choose.sample(WORDS, 2)] + [f"{name}.h"])
            deps = string_list(sorted(set(labels(choose, 3))))
            parts.append(f'cc_suite(\n    name = "{name}",\n'
                         f"    srcs = {srcs},\n    deps = {deps},\n"
                         f"    size = 2,\n)\n")
            made += 2
        else:
            parts.append(call(choose, choose.choice(RULES), name))
            made += 1
    parts.append("RESULT = calls()\n")
    pathlib.Path(path).write_text("\n".join(parts))
