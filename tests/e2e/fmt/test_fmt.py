# SPDX-License-Identifier: Apache-2.0
"""graph fmt: which files it takes, what it shows, and that it loses nothing."""
import os
import stat
import subprocess
import time

from graph_test import (EXIT_DONE, EXIT_FAILED, EXIT_USAGE, GRAPH, ROOT,
                        GraphTest)

BUILD = """\
load(":rules.spec","shout")
# What we say.
shout(name='hello', deps=["//b","//a"],
      volume=11)
"""
RULES = "def shout(name,deps,volume): return [name]+deps\n"


class FmtTest(GraphTest):
    def setUp(self):
        super().setUp()
        self.write("app/BUILD.spec", BUILD)
        self.write("app/rules.spec", RULES)

    def golden(self, name, *args, code, **options):
        result = self.graph("fmt", *args, code=code, **options)
        self.assert_golden_result(f"e2e/fmt/{name}.txt", result)
        return result

    def test_check_names_files(self):
        self.golden("check", "--check", code=EXIT_FAILED)
        self.assertEqual(self.read("app/BUILD.spec"), BUILD)

    def test_diff_shows_changes(self):
        self.golden("diff", "--diff", code=EXIT_DONE)
        self.assertEqual(self.read("app/BUILD.spec"), BUILD)

    def test_all_files_of_the_workspace(self):
        self.write("graph-out/BUILD.spec", BUILD)
        self.write(".hidden/BUILD.spec", BUILD)
        self.write("app/notes.txt", BUILD)
        self.graph("fmt", code=EXIT_DONE, cwd=self.workspace / "app")
        self.assert_golden("e2e/fmt/BUILD.spec", self.read("app/BUILD.spec"))
        self.assert_golden("e2e/fmt/rules.spec", self.read("app/rules.spec"))
        for path in "graph-out/BUILD.spec", ".hidden/BUILD.spec", \
                "app/notes.txt":
            self.assertEqual(self.read(path), BUILD)
        again = self.graph("fmt", "--check", code=EXIT_DONE)
        self.assertEqual(again.out + again.err, "")

    def test_named_files_and_folders(self):
        self.write("lib/BUILD.spec", BUILD)
        self.golden("check_folder", "--check", "lib", "app/rules.spec",
                    code=EXIT_FAILED)

    def test_without_a_workspace(self):
        (self.workspace / "WORKSPACE.spec").unlink()
        self.golden("no_workspace", code=EXIT_USAGE)
        self.graph("fmt", "app/BUILD.spec", code=EXIT_DONE)

    def test_mistakes_leave_a_file_as_it_is(self):
        self.write("app/bad.spec", "x=[1\ny=2\n")
        self.golden("mistake", "app", code=EXIT_USAGE)
        self.assertEqual(self.read("app/bad.spec"), "x=[1\ny=2\n")
        self.assertNotEqual(self.read("app/BUILD.spec"), BUILD)

    def test_absent_files(self):
        self.golden("absent", "nowhere.spec", code=EXIT_USAGE)

    def test_standard_input(self):
        for words, expected in ((["-"], 'x(deps = ["b", "a"])\n'),
                                (["--stdin-name=BUILD.spec", "-"],
                                 'x(deps = ["a", "b"])\n')):
            made = subprocess.run(
                [GRAPH, "fmt", *words], input="x(deps=['b','a'])\n", text=True,
                capture_output=True, cwd=self.workspace, check=True,
                env=self.environment())
            self.assertEqual(made.stdout, expected)

    def test_links_and_modes_stay(self):
        target = self.write("real.spec", "x=1\n", executable=True)
        (self.workspace / "link.spec").symlink_to("real.spec")
        self.graph("fmt", "link.spec", code=EXIT_DONE)
        self.assertTrue((self.workspace / "link.spec").is_symlink())
        self.assertEqual(self.read("real.spec"), "x = 1\n")
        self.assertEqual(stat.S_IMODE(target.stat().st_mode), 0o755)

    def test_a_kill_loses_nothing(self):
        text = "x = [" + ", ".join(["'word'"] * 200_000) + "]\n"
        formed = self.write("big.spec", text)
        for delay in 0.0, 0.02, 0.05, 0.1, 0.15, 0.2:
            process = self.start("fmt", "big.spec")
            time.sleep(delay)
            process.kill()
            process.communicate()
            if formed.read_text() != text:
                break
        self.graph("fmt", "big.spec", code=EXIT_DONE)
        self.assertEqual(self.read("big.spec").count('"word"'), 200_000)

    def test_a_full_disk_loses_nothing(self):
        text = "x=" + "[1]+" * 400 + "[1]\n"
        self.write("big.spec", text)
        limited = subprocess.run(
            ["bash", "-c", 'ulimit -f 1; trap "" XFSZ; exec "$@"', "sh", GRAPH,
             "fmt", "big.spec"], capture_output=True, text=True,
            cwd=self.workspace, env=self.environment())
        self.assertEqual(limited.returncode, EXIT_USAGE, limited.stderr)
        self.assertIn("cannot write: File too large", limited.stderr)
        self.assertEqual(self.read("big.spec"), text)
        self.assertEqual(
            [name for name in os.listdir(self.workspace)
             if name.endswith(".tmp")], [])

    def test_our_files_are_in_their_form(self):
        for folder in "rules", "examples":
            self.graph("fmt", "--check", ROOT / folder, code=EXIT_DONE)
