# SPDX-License-Identifier: Apache-2.0
"""examples/wheels: each block of its README, in order and in one copy of it;
what comes out; and a package of others. Blocks that also build for this
machine, with one more compiler, run in the nightly tests."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

import debian_source
from graph_test import GRAPH, NIGHTLY, ROOT, GraphTest

sys.path.insert(0, str(ROOT / "rules/python"))
import elf  # noqa: E402 pylint: disable=wrong-import-position

EXAMPLE = ROOT / "examples/wheels"

MARKUPSAFE = '''\
load("@rules//python:defs.spec", "cross_py_wheel", "py_wheel_test")

cross_py_wheel(
    name = "markupsafe",
    distribution = "MarkupSafe",
    srcs = glob(["src/**"]),
    strip = "src",
    platform = "//debian:armhf",
    version = "{version}",
)

py_wheel_test(
    name = "test",
    main = "check.py",
    platform = "//debian:armhf",
    wheels = [":markupsafe"],
)
'''
CHECK = '''\
import markupsafe._speedups
import platform
assert markupsafe._speedups.escape("<a&b>") == "&lt;a&amp;b&gt;"
print(platform.machine(), markupsafe.__version__)
'''


class WheelsExampleTest(GraphTest):
    """One cache for all: what the packages of Debian give is fetched once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shared = pathlib.Path(tempfile.mkdtemp(prefix="graph-e2e-wheels-"))
        cls.addClassCleanup(cls.remove_shared)
        cls.example = cls.shared / "wheels"
        shutil.copytree(EXAMPLE, cls.example,
                        ignore=shutil.ignore_patterns("graph-out"))
        (cls.shared / "bin").mkdir()
        (cls.shared / "bin/graph").symlink_to(GRAPH)

    @classmethod
    def remove_shared(cls):
        subprocess.run(["chmod", "-R", "u+w", cls.shared], check=False)
        shutil.rmtree(cls.shared, ignore_errors=True)

    def setUp(self):
        super().setUp()
        self.cache = self.shared / "cache"
        self.workspace = self.example

    def run_block(self, text):
        env = self.environment(
            PATH=f"{self.shared}/bin:{os.environ['PATH']}")
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", text], cwd=self.example,
            capture_output=True, text=True, env=env, check=False)

    def test_a_each_block_of_its_readme_runs(self):
        text = (EXAMPLE / "README.md").read_text()
        blocks = re.findall(r"(?ms)^```sh\n(.*?)^```$", text)
        self.assertGreater(len(blocks), 3)
        for block in blocks:
            if "x86_64" in block and not NIGHTLY:
                continue
            done = self.run_block(block)
            if "apt has no version" in done.stderr:
                # The mirror has moved on: as the README says.
                subprocess.run([self.example / "debian/pin.py"], check=True)
                done = self.run_block(block)
            self.assertEqual(done.returncode, 0,
                             f"{block}\n{done.stdout}{done.stderr}")

    def test_b_what_comes_out(self):
        packages = self.output("index/packages")
        self.assertEqual(sorted(path.name for path in packages.iterdir()
                                if not path.name.endswith(".metadata")), [
            "deck_map-2.0-py3-none-any.whl",
            "gantry-0.4.1-cp311-cp311-linux_armv7l.whl",
            "labware-3.1-py3-none-any.whl",
            "pipette-0.2-py3-none-any.whl",
            "stepper-1.2.0-cp311-cp311-linux_armv7l.whl",
            "stepper-1.2.0.tar.gz"])
        for name, member in (("stepper-1.2.0", "stepper/_ramp"),
                             ("gantry-0.4.1", "gantry/_axis")):
            with zipfile.ZipFile(
                    packages / f"{name}-cp311-cp311-linux_armv7l.whl") as file:
                data = file.read(f"{member}.cpython-311-arm-linux-gnueabihf.so")
                whole = b"".join(map(file.read, file.namelist()))
            found = elf.parse(data)
            self.assertEqual(found.machine, "armv7l")
            self.assertIn("libc.so.6", found.needed)
            self.assertLessEqual(found.highest("GLIBC"), (2, 36))
            # No place of the machine that built it.
            for place in (b"graph-out", b"/tmp", str(self.shared).encode()):
                self.assertNotIn(place, whole)

    def test_c_twice_with_equal_bytes(self):
        before = {path: path.read_bytes()
                  for path in self.output("index").rglob("*")
                  if path.is_file()}
        self.assertGreater(len(before), 10)
        result = self.build("//:index")
        self.assertEqual(result.actions["run"], 0)
        if not NIGHTLY:
            return
        copy = self.shared / "in another folder"
        shutil.copytree(self.example, copy, symlinks=True,
                        ignore=shutil.ignore_patterns("graph-out"))
        env = self.environment(XDG_CACHE_HOME=self.shared / "another cache",
                               TZ="Asia/Tokyo", LANG="tr_TR.UTF-8")
        self.build("//:index", cwd=copy, env=env)
        for path, data in before.items():
            place = path.relative_to(self.example)
            self.assertEqual((copy / place).read_bytes(), data, place)

    @unittest.skipUnless(NIGHTLY, "fetches Debian's list of sources")
    def test_d_a_package_of_others(self):
        folder = self.shared / "source"
        folder.mkdir()
        tarball = next(path for path in debian_source.download(
            "markupsafe", folder) if ".orig.tar." in path.name)
        version = tarball.name.split("_")[1].split(".orig")[0]
        sources = self.example / "packages/markupsafe/src"
        sources.mkdir(parents=True)
        subprocess.run(["tar", "-C", sources, "--strip-components=1", "-xf",
                        tarball], check=True)
        self.write("packages/markupsafe/BUILD.spec",
                   MARKUPSAFE.format(version=version))
        self.write("packages/markupsafe/check.py", CHECK)
        self.graph("test", "//packages/markupsafe:test", code=0)
        log = self.output("packages/markupsafe/test.test.log").read_text()
        self.assertIn(f"armv7l {version}", log)


if __name__ == "__main__":
    unittest.main()
