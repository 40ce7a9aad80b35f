# SPDX-License-Identifier: Apache-2.0
"""`graph docs` explains names and files, and fills in pages."""
import json
import os
import shutil

from graph_test import (EXIT_DONE, EXIT_NO_TARGET, EXIT_USAGE, ROOT,
                        GraphTest)

PAGES = sorted((ROOT / "rules").glob("*/README.md"))

TOOLS = '''\
"""Tools of the house."""

ToolInfo = provider(
    doc = "What a tool tells.",
    fields = {"path": "where it lies", "args": "what it takes"},
)

def _impl(ctx):
    return []

tool = rule(
    implementation = _impl,
    executable = True,
    doc = "A tool. It can be run with very many arguments, which is why this sentence is long.",
    attrs = {
        "mode": attr.string(
            default = "fast",
            values = ["fast", "small"],
            doc = "How it goes about its work, which may take more words than there is space for in a line.",
        ),
        "level": attr.int(values = [1, 2], mandatory = True, doc = "How hard."),
        "lib": attr.label(
            default = "//x:y",
            allow_single_file = [".c", ".h"],
            providers = [ToolInfo],
            doc = "What it is made of.",
        ),
        "helper": attr.label(executable = True, cfg = "exec"),
        "deps": attr.label_list(allow_empty = False, mandatory = True),
        "env": attr.string_dict(default = {"A": "b"}, doc = "Its environment."),
        "out": attr.output(),
        "_hidden": attr.label(default = "//x:z"),
    },
)

tool_test = rule(implementation = _impl, test = True, doc = "Tests a tool.")

def tools(name: str, srcs: list[str], *, size = "small", **kwargs) -> list[str]:
    """Declares a tool for each source.

    They are called `<name>_0` and so on.

    Args:
      name: what their names start with.
      srcs: the sources, of which there
        may be many.
      **kwargs: what every rule takes.
    Returns:
      the names.
    """
    return [name]

def _helper():
    pass

VERSION = "1"
'''


class DocsVerbTest(GraphTest):
    def golden(self, name, *args, code=EXIT_DONE, **options):
        result = self.graph("docs", *args, code=code, **options)
        self.assert_golden_result(f"e2e/docs_verb/{name}.txt", result)

    def test_without_a_name_it_lists_all(self):
        self.golden("list")

    def test_a_name_is_explained(self):
        self.golden("function", "sorted")
        self.golden("method", "dict.setdefault")
        self.golden("member_of_ctx", "ctx.actions.write")
        self.golden("rule", "filegroup")
        self.golden("macro", "json_file")
        self.golden("common_attributes", "common-attributes")

    def test_it_needs_no_workspace_for_what_is_built_in(self):
        for operands in ([], ["len"], ["genrule"], ["@rules//mip"]):
            self.graph("docs", *operands, cwd=self.home, code=EXIT_DONE)

    def test_a_file_is_explained(self):
        self.write("tools/defs.spec", TOOLS)
        self.golden("file", "//tools:defs.spec")
        whole = self.graph("docs", "//tools:defs.spec", code=EXIT_DONE).out
        for name in ("//tools", "tools/defs.spec", "./tools/defs.spec",
                     self.workspace / "tools" / "defs.spec"):
            self.assertEqual(self.graph("docs", name).out, whole)
        for name in ("defs.spec", ":defs.spec"):
            below = self.graph("docs", name, cwd=self.workspace / "tools")
            self.assertEqual(below.out, whole)

    def test_what_it_tells_is_to_be_had_as_data(self):
        self.write("tools/defs.spec", TOOLS)
        told = json.loads(self.graph("docs", "-o", "json", "//tools").out)
        self.assertEqual(told["label"], "//tools:defs.spec")
        self.assertEqual([rule["name"] for rule in told["rules"]],
                         ["tool", "tool_test"])
        self.assertEqual(told["rules"][0]["attributes"][0], {
            "name": "mode", "type": "string", "mandatory": False,
            "default": '"fast"', "values": ["fast", "small"],
            "doc": "How it goes about its work, which may take more words "
                   "than there is space for in a line."})
        entries = json.loads(self.graph("docs", "--output=json").out)
        self.assertIn("string.split", [entry["name"] for entry in entries])

    def test_mistakes(self):
        self.write("tools/broken.spec", "x = 1 +\n")
        self.write("tools/failing.spec", 'fail("no")\n')
        self.golden("unknown_name", "glbo", code=EXIT_USAGE)
        self.golden("unknown_rule", "genrul", code=EXIT_USAGE)
        self.golden("method_without_type", "startswith", code=EXIT_USAGE)
        self.golden("far_from_all", "qqqqqqqqq", code=EXIT_USAGE)
        self.golden("missing_file", "//tools:defs.spec", code=EXIT_NO_TARGET)
        self.golden("missing_rules", "@rules//nothing", code=EXIT_NO_TARGET)
        broken = self.graph("docs", "//tools:broken.spec", code=EXIT_USAGE)
        self.assertTrue(broken.err.startswith("tools/broken.spec:1:8: error: "))
        self.assertEqual(broken.out, "")
        self.golden("failing_file", "//tools:failing.spec", code=EXIT_USAGE)
        self.golden("wrong_output", "-o", "yaml", code=EXIT_USAGE)

    def test_a_page_is_filled_in_between_its_marks(self):
        self.write("tools/defs.spec", "def f(x):\n    pass\n")
        page = self.write("README.md", "# Mine\n\n<!-- graph docs //tools -->\n"
                          "old\n<!-- end of graph docs -->\n\nmore\n")
        self.graph("docs", "--fill", "README.md", code=EXIT_DONE)
        filled = page.read_text()
        self.assertEqual(
            filled, "# Mine\n\n<!-- graph docs //tools -->\n\n## Functions\n\n"
            "### `f`\n\n```python\nf(x)\n```\n\n"
            "<!-- end of graph docs -->\n\nmore\n")
        self.graph("docs", "--fill", "README.md", code=EXIT_DONE)
        self.assertEqual(page.read_text(), filled)

    def test_a_page_with_a_mistake_stays_as_it_is(self):
        text = "<!-- graph docs glob -->\nold\n"
        page = self.write("README.md", text)
        self.golden("mark_without_end", "--fill", "README.md", code=EXIT_USAGE)
        self.assertEqual(page.read_text(), text)
        self.write("README.md", "<!-- graph docs glbo -->\n"
                   "<!-- end of graph docs -->\n")
        self.golden("mark_with_unknown_name", "--fill", "README.md",
                    code=EXIT_USAGE)

    def test_the_pages_of_the_rules_are_current(self):
        """GRAPH_ACCEPT=1 renews them."""
        self.assertGreater(len(PAGES), 1)
        for page in PAGES:
            with self.subTest(page=page.parent.name):
                copy = self.workspace / "README.md"
                shutil.copyfile(page, copy)
                self.graph("docs", "--fill", "README.md", code=EXIT_DONE)
                filled = copy.read_text()
                self.assertIn("<!-- graph docs @rules//", filled)
                if os.environ.get("GRAPH_ACCEPT"):
                    page.write_text(filled)
                self.assertEqual(page.read_text(), filled)
