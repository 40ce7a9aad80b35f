# SPDX-License-Identifier: Apache-2.0
"""Each command block (```sh) of README.md and docs/ runs as it stands.

A block runs in a copy of the repository's tracked files, with `graph` on the
PATH. `./dev setup` is taken out of it: it has installed what this test needs
before the test could begin; `./dev test` is this suite. `./dev run` runs the
binary that was built.
"""
import os
import pathlib
import re
import subprocess
import unittest

from graph_test import GRAPH, ROOT, GraphTest
from markdown import sh_blocks

FILES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md",
         *sorted((ROOT / "docs").glob("*.md"))]


class DocsTest(GraphTest):
    def setUp(self):
        super().setUp()
        self.clone = self.top / "clone"
        self.clone.mkdir()
        listed = subprocess.run(
            ["git", "ls-files", "-z", "examples", "dev", "docs"], cwd=ROOT,
            check=True, capture_output=True).stdout
        subprocess.run(["tar", "-C", str(ROOT), "--null", "-T", "-", "-cf",
                        str(self.top / "files.tar")], input=listed, check=True)
        subprocess.run(["tar", "-C", str(self.clone), "-xf",
                        str(self.top / "files.tar")], check=True)
        bin_folder = self.top / "bin"
        bin_folder.mkdir()
        (bin_folder / "graph").symlink_to(GRAPH)
        self.path = f"{bin_folder}:{os.environ['PATH']}"

    def run_block(self, text):
        text = re.sub(r"\./dev (setup|test)\b[^&\n]*(&& |$)", "", text, flags=re.M)
        text = re.sub(r"\./dev run\b", "graph", text)
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", text],
                              cwd=self.clone, capture_output=True, text=True,
                              env=self.environment(PATH=self.path), check=False)
        self.assertEqual(done.returncode, 0,
                         f"{text}\n{done.stdout}{done.stderr}")


def add(path, line, text):
    name = f"test_{path.stem}_line_{line}"
    setattr(DocsTest, name, lambda self: self.run_block(text))


for document in FILES:
    for block_line, block in sh_blocks(document):
        add(document, block_line, block)


class ReadmeTest(unittest.TestCase):
    def test_its_two_commands_are_made_of_dev(self):
        texts = [text for _, text in sh_blocks(ROOT / "README.md")]
        self.assertEqual(len(texts), 2)
        self.assertIn("./dev setup && ./dev run", texts[0])
        self.assertEqual(texts[1].strip(), "./dev setup && ./dev test")

    def test_what_it_links_to_is_there(self):
        for document in FILES:
            for target in re.findall(r"\]\(([^)#:]+)[^)]*\)",
                                     document.read_text()):
                path = pathlib.Path(document.parent / target)
                self.assertTrue(path.exists(), f"{document.name}: {target}")
