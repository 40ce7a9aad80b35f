# SPDX-License-Identifier: Apache-2.0
"""`graph check`: what it looks at, what it says, how it ends."""
import re
import shutil
import subprocess
import unittest

from graph_test import (EXIT_DONE, EXIT_FAILED, EXIT_NO_TARGET, EXIT_USAGE,
                        GRAPH, ROOT, GraphTest)

DEFS = '''
def _impl(ctx):
    return []

library = rule(
    doc = "A library.",
    implementation = _impl,
    attrs = {
        "srcs": attr.label_list(allow_files = True, doc = "Its sources."),
        "sources": attr.label_list(allow_files = True, doc = "Its sources.",
                                   deprecated = "say `srcs`"),
        "deps": attr.label_list(doc = "What it needs."),
    },
)

old_library = rule(
    doc = "A library.",
    implementation = _impl,
    deprecated = "`library` does all that it did",
)

def libraries(names):
    """Some libraries."""
    for name in names:
        old_library(name = name)
'''


class CheckTest(GraphTest):
    def warnings(self, *args, **options):
        """The head lines."""
        found = self.graph("check", *args, **options)
        return re.findall(r"(?m)^(.*: warning: .*)$", found.err)

    def test_a_clean_workspace_has_nothing_to_say(self):
        self.write("defs.spec", DEFS)
        self.write("BUILD.spec", 'load(":defs.spec", "library")\n\n'
                                 'library(name = "a")\n')
        found = self.graph("check", code=EXIT_DONE)
        self.assertEqual((found.out, found.err), ("", ""))

    def test_warnings_of_all_files(self):
        self.write("defs.spec", DEFS)
        self.write("lib/BUILD.spec", """\
load("//:defs.spec", "libraries", "library", "old_library")

old_library(name = "old")

library(
    name = "gone",
    deprecation = "use //lib:new",
    visibility = ["//visibility:public"],
)

library(
    name = "lib",
    deprecation = "use //lib:new",
    visibility = ["//visibility:public"],
    deps = [":gone"],
)

libraries(names = ["p"])
""")
        self.write("app/BUILD.spec", """\
load("//:defs.spec", "library")

UNUSED = 1

library(
    name = "app",
    srcs = ["a.txt"],
    sources = ["a.txt"],
    deps = [
        "//lib:gone",
        "//lib",
    ],
)
""")
        self.write("app/a.txt", "")
        self.write("WORKSPACE.spec", 'workspace(name = "e2e")\n\n_x = 1\n')
        found = self.graph("check", code=EXIT_FAILED)
        self.assert_golden_result("e2e/check/warnings.txt", found)

    def test_a_comment_silences_what_the_loader_finds(self):
        self.write("defs.spec", DEFS)
        self.write("BUILD.spec", """\
load(":defs.spec", "library", "old_library")

old_library(name = "a")  # check: disable=deprecated-rule  until 2.0

library(
    name = "b",
    # check: disable=deprecated-attribute
    sources = [],
    deps = [
        ":c",  # check: disable=deprecated-target
    ],
)

library(name = "c", deprecation = "gone soon")
""")
        self.graph("check", code=EXIT_DONE)

    def test_mistakes_are_shown_as_elsewhere_and_once(self):
        self.write("bad.spec", "x = nosuch\n")
        for name in "ab":
            self.write(f"{name}/BUILD.spec", 'load("//:bad.spec", "x")\n\n'
                                             'filegroup(name = x)\n')
        self.write("c/BUILD.spec", 'filegroup(name = "c", srcs = ["//a:d"])\n'
                                   'filegroup(name = "e", srcs = ["//f:f"])\n')
        self.write("d.spec", "def f(:\n")
        self.write("e.spec", "_unused = 1\n")
        found = self.graph("check", code=EXIT_USAGE)
        self.assert_golden_result("e2e/check/mistakes.txt", found)

    def test_files_folders_and_patterns_choose(self):
        for path in ("a.spec", "p/b.spec", "p/BUILD.spec", "p/q/c.spec",
                     ".hidden/d.spec", "graph-out/e.spec", "other.star"):
            self.write(path, "_x = 1\n")
        def names(*args, **options):
            return [line.split(":")[0] for line in
                    self.warnings(*args, code=EXIT_FAILED, **options)]
        everything = ["a.spec", "p/BUILD.spec", "p/b.spec", "p/q/c.spec"]
        self.assertEqual(names(), everything)
        self.assertEqual(names("//..."), everything)
        self.assertEqual(names("p"), everything[1:])
        self.assertEqual(names(".", cwd=self.workspace / "p"), everything[1:])
        self.assertEqual(names("..", cwd=self.workspace / "p"), everything)
        self.assertEqual(names("//p/..."), everything[1:])
        self.assertEqual(names("//p:all"), everything[1:3])
        self.assertEqual(names(":all", cwd=self.workspace / "p"),
                         everything[1:3])
        self.assertEqual(names("//...", "-//p/..."), ["a.spec"])
        self.assertEqual(names("a.spec", self.workspace / "p/q/c.spec"),
                         ["a.spec", "p/q/c.spec"])
        self.assertEqual(names("other.star"), ["other.star"])

    def test_what_is_not_there(self):
        found = self.graph("check", "nosuch.spec", code=EXIT_NO_TARGET)
        self.assertEqual(found.err, "error: there is no file and no folder "
                                    "`nosuch.spec`\n")
        self.graph("check", "//nosuch/...", code=EXIT_NO_TARGET)
        found = self.graph("check", "../x.spec", code=EXIT_USAGE)
        self.assertIn("lies outside of the workspace", found.err)

    def test_the_list_has_what_the_documentation_has(self):
        listed = [line.split()[0] for line in
                  self.graph("check", "--list", code=EXIT_DONE)
                  .out.splitlines()]
        text = (ROOT / "docs" / "checks.md").read_text()
        self.assertEqual(re.findall(r"(?m)^### (\S+)$", text), listed)


class ExamplesOfTheDocumentation(GraphTest):
    def test_each_is_what_its_check_finds(self):
        text = (ROOT / "docs" / "checks.md").read_text()
        examples = re.findall(r"(?ms)^### (\S+)$.*?^```python\n(.*?)^```$",
                              text)
        self.assertGreater(len(examples), 10)
        self.write("lib/BUILD.spec", 'filegroup(name = "old", '
                   'deprecation = "use //lib:new", '
                   'visibility = ["//visibility:public"])\n')
        self.write("old.spec", DEFS)
        for name, example in examples:
            with self.subTest(name):
                path = ("x/BUILD.spec" if example.startswith("# BUILD.spec")
                        else "x/defs.spec")
                self.write("x/BUILD.spec", "")
                self.write(path, example)
                found = self.graph("check", path, code=EXIT_FAILED)
                self.assertEqual(
                    set(re.findall(r"(?m): warning: .*\[(\S+)\]$", found.err)),
                    {name}, found.err)


class OurOwn(GraphTest):
    def test_our_rules_are_clean(self):
        shutil.copytree(ROOT / "rules", self.workspace / "rules")
        found = self.graph("check", code=EXIT_DONE)
        self.assertEqual(found.err, "")

    def test_our_examples_are_clean(self):
        for example in sorted((ROOT / "examples").iterdir()):
            with self.subTest(example.name):
                folder = self.top / example.name
                shutil.copytree(example, folder,
                                ignore=shutil.ignore_patterns("graph-out"))
                done = subprocess.run([GRAPH, "check"], cwd=folder,
                                      env=self.environment(), check=False,
                                      capture_output=True, text=True)
                self.assertEqual((done.returncode, done.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
