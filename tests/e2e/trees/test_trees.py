# SPDX-License-Identifier: Apache-2.0
"""Trees of many files, with programs, links and empty folders in them: made,
laid over each other, read and changed. 100,000 files at night."""
import os
import stat

from graph_test import NIGHTLY, GraphTest

FOLDERS, FILES = (100, 1000) if NIGHTLY else (20, 100)

DEFS = '''\
def _many_impl(ctx):
    out = ctx.actions.declare_directory(ctx.label.name)
    ctx.actions.run_shell(
        outputs = [out],
        inputs = [ctx.file.src],
        arguments = [out.path, ctx.file.src.path],
        command = """
mkdir -p $(seq -f $1/%%g 1 %d) $1/empty/folder
awk -v top=$1 -v folders=%d -v files=%d 'BEGIN {
  for (i = 1; i <= folders; i++)
    for (j = 1; j <= files; j++) {
      path = top "/" i "/" j
      print i, j > path
      close(path)
    }
}'
cat $2 > $1/2/2
chmod +x $1/3/3
ln -s ../1/1 $1/4/link
ln -s 4 $1/folder-link
ln -s nowhere $1/dangling
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

BUILD = '''\
load(":defs.spec", "many")

many(name = "made", src = "one.txt", folders = %d, files = %d)

merge_tree(
    name = "merged",
    srcs = [":made"],
    layers = {":patch": "5", "one.txt": "extra"},
    remove = ["6/7"],
)

copy_tree(name = "patch", srcs = glob(["src/**"]), strip = "src")

genrule(
    name = "told",
    srcs = [":merged"],
    outs = ["told.txt"],
    cmd = "(cd $< && find . -printf '%%y %%m %%P %%l\\n' | sort && " +
          "cat 2/2 5/7) > $@",
)
''' % (FOLDERS, FILES)


class TreesTest(GraphTest):
    def setUp(self):
        super().setUp()
        self.write("t/defs.spec", DEFS)
        self.write("t/BUILD.spec", BUILD)
        self.write("t/one.txt", "first\n")
        self.write("t/src/7", "patched\n")
        self.write("t/src/program", "#!\n", executable=True)

    def made(self):
        """What a tree in graph-out/ should hold: path → bytes and whether it
        is a program, or where it leads; None for an empty folder."""
        tree = {f"{i}/{j}": (f"{i} {j}\n".encode(), i == j == 3)
                for i in range(1, FOLDERS + 1) for j in range(1, FILES + 1)}
        one = (self.workspace / "t/one.txt").read_bytes()
        return tree | {"2/2": (one, False), "4/link": "../1/1",
                       "folder-link": "4", "dangling": "nowhere",
                       "empty/folder": None}

    def merged(self):
        tree = self.made()
        del tree["6/7"]
        one = (self.workspace / "t/one.txt").read_bytes()
        patch = (self.workspace / "t/src/7").read_bytes()
        return tree | {"5/7": (patch, False), "5/program": (b"#!\n", True),
                       "extra/one.txt": (one, False)}

    def found(self, name):
        tree, top = {}, str(self.output(f"t/{name}"))
        for folder, folders, names in os.walk(top):
            for entry in folders + names:
                path = os.path.join(folder, entry)
                state = os.lstat(path)
                inside = os.path.relpath(path, top)
                if stat.S_ISLNK(state.st_mode):
                    tree[inside] = os.readlink(path)
                elif stat.S_ISREG(state.st_mode):
                    with open(path, "rb") as file:
                        tree[inside] = (file.read(),
                                        bool(state.st_mode & 0o111))
                elif not os.listdir(path):
                    tree[inside] = None
        return tree

    def assert_trees(self):
        # Not assertEqual, whose text about 100,000 files takes minutes.
        for name, wanted in (("made", self.made()), ("merged", self.merged())):
            found = self.found(name)
            wrong = sorted(path for path in wanted.keys() | found.keys()
                           if wanted.get(path, 0) != found.get(path, 0))
            self.assertEqual(wrong[:10], [], name)
        self.assertEqual(self.told(), self.expected_told())

    def told(self):
        return sorted(self.output("t/told.txt").read_text().splitlines())

    def expected_told(self):
        lines = set()
        for path, value in self.merged().items():
            parts = path.split("/")
            for i in range(1, len(parts) + (value is None)):
                lines.add(f"d 755 {'/'.join(parts[:i])} ")
            if isinstance(value, str):
                lines.add(f"l 777 {path} {value}")
            elif value is not None:
                lines.add(f"f {'555' if value[1] else '444'} {path} ")
        tree = self.merged()
        return sorted([*lines, "d 755  ",
                       tree["2/2"][0].decode().rstrip("\n"),
                       tree["5/7"][0].decode().rstrip("\n")])

    def test_a_tree_is_made_and_follows_its_sources(self):
        self.build("//t:all")
        self.assert_trees()
        self.assertEqual(self.build("//t:all").actions["run"], 0)
        self.write("t/one.txt", "second\n")
        self.assertEqual(sorted(self.build("//t:all").ran()),
                         ["//t:made", "//t:merged", "//t:told"])
        self.assert_trees()
        self.write("t/src/7", "patched again\n")
        self.assertEqual(sorted(self.build("//t:all").ran()),
                         ["//t:merged", "//t:patch", "//t:told"])
        self.assert_trees()

    def test_of_a_tree_only_what_changed_is_placed(self):
        self.build("//t:all")
        kept = os.lstat(self.output("t/merged/7"))
        self.write("t/src/7", "patched again\n")
        self.build("//t:all")
        self.assertEqual(os.lstat(self.output("t/merged/7")).st_ctime_ns,
                         kept.st_ctime_ns)
        self.assert_trees()

    def test_what_is_damaged_in_a_tree_is_mended(self):
        self.build("//t:all")
        top = self.output("t/merged")
        (top / "1/1").unlink()
        (top / "1/2").chmod(0o644)
        (top / "1/2").write_text("damage\n")
        (top / "8").chmod(0o700)
        (top / "folder-link").unlink()
        (top / "folder-link").mkdir()
        (top / "9/more").write_text("more\n")
        self.build("//t:all")
        self.assert_trees()
        self.assertEqual(stat.S_IMODE(os.lstat(top / "8").st_mode), 0o755)

    def test_what_is_lost_of_a_tree_is_made_again(self):
        self.build("//t:all")
        self.graph("clean", code=0)
        self.graph("cache", "gc", "--max-size=1B", code=0)
        self.build("//t:all")
        self.assert_trees()
