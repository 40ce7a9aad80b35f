#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The project built by itself beside CMake with Ninja, from the same copy of the
sources, in turn: all of it, one source changed, nothing changed. Neither has a
compiler cache; what graph generates (the parser) and copies (the compilers) is
there before, as it is in CMake's tree and on the machine."""
import argparse
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Of a program: the target, the source that is changed.
PROGRAMS = {
    "graph-dsl": ("//dsl:graph-dsl", "dsl/runtime/walk.cc"),
    "graph": ("//:graph", "engine/exec/scheduler.cc"),
}
GOALS = {"full": 1.1, "one source changed": 1.1, "nothing changed": 0.5}


class Engine:
    def __init__(self, name, tree, environment):
        self.name, self.tree, self.environment = name, tree, environment

    def run(self, *words):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begin = time.monotonic()
        done = subprocess.run(words, cwd=self.tree, text=True, check=False,
                              env=self.environment, capture_output=True)
        wall = time.monotonic() - begin
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode != 0:
            sys.exit(f"{self.name}: {' '.join(map(str, words))}\n"
                     f"{done.stdout}{done.stderr}")
        return wall, (after.ru_utime + after.ru_stime
                      - before.ru_utime - before.ru_stime)


def copy_sources(folder):
    """What git knows of, as it lies here."""
    folder.mkdir()
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True,
                           capture_output=True).stdout
    subprocess.run(["tar", "-C", ROOT, "--null", "-T", "-", "-cf",
                    folder / "all.tar"], input=files, check=True)
    subprocess.run(["tar", "-xf", "all.tar"], cwd=folder, check=True)
    (folder / "all.tar").unlink()
    return folder


def change(tree, source, number):
    path = tree / source
    text = path.read_text()
    path.write_text(f"{text}\nnamespace {{ [[maybe_unused]] int "
                    f"changed_{number}; }}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--graph", default=ROOT / "build/graph",
                        type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--program", choices=PROGRAMS, default="graph")
    parser.add_argument("--repeats", type=int, default=3,
                        help="of the changes; all is built once")
    parser.add_argument("--check", action="store_true",
                        help="exit with 1 if a goal is missed")
    options = parser.parse_args()
    target, source = PROGRAMS[options.program]
    environment = {name: value for name, value in os.environ.items()
                   if not name.startswith(("GRAPH_", "CCACHE_"))}
    with tempfile.TemporaryDirectory(prefix="graph-self-") as temporary:
        top = pathlib.Path(temporary)
        cmake = Engine("cmake", copy_sources(top / "cmake"), environment)
        graph = Engine("graph", copy_sources(top / "graph"),
                       {**environment, "GRAPH_CACHE_DIR": str(top / "cache")})
        cmake.run("cmake", "-S", ".", "-B", "build", "-G", "Ninja",
                  "-DCMAKE_CXX_COMPILER=g++")
        graph.run(options.graph, "build", "//dsl/grammar:all")
        build = {cmake: ["ninja", "-C", "build", options.program],
                 graph: [options.graph, "build", target]}
        rows = {"full": {engine: [engine.run(*build[engine])]
                         for engine in (cmake, graph)}}
        for what in ("one source changed", "nothing changed"):
            rows[what] = {cmake: [], graph: []}
            for number in range(options.repeats):
                for engine in (cmake, graph):
                    if what != "nothing changed":
                        change(engine.tree, source, number)
                    rows[what][engine].append(engine.run(*build[engine]))
        missed = report(rows, cmake, graph)
    return 1 if options.check and missed else 0


def report(rows, cmake, graph):
    missed = False
    print("| work | graph | processors | CMake, Ninja | processors | ratio | goal |")
    print("|---|---|---|---|---|---|---|")
    for what, runs in rows.items():
        wall = {engine: statistics.median(run[0] for run in runs[engine])
                for engine in (graph, cmake)}
        cpu = {engine: statistics.median(run[1] for run in runs[engine])
               for engine in (graph, cmake)}
        ratio = wall[graph] / wall[cmake]
        missed = missed or ratio > GOALS[what]
        print(f"| {what} | {wall[graph]:.3f} s | {cpu[graph]:.2f} s | "
              f"{wall[cmake]:.3f} s | {cpu[cmake]:.2f} s | {ratio:.2f} | "
              f"<= {GOALS[what]} |")
    return missed


if __name__ == "__main__":
    sys.exit(main())
