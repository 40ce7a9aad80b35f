#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures our language beside starlark-go and CPython; README.md says how.

The engines run the same text in turns, so that a slow moment of the machine
falls on all. A figure is the least of the repetitions.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys

import corpus

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
PYTHON = "/usr/bin/python3"  # Debian's; another may come first in PATH.
GO_PATH = "/usr/share/gocode"  # Where Debian puts the sources of Go packages.
PROGRAMS = ["loops", "comprehensions", "strings", "calls", "attributes",
            "sorting", "build"]
ENGINES = ["ours", "starlark-go", "cpython"]

# Of every repetition, runs within one process.
RUNS = 5
PARSED_FILES = 4000
LOADED_FILES = 10000

LEAST_MB_S = 80
LEAST_TIMES_GO = 3.0
LEAST_TIMES_PYTHON = 1.0
MOST_READ_S = 2.0
MOST_BYTES = 1024
LEAST_TIMES_ONE_THREAD = 1.8


def run(argv, **env):
    """What the program printed, as JSON; a failure ends the benchmark."""
    found = subprocess.run([str(a) for a in argv], text=True,
                           capture_output=True, env={**os.environ, **env})
    if found.returncode != 0:
        sys.exit(f"bench: {' '.join(map(str, argv))} failed:\n"
                 f"{found.stderr[-4000:]}")
    return json.loads(found.stdout)


class Bench:
    """The programs to run, and what they found."""

    def __init__(self, build, repeats, files):
        self.build = build
        self.made = build / "bench/dsl"
        self.corpus = self.made / "corpus"
        self.repeats = repeats
        self.files = files
        self.figures = {}

    def prepare(self):
        """Builds the programs and writes what they read."""
        if not shutil.which("go") or not pathlib.Path(
                GO_PATH, "src/go.starlark.net").exists():
            sys.exit("bench: starlark-go is not installed: ./dev setup bench")
        subprocess.run(["cmake", "--build", self.build, "--target",
                        "dsl_bench", "load_bench"], check=True,
                       stdout=sys.stderr)
        self.made.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["go", "build", "-o", self.made / "starlark_go",
             HERE / "starlark_go/main.go"], check=True,
            env={**os.environ, "GO111MODULE": "off", "GOPATH": GO_PATH,
                 "GOCACHE": str(self.made / "go-cache"), "GOFLAGS": ""})
        corpus.write_build_files(self.corpus, self.files)
        corpus.write_build_program(self.made / "build.star")

    def ask(self, engine, *arguments):
        if engine == "ours":
            return run([self.build / "dsl_bench", *arguments])
        if engine == "cpython":
            return run([PYTHON, HERE / "evaluate.py", *arguments])
        return run([self.made / "starlark_go", *arguments], GOMAXPROCS="1")

    def keep(self, what, engine, value, better=min):
        known = self.figures.setdefault(what, {})
        known[engine] = (better(known[engine], value) if engine in known
                         else value)

    def evaluate(self):
        for name in PROGRAMS:
            path = (self.made if name == "build" else HERE / "programs") / (
                f"{name}.star")
            for _ in range(self.repeats):
                said = set()
                for engine in ENGINES:
                    found = self.ask(engine, "eval", path, RUNS)
                    self.keep(name, engine, found["seconds"] * 1e3)
                    said.add(found["result"].replace("'", '"'))
                if len(said) > 1:
                    sys.exit(f"bench: {name}: results differ: {said}")

    def parse(self):
        count = min(PARSED_FILES, self.files)
        for _ in range(self.repeats):
            for engine in ENGINES:
                found = self.ask(engine, "parse", self.corpus, count, 3)
                self.keep("parse", engine,
                          found["bytes"] / found["seconds"] / 1e6, max)

    def load(self):
        bench = [self.build / "load_bench", self.corpus,
                 min(LOADED_FILES, self.files), HERE / "rules.spec"]
        for _ in range(self.repeats):
            found = self.ask("ours", "read", self.corpus, self.files, 1)
            self.keep("read", "ours", found["seconds"])
            taken = run([*bench, "threads", 20])
            for clock in ("wall", "cpu"):
                self.keep(f"threads, {clock}", "ours",
                          taken[f"{clock}_one"] / taken[f"{clock}_two"], max)
        found = run([*bench, "memory"])
        for counted in ("rules", "all"):
            self.keep(f"memory, {counted}", "ours",
                      (found["bytes"] - found["text"]) / found[counted])


def row(cells, widths):
    return "  ".join(cell.ljust(width) if i == 0 else cell.rjust(width)
                     for i, (cell, width) in enumerate(zip(cells, widths)))


def tables(figures):
    """Text: the compared figures, and ours alone."""
    rows = [["", *ENGINES, "× starlark-go", "× cpython"]]
    for name in PROGRAMS:
        taken = figures[name]
        rows.append([f"{name} (ms)", *(f"{taken[e]:.1f}" for e in ENGINES),
                     *(f"{taken[e] / taken['ours']:.2f}" for e in ENGINES[1:])])
    speed = figures["parse"]
    rows.append(["parse (MB/s)", *(f"{speed[e]:.1f}" for e in ENGINES),
                 *(f"{speed['ours'] / speed[e]:.2f}" for e in ENGINES[1:])])
    widths = [max(len(r[i]) for r in rows) for i in range(len(rows[0]))]
    return "\n".join(row(r, widths) for r in rows)


def goals(figures, files):
    """(what, value, limit, whether the limit is the least that is right)."""
    found = []
    for name in PROGRAMS:
        taken = figures[name]
        found.append((f"{name}, times starlark-go",
                      taken["starlark-go"] / taken["ours"], LEAST_TIMES_GO,
                      True))
        found.append((f"{name}, times CPython",
                      taken["cpython"] / taken["ours"], LEAST_TIMES_PYTHON,
                      True))
    found.append(("parsing, MB/s", figures["parse"]["ours"], LEAST_MB_S, True))
    found.append((f"{files} files read and parsed, s of CPU",
                  figures["read"]["ours"], MOST_READ_S * files / 100000,
                  False))
    found.append(("memory of a loaded rule and its files over its text, bytes",
                  figures["memory, rules"]["ours"], MOST_BYTES, False))
    found.append(("two threads load, times one",
                  figures["threads, wall"]["ours"], LEAST_TIMES_ONE_THREAD,
                  True))
    return found


def check(found, margin):
    """Prints each goal; False if one is missed by more than `margin`."""
    good = True
    for what, value, limit, least in found:
        met = value * margin >= limit if least else value <= limit * margin
        good &= met
        print(f"{'met   ' if met else 'MISSED'} {what}: {value:.2f}, "
              f"{'at least' if least else 'at most'} {limit:g}")
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--build", default=str(ROOT / "build"),
                        help="the folder of CMake")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--files", type=int, default=100000,
                        help="BUILD files of the corpus")
    parser.add_argument("--json", help="write all figures there")
    parser.add_argument("--check", action="store_true",
                        help="exit 1 if a goal is missed")
    parser.add_argument("--margin", type=float, default=1.0,
                        help="how far a goal may be missed; default 1.0")
    args = parser.parse_args()

    bench = Bench(pathlib.Path(args.build).resolve(), args.repeats, args.files)
    bench.prepare()
    busy = os.getloadavg()[0]
    if busy > 0.5:
        print(f"bench: others use {busy:.1f} processors; the figure of two "
              "threads suffers most", file=sys.stderr)
    bench.evaluate()
    bench.parse()
    bench.load()
    print(tables(bench.figures), flush=True)
    print(f"\nof any kind of target, files too: "
          f"{bench.figures['memory, all']['ours']:.0f} bytes over its text"
          f"\ntwo threads by processor time, the busier one of them: "
          f"{bench.figures['threads, cpu']['ours']:.2f} times one\n")
    good = check(goals(bench.figures, args.files), args.margin)
    if args.json:
        pathlib.Path(args.json).write_text(
            json.dumps(bench.figures, indent=1) + "\n")
    if args.check and not good:
        sys.exit(1)


if __name__ == "__main__":
    main()
