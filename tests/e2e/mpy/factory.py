# SPDX-License-Identifier: Apache-2.0
"""What the tests of the MicroPython factory share: one cache, so that packages are
fetched and node is copied once, and a small workspace."""
import atexit
import functools
import os
import shutil
import subprocess
import tempfile

from graph_test import ROOT, GraphTest

TOOLS = ROOT / "examples" / "mpy" / "tools" / "BUILD.spec"

BUILD = '''\
load("@rules//mpy:defs.spec", "mpy_bundle", "mpy_copy", "mpy_library")

mpy_library(
    name = "app",
    srcs = glob(["src/**/*.py"]),
    root = "src",
    plain = ["src/boot.py"],
    required = ["src/core.py"],
    compiler = "//tools:mpy_cross",
    format = "M6",
)

mpy_bundle(name = "release", deps = [":app"], version = "1.0")

mpy_copy(name = "copy", bundle = ":release")
'''
SOURCES = {"boot": "import core\n", "core": "import lib.blink\n",
           "lib/blink": "x = 1\n", "lib/wifi": "y = 2\n"}
BROKEN = "z = {**{}, **{}}\n"


@functools.cache
def shared_cache():
    """The folder; gone when Python ends."""
    folder = tempfile.mkdtemp(prefix="graph-e2e-mpy-")
    atexit.register(remove, folder)
    return folder


def remove(folder):
    subprocess.run(["chmod", "-R", "u+w", folder], check=False)
    shutil.rmtree(folder, ignore_errors=True)


class FactoryTest(GraphTest):
    def setUp(self):
        super().setUp()
        self.cache.symlink_to(shared_cache())

    def environment(self, **changes):
        known = {name: value for name, value in os.environ.items()
                 if name.lower().startswith("npm_config_")}
        return super().environment(**{**known, **changes})

    def fill(self, **sources):
        """The small workspace; `lib__wifi` is lib/wifi.py, and None is no file."""
        self.write("BUILD.spec", BUILD)
        self.write("tools/BUILD.spec", TOOLS.read_text())
        for name, text in {**SOURCES, **{
                name.replace("__", "/"): text
                for name, text in sources.items()}}.items():
            if text is not None:
                self.write(f"src/{name}.py", text)
            else:
                (self.workspace / f"src/{name}.py").unlink(missing_ok=True)
