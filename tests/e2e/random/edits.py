# SPDX-License-Identifier: Apache-2.0
"""Random workspaces, and what people and accidents do to them.

Each edit changes the folder or the targets of a World, or both; it takes the
state as it finds it. What is random comes from one generator: a seed and a
number of steps give the same edits again.
"""
import os
import shutil
import subprocess

from graph_test import GRAPH
from model import Target, join
from specs import TEST_SCRIPT

TEXTS = ["", "one", "two\n", "three lines\nof\ntext\n", "x" * 300 + "\n",
         "long " * 2500]  # The store keeps the last one as a file of its own.
WORDS = ["red", "green", "two apples", "two pears", "blue"]
GLOBS = ["*.txt", "data/*.txt", "data/**", "**/*.txt", "d*/*.txt", "**/*.in"]
PLACES = ["", "data", "data/deep"]
NAMES = ["a.in", "b.in", "c.in", "a.txt", "b.txt", "c.txt", ".hidden.txt"]

# What others do not read: tests, and what is no text.
UNREADABLE = ("sh_test", "tar_archive", "zip_archive")


class Editor:
    """The hands: a random generator, a World and its folder."""

    def __init__(self, world, random, top):
        self.world, self.random = world, random
        self.outside, self.cache = f"{top}/outside", f"{top}/cache"
        self.root = world.root
        self.made = 0

    # --- The first state ------------------------------------------------------

    def begin(self):
        for package in self.world.packages:
            for name in ("a.in", "b.in", "a.txt", "data/b.txt", "data/a.in"):
                self.put(join(package, name), self.text())
            self.put(join(package, "check.sh"), TEST_SCRIPT, 0o755)
            for i, name in enumerate(("c.txt", "data/c.txt")):
                os.symlink(f"{self.outside}/{i}.txt",
                           f"{self.root}/{join(package, name)}")
        for i in range(3):
            self.put_at(f"{self.outside}/{i}.txt", self.text())
        for _ in range(self.random.randrange(12, 24)):
            self.add_target()
        self.write_specs()

    def write_specs(self):
        """Brings the Spec files to what the World says; leaves alone those that
        say it already."""
        for path, text in self.world.files().items():
            place = f"{self.root}/{path}"
            try:
                with open(place) as file:
                    if file.read() == text:
                        continue
            except OSError:
                pass
            if os.path.isdir(place) and not os.path.islink(place):
                shutil.rmtree(place)
            self.put(path, text)

    # --- Small things ---------------------------------------------------------

    def text(self):
        if self.random.random() < 0.02:
            return "FAIL\n"
        if self.random.random() < 0.6:
            return self.random.choice(TEXTS)
        self.made += 1
        return f"text {self.made}\n"

    def put(self, path, text, mode=None):
        self.put_at(f"{self.root}/{path}", text, mode)

    def put_at(self, place, text, mode=None):
        """Writes in place, or puts a new file there as editors do."""
        self.make_folder(os.path.dirname(place))
        if os.path.isdir(place):
            return
        if os.path.lexists(place) and not os.path.exists(place):
            os.unlink(place)
        if mode is None and os.path.exists(place):
            mode = os.stat(place).st_mode & 0o777
        if self.random.random() < 0.5:
            with open(place, "w") as file:
                file.write(text)
            if mode is not None:
                os.chmod(place, mode)
            return
        with open(place + "~", "w") as file:
            file.write(text)
        os.chmod(place + "~", mode or 0o644)
        os.rename(place + "~", place)

    def make_folder(self, folder):
        while not os.path.isdir(folder):
            try:
                os.makedirs(folder, exist_ok=True)
            except OSError:  # A file or a broken link, here or above.
                part = folder
                while not os.path.lexists(part):
                    part = os.path.dirname(part)
                os.unlink(part)

    def package(self):
        return self.random.choice(self.world.packages)

    def place(self):
        return join(self.random.choice(PLACES), self.random.choice(NAMES))

    def sources(self, kind=os.path.isfile):
        """Paths of files (or of what `kind` says) that are not Spec files."""
        found = []
        for package in self.world.packages:
            for place in PLACES:
                folder = f"{self.root}/{join(package, place)}"
                if not os.path.isdir(folder):
                    continue
                found += [f"{folder}/{name}" for name in os.listdir(folder)
                          if not name.endswith(".spec") and
                          name not in ("graph-out", "check.sh") and
                          join(package, place, name) not in
                          self.world.packages + ["defs"] and
                          kind(f"{folder}/{name}")]
        return sorted(set(found))

    def source(self, kind=os.path.isfile):
        return self.random.choice(self.sources(kind) or [None])

    # --- Targets --------------------------------------------------------------

    def refs(self, package, most, before):
        """What a target of `package` may name."""
        found = []
        for _ in range(self.random.randrange(1, most + 1)):
            roll = self.random.random()
            if roll < 0.35 and before:
                found.append(self.random.choice(before).label)
            elif roll < 0.6:
                found.append((self.random.choice(GLOBS), True))
            else:
                files = [path for path in
                         (join(self.random.choice(PLACES), name)
                          for name in NAMES if name.endswith(".in"))
                         if os.path.isfile(f"{self.root}/{package}/{path}")]
                found += [self.random.choice(files)] if files else []
        # Those of one name would be an error; globs may find one file twice.
        unique = list(dict.fromkeys(found))
        globs = [ref for ref in unique if isinstance(ref, tuple)][:1]
        if globs and globs[0][0].endswith((".in", "**")):
            unique = [ref for ref in unique if isinstance(ref, tuple) or
                      ref.startswith("//")]
        return [ref for ref in unique if isinstance(ref, str)] + globs

    def add_target(self):
        self.made += 1
        package = self.package()
        before = [target for target in self.world.targets
                  if target.kind not in UNREADABLE]
        kind = self.random.choice(
            ["genrule"] * 5 + ["scatter", "merge_tree"] * 2 +
            ["filegroup", "alias", "copy_file", "tar_archive", "zip_archive",
             "json_file", "linked", "sh_test"])
        target = Target(kind, package, f"{kind[0]}{self.made}")
        self.fill(target, before)
        self.world.targets.append(target)

    def fill(self, target, before):
        """New attributes."""
        kind, package = target.kind, target.package
        target.word = self.random.choice(WORDS)
        target.options, target.debug_srcs, target.optional_srcs = {}, [], []
        target.srcs = self.refs(package, 4, before)
        if kind in ("genrule", "filegroup") and self.random.random() < 0.3:
            target.debug_srcs = [ref for ref in self.refs(package, 2, before)
                                 if isinstance(ref, str) and
                                 ref not in target.srcs]
            if any(isinstance(ref, tuple) for ref in target.srcs):
                target.debug_srcs = [ref for ref in target.debug_srcs
                                     if ref.startswith("//")]
        if kind in ("alias", "copy_file"):
            one_file = [other.label for other in before
                        if other.kind in ("genrule", "json_file", "copy_file")
                        and not other.word.startswith("two")]
            names = ([ref for ref in target.srcs if isinstance(ref, str)
                      and not ref.startswith("//")] + one_file[-3:])
            target.srcs = [self.random.choice(names or ["a.in"])]
            if kind == "copy_file":
                target.options["is_executable"] = self.random.random() < 0.5
        elif kind == "json_file":
            target.srcs = []
        elif kind == "sh_test":
            target.srcs = ["check.sh"]
            target.optional_srcs = self.refs(package, 4, before)
        elif kind == "genrule":
            self.fill_genrule(target, before)
        elif kind == "merge_tree":
            self.fill_merge_tree(target, before)

    def fill_genrule(self, target, before):
        if self.random.random() < 0.1:
            target.options["tolerant"] = True
        elif (self.random.random() < 0.2 and
              not target.word.startswith("two")):
            target.options["executable"] = True
        tolerant = self.tolerant(before, target)
        if tolerant and self.random.random() < 0.4:
            target.optional_srcs = tolerant
            target.options["min_success"] = self.random.randrange(2)

    def fill_merge_tree(self, target, before):
        if self.random.random() < 0.3:
            target.options["prefix"] = self.random.choice(["pre", "pre/fix"])
        if self.random.random() < 0.1:
            target.options["strip"] = "at"
            target.srcs = [other.label for other in before
                           if other.kind == "scatter"][:2] or target.srcs
        folders = [other.label for other in before
                   if other.kind in ("scatter", "merge_tree")]
        if folders and self.random.random() < 0.5:
            target.options["layers"] = {
                self.random.choice(folders):
                    self.random.choice(["", "over", "pre"])}
        if folders and self.random.random() < 0.2:
            target.options["remove"] = [self.random.choice(
                ["**/word", "**/f*", "**/*.in"])]
        tolerant = self.tolerant(before, target)
        if tolerant and self.random.random() < 0.4:
            target.optional_srcs = tolerant

    def tolerant(self, before, target):
        labels = [other.label for other in before
                  if other.options.get("tolerant") and
                  other.label not in target.srcs + target.debug_srcs]
        return labels[:2]

    # --- Edits of Spec files --------------------------------------------------

    def remove_target(self):
        """With all that names it; sometimes somebody forgets that."""
        if len(self.world.targets) < 8:
            return self.add_target()
        target = self.random.choice(self.world.targets)
        if self.random.random() < 0.1:
            self.world.targets.remove(target)
            return None
        self.drop(target)
        return None

    def drop(self, target):
        gone = {target.label}
        for other in list(self.world.targets):
            named = set(other.labels()) | set(other.options.get("layers", {}))
            if other.label in gone or named & gone:
                gone.add(other.label)
                self.world.targets.remove(other)

    def change_target(self):
        index = self.random.randrange(len(self.world.targets))
        target = self.world.targets[index]
        before = [other for other in self.world.targets[:index]
                  if other.kind not in UNREADABLE]
        # A word or mode that others rely on may go: then they have to say so.
        self.fill(target, before)

    def change_word(self):
        self.world.words = [self.random.choice(WORDS) for _ in range(2)]

    def change_settings(self):
        self.world.default_debug = not self.world.default_debug
        self.world.name = self.random.choice(["random", "other"])

    def break_package(self):
        self.world.broken = self.package()

    def toggle_package(self):
        """`data/deep` becomes a package of its own, or is one no more."""
        path = join(self.package(), "data/deep")
        if path.endswith("data/deep/data/deep"):
            path = path.removesuffix("/data/deep")
        packages = self.world.packages
        if path in packages:
            packages.remove(path)
            for target in [t for t in self.world.targets if t.package == path]:
                self.drop(target)
            spec = f"{self.root}/{path}/BUILD.spec"
            if os.path.lexists(spec):
                os.unlink(spec)
        else:
            packages.append(path)
            self.put(join(path, "check.sh"), TEST_SCRIPT, 0o755)

    def link_spec(self):
        """A Spec file moves behind a symbolic link."""
        place = f"{self.root}/{self.random.choice(sorted(self.world.files()))}"
        if os.path.isfile(place) and not os.path.islink(place):
            self.made += 1
            moved = f"{self.outside}/{self.made}.spec"
            shutil.move(place, moved)
            os.symlink(moved, place)

    # --- Edits of sources -----------------------------------------------------

    def write_source(self):
        path = self.source()
        if path:
            self.put_at(path, self.text())

    def write_unseen(self):
        """Other bytes of the same size, with the old time."""
        path = self.source()
        if path is None:
            return
        old = os.stat(path)
        with open(path, "r+b") as file:
            data = file.read()
            if data and data.isascii():
                file.seek(0)
                file.write(bytes([self.random.choice(b"abcdefgh")]) + data[1:])
        os.utime(path, ns=(old.st_atime_ns, old.st_mtime_ns))

    def touch(self):
        path = self.source()
        if path:
            os.utime(path)

    def rewrite(self):
        """The same bytes, written again: in place, or as another file."""
        path = self.source()
        if path:
            with open(path) as file:
                text = file.read()
            self.put_at(path, text)

    def change_mode(self):
        path = self.source()
        if path:
            os.chmod(path, self.random.choice(
                [0o644, 0o755, 0o600, 0o700, 0o444, 0o640]))

    def new_source(self):
        self.put(join(self.package(), self.place()), self.text())

    def remove_source(self):
        path = self.source(os.path.lexists)
        if path is None:
            return
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        else:
            os.unlink(path)

    def rename_source(self):
        path = self.source(os.path.lexists)
        if path:
            to = f"{self.root}/{join(self.package(), self.place())}"
            if os.path.isdir(os.path.dirname(to)) and not os.path.isdir(to):
                try:
                    os.rename(path, to)
                except OSError:
                    pass  # Into itself, or a folder onto a file.

    def swap_kind(self):
        """A file becomes a folder, a folder a file."""
        path = self.source(os.path.lexists)
        if path is None:
            return
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
            self.put_at(path, self.text())
        else:
            os.unlink(path)
            os.mkdir(path)
            self.put_at(f"{path}/inner.txt", self.text())

    def link_source(self):
        """A link to a file, a folder, out of the workspace, or to nothing."""
        place = f"{self.root}/{join(self.package(), self.place())}"
        if os.path.isdir(place) and not os.path.islink(place):
            return
        self.make_folder(os.path.dirname(place))
        if os.path.lexists(place):
            os.unlink(place)
        targets = self.sources(os.path.lexists)
        to = self.random.choice(
            ["nowhere", f"{self.outside}/{self.random.randrange(4)}.txt",
             f"{self.outside}/{self.random.randrange(4)}.txt",
             f"{self.outside}/{self.random.randrange(4)}.txt",
             os.path.basename(place)] +
            [os.path.relpath(self.random.choice(targets),
                             os.path.dirname(place)) for _ in range(4)
             if targets])
        os.symlink(to, place)

    def link_folder(self):
        path = f"{self.root}/{self.package()}"
        place = f"{path}/d-link"
        if os.path.islink(place):
            os.unlink(place)
        elif not os.path.exists(place):
            os.symlink(self.random.choice(["data", "data/deep", "missing"]),
                       place)

    def write_outside(self):
        """Where links of the workspace lead: their folders do not change."""
        place = f"{self.outside}/{self.random.randrange(4)}.txt"
        if os.path.isdir(place):
            os.rmdir(place)
        elif os.path.exists(place) and self.random.random() < 0.6:
            os.unlink(place)
            if self.random.random() < 0.3:
                os.mkdir(place)
        else:
            self.put_at(place, self.text())

    def empty_folder(self):
        place = f"{self.root}/{join(self.package(), 'data', 'deep', 'empty')}"
        if os.path.isdir(place):
            os.rmdir(place)
        else:
            self.make_folder(place)

    def move_folder(self):
        """Away, or back."""
        for package in self.world.packages:
            data = f"{self.root}/{join(package, 'data')}"
            if (os.path.isdir(data) and not os.path.lexists(data + "2") and
                    join(package, "data/deep") not in self.world.packages):
                os.rename(data, data + "2")
                if self.random.random() < 0.7:
                    os.rename(data + "2", data)
                return

    # --- Damage ---------------------------------------------------------------

    def damage(self):
        """Something in graph-out/ is not as it was left."""
        top = f"{self.root}/graph-out"
        places = sorted(os.path.join(folder, name)
                        for folder, folders, names in os.walk(top)
                        for name in folders + names)
        if not places:
            return
        place = self.random.choice(places)
        is_folder = os.path.isdir(place) and not os.path.islink(place)
        roll = self.random.randrange(1, 8)
        if roll == 1 and not is_folder:
            os.unlink(place)
        elif roll == 2 and is_folder:
            shutil.rmtree(place)
        elif roll == 3 and is_folder:
            self.put_at(f"{place}/more", "more\n")
        elif roll == 4 and not is_folder:
            os.unlink(place)
            os.mkdir(place)
        elif roll == 5 and not os.path.islink(place):
            os.chmod(place, 0o755 if is_folder else
                     self.random.choice([0o644, 0o755, 0o600]))
        elif roll == 6 and not is_folder:
            os.unlink(place)
            os.symlink(self.random.choice(places), place)
        elif os.path.isfile(place) and not os.path.islink(place):
            # Through the link, and so in the store.
            os.chmod(place, 0o644)
            with open(place, "a") as file:
                file.write("damage\n")

    def damage_store(self):
        """A blob is gone, cut short, or has other bytes."""
        places = sorted(os.path.join(folder, name) for folder, _, names in
                        os.walk(f"{self.cache}/store/blobs") for name in names)
        if not places:
            return
        place = self.random.choice(places)
        if self.random.random() < 0.4:
            os.unlink(place)
            return
        os.chmod(place, 0o644)
        with open(place, "r+b") as file:
            if self.random.random() < 0.5:
                file.truncate(self.random.randrange(100))
            else:
                file.write(b"damage")

    def collect(self):
        """The cache is swept, down to what is hardly anything."""
        subprocess.run(
            [GRAPH, "cache", "gc", f"--cache-dir={self.cache}",
             f"--max-size={self.random.choice(['1B', '20KB', '60KB'])}"],
            cwd=self.root, check=False, capture_output=True)

    def clean(self):
        shutil.rmtree(f"{self.root}/graph-out", ignore_errors=True)

    # --- Repair ---------------------------------------------------------------

    def repair(self):
        """Takes out of the workspace what it cannot be built with."""
        world = self.world
        world.broken = None
        for path in self.sources():
            with open(path, "rb") as file:
                if b"FAIL" not in file.read():
                    continue
            self.put_at(path, "mended\n")
        for target in list(world.targets):
            if target not in world.targets:
                continue
            known = {other.label for other in world.targets}
            bad = [ref for ref in target.labels() if ref not in known]
            bad += [ref for ref in target.options.get("layers", {})
                    if ref not in known]
            if bad or self.lacks_source(target):
                self.drop(target)
        while len(world.targets) < 10:
            self.add_target()

    def lacks_source(self, target):
        for ref in target.srcs + target.debug_srcs + target.optional_srcs:
            if isinstance(ref, tuple) or ref.startswith("//"):
                continue
            try:
                self.world.source(target.package, ref)
            except Exception:
                return True
        return False

    def drop_failed(self):
        """Takes away what was not made, as the World last saw it."""
        for label, made in self.world.outcome.items():
            target = self.world.find(label)
            if target and any(each.value == "not made" for each in made):
                self.drop(target)


# How often each comes, beside the others.
EDITS = {
    "write_source": 14, "write_unseen": 8, "touch": 3, "rewrite": 4,
    "change_mode": 6, "new_source": 8, "remove_source": 4, "rename_source": 4,
    "swap_kind": 3, "link_source": 7, "link_folder": 3, "write_outside": 14,
    "empty_folder": 3, "move_folder": 3, "damage": 12, "add_target": 8,
    "remove_target": 5, "change_target": 8, "change_word": 4,
    "change_settings": 2, "break_package": 1, "toggle_package": 2,
    "link_spec": 2, "damage_store": 4, "collect": 2, "clean": 1,
}
