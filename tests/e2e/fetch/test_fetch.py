# SPDX-License-Identifier: Apache-2.0
"""`graph fetch`: all that comes from outside, and nothing else; what was
fetched builds without a network, whatever was built before."""
import hashlib
import io
import json
import shutil
import subprocess
import tarfile
import unittest

import apt_repository
from file_server import FileServer
from graph_test import (EXIT_DONE, EXIT_FAILED, EXIT_NO_TARGET, EXIT_USAGE,
                        GraphTest)


def tarball(files):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def sha256(data):
    return hashlib.sha256(data).hexdigest()


class FetchTest(GraphTest):
    """A workspace with one source of each kind, from servers of ours."""

    def setUp(self):
        super().setUp()
        self.server = FileServer(self, {})
        self.blocks = []
        self.add_http()
        self.add_git()
        self.add_npm()
        self.add_pypi()
        self.add_debs()
        self.write("src/BUILD.spec", "".join(self.blocks))

    def environment(self, **changes):
        url = self.server.url
        known = {"npm_config_registry": f"{url}/npm/",
                 "NPM_CONFIG_GLOBALCONFIG": self.top / "none",
                 "PIP_CONFIG_FILE": "/dev/null",
                 "PIP_INDEX_URL": f"{url}/simple/"}
        if hasattr(self, "apt"):
            known["APT_CONFIG"] = self.apt
        return super().environment(**{**known, **changes})

    def add_http(self):
        data = tarball({"lib-1/a.txt": b"archive\n"})
        self.server.files["/lib.tgz"] = data
        self.server.files["/data"] = b"data\n"
        self.blocks.append(
            f'http_archive(name = "archive", url = "{self.server.url}/lib.tgz",'
            f' sha256 = "{sha256(data)}")\n'
            f'http_file(name = "file", url = "{self.server.url}/data", '
            f'sha256 = "{sha256(b"data" + bytes([10]))}")\n'
            'genrule(name = "user", srcs = [":archive", ":file"], '
            'outs = ["user.txt"], cmd = "cat $(location :file) '
            '$(location :archive)/lib-1/a.txt > $@")\n')

    def add_git(self):
        self.upstream = self.top / "upstream"
        self.upstream.mkdir()

        def git(*words):
            return subprocess.run(
                ["git", "-c", "user.name=t", "-c", "user.email=t@t", *words],
                cwd=self.upstream, check=True, capture_output=True, text=True,
                env=self.environment()).stdout.strip()
        git("init", "-q", "-b", "main", ".")
        (self.upstream / "a.txt").write_text("git\n")
        git("add", ".")
        git("commit", "-qm", "one")
        (self.home / ".gitconfig").write_text("[safe]\n\tdirectory = *\n")
        self.blocks.append(
            f'git_source(name = "git", remote = "file://{self.upstream}", '
            f'commit = "{git("rev-parse", "HEAD")}")\n')

    def add_npm(self):
        data = tarball({"package/package.json": b"{}"})
        path = "one/-/one-1.0.0.tgz"
        self.server.files[f"/npm/{path}"] = data
        self.server.files["/npm/one"] = json.dumps({"versions": {"1.0.0": {
            "dist": {"tarball": f"{self.server.url}/npm/{path}"}}}}).encode()
        self.blocks.append(
            'npm_package(name = "npm", package = "one", version = "1.0.0", '
            f'sha256 = "{sha256(data)}")\n')

    def add_pypi(self):
        data = tarball({"one-1.0/PKG-INFO": b""})
        self.server.files["/one-1.0.tar.gz"] = data
        self.server.files["/simple/one/"] = (
            "text/html", b'<a href="/one-1.0.tar.gz">one-1.0.tar.gz</a>')
        self.blocks.append(
            'pypi_package(name = "pypi", package = "one", version = "1.0", '
            f'file = "one-1.0.tar.gz", sha256 = "{sha256(data)}")\n')

    def add_debs(self):
        """A .deb file and a source package, in a repository of one folder."""
        self.repository = self.top / "repo"
        root = self.top / "root"
        (root / "DEBIAN").mkdir(parents=True)
        self.repository.mkdir()
        (root / "DEBIAN/control").write_text(
            "Package: x\nVersion: 1.0\nArchitecture: all\n"
            "Maintainer: T <t@t.invalid>\nDescription: test\n")
        deb = self.repository / "x_1.0_all.deb"
        subprocess.run(["dpkg-deb", "--root-owner-group", "--build", root, deb],
                       check=True, capture_output=True)
        source = tarball({"x-1.0/a.c": b"source\n",
                          "x-1.0/debian/control": b"Source: x\n"})
        (self.repository / "x_1.0.tar.gz").write_bytes(source)
        dsc = (f"Format: 3.0 (native)\nSource: x\nVersion: 1.0\n"
               f"Checksums-Sha256:\n {sha256(source)} {len(source)} "
               f"x_1.0.tar.gz\nFiles:\n {hashlib.md5(source).hexdigest()} "
               f"{len(source)} x_1.0.tar.gz\n").encode()
        (self.repository / "x_1.0.dsc").write_bytes(dsc)
        (self.repository / "Packages").write_text(subprocess.run(
            ["dpkg-scanpackages", "."], cwd=self.repository, check=True,
            capture_output=True, text=True).stdout)
        self.apt = apt_repository.configure(
            self.top / "apt", f"deb [trusted=yes] copy:{self.repository} ./")
        self.blocks.append(
            'deb_package(name = "deb", package = "x", version = "1.0", '
            f'sha256 = "{sha256(deb.read_bytes())}")\n'
            'deb_source(name = "source", package = "x", version = "1.0", '
            f'sha256 = "{sha256(dsc)}")\n')

    def cut_the_network(self):
        self.server.files.clear()
        self.server.requests.clear()
        shutil.rmtree(self.repository)
        shutil.rmtree(self.upstream)

    def forget(self, keys):
        """Spoils the checksums of what the action cache has under the keys: it
        takes such entries for torn, and has none."""
        [index] = self.cache.rglob("store/index")
        data = bytearray(index.read_bytes())
        for key in keys:
            record = b"a" + bytes.fromhex(key.split("/")[0])
            at = data.find(record)
            self.assertGreaterEqual(at, 0)
            while at >= 0:
                data[at + len(record)] ^= 0xff
                at = data.find(record, at + 1)
        index.write_bytes(data)

    def test_what_was_fetched_builds_with_a_cold_action_cache(self):
        log = self.top / "events"
        result = self.graph("fetch", f"--events={log}", "//...", code=EXIT_DONE)
        self.assertIn("7 sources: 7 fetched, 0 here already", result.err)
        events = map(json.loads, log.read_text().splitlines())
        keys = [event["key"] for event in events if event["event"] == "action"]
        self.assertEqual(len(keys), 7)
        self.assertFalse(self.output("src/user.txt").exists())
        result = self.graph("fetch", "--offline", "//...", code=EXIT_DONE)
        self.assertIn("7 sources: 0 fetched, 7 here already", result.err)
        self.cut_the_network()
        self.forget(keys)
        result = self.build("--offline", "//...")
        self.assertEqual(result.actions["cached_local"], 0)
        self.assertEqual(self.output("src/user.txt").read_text(),
                         "data\narchive\n")
        self.assertEqual(self.output("src/source/a.c").read_text(), "source\n")
        self.assertEqual(self.output("src/git/a.txt").read_text(), "git\n")
        self.assertEqual(self.server.requests, [])

    def test_only_what_the_patterns_need_is_fetched(self):
        result = self.graph("fetch", "//src:user", code=EXIT_DONE)
        self.assertIn("2 sources: 2 fetched", result.err)
        self.assertEqual(sorted(self.server.requests), ["/data", "/lib.tgz"])
        result = self.graph("fetch", "//src:all", code=EXIT_DONE)
        self.assertIn("7 sources: 5 fetched, 2 here already", result.err)

    def test_what_tests_need_is_fetched_too(self):
        self.write("t/BUILD.spec",
                   'sh_test(name = "t", srcs = ["t.sh"], '
                   'data = ["//src:file"])\n')
        self.write("src/BUILD.spec",
                   'package(default_visibility = ["//visibility:public"])\n' +
                   "".join(self.blocks))
        self.write("t/t.sh", "grep -q data src/file\n")
        result = self.graph("fetch", "//t", code=EXIT_DONE)
        self.assertIn("1 source: 1 fetched", result.err)

    def test_without_sources_it_says_so(self):
        self.write("no/BUILD.spec", 'filegroup(name = "no")\n')
        result = self.graph("fetch", "//no", code=EXIT_DONE)
        self.assertIn("no source comes from outside", result.err)

    def test_what_cannot_be_had_is_told_and_the_rest_comes(self):
        del self.server.files["/data"]
        result = self.graph("fetch", "//...", code=EXIT_FAILED)
        self.assertIn("FetchHttp //src:file", result.err)
        self.assertIn("404", result.err)
        result = self.graph("fetch", "--offline", "//...", code=EXIT_FAILED)
        self.assertIn("/data was not fetched before, and we are offline",
                      result.err)
        self.assertNotIn("//src:archive", result.err)

    def test_offline_it_tells_all_that_is_missing(self):
        result = self.graph("fetch", "--offline", "//...", code=EXIT_FAILED)
        for name in ("archive", "deb", "file", "git", "npm", "pypi", "source"):
            self.assertRegex(result.err, f"//src:{name}\\b")
        self.assertEqual(self.server.requests, [])

    def test_a_mistake_is_the_users(self):
        self.graph("fetch", "//nowhere", code=EXIT_NO_TARGET)
        self.write("bad/BUILD.spec", "nonsense(\n")
        self.graph("fetch", "//bad", code=EXIT_USAGE)


if __name__ == "__main__":
    unittest.main()
