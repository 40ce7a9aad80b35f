# SPDX-License-Identifier: Apache-2.0
"""`graph lsp`, driven by a real editor: Neovim, headless. What the editor does
with the answers is checked by what is in its buffers then."""
import json
import pathlib
import subprocess

from graph_test import GRAPH, GraphTest

CLIENT = pathlib.Path(__file__).with_name("client.lua")

DEFS = '''\
"""Macros of the test."""

def greeting(name, text = "Hi"):
    """Makes a file that greets.

    Args:
      name: of the target.
    """
    native.genrule(name = name, outs = [name + ".txt"], cmd = f"echo {text} > $@")

SIZE = 3
'''
LIB = '''\
genrule(
    name = "words",
    srcs = ["words.in"],
    outs = ["words.txt"],
    cmd = "cat $< > $@",
    visibility = ["//visibility:public"],
)

genrule(
    name = "lib",
    srcs = [":words"],
    outs = ["lib.txt"],
    cmd = "cat $(location :words) > $@",
    visibility = ["//visibility:public"],
)
'''
APP = '''\
load("//tools:defs.spec", "greeting")

greeting(name = "hello")

genrule(
    name = "app",
    srcs = ["//lib:words", "//lib", "app.in"],
    outs = ["app.txt"],
    cmd = "cat $(SRCS) > $@",
)
'''


class LspTest(GraphTest):
    def setUp(self):
        super().setUp()
        # The editor's idea of a path and ours are the same.
        self.workspace = self.workspace.resolve()
        self.write("tools/defs.spec", DEFS)
        self.write("lib/BUILD.spec", LIB)
        self.write("lib/words.in", "a b\n")
        self.write("app/BUILD.spec", APP)
        self.write("app/app.in", "c\n")

    def edit(self, *steps):
        """What Neovim got for each step."""
        given = self.top / "steps.json"
        results = self.top / "results.json"
        given.write_text(json.dumps(steps))
        env = self.environment(
            GRAPH_BINARY=GRAPH, LSP_STEPS=given, LSP_RESULTS=results,
            LSP_ROOT=self.workspace, XDG_STATE_HOME=self.home / "state")
        process = subprocess.run(
            ["nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n",
             "-c", f"luafile {CLIENT}"],
            cwd=self.workspace, env=env, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            timeout=240, check=False)
        self.assertTrue(results.exists(), process.stdout)
        found = json.loads(results.read_text())
        for step, result in zip(steps, found):
            if isinstance(result, dict):
                self.assertNotIn("failed", result, step)
        return found

    def at(self, what, path, marked, **more):
        """A step at the `|` of `marked`, which is in the file without it."""
        before, _, behind = marked.partition("|")
        text = self.read(path)
        self.assertIn(before + behind, text)
        offset = text.index(before + behind) + len(before)
        line = text.count("\n", 0, offset)
        start = text.rfind("\n", 0, offset) + 1
        # Columns are UTF-16 units.
        character = len(text[start:offset].encode("utf-16-le")) // 2
        return {"do": what, "line": line, "character": character, **more}

    def ask(self, method, path, marked):
        return self.at("ask", path, marked, method=f"textDocument/{method}")

    @staticmethod
    def open(path):
        return {"do": "open", "path": path}

    @staticmethod
    def labels(completions):
        return [item["label"] for item in completions["items"]]

    # --- formatting ---------------------------------------------------------

    def test_a_file_is_formatted_as_graph_fmt_does_it(self):
        ugly = 'genrule(name="a",\n  outs=["a.txt"], cmd="true")\n'
        self.write("ugly/BUILD.spec", ugly)
        _, formatted, again = self.edit(
            self.open("ugly/BUILD.spec"), {"do": "format"}, {"do": "format"})
        self.graph("fmt", "ugly/BUILD.spec")
        self.assertEqual(formatted, self.read("ugly/BUILD.spec"))
        self.assertEqual(again, formatted)

    # --- diagnostics --------------------------------------------------------

    def test_mistakes_are_shown_as_one_types(self):
        _, good, _, bad, _, again = self.edit(
            self.open("app/BUILD.spec"),
            {"do": "diagnostics", "count": 0},
            {"do": "lines", "first": 6, "last": 7,
             "lines": ['    srcs = ["//lib:wrods"], # é𝄞', "    sorcs = 1,"]},
            {"do": "diagnostics", "count": 1},
            {"do": "lines", "first": 7, "last": 8, "lines": []},
            {"do": "diagnostics", "count": 1, "line": 6})
        self.assertEqual(good, [])
        self.assertEqual(bad[0]["line"], 7)
        self.assertEqual(bad[0]["column"], 4)
        self.assertIn("sorcs", bad[0]["message"])
        self.assertIn("srcs", bad[0]["message"])
        self.assertEqual(again[0]["line"], 6)
        self.assertEqual(again[0]["column"], 12)
        self.assertIn("wrods", again[0]["message"])
        self.assertIn("words", again[0]["message"])

    def test_a_mistake_in_an_unsaved_module_shows_where_it_is_used(self):
        results = self.edit(
            self.open("tools/defs.spec"),
            {"do": "lines", "first": 2, "last": 3,
             "lines": ["def greet(name, text = 1):"]},
            self.open("app/BUILD.spec"),
            {"do": "diagnostics", "count": 1})
        self.assertEqual(results[3][0]["line"], 0)
        self.assertIn("greeting", results[3][0]["message"])

    def test_a_fix_that_we_know_is_offered(self):
        self.write("app/BUILD.spec", APP.replace("greeting(name", "greting(name"))
        _, found, fixed, after = self.edit(
            self.open("app/BUILD.spec"),
            {"do": "diagnostics", "count": 1},
            {"do": "fix", "line": 2},
            {"do": "diagnostics", "count": 0})
        self.assertIn("greting", found[0]["message"])
        self.assertIn("greeting", fixed["title"])
        self.assertEqual(fixed["text"], APP)
        self.assertEqual(after, [])

    # --- jumping ------------------------------------------------------------

    def test_jump_to_a_target_a_macro_and_a_rule(self):
        path = "app/BUILD.spec"
        _, target, _, short, _, macro, _, module, _, rule, _, file = self.edit(
            self.open(path), self.at("jump", path, '"//lib:wo|rds"'),
            self.open(path), self.at("jump", path, '"//l|ib"'),
            self.open(path), self.at("jump", path, 'gree|ting(name'),
            self.open(path), self.at("jump", path, '"//tools:de|fs.spec"'),
            self.open(path), self.at("jump", path, 'gen|rule('),
            self.open(path), self.at("jump", path, '"app|.in"'))
        lib = str(self.workspace / "lib/BUILD.spec")
        self.assertEqual(target, {"file": lib, "line": "genrule(", "column": 0})
        self.assertEqual(short["file"], lib)
        self.assertEqual(macro, {
            "file": str(self.workspace / "tools/defs.spec"),
            "line": 'def greeting(name, text = "Hi"):', "column": 4})
        self.assertEqual(module["file"], macro["file"])
        self.assertTrue(rule["file"].endswith("core/genrule.spec"), rule)
        self.assertTrue(rule["line"].startswith("genrule = rule("), rule)
        self.assertEqual(file["file"], str(self.workspace / "app/app.in"))

    # --- hovering -----------------------------------------------------------

    def test_hover_tells_what_a_name_is(self):
        path = "app/BUILD.spec"
        _, macro, rule, attribute, label = self.edit(
            self.open(path),
            self.ask("hover", path, "gree|ting(name"),
            self.ask("hover", path, "gen|rule("),
            self.ask("hover", path, "sr|cs ="),
            self.ask("hover", path, '"//lib:wo|rds"'))
        text = macro["contents"]["value"]
        self.assertIn('def greeting(name, text = "Hi")', text)
        self.assertIn("Makes a file that greets.", text)
        self.assertIn("Runs `cmd` in a sandbox", rule["contents"]["value"])
        self.assertIn("What the command reads.",
                      attribute["contents"]["value"])
        self.assertIn("labels", attribute["contents"]["value"])
        self.assertIn("genrule rule", label["contents"]["value"])
        self.assertIn("lib/BUILD.spec:1", label["contents"]["value"])

    # --- completing ---------------------------------------------------------

    def test_completion_while_the_file_is_broken(self):
        path = "app/BUILD.spec"
        rest = 'genrule(\n    name = "b",\n    srcs = ["//lib:'
        self.write(path, APP + rest + "\n")
        last = APP.count("\n") + 2
        here = {"do": "ask", "method": "textDocument/completion"}
        _, label, _, attribute, _, top, _, file = self.edit(
            self.open(path),
            {**here, "line": last, "character": len('    srcs = ["//lib:')},
            {"do": "lines", "first": last, "last": last + 1, "lines": ["    "]},
            {**here, "line": last, "character": 4},
            {"do": "lines", "first": last - 2, "last": last + 1,
             "lines": ["gen"]},
            {**here, "line": last - 2, "character": 3},
            {"do": "lines", "first": last - 2, "last": last - 1,
             "lines": ['filegroup(srcs = ["a']},
            {**here, "line": last - 2, "character": 20})
        self.assertIn("//lib:words", self.labels(label))
        self.assertIn("//lib:lib", self.labels(label))
        offered = self.labels(attribute)
        self.assertIn("outs", offered)
        self.assertIn("cmd", offered)
        self.assertNotIn("name", offered)
        ranked = sorted(attribute["items"], key=lambda item: item["sortText"])
        self.assertEqual([item["label"] for item in ranked[:2]],
                         ["cmd", "outs"])
        self.assertIn("genrule", self.labels(top))
        self.assertIn("app.in", self.labels(file))

    def test_completion_of_what_a_module_gives(self):
        path = "app/BUILD.spec"
        _, names, modules = self.edit(
            self.open(path),
            self.ask("completion", path, '"gr|eeting")'),
            self.ask("completion", path, '"//tools:|defs.spec"'))
        self.assertEqual(self.labels(names), ["greeting"])
        self.assertIn("//tools:defs.spec", self.labels(modules))

    # --- renaming -----------------------------------------------------------

    def test_rename_of_a_target_changes_all_labels(self):
        path = "lib/BUILD.spec"
        _, renamed = self.edit(
            self.open(path),
            self.at("rename", path, 'name = "wo|rds"', name="terms"))
        self.assertEqual(
            renamed, LIB.replace('"words"', '"terms"').replace(
                ":words", ":terms"))
        self.assertEqual(self.read(path), renamed)
        self.assertEqual(self.read("app/BUILD.spec"),
                         APP.replace("//lib:words", "//lib:terms"))
        self.graph("query", "deps(//app)", code=0)

    def test_rename_from_a_short_label(self):
        path = "app/BUILD.spec"
        _, renamed = self.edit(
            self.open(path), self.at("rename", path, '"//l|ib"', name="all"))
        self.assertEqual(renamed, APP.replace('"//lib"', '"//lib:all"'))
        self.assertIn('name = "all"', self.read("lib/BUILD.spec"))
        self.graph("query", "deps(//app)", code=0)

    def test_what_cannot_be_renamed_says_why(self):
        path = "app/BUILD.spec"
        _, taken, file, wrong = self.edit(
            self.open(path),
            self.at("rename", path, '"//lib:wo|rds"', name="lib"),
            self.at("rename", path, '"app|.in"', name="b.in"),
            self.at("rename", path, '"//lib:wo|rds"', name="a//b"))
        self.assertIn("already", taken["error"]["message"])
        self.assertIn("source file", file["error"]["message"])
        self.assertIn("a//b", wrong["error"]["message"])
        self.assertEqual(self.read("lib/BUILD.spec"), LIB)

    # --- the rest -----------------------------------------------------------

    def test_outline(self):
        _, build, _, module = self.edit(
            self.open("app/BUILD.spec"), {"do": "symbols"},
            self.open("tools/defs.spec"), {"do": "symbols"})
        self.assertEqual([each["name"] for each in build], ["hello", "app"])
        self.assertEqual([each["name"] for each in module],
                         ["greeting", "SIZE"])
