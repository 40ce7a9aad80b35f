#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What trees of many files cost: to take in, to make, to lay over each other,
to read, and what of that is paid again when one file has changed. Beside each
stands a floor: to link the whole tree (`cp -al`), to read it (`find |
sha256sum`) or to look at it (`find`), measured in the same run."""
import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

# A shell with no program of its own for each file; awk writes them all.
BUILD = '''\
load(":defs.spec", "many")

genrule(name = "first", outs = ["first.out"], cmd = "echo > $@")

glob_files = glob(["data/**"])

genrule(
    name = "reads_files",
    srcs = glob_files,
    outs = ["reads_files.out"],
    cmd = "find data -type f | wc -l > $@",
)

copy_tree(name = "copied", srcs = glob_files)

genrule(
    name = "reads_tree",
    srcs = [":copied"],
    outs = ["reads_tree.out"],
    cmd = "find $< -type f | wc -l > $@",
)

merge_tree(name = "merged", srcs = [":made", "one.txt"], prefix = "in")

genrule(
    name = "reads_merged",
    srcs = [":merged"],
    outs = ["reads_merged.out"],
    cmd = "find $< -type f | wc -l > $@",
)

many(name = "made", src = "one.txt", folders = %(folders)d, files = %(files)d)
'''

DEFS = '''\
def _many_impl(ctx):
    out = ctx.actions.declare_directory(ctx.label.name)
    ctx.actions.run_shell(
        outputs = [out],
        inputs = [ctx.file.src],
        arguments = [out.path, ctx.file.src.path],
        command = """
mkdir -p $(seq -f $1/%%g 1 %d)
awk -v top=$1 -v folders=%d -v files=%d 'BEGIN {
  for (i = 1; i <= folders; i++)
    for (j = 1; j <= files; j++) {
      path = top "/" i "/" j
      print i, j > path
      close(path)
    }
}'
cat $2 > $1/1/1
""" % (ctx.attr.folders, ctx.attr.folders, ctx.attr.files),
    )
    return [DefaultInfo(files = depset([out]))]

many = rule(
    implementation = _many_impl,
    attrs = {
        "src": attr.label(allow_single_file = True),
        "folders": attr.int(),
        "files": attr.int(),
    },
)
'''


def generate(top, folders, files):
    (top / "WORKSPACE.spec").write_text('workspace(name = "trees")\n')
    (top / "BUILD.spec").write_text(BUILD % {"folders": folders,
                                             "files": files})
    (top / "defs.spec").write_text(DEFS)
    (top / "one.txt").write_text("one\n")
    for i in range(folders):
        folder = top / f"data/{i}"
        folder.mkdir(parents=True)
        for j in range(files):
            (folder / f"{j}").write_text(f"{i} {j}\n")


class Measured:
    """Wall seconds and seconds of processor time of a command."""

    def __init__(self, command, cwd):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begin = time.monotonic()
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True,
                              check=False)
        self.wall = time.monotonic() - begin
        if done.returncode != 0:
            sys.exit(f"trees: {' '.join(map(str, command))} failed:\n"
                     f"{done.stderr}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu = (after.ru_utime + after.ru_stime - before.ru_utime -
                    before.ru_stime)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--graph", default="build/graph")
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--folders", type=int, default=100)
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--folder", help="where to work, and to leave it")
    options = parser.parse_args()
    graph = os.path.abspath(options.graph)
    with tempfile.TemporaryDirectory(prefix="graph-trees-",
                                     dir=options.folder) as top:
        rows = measure(pathlib.Path(top), graph, options)
    figures = {}
    for name, measured, against, floor in rows:
        ratio = measured.wall / floor.wall
        figures[name] = {"wall_s": measured.wall, "cpu_s": measured.cpu,
                         "floor": against, "floor_s": floor.wall,
                         "floor_cpu_s": floor.cpu, "ratio": ratio}
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


def measure(top, graph, options):
    """Rows of what was done, what it took, the floor's name and the floor;
    each is printed as soon as it is known."""
    workspace = top / "workspace"
    workspace.mkdir()
    generate(workspace, options.folders, options.files // options.folders)
    one_source = workspace / "data/7/7"
    common = [graph, "build", f"--cache-dir={top}/cache", "--keep-going"]

    def build(*targets):
        return Measured([*common, *targets], workspace)

    link = Measured(["cp", "-al", workspace / "data", top / "linked"], top)
    read = Measured(["sh", "-c", "find . -type f -print0 | sort -z | "
                     "xargs -0 sha256sum | sha256sum"], workspace / "data")
    look = Measured(["find", ".", "-newer", one_source], workspace / "data")
    floors = {"cp -al": link, "find | sha256sum": read, "find": look}
    rows = []

    def row(name, measured, against):
        floor = floors[against]
        rows.append((name, measured, against, floor))
        print(f"{name:34} {measured.wall * 1e3:9.1f} ms wall "
              f"{measured.cpu * 1e3:9.1f} ms cpu "
              f"{measured.wall / floor.wall:7.2f} x {against} "
              f"(cpu {measured.cpu / floor.cpu:.2f} x)", flush=True)

    build("//:first")  # Makes the toolchain.
    edit = 0

    def change(path):
        nonlocal edit
        edit += 1
        path.write_text(f"edit {edit}\n")

    row("a glob of sources, read", build("//:reads_files"), "find | sha256sum")
    row("... no-op", build("//:reads_files"), "find")
    change(one_source)
    row("... one changed", build("//:reads_files"), "cp -al")
    row("copy_tree of it, placed", build("//:copied"), "cp -al")
    row("... no-op", build("//:copied"), "find")
    change(one_source)
    row("... one changed", build("//:copied"), "cp -al")
    row("a command that reads it", build("//:reads_tree"), "cp -al")
    change(one_source)
    row("... one changed", build("//:reads_tree"), "cp -al")
    row("a command that makes one, placed", build("//:made"), "cp -al")
    change(workspace / "one.txt")
    row("... one changed", build("//:made"), "cp -al")
    row("merge_tree of it, read", build("//:reads_merged"), "cp -al")
    change(workspace / "one.txt")
    row("... one changed", build("//:reads_merged"), "cp -al")
    return rows


if __name__ == "__main__":
    main()
