#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs build engines in turn over one generated graph and prints ratios.

Each engine does the same work in each repetition, one after the other, so that
a slow moment of the machine falls on all. A figure is the least of the
repetitions; the median stands beside it in the JSON.
"""
import argparse
import dataclasses
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import generate

TIME = "/usr/bin/time"  # GNU time: its own size is no part of what it measures.
VERSION_RUNS = 30

# A zygote's sandbox above a plain spawn, and each input (DESIGN.md section 8).
SANDBOX_S = 44e-6
SANDBOX_INPUT_S = 6.6e-6


class Engine:
    """One engine in a folder that is the current one."""
    name = ""
    made_below = ""
    version = []
    build = []

    def forget(self):
        """Removes what it made and remembers: the next build is a clean one."""
        shutil.rmtree(self.made_below, ignore_errors=True)

    def drop_outputs(self):
        """Removes what it made, but no cache; None if it has none."""
        return None


class Ninja(Engine):
    name = "ninja"
    made_below = "ninja-out"

    def __init__(self, jobs):
        self.version = ["ninja", "--version"]
        self.build = ["ninja", f"-j{jobs}"]


class Make(Engine):
    name = "make"
    made_below = "make-out"

    def __init__(self, jobs):
        self.version = ["make", "--version"]
        self.build = ["make", "-s", f"-j{jobs}"]


class Graph(Engine):
    name = "graph"
    made_below = "graph-out"

    def __init__(self, jobs, binary, cache):
        self.binary = binary
        self.cache = cache
        self.common = [f"--cache-dir={cache}", f"--jobs={jobs}"]
        self.version = [binary, "version"]
        self.build = [binary, "build", *self.common, "//..."]
        self.query = [binary, "query", *self.common, "deps(//...)"]

    def forget(self):
        self.drop_outputs()
        shutil.rmtree(self.cache, ignore_errors=True)

    def drop_outputs(self):
        if pathlib.Path(self.made_below).exists():
            run([self.binary, "clean", *self.common])
        return True


def run(argv):
    """Runs to the end and returns the seconds; a failure ends the benchmark."""
    program = shutil.which(argv[0]) or argv[0]
    with tempfile.TemporaryFile() as said:
        actions = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                   (os.POSIX_SPAWN_DUP2, said.fileno(), 1),
                   (os.POSIX_SPAWN_DUP2, said.fileno(), 2)]
        begun = time.perf_counter()
        pid = os.posix_spawn(program, argv, os.environ, file_actions=actions)
        _, status = os.waitpid(pid, 0)
        seconds = time.perf_counter() - begun
        if status != 0:
            said.seek(0)
            sys.exit(f"bench: {' '.join(argv)} failed:\n"
                     f"{said.read().decode(errors='replace')[-4000:]}")
    return seconds


def peak_mb(argv):
    """The greatest resident size of it or one of its children."""
    if not os.path.exists(TIME):
        return None
    result = subprocess.run([TIME, "-f", "peak %M", *argv], text=True,
                            capture_output=True, check=True)
    return int(re.search(r"peak (\d+)", result.stderr)[1]) / 1024


@dataclasses.dataclass
class Work:
    """One kind of work, and what each repetition took, by engine."""
    name: str
    unit: str = "ms"
    taken: dict = dataclasses.field(default_factory=dict)

    def add(self, engine, value):
        if value is not None:
            self.taken.setdefault(engine.name, []).append(value)

    def best(self, name):
        return min(self.taken[name]) if name in self.taken else None

    def as_json(self):
        return {"work": self.name, "unit": self.unit,
                **{name: {"min": min(values),
                          "median": statistics.median(values),
                          "runs": len(values)}
                   for name, values in self.taken.items()}}


def measure(engines, shape, repeats):
    """Yields every Work, finished."""
    start = Work("start (version)")
    for _ in range(VERSION_RUNS):
        for engine in engines:
            start.add(engine, run(engine.version) * 1e3)
    yield start

    clean = Work("clean build")
    for _ in range(max(1, min(repeats, 2))):
        for engine in engines:
            engine.forget()
            clean.add(engine, run(engine.build) * 1e3)
    yield clean

    nothing = Work("no-op")
    for _ in range(2 * repeats):
        for engine in engines:
            nothing.add(engine, run(engine.build) * 1e3)
    yield nothing

    edited = Work("one leaf edited")
    for version in range(1, repeats + 1):
        leaf = generate.leaf(shape)
        text = generate.source_text(shape, leaf, version)
        for engine in engines:
            time.sleep(0.02)  # Past the tick of the clock that stamps files.
            pathlib.Path(leaf.path("")).write_text(f"{text}{engine.name}\n")
            edited.add(engine, run(engine.build) * 1e3)
    yield edited

    cached = Work("all from the local cache")
    for _ in range(repeats):
        for engine in engines:
            if engine.drop_outputs():
                cached.add(engine, run(engine.build) * 1e3)
    yield cached

    asked = Work("query deps(//...)")
    for _ in range(repeats):
        for engine in engines:
            if hasattr(engine, "query"):
                asked.add(engine, run(engine.query) * 1e3)
    yield asked

    yield from peaks(engines)


def peaks(engines):
    noop_peak = Work("peak memory, no-op", "MB")
    clean_peak = Work("peak memory, clean build", "MB")
    for engine in engines:
        noop_peak.add(engine, peak_mb(engine.build))
        engine.forget()
        clean_peak.add(engine, peak_mb(engine.build))
    yield clean_peak
    yield noop_peak


def number(value):
    return "-" if value is None else f"{value:.1f}"


def table(works, engines):
    """Text: a line per work, a column per engine, and graph's ratios."""
    names = [engine.name for engine in engines]
    peers = [name for name in names if name != "graph"] if (
        "graph" in names) else []
    head = ["work", *names, *(f"graph/{peer}" for peer in peers)]
    rows = [head]
    for work in works:
        row = [f"{work.name} ({work.unit})",
               *(number(work.best(name)) for name in names)]
        for peer in peers:
            ours, theirs = work.best("graph"), work.best(peer)
            row.append(f"{ours / theirs:.2f}" if ours and theirs else "-")
        rows.append(row)
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) if i == 0 else cell.rjust(width)
                  for i, (cell, width) in enumerate(zip(row, widths)))
        for row in rows)


def goals(works, shape, count):
    """(what, value, limit) for each goal that can be told from `works`."""
    best = {work.name: work.best for work in works}
    found = []

    def goal(what, value, limit):
        if value is not None and limit is not None:
            found.append((what, value, limit))

    ninja = {name: best[name]("ninja") for name in best}
    sandbox = count * (SANDBOX_S + SANDBOX_INPUT_S * shape.fan_in) * 1e3
    goal("start, ms", best["start (version)"]("graph"), 5)
    goal("no-op, ms (0.5 × Ninja)", best["no-op"]("graph"),
         ninja["no-op"] and 0.5 * ninja["no-op"])
    goal("clean build, ms (2 × Ninja + sandboxes)", best["clean build"]("graph"),
         ninja["clean build"] and 2 * ninja["clean build"] + sandbox)
    goal("peak memory, MB", best["peak memory, clean build"]("graph"), 200)
    return found


def check(found, margin):
    """Prints each goal; False if one is missed by more than `margin`."""
    good = True
    for what, value, limit in found:
        met = value <= limit * margin
        good &= met
        print(f"{'met   ' if met else 'MISSED'} {what}: {value:.1f}, "
              f"at most {limit:.1f}")
    return good and bool(found)


def choose(args, cache):
    """The engines asked for; of those not asked for by name, the installed."""
    jobs = args.jobs or len(os.sched_getaffinity(0))
    makers = {"graph": lambda: Graph(jobs, os.path.abspath(args.graph), cache),
              "ninja": lambda: Ninja(jobs), "make": lambda: Make(jobs)}
    if args.engines:
        return [makers[name]() for name in args.engines.split(",")]
    engines = [make() for make in makers.values()]
    return [e for e in engines if shutil.which(e.version[0])]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--graph", default="build/graph", help="our binary")
    parser.add_argument("--actions", type=int, default=1000)
    parser.add_argument("--fan-in", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engines", help="graph,ninja,make; default: installed")
    parser.add_argument("--jobs", type=int, help="default: processors")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--folder", help="generate there and keep it")
    parser.add_argument("--json", help="write all figures there")
    parser.add_argument("--check", action="store_true",
                        help="exit 1 if a goal is missed")
    parser.add_argument("--margin", type=float, default=1.1,
                        help="how far a goal may be missed; default 1.1")
    args = parser.parse_args()
    json_path = args.json and os.path.abspath(args.json)

    shape = generate.Shape.of_actions(args.actions, fan_in=args.fan_in,
                                      seed=args.seed)
    with tempfile.TemporaryDirectory(prefix="graph-bench-") as scratch:
        folder = pathlib.Path(args.folder or scratch + "/workspace").resolve()
        engines = choose(args, scratch + "/cache")
        count = generate.generate(folder, shape)
        os.chdir(folder)
        print(f"{count} actions, fan-in {shape.fan_in}, "
              f"{os.cpu_count()} processors", flush=True)
        works = list(measure(engines, shape, args.repeats))
        os.chdir("/")
    print(table(works, engines))
    if json_path:
        figures = {"shape": dataclasses.asdict(shape), "actions": count,
                   "figures": [work.as_json() for work in works]}
        pathlib.Path(json_path).write_text(json.dumps(figures, indent=1) + "\n")
    if args.check and not check(goals(works, shape, count), args.margin):
        sys.exit(1)


if __name__ == "__main__":
    main()
