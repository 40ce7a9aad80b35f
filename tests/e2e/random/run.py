# SPDX-License-Identifier: Apache-2.0
"""One random workspace: edited step by step, built, and held against the model
and against clean builds of the same sources."""
import collections
import contextlib
import hashlib
import io
import json
import os
import pathlib
import random
import re
import shutil
import signal
import stat
import subprocess
import tarfile
import time
import zipfile

import edits
import model
import specs
from graph_test import GRAPH

HOST_PACKAGES = "/var/lib/dpkg/status"
CLEAN_EVERY = 12     # Steps between clean builds of what is well.
REPEAT_EVERY = 10    # Between builds that have nothing to do.


class Difference(Exception):
    """What was built is not what should have been."""


class Build:
    """What one run of graph said."""

    def __init__(self, code, out, err, events):
        self.code, self.out, self.err, self.events = code, out, err, events

    @property
    def counts(self):
        return self.events[-1].get("actions", {}) if self.events else {}

    def said(self):
        """What does not depend on what was remembered or on the clock."""
        lines = [re.sub(r"(PASSED|FAILED) +(\S+).*", r"\1 \2", line)
                 for line in self.err.splitlines()
                 if not re.match(r"(Failed|Done|Built|Tests failed|.* in "
                                 r"[\d.]+ ?m?s\b)", line)]
        return collections.Counter(lines)


class Toolchains:
    """Hosts with other versions of packages: the list of the packages is
    covered by another, in a mount namespace."""

    def __init__(self, workspace):
        self.covers = []
        try:
            text = pathlib.Path(HOST_PACKAGES).read_text()
        except OSError:
            return
        for version in ("random1", "random2"):
            cover = pathlib.Path(workspace) / f"status-{version}"
            cover.write_text(re.sub(
                r"(?ms)^(Package: (?:sed|bash)\n.*?^Version: \S+)",
                rf"\1+{version}", text))
            self.covers.append(str(cover))
        self.unshare = ["unshare", "-m"] if os.getuid() == 0 else [
            "unshare", "-r", "-m"]
        ask = [GRAPH, "info", "isolation"]
        answers = [subprocess.run(words, capture_output=True, check=False,
                                  cwd=workspace).stdout
                   for words in (ask, self.words(0, ask))]
        if answers[0] != answers[1]:
            self.covers = []  # Not to be had here, or not at the same level.

    def words(self, index, command):
        script = f'mount --bind "$0" {HOST_PACKAGES} && exec "$@"'
        return [*self.unshare, "sh", "-c", script, self.covers[index],
                *command]


class Run:
    def __init__(self, seed, top, toolchains, warm=None):
        self.seed = seed
        self.top = pathlib.Path(top)
        self.toolchains = toolchains
        self.random = random.Random(seed)
        self.workspace = self.top / "workspace"
        self.copy = self.top / "copy"
        for folder in (self.workspace, self.top / "outside",
                       self.top / "home"):
            folder.mkdir(parents=True)
        self.world = model.World(self.workspace)
        self.editor = edits.Editor(self.world, self.random, self.top)
        self.clean_cache = self.top / "clean"
        for cache in (self.top / "cache", self.clean_cache):
            cache.mkdir()
            if warm:  # To copy the toolchain takes longest.
                shutil.copytree(warm, cache / "toolchains", symlinks=True,
                                copy_function=os.link)
        self.history = collections.deque(maxlen=12)
        self.statistics = collections.Counter()
        self.last = None
        self.asked = None

    # --- graph ----------------------------------------------------------------

    def graph(self, words, workspace, cache, toolchain):
        log = self.top / "events"
        command = [GRAPH, words[0], f"--events={log}", "--color=never",
                   f"--cache-dir={cache}", *words[1:]]
        if toolchain is not None:
            command = self.toolchains.words(toolchain, command)
        log.write_text("")
        process = subprocess.run(
            command, cwd=workspace, text=True, stdin=subprocess.DEVNULL,
            capture_output=True, timeout=300, check=False,
            env={"PATH": os.environ["PATH"], "HOME": str(self.top / "home"),
                 "LC_ALL": "C.UTF-8"})
        events = [json.loads(line) for line in log.read_text().splitlines()]
        build = Build(process.returncode, process.stdout, process.stderr,
                      events)
        if build.code not in (0, 1, 2, 3):
            raise Difference(f"exit code {build.code}\n{build.err}")
        return build

    def interrupted(self, words, toolchain):
        """A build that an edit or a kill comes into; what it says is its own
        affair."""
        command = [GRAPH, *words, f"--cache-dir={self.top / 'cache'}"]
        if toolchain is not None:
            command = self.toolchains.words(toolchain, command)
        with subprocess.Popen(command, cwd=self.workspace,
                              stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as process:
            time.sleep(self.random.random() * 0.03)
            if self.random.random() < 0.4:
                self.history.append("  kill -9 of it")
                process.send_signal(signal.SIGKILL)
            else:
                self.edit()
            process.wait()

    # --- One step -------------------------------------------------------------

    def step(self, number):
        self.history.append(f"step {number}:")
        for _ in range(self.random.choice([1, 1, 1, 1, 1, 2, 3])):
            self.edit()
        if self.last in ("wrong", "failed") and self.random.random() < 0.7:
            self.history.append("  repair")
            self.editor.repair()
            if self.last == "failed" and self.random.random() < 0.5:
                self.editor.drop_failed()
                self.editor.repair()
            self.write()
        roll = self.random.random()
        words = ["test" if roll < 0.15 else "build", "--keep-going", "//..."]
        debug = self.random.random() < 0.1
        if debug:
            words.append("--config=debug")
        toolchain = None
        if self.toolchains.covers and self.random.random() < 0.06:
            toolchain = self.random.randrange(len(self.toolchains.covers))
        if self.random.random() < 0.03:
            self.history.append(f"  {' '.join(words)}, and meanwhile:")
            self.interrupted(words, toolchain)
        if self.random.random() < 0.03:
            words.append("--isolation=basic")
        self.history.append(f"  {' '.join(words)} [toolchain {toolchain}]")
        self.asked = (words, debug, toolchain)
        self.check(number)

    def edit(self):
        name = self.random.choices(list(edits.EDITS),
                                   list(edits.EDITS.values()))[0]
        self.history.append(f"  {name}")
        getattr(self.editor, name)()
        self.write()

    def write(self):
        self.editor.write_specs()
        packages = {os.path.join(self.workspace, package, "BUILD.spec")
                    for package in self.world.packages + ["defs"]}
        for folder, folders, names in os.walk(self.workspace):
            with contextlib.suppress(ValueError):
                folders.remove("graph-out")
            if "BUILD.spec" in names:
                path = os.path.join(folder, "BUILD.spec")
                if os.path.normpath(path) not in map(os.path.normpath,
                                                     packages):
                    os.unlink(path)  # It was moved there with its folder.

    def check(self, number):
        words, debug, toolchain = self.asked
        debug = debug or self.world.default_debug
        try:
            expected, self.last = self.world.evaluate(debug), "well"
        except model.Wrong as wrong:
            expected, self.last = None, "wrong"
            self.history.append(f"  (cannot be loaded: {wrong})")
        logs = self.logs(expected) if words[0] == "test" else {}
        if expected is not None and any(
                each.value == model.FAILED
                for made in expected.values() for each in made):
            self.last = "failed"
        build = self.graph(words, self.workspace, self.top / "cache",
                           toolchain)
        self.statistics[self.last] += 1
        self.statistics["run"] += build.counts.get("run", 0)
        self.expect_code(build, logs)
        if expected is not None:
            self.compare_outputs(expected)
            self.compare_logs(logs)
            self.compare_sources()
        well = self.last == "well" and None not in logs.values()
        if not well or number % CLEAN_EVERY == 0:
            self.compare_clean(build, words, toolchain)
        tolerated = build.counts.get("tolerated", 0)
        if well and not tolerated and number % REPEAT_EVERY == 0:
            self.repeat(words, toolchain, expected)

    def expect_code(self, build, logs):
        codes = {"wrong": (1, 2), "failed": (1,), "well": (0,)}[self.last]
        if self.last == "well" and None in logs.values():
            codes = (3,)
        if build.code not in codes:
            failed = [label for label, made in self.world.outcome.items()
                      if model.FAILED in [each.value for each in made]]
            raise Difference(f"exit code {build.code}, but the model says "
                             f"{self.last}: {failed}\n{build.err}")

    # --- Against the model ----------------------------------------------------

    def compare_outputs(self, expected):
        """Each output that is made lies there; one that is not does not pass
        for one that is."""
        wanted = {each.path: each.value
                  for made in expected.values() for each in made
                  if each.path.startswith("graph-out/")}
        for path, value in wanted.items():
            place = f"{self.workspace}/{path}"
            if value == model.FAILED:
                continue
            if value == model.ABSENT:
                if os.path.lexists(place):
                    raise Difference(f"{path} is there; its maker failed")
                continue
            found = read(place)
            if isinstance(value, model.Archive):
                found = unpacked(value.format, place)
                value = value.entries
            if found != value:
                raise Difference(f"{path} is\n  {found}\nand should be\n"
                                 f"  {value}")
        listed = {each["path"] for each in self.manifest()["artifacts"]}
        made = {path for path, value in wanted.items()
                if value not in (model.FAILED, model.ABSENT)}
        if listed != made:
            raise Difference(f"the manifest lists {listed - made}, "
                             f"and not {made - listed}")

    def manifest(self):
        with open(self.workspace / "graph-out/manifest.json") as file:
            return json.load(file)

    def compare_sources(self):
        for each in self.manifest()["sources"]:
            path = each["path"]
            if path.startswith("external/"):
                continue
            data = (self.workspace / path).read_bytes()
            if hashlib.sha256(data).hexdigest() != each["sha256"]:
                raise Difference(f"the manifest has other bytes of {path}")

    def logs(self, expected):
        """Path of the log of each test → what is in it; None if the test does
        not pass."""
        logs = {}
        for target in self.world.targets if expected else ():
            if target.kind == "sh_test":
                data = model.unique(self.world.resolve(target,
                                                       target.optional_srcs))
                if model.lack(data):
                    self.last = "failed"
                    continue
                path = model.join("graph-out", target.package,
                                  target.name + ".test.log")
                script = expected[target.label][0].value
                if script.data.decode() == specs.TEST_SCRIPT:
                    logs[path] = model.log_of(data)
        return logs

    def compare_logs(self, logs):
        for path, text in logs.items():
            if text is None or self.last == "failed":
                continue
            found = (self.workspace / path).read_text()
            if found != text:
                raise Difference(f"{path} is\n{found}\nand should be\n{text}")

    # --- Against a clean build ------------------------------------------------

    def compare_clean(self, build, words, toolchain):
        self.statistics["clean"] += 1
        shutil.rmtree(self.copy, ignore_errors=True)
        shutil.copytree(self.workspace, self.copy, symlinks=True,
                        ignore=self.but_sources)
        for name in os.listdir(self.clean_cache):
            if name != "toolchains":
                shutil.rmtree(self.clean_cache / name)
        clean = self.graph(words, self.copy, self.clean_cache, toolchain)
        if clean.code != build.code:
            raise Difference(f"exit code {build.code}, clean {clean.code}\n"
                             f"{build.err}\nclean:\n{clean.err}")
        if clean.said() != build.said():
            raise Difference(f"it says\n{build.err}\nclean:\n{clean.err}")
        if clean.out != build.out:
            raise Difference(f"it prints\n{build.out}\nclean:\n{clean.out}")
        for name in ("total", "failed", "tolerated"):
            if clean.counts.get(name) != build.counts.get(name):
                raise Difference(f"counts {build.counts}, "
                                 f"clean {clean.counts}")
        manifest = self.copy / "graph-out/manifest.json"
        if clean.code != 2 and manifest.exists():
            mine = (self.workspace / "graph-out/manifest.json").read_text()
            if manifest.read_text() != mine:
                raise Difference(f"the manifest is\n{mine}\nclean:\n"
                                 f"{manifest.read_text()}")
            for each in json.loads(mine)["artifacts"]:
                path = each["path"]
                if (read(f"{self.workspace}/{path}", True) !=
                        read(f"{self.copy}/{path}", True)):
                    raise Difference(f"{path} differs from a clean build")

    def compare_last(self):
        """At the end of all steps, whatever they were."""
        words, _, toolchain = self.asked
        build = self.graph(words, self.workspace, self.top / "cache",
                           toolchain)
        self.compare_clean(build, words, toolchain)

    def but_sources(self, folder, names):
        return ["graph-out"] if folder == str(self.workspace) else []

    # --- Against itself -------------------------------------------------------

    def repeat(self, words, toolchain, expected):
        """Nothing to do is nothing done."""
        if self.random.random() < 0.5:
            self.editor.touch()
            self.editor.rewrite()
        again = self.graph(words, self.workspace, self.top / "cache",
                           toolchain)
        if again.code != 0 or again.counts.get("run") != 0:
            raise Difference(f"with nothing changed: {again.counts}\n"
                             f"{again.err}")
        self.compare_outputs(expected)


# --- Reading ------------------------------------------------------------------

def read(place, modes=False):
    """What lies there, in the words of the model; with `modes`, with those."""
    state = os.lstat(place) if os.path.lexists(place) else None
    if state is None:
        return None
    if stat.S_ISLNK(state.st_mode):
        return model.Link(os.readlink(place))
    if stat.S_ISREG(state.st_mode):
        with open(place, "rb") as file:
            found = model.File(file.read(), bool(state.st_mode & 0o111))
        mode = stat.S_IMODE(state.st_mode)
        if mode != (0o555 if found.executable else 0o444):
            return f"{found} with the mode {mode:o}"
        return found
    tree = {".": state.st_mode} if modes else {}
    for folder, folders, names in os.walk(place):
        for name in folders + names:
            path = os.path.join(folder, name)
            inside = os.path.relpath(path, place)
            if os.path.isdir(path) and not os.path.islink(path):
                if modes:
                    tree[inside] = os.lstat(path).st_mode
                elif not os.listdir(path):
                    tree[inside] = model.EMPTY
            else:
                tree[inside] = read(path)
    return tree


def unpacked(format_, place):
    """What is in an archive, in the words of the model."""
    tree = {}
    try:
        with open(place, "rb") as file:
            data = io.BytesIO(file.read())
        if format_ == "tar":
            with tarfile.open(fileobj=data) as archive:
                for entry in archive:
                    name = entry.name.rstrip("/")
                    tree[name] = (
                        model.Link(entry.linkname) if entry.issym() else
                        model.EMPTY if entry.isdir() else
                        model.File(archive.extractfile(entry).read(),
                                   bool(entry.mode & 0o100)))
        else:
            with zipfile.ZipFile(data) as archive:
                for entry in archive.infolist():
                    mode = entry.external_attr >> 16
                    content = archive.read(entry)
                    tree[entry.filename.rstrip("/")] = (
                        model.Link(content.decode()) if stat.S_ISLNK(mode) else
                        model.EMPTY if entry.is_dir() else
                        model.File(content, bool(mode & 0o100)))
    except (OSError, tarfile.TarError, zipfile.BadZipFile) as error:
        return str(error)
    return {path: value for path, value in tree.items()
            if value != model.EMPTY or
            not any(other.startswith(path + "/") for other in tree)}
