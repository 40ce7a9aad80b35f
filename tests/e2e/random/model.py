# SPDX-License-Identifier: Apache-2.0
"""What a workspace should come to, told without running graph.

Each kind of target is a line of BUILD.spec and a function in Python that gives
what the target makes of the sources as they lie on the disk. Where something is
wrong with the workspace, it only says that: what graph then says is compared
with what it says in a copy of the workspace with an empty cache.
"""
import dataclasses
import json
import os
import typing

from specs import DEFS, HEAD, render

PASS_OVER = "graph-out"  # By glob().


class File(typing.NamedTuple):
    data: bytes
    executable: bool = False


class Link(typing.NamedTuple):
    target: str


EMPTY = "an empty folder"    # In a tree, which is a dict of paths.
FAILED = "not made"          # By an action that failed, or could not run.
ABSENT = "tolerated"         # By a tolerant action that failed.


class Made(typing.NamedTuple):
    """A file as rules see it."""
    path: str        # Where commands see it.
    package: str     # Of the target that owns it.
    value: object    # File, Link, a dict, FAILED or ABSENT.
    folder: bool = False  # Whether it was declared as one.

    @property
    def in_package(self):
        path = self.path.removeprefix("graph-out/")
        return path.removeprefix(self.package + "/") if self.package else path


class Wrong(Exception):
    """The workspace cannot be loaded."""


@dataclasses.dataclass
class Target:
    kind: str
    package: str
    name: str
    srcs: list = dataclasses.field(default_factory=list)   # See refer().
    debug_srcs: list = dataclasses.field(default_factory=list)
    optional_srcs: list = dataclasses.field(default_factory=list)
    word: str = ""
    options: dict = dataclasses.field(default_factory=dict)

    @property
    def label(self):
        return f"//{self.package}:{self.name}"

    def labels(self):
        """Of the targets that it names."""
        return [ref for ref in self.srcs + self.debug_srcs + self.optional_srcs
                if isinstance(ref, str) and ref.startswith("//")]


def join(*parts):
    return "/".join(part for part in parts if part)


def show(made):
    """What show() of SHOW prints, or None if it fails."""
    lines = []
    for path, value in made:
        if isinstance(value, Link):
            lines.append(f"link {path} {value.target}\n")
        elif isinstance(value, File):
            if b"FAIL" in value.data:
                return None
            mode = "x" if value.executable else "-"
            lines.append(f"file {path} {mode}\n{value.data.decode()}\n")
        else:
            lines.append(f"folder {path}\n")
            below = show(children(path, value))
            if below is None:
                return None
            lines.append(below)
    return "".join(lines)


def children(path, tree):
    """The entries of a folder as show() takes them, sorted by name."""
    names = {}
    if tree == EMPTY:
        return []
    for below, value in tree.items():
        name, slash, rest = below.partition("/")
        if slash:
            names.setdefault(name, {})[rest] = value
        else:
            names[name] = {} if value == EMPTY else value
    return [(f"{path}/{name}", names[name]) for name in sorted(names)]


def text(words):
    return File(words.encode())


# --- Sources ------------------------------------------------------------------

def listing(folder):
    """(name, kind, whether it is a link) of what glob() can see."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return []
    result = []
    for entry in entries:
        kind = ("file" if os.path.isfile(entry.path) else
                "folder" if os.path.isdir(entry.path) else None)
        if kind:
            result.append((entry.name, kind, entry.is_symlink()))
    return result


def is_package(folder):
    return os.path.isfile(f"{folder}/BUILD.spec")


def matches(pattern, name):
    """`*` alone stands for anything; one is enough here."""
    if "*" not in pattern:
        return pattern == name
    begin, _, end = pattern.partition("*")
    return (len(name) >= len(begin) + len(end) and name.startswith(begin) and
            name.endswith(end))


def glob(root, package, pattern):
    found = set()

    def enter(folder, parts):
        if not is_package(f"{root}/{join(package, folder)}"):
            walk(folder, parts)

    def walk(folder, parts):
        part, rest = parts[0], parts[1:]
        deep = part == "**"
        if deep and rest:
            walk(folder, rest)
        for name, kind, linked in listing(f"{root}/{join(package, folder)}"):
            path = join(folder, name)
            if not deep and not matches(part, name):
                continue
            if kind == "file":
                if not rest:
                    found.add(path)
                continue
            if "*" in part and (linked or name.startswith(".") or
                                join(package, path) == PASS_OVER):
                continue
            if deep:
                enter(path, parts)
            elif rest:
                enter(path, rest)

    walk("", pattern.split("/"))
    return sorted(found)


# --- Workspaces ---------------------------------------------------------------

class World:
    """The targets of a workspace, and what they come to."""

    def __init__(self, root):
        self.root = str(root)
        self.packages = ["", "lib", "app", "app/sub"]
        self.targets = []       # Each names only targets that stand before it.
        self.words = ["first", "second"]
        self.default_debug = False
        self.name = "random"
        self.broken = None      # A package whose BUILD.spec does not parse.
        self.outcome = {}

    def find(self, label):
        return next((t for t in self.targets if t.label == label), None)

    # Text

    def files(self):
        """Path → text of all Spec files."""
        default = ', default_configs = ["debug"]' if self.default_debug else ""
        result = {
            "WORKSPACE.spec": f'workspace(name = "{self.name}"{default})\n',
            "defs/BUILD.spec": "",
            "defs/defs.spec": DEFS,
            "defs/words.spec": f"WORDS = {json.dumps(self.words)}\n",
        }
        for package in self.packages:
            lines = [HEAD]
            lines += [render(target) for target in self.targets
                      if target.package == package]
            if package == self.broken:
                lines.append("genrule(name = \n")
            result[join(package, "BUILD.spec")] = "\n".join(lines)
        return result

    # Meaning

    def evaluate(self, debug):
        """Label → [Made] of all targets. Raises Wrong."""
        if self.broken in self.packages:
            raise Wrong(self.broken)
        self.outcome = {}
        for target in self.targets:
            srcs = self.resolve(target, target.srcs)
            extra = self.resolve(target, target.debug_srcs)
            optional = self.resolve(target, target.optional_srcs)
            if debug:
                srcs += extra
            self.outcome[target.label] = KINDS[target.kind](
                self, target, unique(srcs), unique(optional))
        return self.outcome

    def resolve(self, target, refs):
        made, seen = [], set()
        for ref in refs:
            if isinstance(ref, tuple):
                paths = glob(self.root, target.package, ref[0])
                if not paths and not ref[1]:
                    raise Wrong(f"{target.label}: {ref} matches nothing")
                named = [(path, self.source(target.package, path))
                         for path in paths]
            elif ref.startswith("//"):
                if ref not in self.outcome:
                    raise Wrong(f"{target.label}: no {ref}")
                named = [(ref, self.outcome[ref])]
            else:
                named = [(ref, self.source(target.package, ref))]
            for name, files in named:
                if name in seen:
                    raise Wrong(f"{target.label}: {name} twice")
                seen.add(name)
                made += files
        return made

    def source(self, package, path):
        parts = path.split("/")
        for i in range(1, len(parts)):
            if is_package(f"{self.root}/{join(package, *parts[:i])}"):
                raise Wrong(f"{path} of {package} is in another package")
        place = join(package, path)
        try:
            with open(f"{self.root}/{place}", "rb") as file:
                executable = bool(os.fstat(file.fileno()).st_mode & 0o100)
                return [Made(place, package, File(file.read(), executable))]
        except OSError as error:
            raise Wrong(f"no {place}") from error


def unique(made):
    return list({each.path: each for each in made}.values())


def output(target, name, value, folder=False):
    return Made(join("graph-out", target.package, name), target.package, value,
                folder)


def lack(srcs):
    """What an action comes to for want of its inputs, or None."""
    values = [each.value for each in srcs]
    return FAILED if FAILED in values or ABSENT in values else None


def pairs(srcs):
    return [(each.path, each.value) for each in srcs]


# --- Kinds of targets: meaning ------------------------------------------------

def make_genrule(world, target, srcs, optional):
    outs = [f"{target.name}.out"]
    if target.word.startswith("two"):
        outs.append(f"at/{target.name}.second")

    def gives(value):
        return [output(target, out, value) for out in outs]

    failed = ABSENT if target.options.get("tolerant") else FAILED
    if FAILED in [each.value for each in srcs + optional]:
        return gives(FAILED)
    there = [each for each in optional if each.value != ABSENT]
    if lack(srcs) or len(there) < target.options.get("min_success", 0):
        return gives(failed)
    shown = show(pairs(srcs) + pairs(there))
    if shown is None:
        return gives(failed)
    made = [text(f"{target.word} {world.words[1]}\n{shown}"),
            text(target.word + "\n")]
    if target.options.get("executable"):
        made[0] = made[0]._replace(executable=True)
    return [output(target, out, value) for out, value in zip(outs, made)]


def make_filegroup(world, target, srcs, optional):
    return srcs


def make_copy_file(world, target, srcs, optional):
    if len(srcs) != 1:
        raise Wrong(f"{target.label}: not one file")
    value = lack(srcs) or srcs[0].value
    if value != FAILED and target.options.get("is_executable"):
        if not isinstance(value, File):
            value = FAILED
        else:
            value = value._replace(executable=True)
    elif isinstance(value, dict):
        value = FAILED
    return [output(target, target.name + ".copy", value)]


def below(tree, strip):
    """What lies in the folder `strip` of a tree; None if there is none."""
    if not strip:
        return tree
    found = {path[len(strip) + 1:]: value for path, value in tree.items()
             if path.startswith(strip + "/")}
    return found if found or tree.get(strip) == EMPTY else None


def overlay(tree, layer, prefix):
    """False if a path would be both a file and a folder."""
    for path, value in layer.items():
        path = join(prefix, path)
        if path in tree and (tree[path] == EMPTY) != (value == EMPTY):
            return False
        tree[path] = value
    return True


def whole(tree):
    """The tree of these entries: an empty folder may get content from another
    layer. None if a path would lie in what is no folder, as PutTree() says."""
    full = {"/".join(path.split("/")[:i])
            for path in tree for i in range(1, path.count("/") + 1)}
    if any(tree.get(path, EMPTY) != EMPTY for path in full):
        return None
    return {path: value for path, value in tree.items() if path not in full}


def removes(pattern, path):
    """`**/NAME` and `NAME` are what is used here."""
    parts = path.split("/")
    if pattern.startswith("**/"):
        return any(matches(pattern[3:], part) for part in parts)
    return matches(pattern, parts[0])


def make_merge_tree(world, target, srcs, optional):
    strip = target.options.get("strip", "")
    prefix = target.options.get("prefix", "")

    def layers_of(files, strip, prefix):
        """(place, strip, value) of each, as trees.spec does it."""
        layers = []
        for each in files:
            if each.folder:
                layers.append((prefix, strip, each.value))
                continue
            path = each.in_package
            if strip:
                if not path.startswith(strip + "/"):
                    continue
                path = path.removeprefix(strip + "/")
            layers.append((join(prefix, path), "", each.value))
        if files and not layers:
            raise Wrong(f"{target.label}: nothing below strip")
        return layers

    over, lower = [], {}
    for label, place in target.options.get("layers", {}).items():
        if label not in world.outcome:
            raise Wrong(f"{target.label}: no {label}")
        files = unique(world.outcome[label])
        over += layers_of(files, "", place)
        lower |= {each.path: each for each in files}
    layers = (layers_of(srcs, strip, prefix) +
              layers_of(optional, strip, prefix) + over)
    needed = srcs + list(lower.values())
    made = FAILED
    there = [each for each in optional if each.value != ABSENT]
    if (not lack(needed) and FAILED not in [each.value for each in optional] and
            len(there) >= target.options.get("min_success", 0)):
        tree = merged([layer for layer in layers if layer[2] != ABSENT],
                      target.options.get("remove", []))
        made = FAILED if tree is None else tree
    return [output(target, target.name + ".merged", made, folder=True)]


def merged(layers, remove):
    tree = {}
    for place, strip, value in layers:
        if isinstance(value, dict):
            value = below(value, strip)
            if value is None or not overlay(tree, value, place):
                return None
        elif not overlay(tree, {place: value}, ""):
            return None
    for pattern in remove:
        if not any(removes(pattern, path) for path in tree):
            return None
    tree = {path: value for path, value in tree.items()
            if not any(removes(pattern, path) for pattern in remove)}
    return whole(tree)


class Archive(typing.NamedTuple):
    """An archive by what is in it; None if that is for graph to say."""
    format: str
    entries: dict


def make_archive(extension):
    def make(world, target, srcs, optional):
        entries = {}
        if lack(srcs):
            entries = None
        for each in srcs if entries is not None else ():
            layer = (each.value if isinstance(each.value, dict)
                     else {each.in_package: each.value})
            if set(layer) & set(entries):
                entries = None
                break
            entries |= layer
        entries = None if entries is None else whole(entries)
        value = FAILED if entries is None else Archive(extension, entries)
        return [output(target, f"{target.name}.{extension}", value)]
    return make


def make_json_file(world, target, srcs, optional):
    content = {"words": world.words, "own": target.word}
    return [output(target, target.name + ".json", text(
        json.dumps(content, indent=2, sort_keys=True) + "\n"))]


def make_scatter(world, target, srcs, optional):
    made = lack(srcs)
    shown = None if made else show(pairs(srcs))
    if shown is None:
        return [output(target, target.name + ".tree", FAILED, folder=True)]
    tree = {"empty/er": EMPTY, "dangling": Link("nowhere"),
            "word": text(target.word + world.words[0] + "\n"),
            "list": text(shown)}
    plain = [each.value for each in srcs if isinstance(each.value, File)]
    for i, value in enumerate(plain):
        tree[f"at/f{i}"] = value
        tree[f"f{i}"] = Link(f"at/f{i}")
    if not plain:
        tree["at"] = EMPTY
    return [output(target, target.name + ".tree", tree, folder=True)]


def make_linked(world, target, srcs, optional):
    outs = [f"at/{target.name}.file", f"at/{target.name}.link"]
    shown = None if lack(srcs) else show(pairs(srcs))
    values = ([FAILED] * 2 if shown is None else
              [text(shown), Link(f"{target.name}.file")])
    return [output(target, out, value) for out, value in zip(outs, values)]


def make_sh_test(world, target, srcs, optional):
    """The program: the script that is its one source."""
    if len(srcs) != 1:
        raise Wrong(f"{target.label}: not one script")
    return [output(target, target.name,
                   srcs[0].value._replace(executable=True))]


def log_of(data):
    """What TEST_SCRIPT prints that sees `data`; None if it does not pass."""
    if lack(data):
        return None
    leaves = {}
    for each in data:
        if isinstance(each.value, dict):
            leaves |= {f"{each.path}/{path}": value
                       for path, value in each.value.items() if value != EMPTY}
        else:
            leaves[each.path] = each.value
    return show([(path, leaves[path]) for ending in (".out", ".copy")
                 for path in sorted(leaves) if path.endswith(ending)])


KINDS = {
    "genrule": make_genrule,
    "filegroup": make_filegroup,
    "alias": make_filegroup,
    "copy_file": make_copy_file,
    "merge_tree": make_merge_tree,
    "tar_archive": make_archive("tar"),
    "zip_archive": make_archive("zip"),
    "json_file": make_json_file,
    "scatter": make_scatter,
    "linked": make_linked,
    "sh_test": make_sh_test,
}
