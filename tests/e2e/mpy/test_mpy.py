# SPDX-License-Identifier: Apache-2.0
"""The factory of MicroPython files: compiled one by one, listed, packed, run."""
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from elsewhere import build_elsewhere  # noqa: E402
from factory import BROKEN, BUILD, FactoryTest  # noqa: E402
from graph_test import (  # noqa: E402
    EXIT_DONE, EXIT_FAILED, EXIT_TESTS_FAILED, EXIT_USAGE, GRAPH, ROOT)

EXAMPLE = ROOT / "examples" / "mpy"
RELEASE = ["manifest.json", "version.json", "mpy-files.tar.gz",
           "mpy-files.zip", "release-package.zip"]


def copy_example(workspace):
    shutil.copytree(EXAMPLE, workspace, dirs_exist_ok=True,
                    ignore=shutil.ignore_patterns("graph-out"))


def tree(folder):
    """path → SHA-256 of each file below a folder."""
    return {path.relative_to(folder).as_posix():
            hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file()}


class ExampleTest(FactoryTest):
    """examples/mpy, with one broken file of 52."""

    def setUp(self):
        super().setUp()
        copy_example(self.workspace)

    def test_the_release_has_what_could_be_compiled(self):
        result = self.graph("build", "//:release", code=EXIT_DONE)
        self.assertIn('File "src/modes/debug.py", line 12\n'
                      "SyntaxError: invalid syntax\n", result.err)
        self.assertEqual(result.actions["tolerated"], 1)
        release = self.output("release")
        manifest = json.loads((release / "manifest.json").read_text())
        entries = manifest["files"]
        self.assertEqual(len(list(EXAMPLE.glob("src/**/*.py"))), 52)
        self.assertEqual(len([e for e in entries
                              if e["download_path"].startswith("mpy/")]), 51)
        self.assertEqual(manifest["failed_files"], ["modes/debug.py"])
        self.assertEqual([e["path"] for e in entries],
                         sorted(e["path"] for e in entries))
        files = {**tree(release / "mpy"),
                 **{f"sd/{path}": digest
                    for path, digest in tree(release / "sd").items()}}
        self.assertEqual({e["path"]: e["sha256"] for e in entries}, files)
        for entry in entries:
            file = release / entry["download_path"]
            self.assertEqual(entry["size"], file.stat().st_size)
            self.assertEqual(entry["destination"], "/" + entry["path"])
            self.assertEqual(
                entry["action"], "ignore_if_frozen"
                if entry["path"].startswith("utilities/") else "update")
        self.check_sums(manifest)
        self.check_archives(release, files)

    def check_sums(self, manifest):
        def total(test):
            return sum(e["size"] for e in manifest["files"] if test(e))

        self.assertEqual(manifest["stats"], {
            "total_bytes": total(lambda e: True),
            "cp_update_bytes": total(lambda e: e["action"] == "update" and
                                     e["download_path"].startswith("mpy/")),
            "sd_update_bytes": total(lambda e: e["path"].startswith("sd/")),
            "ignored_bytes": total(lambda e: e["action"] != "update")})
        version = json.loads(self.output("release/version.json").read_text())
        self.assertEqual(version, {"version": "1.4.0", "file_count": 55,
                                   "total_size": total(lambda e: True)})
        self.assertEqual(manifest["version"], "1.4.0")
        self.assertNotIn("build_timestamp", manifest)

    def check_archives(self, release, files):
        listed = sorted("mpy/" + path if not path.startswith("sd/") else path
                        for path in files)
        with tarfile.open(release / "mpy-files.tar.gz") as tar:
            self.assertEqual(sorted(m.name for m in tar if m.isfile()), listed)
        with zipfile.ZipFile(release / "mpy-files.zip") as archive:
            self.assertEqual(sorted(n for n in archive.namelist()
                                    if not n.endswith("/")), listed)
        with zipfile.ZipFile(release / "release-package.zip") as archive:
            self.assertEqual(sorted(n for n in archive.namelist()
                                    if not n.endswith("/")),
                             sorted(listed + ["manifest.json", "version.json"]))

    def test_paths_in_files_are_those_of_the_device(self):
        self.build("//:release")
        made = self.output("release/mpy/modes/simon.mpy").read_bytes()
        self.assertEqual(made[:2], b"M\x06")
        self.assertIn(b"modes/simon.py", made)
        self.assertNotIn(b"src/modes", made)

    def test_only_what_changed_is_compiled(self):
        self.build("//:release")
        file = self.workspace / "src/modes/dice.py"
        file.write_text(file.read_text().replace("_ROLL_MS = 1200",
                                                 "_ROLL_MS = 900"))
        result = self.build("//:release")
        self.assertEqual(result.actions["tolerated"], 1)
        compiled = [e for e in result.events if e["event"] == "action" and
                    e["mnemonic"] == "MpyCompile" and e["how"] == "run"]
        self.assertEqual(len(compiled), 2)  # And the broken one, anew.

    def test_it_runs_under_micropython(self):
        self.graph("test", "//...", code=EXIT_DONE)
        log = self.output("runs_on_micropython.test.log").read_text()
        self.assertIn("played simon\n", log)
        self.assertIn("refused: there is no mode nothing\n", log)
        self.assertTrue(log.endswith("all played\n"), log)

    def test_a_mistake_shows_under_micropython(self):
        file = self.workspace / "src/utilities/checksum.py"
        file.write_text(file.read_text().replace("0x07", "0x08")
                        .replace("return crc", "return crc.missing"))
        self.graph("test", "//...", code=EXIT_TESTS_FAILED)
        log = self.output("runs_on_micropython.test.log").read_text()
        self.assertIn('File "utilities/checksum.py", line 9, in crc8\n'
                      "AttributeError: 'int' object has no attribute "
                      "'missing'\n", log)
        self.assertLess(len(log), 2000)

    def test_the_same_bytes_twice(self):
        """Anew, with nothing known: where we may, by another user elsewhere."""
        self.build("//...")
        first = tree(self.output("."))
        if os.getuid() == 0:
            other = build_elsewhere(self, self.top / "a longer name elsewhere",
                                    copy_example, ["//..."])
            self.assertEqual(tree(other / "graph-out"), first)
        else:
            self.graph("clean", code=EXIT_DONE)
            self.build("--cache-dir", self.top / "other cache", "//...")
            self.assertEqual(tree(self.output(".")), first)


class ReadmeTest(FactoryTest):
    def test_each_block_of_commands_runs(self):
        copy_example(self.workspace)
        folder = self.top / "bin"
        folder.mkdir()
        (folder / "graph").symlink_to(GRAPH)
        env = self.environment(
            PATH=f"{folder}:{os.environ['PATH']}",
            DEVICE=self.top / "device", CARD=self.top / "card")
        for name in ("device", "card"):
            (self.top / name).mkdir()
        text = (EXAMPLE / "README.md").read_text()
        blocks = re.findall(r"(?ms)^```sh\n(.*?)^```$", text)
        self.assertGreaterEqual(len(blocks), 4)
        for block in blocks:
            done = subprocess.run(
                ["bash", "-euo", "pipefail", "-c",
                 block.replace("/tmp/", f"{self.top}/")],
                cwd=self.workspace, env=env, capture_output=True, text=True,
                check=False)
            self.assertEqual(done.returncode, 0,
                             f"{block}\n{done.stdout}{done.stderr}")
        self.assertTrue((self.top / "card/sounds/win.wav").exists())

    def test_what_it_names_is_there(self):
        text = (EXAMPLE / "README.md").read_text()
        for target in re.findall(r"\]\(([^)#:]+)[^)]*\)", text):
            self.assertTrue((EXAMPLE / target).exists(), target)


class PolicyTest(FactoryTest):
    def golden(self, name, *args, code):
        """All that is said, but how far it was at times, and what was cached."""
        result = self.graph("build", "-j1", *args, code=code)
        result.err = re.sub(r"(?m)^\[ *\d+/\d+\] .*\n", "", result.err)
        result.err = re.sub(r"(?m)^(Done|Failed) in .*$", r"\1", result.err)
        self.assert_golden_result(f"e2e/mpy/{name}.txt", result)

    def test_a_broken_file_is_named_and_left_out(self):
        self.fill(lib__wifi=BROKEN)
        self.golden("broken", "//:release", code=EXIT_DONE)
        self.assertEqual(sorted(tree(self.output("release/mpy"))),
                         ["boot.py", "core.mpy", "lib/blink.mpy"])

    def test_by_policy_it_ends_the_build(self):
        self.fill(lib__wifi=BROKEN)
        self.graph("build", "--fail-on-tolerated", "//:release",
                   code=EXIT_FAILED)

    def test_a_broken_required_one_is_no_release(self):
        self.fill(core=BROKEN)
        self.golden("required", "//:release", code=EXIT_FAILED)

    def test_all_broken_is_no_release(self):
        self.fill(core=BROKEN, lib__blink=BROKEN, lib__wifi=BROKEN)
        self.write("BUILD.spec", BUILD.replace(
            'required = ["src/core.py"],', ""))
        self.golden("all_broken", "//:release", code=EXIT_FAILED)

    def test_another_format_is_an_error(self):
        self.fill()
        self.write("BUILD.spec", BUILD.replace('"M6"', '"C6"'))
        self.golden("format", "//:release", code=EXIT_FAILED)


# Writes as little as a compiler for format 7 could: the header and the name.
COMPILER = '''
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
  const char *source = "", *output = "";
  for (int i = 1; i + 1 < argc; ++i) {
    if (strcmp(argv[i], "-s") == 0) source = argv[++i];
    else if (strcmp(argv[i], "-o") == 0) output = argv[++i];
  }
  FILE *file = fopen(output, "w");
  if (file == NULL) return 1;
  fprintf(file, "M\\007%s %s", source, FLAVOUR);
  return fclose(file) != 0;
}
'''
MAKEFILE = '''
build/mpy-cross: main.c
\tmkdir -p build && $(CC) -DFLAVOUR='"$(FLAVOUR)"' -o $@ main.c
'''
FROM_SOURCE = '''\
load("@rules//mpy:defs.spec", "mpy_cross_source")

package(default_visibility = ["//visibility:public"])

copy_tree(name = "source", srcs = glob(["mpy-cross/**"]))

mpy_cross_source(
    name = "mpy_cross",
    source = ":source",
    make_args = ["FLAVOUR=plain"],
)
'''


class SourceTest(FactoryTest):
    """A compiler that make builds, in folders as MicroPython has them."""

    def setUp(self):
        super().setUp()
        self.fill()
        self.write("tools/BUILD.spec", FROM_SOURCE)
        self.write("tools/mpy-cross/Makefile", MAKEFILE)
        self.write("tools/mpy-cross/main.c", COMPILER)

    def test_it_is_built_and_used(self):
        self.write("BUILD.spec", BUILD.replace('"M6"', '"M7"'))
        self.build("//:release")
        self.assertEqual(self.output("release/mpy/core.mpy").read_bytes(),
                         b"M\x07core.py plain")
        self.write("BUILD.spec", BUILD)
        result = self.graph("build", "//:release", code=EXIT_FAILED)
        self.assertIn("makes files of the format M7 (MicroPython, version 7), "
                      "and `format` says M6", result.err)

    def test_what_is_no_source_is_an_error(self):
        self.write("tools/BUILD.spec", FROM_SOURCE.replace(
            'make_args', 'subdir = "cross", make_args'))
        result = self.graph("build", "//tools:mpy_cross", code=EXIT_FAILED)
        self.assertIn("there is no cross/Makefile in graph-out/tools/source",
                      result.err)


class MistakesTest(FactoryTest):
    def mistake(self, before, after, words, code=EXIT_USAGE):
        self.fill()
        self.assertIn(before, BUILD)
        self.write("BUILD.spec", BUILD.replace(before, after))
        self.assertIn(words, self.graph("build", "//:release", code=code).err)

    def test_each_is_explained(self):
        for mistake in [
                ('"M6"', '"6"', "`format` is `M` (MicroPython) or `C`"),
                ('"src/core.py"', '"src/boot.py"',
                 "`required` names src/boot.py, which is not among the files"),
                ('"src/core.py"', '"src/cor.py"', "src/cor.py"),
                ('root = "src"', 'root = "lib"',
                 "does not lie below `root` \"lib\""),
                ('version = "1.0"', "", "either `version` or `version_file`"),
                ('version = "1.0"', 'version = "1", zones = {"mpy": "x"}',
                 "`zones` says where a zone lies on the device"),
                ('version = "1.0"',
                 'version = "1", zones = {"mpy": "/", "sd": "/sd"}',
                 'nothing lies in the zone "sd"'),
                ('version = "1.0"', 'version = "1", data = {"//tools:x": "sd"}',
                 "//tools:x"),
                ('version = "1.0"', 'version = "1", archives = ["a.rar"]',
                 '"a.rar" is no name of an archive')]:
            with self.subTest(mistake[1]):
                self.mistake(*mistake)

    def test_a_pattern_that_matches_nothing_is_an_error(self):
        self.mistake('version = "1.0"', 'version = "1", frozen = ["li/**"]',
                     "`frozen` has the pattern li/**, which matches no file",
                     code=EXIT_FAILED)

    def test_two_files_for_one_place_are_an_error(self):
        self.fill()
        self.write("more/core.mpy", "x")
        self.write("BUILD.spec", BUILD.replace(
            'version = "1.0"', 'version = "1", data = {":more": "extra"}, '
            'zones = {"mpy": "/", "extra": "/"}') +
            'copy_tree(name = "more", srcs = ["more/core.mpy"], '
            'strip = "more")\n')
        result = self.graph("build", "//:release", code=EXIT_FAILED)
        self.assertIn("core.mpy comes twice to the device", result.err)


class MetadataTest(FactoryTest):
    def test_names_and_versions_may_have_any_letters(self):
        self.fill()
        self.write('src/data/a "b" ü.txt', "text")
        self.write("VERSION", '  1.0-"x"\\y  \r\nmore\n')
        self.write("BUILD.spec", BUILD.replace(
            'version = "1.0"', 'version_file = "VERSION", '
            'build_timestamp = "2026-02-06T12:00:00Z", '
            'data = {":data": "mpy"}') +
            'copy_tree(name = "data", srcs = glob(["src/data/**"]), '
            'strip = "src")\n')
        self.build("//:release")
        manifest = json.loads(self.output("release/manifest.json").read_text())
        self.assertEqual(manifest["version"], '1.0-"x"\\y')
        self.assertEqual(manifest["build_timestamp"], "2026-02-06T12:00:00Z")
        self.assertIn('data/a "b" ü.txt',
                      [entry["path"] for entry in manifest["files"]])
        version = json.loads(self.output("release/version.json").read_text())
        self.assertEqual(version["build_timestamp"], "2026-02-06T12:00:00Z")
        self.graph("verify", "graph-out/release/manifest.json",
                   "graph-out/release/mpy", code=EXIT_DONE)


if __name__ == "__main__":
    unittest.main()
