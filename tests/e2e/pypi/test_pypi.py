# SPDX-License-Identifier: Apache-2.0
"""Python packages as sources, from indices of ours that answer as PyPI and its
mirrors do."""
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import textwrap
import unittest
import zipfile

from file_server import FileServer, basic
from graph_test import EXIT_DONE, EXIT_FAILED, EXIT_USAGE, ROOT, GraphTest

JSON = "application/vnd.pypi.simple.v1+json"


def wheel(name, version):
    """A package of one module, as an installer takes it."""
    info = f"{name}-{version}.dist-info"
    files = {f"{name}.py": f"VERSION = '{version}'\n",
             f"{info}/METADATA": "Metadata-Version: 2.1\n"
                                 f"Name: {name}\nVersion: {version}\n",
             f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\n"
                              "Root-Is-Purelib: true\nTag: py3-none-any\n"}
    files[f"{info}/RECORD"] = "".join(
        f"{path},,\n" for path in (*files, f"{info}/RECORD"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return buffer.getvalue()


def sdist(name, version):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        text = f"Name: {name}\nVersion: {version}\n".encode()
        entry = tarfile.TarInfo(f"{name}-{version}/PKG-INFO")
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text))
    return buffer.getvalue()


def sha256(data):
    return hashlib.sha256(data).hexdigest()


class PypiTest(GraphTest):
    def setUp(self):
        super().setUp()
        self.files = {
            "one-1.0-py3-none-any.whl": wheel("one", "1.0"),
            "one-1.1-py3-none-any.whl": wheel("one", "1.1"),
            "one-1.1.tar.gz": sdist("one", "1.1"),
            "Two.Words-2.0-py3-none-any.whl": wheel("two_words", "2.0")}
        self.index = self.serve()
        self.settings = {"PIP_INDEX_URL": f"{self.index.url}/simple/"}

    def environment(self, **changes):
        return super().environment(**{"PIP_CONFIG_FILE": "/dev/null",
                                      **self.settings, **changes})

    def serve(self, form="json", login=None, only=None):
        """An index below /simple/, the files below /files/."""
        server = FileServer(self, {}, login)
        pages = {}
        for name, data in self.files.items():
            project = name.split("-")[0].lower().replace(".", "-")
            if only in (None, project):
                server.files[f"/files/{name}"] = data
                pages.setdefault(project, []).append((name, sha256(data)))
        for project, files in pages.items():
            if form == "json":
                body = JSON, json.dumps({
                    "meta": {"api-version": "1.0"}, "name": project,
                    "files": [{"filename": name, "hashes": {"sha256": digest},
                               "url": f"{server.url}/files/{name}"}
                              for name, digest in files]}).encode()
            else:
                body = "text/html; charset=UTF-8", "".join(
                    f'<a href="../../files/{name}#sha256={digest}">{name}</a>'
                    for name, digest in files).encode()
            server.files[f"/simple/{project}/"] = body
        return server

    def declare(self, package="one", version="1.0", digest=None, more=""):
        if digest is None:
            digest = sha256(next(data for name, data in self.files.items()
                                 if f"-{version}-" in name))
        self.write("BUILD.spec",
                   f'pypi_package(name = "x", package = "{package}", version = '
                   f'"{version}", sha256 = "{digest}"{more})\n')

    def failure(self):
        return self.graph("build", "//:x", code=EXIT_FAILED).err

    def test_a_wheel_by_json_and_by_html(self):
        self.declare()
        for form in ("json", "html"):
            index = self.serve(form)
            self.settings["PIP_INDEX_URL"] = f"{index.url}/simple"
            result = self.graph("build", "//:x", code=EXIT_DONE,
                                env=self.environment(
                                    XDG_CACHE_HOME=self.top / form))
            self.assertEqual(
                self.output("x/one-1.0-py3-none-any.whl").read_bytes(),
                self.files["one-1.0-py3-none-any.whl"])
            self.assertEqual(index.requests,
                             ["/simple/one/", "/files/one-1.0-py3-none-any.whl"])
            self.assertIn(JSON, index.headers[0]["Accept"])
            self.graph("clean", code=EXIT_DONE)
            result = self.graph("build", "--offline", "//:x", code=EXIT_DONE,
                                env=self.environment(
                                    XDG_CACHE_HOME=self.top / form))
            self.assertEqual(result.actions["run"], 0)

    def test_a_source_archive_by_its_name(self):
        self.declare(version="1.1", digest=sha256(self.files["one-1.1.tar.gz"]),
                     more=', file = "one-1.1.tar.gz"')
        self.build("//:x")
        self.assertEqual(self.output("x/one-1.1.tar.gz").read_bytes(),
                         self.files["one-1.1.tar.gz"])

    def test_a_name_may_be_written_otherwise(self):
        self.declare("two_WORDS", "2.0")
        self.build("//:x")
        self.assertTrue(
            self.output("x/two_words-2.0-py3-none-any.whl").exists())

    def test_pip_installs_from_a_set_of_requirements(self):
        lines = "".join(
            f'("{package}", "{version}", "{file}", '
            f'"{sha256(self.files[file])}"), '
            for package, version, file in (
                ("one", "1.1", "one-1.1-py3-none-any.whl"),
                ("Two.Words", "2.0", "Two.Words-2.0-py3-none-any.whl")))
        self.write("BUILD.spec", 'pypi_requirements(name = "py", '
                                 f'requirements = [{lines}])\n')
        self.build("//:py")
        folder = self.output("py/wheelhouse")
        self.assertEqual(sorted(path.name for path in folder.iterdir()),
                         ["Two.Words-2.0-py3-none-any.whl",
                          "one-1.1-py3-none-any.whl"])
        pip = [sys.executable, "-m", "pip"]
        if subprocess.run([*pip, "--version"], capture_output=True,
                          check=False).returncode:
            self.skipTest("there is no pip here")
        target = self.top / "installed"
        subprocess.run([*pip, "install", "--quiet", "--no-index", "--target",
                        target, "--find-links", folder, "one", "two_words"],
                       check=True, env=self.environment())
        said = subprocess.run(
            [sys.executable, "-c", "import one, two_words;"
             "print(one.VERSION, two_words.VERSION)"], check=True,
            capture_output=True, text=True,
            env={**os.environ, "PYTHONPATH": str(target)}).stdout
        self.assertEqual(said, "1.1 2.0\n")

    def test_pip_writes_the_list_of_a_requirements_file(self):
        """By the commands of the README."""
        if subprocess.run([sys.executable, "-m", "pip", "--version"],
                          capture_output=True, check=False).returncode:
            self.skipTest("there is no pip here")
        file = "one-1.1-py3-none-any.whl"
        (self.top / "requirements.txt").write_text(
            f"one==1.1 --hash=sha256:{sha256(self.files[file])}\n")
        text = (ROOT / "rules/core/README.md").read_text()
        commands = re.search("    pip install --dry-run.*?\n    END\n", text,
                             re.S)[0]
        said = subprocess.run(
            ["bash", "-ec", "pip() { " + sys.executable + ' -m pip "$@"; }\n' +
             textwrap.dedent(commands)], cwd=self.top, check=True,
            capture_output=True, text=True, env=self.environment()).stdout
        self.assertEqual(
            said, f"{('one', '1.1', file, sha256(self.files[file]))},\n")
        self.write("BUILD.spec", 'pypi_requirements(name = "py", '
                                 f'requirements = [{said}])\n')
        self.build("//:py")

    def test_a_package_stands_once_in_a_set(self):
        line = '("one", "1.0", "one-1.0-py3-none-any.whl", "")'
        self.write("BUILD.spec", 'pypi_requirements(name = "py", '
                                 f'requirements = [{line}, {line}])\n')
        result = self.graph("build", "//:py", code=EXIT_USAGE)
        self.assertIn("has one twice", result.err)

    def test_the_file_of_pip_and_a_second_index(self):
        first = self.serve(only="two-words")
        (self.home / ".config" / "pip").mkdir(parents=True)
        (self.home / ".config" / "pip" / "pip.conf").write_text(
            f"[global]\nindex-url = {first.url}/simple/\n"
            f"extra-index-url = {self.index.url}/simple/\n")
        self.settings = {}
        self.declare()
        env = self.environment()
        del env["PIP_CONFIG_FILE"]
        self.graph("build", "//:x", code=EXIT_DONE, env=env)
        self.assertEqual(first.requests, ["/simple/one/"])
        self.assertEqual(len(self.index.requests), 2)

    def test_the_public_index_by_way_of_a_mirror(self):
        self.settings = {"GRAPH_MIRROR":
                         f"https://pypi.org/ {self.index.url}/, "
                         f"https://files.pythonhosted.org/ {self.index.url}/"}
        page = self.index.files["/simple/one/"][1].decode()
        self.index.files["/simple/one/"] = JSON, page.replace(
            self.index.url, "https://files.pythonhosted.org").encode()
        self.declare()
        self.build("//:x")
        self.assertEqual(len(self.index.requests), 2)

    def test_a_login_in_the_url(self):
        index = self.serve(login=basic("me", "se/cret"))
        self.settings["PIP_INDEX_URL"] = (
            f"http://me:se%2Fcret@{index.host}/simple/")
        self.declare()
        self.build("//:x")
        index.login = basic("me", "other")
        self.declare(version="1.1")
        err = self.failure()
        self.assertIn("401", err)
        self.assertNotIn("cret", err)

    def test_a_missing_digest_is_told(self):
        self.declare(digest="")
        self.assertIn(
            f'sha256 = "{sha256(self.files["one-1.0-py3-none-any.whl"])}"',
            self.failure())

    def test_an_index_with_other_bytes_is_told(self):
        self.declare(digest="0" * 64)
        err = self.failure()
        self.assertIn(sha256(self.files["one-1.0-py3-none-any.whl"]), err)
        self.assertIn("0" * 64, err)
        self.assertEqual(self.index.requests, ["/simple/one/"])

    def test_an_index_that_lies_is_found_out(self):
        self.declare()
        self.index.files["/files/one-1.0-py3-none-any.whl"] = b"other"
        self.assertIn(sha256(b"other"), self.failure())
        self.assertFalse(self.output("x").exists())

    def test_what_is_not_there_is_told_with_what_is(self):
        self.declare(version="1.1", digest="0" * 64,
                     more=', tag = "cp311-cp311-linux_armv7l"')
        err = self.failure()
        self.assertIn("has no one-1.1-cp311-cp311-linux_armv7l.whl", err)
        self.assertIn("one-1.1-py3-none-any.whl, one-1.1.tar.gz", err)
        self.declare(version="9", digest="0" * 64)
        self.assertIn("versions that it has: 1.0, 1.1", self.failure())
        self.declare("nosuch", "1.0", "0" * 64)
        self.assertIn(f"{self.index.url}/simple/ has no package nosuch",
                      self.failure())

    def test_a_file_is_of_its_package(self):
        self.declare(more=', file = "two-1.0.tar.gz"')
        self.assertIn("which is not of one 1.0", self.failure())

    def test_offline_is_said(self):
        self.declare()
        result = self.graph("build", "--offline", "//:x", code=EXIT_FAILED)
        self.assertIn("one-1.0-py3-none-any.whl was not fetched before",
                      result.err)
        self.assertEqual(self.index.requests, [])


if __name__ == "__main__":
    unittest.main()
