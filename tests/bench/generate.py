#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes one and the same graph as BUILD.spec files, build.ninja and Makefile.

Every action joins a few small files into one, with the same command for every
engine: `/bin/sh -c "cat a b c > out"`. (A genrule would start bash, as Bazel's
does, and the difference of two shells would be measured.) Targets stand in
layers: those of the lowest join sources, those of the others join outputs
of the layer below, so files stay small and the graph `--depth` deep. Equal
parameters give equal bytes, on any machine.

  FOLDER/WORKSPACE.spec  FOLDER/pkg…/BUILD.spec  FOLDER/pkg…/src….txt
  FOLDER/build.ninja     FOLDER/Makefile         FOLDER/graph.json
"""
import argparse
import dataclasses
import json
import pathlib
import random


@dataclasses.dataclass(frozen=True)
class Shape:
    packages: int = 10
    targets: int = 100  # In each package.
    fan_in: int = 4     # Inputs of an action.
    sources: int = 50   # In each package.
    depth: int = 4      # Layers of targets.
    seed: int = 1

    @staticmethod
    def of_actions(actions, **changes):
        """A shape with about as many actions, 100 a package."""
        targets = min(100, actions)
        return Shape(packages=max(1, actions // targets), targets=targets,
                     **changes)


@dataclasses.dataclass(frozen=True)
class File:
    package: int
    number: int
    made: bool  # By target `number` of the package; else a source.

    @property
    def name(self):
        return f"{'out' if self.made else 'src'}{self.number}.txt"

    def path(self, made_below):
        folder = package_name(self.package)
        if self.made:
            return f"{made_below}/{folder}/{self.name}"
        return f"{folder}/{self.name}"

    def label(self, package):
        """As seen in the BUILD.spec of `package`."""
        word = f":t{self.number}" if self.made else self.name
        if self.package == package:
            return word
        return f"//{package_name(self.package)}:{word.lstrip(':')}"


def package_name(number):
    return f"pkg{number:04d}"


def layer(shape, target):
    return target * shape.depth // shape.targets


def leaf(shape):
    """The one source that a single action reads, on which nothing depends."""
    return File(0, shape.sources, made=False)


def actions(shape):
    """Yields (output, inputs), in an order in which they could run."""
    random_numbers = random.Random(shape.seed)
    layers = [[t for t in range(shape.targets) if layer(shape, t) == depth]
              for depth in range(shape.depth)]
    for depth, members in enumerate(layers):
        below = next((each for each in reversed(layers[:depth]) if each), None)
        for package in range(shape.packages):
            for target in members:
                inputs = set()
                pool = below or range(shape.sources)
                wanted = min(shape.fan_in, len(pool))
                while len(inputs) < wanted:
                    # Most inputs are near, as in a real tree. A source is
                    # always the package's own: others would have to export it.
                    far = below and random_numbers.random() < 0.25
                    where = (random_numbers.randrange(shape.packages) if far
                             else package)
                    inputs.add(File(where, random_numbers.choice(pool),
                                    made=bool(below)))
                if target == shape.targets - 1 and package == 0:
                    inputs.add(leaf(shape))
                ordered = sorted(inputs,
                                 key=lambda f: (f.package, f.made, f.number))
                yield File(package, target, made=True), ordered


def source_text(shape, source, version=0):
    return f"{shape.seed} {source.package} {source.number} {version}\n"


JOIN_SPEC = '''\
"""Files joined into one, by the command that the other engines run."""

def _join_impl(ctx):
    sources = [f.path for f in ctx.files.srcs]
    ctx.actions.run(
        outputs = [ctx.outputs.out],
        inputs = ctx.files.srcs,
        executable = "/bin/sh",
        arguments = ["-c", f"cat {' '.join(sources)} > {ctx.outputs.out.path}"],
        mnemonic = "Join",
    )
    return [DefaultInfo(files = depset([ctx.outputs.out]))]

join = rule(
    implementation = _join_impl,
    attrs = {
        "out": attr.output(mandatory = True),
        "srcs": attr.label_list(allow_files = True),
    },
)
'''


def spec_files(shape, graph):
    """Path → text of the WORKSPACE.spec, its module and every BUILD.spec."""
    texts = {"WORKSPACE.spec": 'workspace(name = "bench")\n',
             "BUILD.spec": "", "join.spec": JOIN_SPEC}
    by_package = {package: [] for package in range(shape.packages)}
    for output, inputs in graph:
        by_package[output.package].append((output, inputs))
    for package, members in by_package.items():
        lines = ['load("//:join.spec", "join")\n\n'
                 'package(default_visibility = ["//visibility:public"])\n']
        for output, inputs in members:
            srcs = ", ".join(f'"{i.label(package)}"' for i in inputs)
            lines.append(
                f'\njoin(\n    name = "t{output.number}",\n'
                f'    srcs = [{srcs}],\n    out = "{output.name}",\n)\n')
        texts[f"{package_name(package)}/BUILD.spec"] = "".join(lines)
    return texts


def ninja_file(graph):
    lines = ["ninja_required_version = 1.5\n", "builddir = ninja-out\n",
             "rule cat\n", "  command = cat $in > $out\n"]
    for output, inputs in graph:
        names = " ".join(i.path("ninja-out") for i in inputs)
        lines.append(f"build {output.path('ninja-out')}: cat {names}\n")
    return "".join(lines)


def make_file(shape, graph):
    folders = " ".join(f"make-out/{package_name(p)}"
                       for p in range(shape.packages))
    outputs = " ".join(output.path("make-out") for output, _ in graph)
    lines = [".SUFFIXES:\n", f"all: {outputs}\n",
             f"{outputs}: | make-out/.folders\n",
             "make-out/.folders:\n", f"\t@mkdir -p {folders} && touch $@\n"]
    for output, inputs in graph:
        names = " ".join(i.path("make-out") for i in inputs)
        lines.append(f"{output.path('make-out')}: {names}\n"
                     "\tcat $(filter %.txt,$^) > $@\n")
    return "".join(lines)


def generate(folder, shape):
    """Writes all files; returns how many actions there are."""
    folder = pathlib.Path(folder)
    graph = list(actions(shape))
    texts = spec_files(shape, graph)
    texts["build.ninja"] = ninja_file(graph)
    texts["Makefile"] = make_file(shape, graph)
    texts["graph.json"] = json.dumps(
        {"actions": len(graph), **dataclasses.asdict(shape)}) + "\n"
    sources = [File(package, number, made=False)
               for package in range(shape.packages)
               for number in range(shape.sources)]
    for source in [*sources, leaf(shape)]:
        texts[source.path("")] = source_text(shape, source)
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return len(graph)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder")
    for field in dataclasses.fields(Shape):
        parser.add_argument("--" + field.name.replace("_", "-"), type=int,
                            default=field.default)
    values = vars(parser.parse_args())
    folder = values.pop("folder")
    print(f"{folder}: {generate(folder, Shape(**values))} actions")


if __name__ == "__main__":
    main()
