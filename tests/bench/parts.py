#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The parts of a build, each beside the tool that does only that, in one run:
sandboxes beside bubblewrap and plain spawns, inputs beside hard links, the store
beside sha256sum, results of the cache, layers beside tar and zstd."""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

RULES = '''\
def _many_impl(ctx):
    outs = []
    for i in range(ctx.attr.count):
        out = ctx.actions.declare_file(f"{ctx.label.name}/{i}")
        ctx.actions.run(
            executable = "/bin/sh",
            arguments = ["-c", f": > {out.path}"],
            outputs = [out],
        )
        outs.append(out)
    return [DefaultInfo(files = depset(outs))]

many = rule(implementation = _many_impl, attrs = {"count": attr.int()})

def _reads_impl(ctx):
    out = ctx.actions.declare_file(ctx.label.name + ".out")
    ctx.actions.run(
        executable = "/bin/sh",
        arguments = ["-c", f": > {out.path}"],
        inputs = ctx.files.srcs,
        outputs = [out],
    )
    return [DefaultInfo(files = depset([out]))]

reads = rule(
    implementation = _reads_impl,
    attrs = {"srcs": attr.label_list(allow_files = True)},
)

def _layer_impl(ctx):
    tar = ctx.actions.declare_file(ctx.label.name + ".tar")
    out = ctx.actions.declare_file(ctx.label.name + ".tar.zst")
    ctx.actions.layer(tar, entries = [(f.path, f) for f in ctx.files.srcs])
    ctx.actions.compress(out, tar, format = "zstd")
    return [DefaultInfo(files = depset([out]))]

layer = rule(
    implementation = _layer_impl,
    attrs = {"srcs": attr.label_list(allow_files = True)},
)
'''


class Bench:
    def __init__(self, graph, top, repeats):
        self.graph, self.top, self.repeats = graph, top, repeats
        self.number = 0
        self.rows = []

    def workspace(self, build):
        self.number += 1
        folder = self.top / f"workspace-{self.number}"
        folder.mkdir()
        (folder / "WORKSPACE.spec").write_text('workspace(name = "bench")\n')
        (folder / "defs.spec").write_text(RULES)
        (folder / "BUILD.spec").write_text(
            'load(":defs.spec", "layer", "many", "reads")\n' + build)
        return folder

    def build(self, folder, cache, *options, target="//..."):
        """Wall seconds, and the events."""
        log = folder / "events.jsonl"
        begin = time.monotonic()
        done = subprocess.run(
            [self.graph, "build", target, f"--cache-dir={cache}", "--quiet",
             f"--events={log}", *options], cwd=folder, text=True,
            capture_output=True, check=False)
        wall = time.monotonic() - begin
        if done.returncode != 0:
            sys.exit(done.stdout + done.stderr)
        return wall, [json.loads(line) for line in log.open()]

    def known(self, folder):
        """Seconds of the actions of //:second, whose inputs the store has."""
        self.fresh(folder, target="//:first")
        _, events = self.build(folder, self.top / "cache", target="//:second")
        return sum(event["ms"] for event in events
                   if event["event"] == "action") / 1000

    def fresh(self, folder, *options, target="//..."):
        """A build with nothing remembered but the toolchain."""
        shutil.rmtree(folder / "graph-out", ignore_errors=True)
        cache = self.top / "cache"
        for name in os.listdir(cache) if cache.exists() else []:
            if name != "toolchains":
                shutil.rmtree(cache / name, ignore_errors=True)
        return self.build(folder, cache, *options, target=target)

    def least(self, measure):
        return min(measure() for _ in range(self.repeats))

    def row(self, what, ours, peer, theirs, goal=None):
        ratio = ours / theirs
        met = None if goal is None else ratio <= goal
        self.rows.append((what, met))
        print(f"| {what} | {show(ours)} | {peer} | {show(theirs)} | "
              f"{ratio:.2f} | {'' if goal is None else f'<= {goal}'} |",
              flush=True)


def show(seconds):
    if seconds < 1e-3:
        return f"{seconds * 1e6:.0f} us"
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def timed(command, **options):
    begin = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **options)
    return time.monotonic() - begin


def fill(folder, files, size):
    for i in range(files):
        path = folder / f"{i // 500:03}" / f"{i:06}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        # As hard to compress as programs are, more or less.
        path.write_bytes(os.urandom(size // 2) + bytes(size - size // 2))


def sandboxes(bench, count):
    """One slot; what a spawn costs otherwise is in both."""
    folder = bench.workspace(f'many(name = "m", count = {count})\n')
    out = bench.top / "spawned"

    def loop(prefix):
        script = ("i=0; while [ $i -lt $2 ]; do " + prefix +
                  "/bin/sh -c ': > \"$0\"' $1; i=$((i+1)); done")
        return timed(["sh", "-c", script, "sh", out, str(count)]) / count

    plain = bench.least(lambda: loop(""))
    walls = ("bwrap --unshare-all --dev /dev --proc /proc --tmpfs /tmp "
             "--ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/lib /lib "
             "--symlink usr/lib64 /lib64 --ro-bind /etc /etc "
             f"--bind {bench.top} {bench.top} ")
    wrapped = bench.least(lambda: loop(walls))
    per_action = {}
    for level in ("strict", "none"):
        bench.fresh(folder, f"--isolation={level}")
        per_action[level] = bench.least(
            lambda chosen=level: bench.fresh(
                folder, "--jobs=1", f"--isolation={chosen}")[0]) / count
    bench.row("an action, keyed and cached, strict", per_action["strict"],
              "bwrap", wrapped, 0.5)
    bench.row("the same", per_action["strict"], "sh -c", plain)
    bench.row("strict", per_action["strict"], "none", per_action["none"], 1.3)


def twice(rule):
    return "".join(f'{rule}(name = "{name}", srcs = glob(["data/**"]))\n'
                   for name in ("first", "second"))


def inputs(bench, files):
    folder = bench.workspace(twice("reads"))
    fill(folder / "data", files, 200)
    linked = bench.top / "linked"

    def link():
        seconds = timed(["cp", "-al", folder / "data", linked])
        shutil.rmtree(linked)
        return seconds

    bench.row(f"an action with {files:,} inputs",
              bench.least(lambda: bench.known(folder)), "cp -al",
              bench.least(link), 2 if files >= 1000 else None)
    shutil.rmtree(folder)


def store(bench, small, large):
    folder = bench.workspace(
        'reads(name = "r", srcs = glob(["data/**"]))\n')
    fill(folder / "data", small, 8 << 10)
    for i in range(large):
        (folder / "data" / f"large-{i}").write_bytes(os.urandom(128 << 20))
    summed = bench.least(lambda: timed(
        ["sh", "-c", "find data -type f -print0 | xargs -0 -P 2 sha256sum"],
        cwd=folder))
    copy = bench.top / "copy"

    def copied():
        seconds = timed(["cp", "-r", folder / "data", copy])
        shutil.rmtree(copy)
        return seconds + summed

    taken = bench.least(lambda: bench.fresh(folder)[0])
    bench.row("sources taken into the store", taken, "cp -r, then sha256sum",
              bench.least(copied), 1.5)
    verified = bench.least(lambda: timed(
        [bench.graph, "cache", "doctor", f"--cache-dir={bench.top / 'cache'}"]))
    bench.row("the store verified", verified, "sha256sum, 2 at once", summed,
              1.5)
    shutil.rmtree(folder)


def replay(bench, count):
    folder = bench.workspace(f'many(name = "m", count = {count})\n')
    bench.fresh(folder)

    def again():
        subprocess.run([bench.graph, "clean"], cwd=folder, check=True,
                       capture_output=True)
        return bench.build(folder, bench.top / "cache")[0]

    seconds = bench.least(again) / count
    bench.row("a result from the cache, placed", seconds,
              "DESIGN.md section 8", 50e-6, 1)


def layers(bench, files):
    folder = bench.workspace(twice("layer"))
    fill(folder / "data", files, 32 << 10)
    theirs = bench.least(lambda: timed(
        ["sh", "-c", "tar -c data | zstd -q -9 -T1 > ../packed.tar.zst"],
        cwd=folder))
    bench.row("a layer, written and compressed",
              bench.least(lambda: bench.known(folder)),
              "tar, zstd -9 -T1", theirs, 1.3)
    shutil.rmtree(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--graph", default="build/graph",
                        type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--scale", type=float, default=1.0,
                        help="of how much there is to do")
    parser.add_argument("--check", action="store_true",
                        help="exit with 1 if a goal is missed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="graph-parts-") as temporary:
        bench = Bench(options.graph, pathlib.Path(temporary), options.repeats)
        print("| work | graph | peer | peer | ratio | goal |")
        print("|---|---|---|---|---|---|")
        sandboxes(bench, max(int(1000 * options.scale), 1))
        for files in (10, 1_000, 100_000):
            inputs(bench, max(int(files * options.scale), 1))
        store(bench, max(int(20_000 * options.scale), 1),
              2 if options.scale >= 1 else 0)
        replay(bench, max(int(10_000 * options.scale), 1))
        layers(bench, max(int(6_000 * options.scale), 1))
    missed = [what for what, met in bench.rows if met is False]
    if missed:
        print(f"missed: {', '.join(missed)}", file=sys.stderr)
    return 1 if options.check and missed else 0


if __name__ == "__main__":
    sys.exit(main())
