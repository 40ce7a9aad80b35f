# SPDX-License-Identifier: Apache-2.0
"""This project described to itself: its BUILD.spec files are in order, nothing is
forgotten in them, and what they generate is what is committed."""
import pathlib
import subprocess

from graph_test import EXIT_DONE, ROOT, GraphTest

GENERATED = ["Spec.cpp", "Spec.h", "lexer_table.h", "token_types.h"]


class SelfTest(GraphTest):
    def setUp(self):
        super().setUp()
        files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True,
                               capture_output=True).stdout
        tar = subprocess.run(["tar", "-C", ROOT, "--null", "-T", "-", "-c"],
                             input=files, check=True, capture_output=True)
        subprocess.run(["tar", "-C", self.workspace, "-x"], input=tar.stdout,
                       check=True)

    def query(self, expression):
        return self.graph("query", expression, code=EXIT_DONE).out.split()

    def test_its_build_files_have_no_mistakes(self):
        result = self.graph("check", "BUILD.spec", "dsl", "engine", "rules",
                            "third_party", "tests/BUILD.spec")
        self.assertEqual((result.code, result.err), (EXIT_DONE, ""))

    def test_every_rule_is_in_the_program(self):
        there = {path.relative_to(self.workspace).as_posix()
                 for kind in ("*.spec", "*.sh", "*.py", "*.js", "*.m")
                 for path in (self.workspace / "rules").rglob(kind)}
        named = {label.removeprefix("//").replace(":", "/")
                 for label in self.query("deps(//engine:embedded_rules)")
                 if label.endswith((".spec", ".sh", ".py", ".js", ".m"))}
        self.assertEqual(there, named)

    def test_every_room_is_built_and_tested(self):
        libraries = self.query("kind('cc_library rule', //...)")
        for tower in ("dsl", "engine"):
            rooms = {path.parent.name for path in
                     pathlib.Path(ROOT, tower).glob("*/*.cc")} - {"grammar"}
            missing = [room for room in rooms
                       if f"//{tower}:{room}" not in libraries]
            self.assertEqual(missing, [], tower)

    def test_what_is_generated_is_what_is_committed(self):
        self.build("//dsl/grammar:parser", "//dsl/grammar:lexer_tables")
        for name in GENERATED:
            made = self.output(f"dsl/grammar/generated/{name}").read_bytes()
            kept = self.workspace / "dsl/grammar/generated" / name
            self.assertEqual(made, kept.read_bytes(), name)
