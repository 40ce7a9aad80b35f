# SPDX-License-Identifier: Apache-2.0
"""Debian packages as sources: from wherever this machine's apt gets them, and
from a repository made here, which says what apt is asked."""
import hashlib
import http.server
import os
import subprocess
import threading
import unittest
import urllib.parse

import apt_repository
import debian_packages
from graph_test import EXIT_DONE, EXIT_FAILED, EXIT_USAGE, GraphTest


class RealAptTest(GraphTest):
    """Two packages as they are on the mirror of this machine."""

    def setUp(self):
        super().setUp()
        self.packages = debian_packages.closure(["hostname", "sed"], base=None)
        self.packages = [package for package in self.packages
                         if package.name in ("hostname", "sed")]
        self.assertEqual(len(self.packages), 2)

    def test_a_group_of_packages_is_fetched_once(self):
        self.write("base/BUILD.spec",
                   debian_packages.build_spec("debs", self.packages))
        self.build("//base:debs")
        for package in self.packages:
            path = self.output(f"base/debs/{package.name}.deb")
            self.assertEqual(hashlib.sha256(path.read_bytes()).hexdigest(),
                             package.sha256)
            said = subprocess.run(
                ["dpkg-deb", "--field", path, "Package", "Version"],
                check=True, capture_output=True, text=True).stdout
            self.assertEqual(said, f"Package: {package.name}\n"
                                   f"Version: {package.version}\n")
        self.graph("clean", code=EXIT_DONE)
        self.build("--offline", "//base:debs")

    def test_a_missing_digest_is_told(self):
        package = self.packages[0]
        self.write("BUILD.spec", f'deb_package(name = "{package.name}", '
                                 f'version = "{package.version}")\n')
        result = self.graph("build", f"//:{package.name}", code=EXIT_FAILED)
        self.assertIn(f'sha256 = "{package.sha256}"', result.err)


    def test_the_closure_of_a_root_filesystem_is_whole(self):
        packages = debian_packages.closure(["python3-minimal"])
        names = {package.name for package in packages}
        self.assertEqual(len(names), len(packages))
        self.assertLessEqual({"python3-minimal", "base-files", "dpkg", "libc6",
                              *debian_packages.base_names()}, names)
        for package in packages:
            self.assertRegex(package.sha256, "^[0-9a-f]{64}$")
        self.write("BUILD.spec",
                   debian_packages.build_spec("debs", packages))
        result = self.graph("query", "deps(//:debs)", code=EXIT_DONE)
        self.assertLessEqual({f"//:debs/{name}" for name in names},
                             set(result.out.split()))


class OwnRepositoryTest(GraphTest):
    """A repository of files with one package in two versions, which is all that
    apt knows: its configuration is given to graph by APT_CONFIG."""

    def setUp(self):
        super().setUp()
        self.repository = self.top / "repo+1"
        self.repository.mkdir()
        self.debs = {version: self.make_deb(version)
                     for version in ("1.0-1", "1:2.0~rc1+b1")}
        self.index()
        self.use_repository(f"copy:{self.repository}")

    def index(self):
        text = subprocess.run(
            ["dpkg-scanpackages", "--multiversion", "."], check=True,
            cwd=self.repository, capture_output=True, text=True).stdout
        (self.repository / "Packages").write_text(text)

    def make_deb(self, version, architecture="all"):
        root = self.top / f"root-{version}-{architecture}"
        (root / "DEBIAN").mkdir(parents=True)
        (root / "DEBIAN" / "control").write_text(
            f"Package: graph-test\nVersion: {version}\n"
            f"Architecture: {architecture}\n"
            "Maintainer: T <t@t.invalid>\nDescription: test\n")
        path = self.repository / (f"graph-test_{version.split(':')[-1]}_"
                                  f"{architecture}.deb")
        subprocess.run(["dpkg-deb", "--root-owner-group", "--build", root,
                        path], check=True, capture_output=True)
        return path

    def use_repository(self, uri, options=()):
        self.apt_config = apt_repository.configure(
            self.top / "apt", f"deb [trusted=yes] {uri} ./", options)

    def environment(self, **changes):
        return super().environment(**{"APT_CONFIG": self.apt_config, **changes})

    def package(self, version, sha256="", more=""):
        self.write("BUILD.spec",
                   f'deb_package(name = "graph-test", version = "{version}", '
                   f'sha256 = "{sha256}"{more})\n')

    def digest(self, version):
        return hashlib.sha256(self.debs[version].read_bytes()).hexdigest()

    def test_each_version_can_be_had(self):
        for version, path in self.debs.items():
            self.package(version, self.digest(version))
            self.build("//:graph-test")
            self.assertEqual(self.output("graph-test.deb").read_bytes(),
                             path.read_bytes())

    def test_the_key_knows_no_mirror(self):
        self.package("1.0-1", self.digest("1.0-1"))
        keys = []
        for scheme in ("copy", "file"):
            self.use_repository(f"{scheme}:{self.repository}")
            result = self.graph("build", "//:graph-test", code=EXIT_DONE,
                                env=self.environment(
                                    XDG_CACHE_HOME=self.top / scheme))
            self.assertEqual(result.actions["run"], 1)
            keys += [event["key"] for event in result.events
                     if event["event"] == "action"]
        self.assertEqual(len(keys), 2)
        self.assertEqual(keys[0], keys[1])

    def test_a_missing_digest_is_told(self):
        self.package("1.0-1")
        result = self.graph("build", "//:graph-test", code=EXIT_FAILED)
        self.assertIn(f'sha256 = "{self.digest("1.0-1")}"', result.err)

    def test_the_file_is_held_against_the_digest(self):
        self.package("1.0-1", self.digest("1.0-1"))
        self.debs["1.0-1"].write_bytes(b"other bytes")
        result = self.graph("build", "//:graph-test", code=EXIT_FAILED)
        self.assertIn(hashlib.sha256(b"other bytes").hexdigest(), result.err)
        self.assertFalse(self.output("graph-test.deb").exists())

    def test_another_package_of_the_same_version_is_told(self):
        self.package("1.0-1", "0" * 64)
        result = self.graph("build", "//:graph-test", code=EXIT_FAILED)
        self.assertIn(self.digest("1.0-1"), result.err)
        self.assertIn("0" * 64, result.err)

    def test_a_mirror_behind_the_proxy_of_apt(self):
        asked = []
        folder = self.repository

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                path = folder / urllib.parse.unquote(self.path.split("/")[-1])
                if (not self.path.startswith("http://mirror.invalid/") or
                        not path.is_file()):
                    self.send_error(404)
                    return
                self.send_response(200)
                self.send_header("Content-Length", str(path.stat().st_size))
                self.end_headers()
                self.wfile.write(path.read_bytes())

            def log_message(self, *args):
                pass

        proxy = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        self.addCleanup(proxy.server_close)
        self.addCleanup(proxy.shutdown)
        self.use_repository("http://mirror.invalid/debian", {
            "Acquire::http::Proxy":
                f"http://127.0.0.1:{proxy.server_address[1]}"})
        version = "1:2.0~rc1+b1"
        self.package(version, self.digest(version))
        self.build("//:graph-test")
        self.assertEqual(self.output("graph-test.deb").read_bytes(),
                         self.debs[version].read_bytes())
        self.assertIn("graph-test_2.0", asked[-1])
        # The mirror has moved on, and apt's lists do not know yet.
        self.package("1.0-1", self.digest("1.0-1"))
        self.debs["1.0-1"].unlink()
        result = self.graph("build", "//:graph-test", code=EXIT_FAILED)
        self.assertIn("HTTP 404", result.err)
        self.assertIn("apt's lists are older than the mirror", result.err)

    def test_a_version_that_is_gone_is_told_with_those_that_are_there(self):
        self.package("0.9-1", "0" * 64)
        result = self.graph("build", "//:graph-test", code=EXIT_FAILED)
        self.assertIn("apt has no version 0.9-1 of graph-test", result.err)
        self.assertIn("1:2.0~rc1+b1, 1.0-1", result.err)
        self.assertIn("snapshot mirror", result.err)

    def test_a_package_that_nobody_has_is_told(self):
        self.write("BUILD.spec", 'deb_package(name = "nosuch", version = "1")\n')
        result = self.graph("build", "//:nosuch", code=EXIT_FAILED)
        self.assertIn("apt has no package nosuch", result.err)
        self.assertIn("apt-get update", result.err)

    def test_an_architecture_that_the_machine_does_not_have(self):
        """Lists of it are fetched into our cache; the machine's stay, and so
        does what it does after an update of its own."""
        mark = self.top / "updated"
        self.use_repository(f"copy:{self.repository}", {
            "APT::Update::Post-Invoke::": f"touch {mark}"})
        mark.unlink()
        before = self.lists()
        path = self.make_deb("1.0-1", "riscv64")
        self.index()
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        self.package("1.0-1", digest, ', architecture = "riscv64"')
        self.build("//:graph-test")
        self.assertEqual(self.output("graph-test.deb").read_bytes(),
                         path.read_bytes())
        self.assertFalse(mark.exists())
        self.assertEqual(self.lists(), before)

        # Newer ones are asked for when ours are old.
        path = self.make_deb("1.1-1", "riscv64")
        self.index()
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        self.package("1.1-1", digest, ', architecture = "riscv64"')
        result = self.graph("build", "//:graph-test", code=EXIT_FAILED)
        self.assertIn("no version 1.1-1 of graph-test:riscv64", result.err)
        [updated] = self.cache.glob("graph/apt/*/updated")
        os.utime(updated, (0, 0))
        self.build("//:graph-test")
        self.assertEqual(self.output("graph-test.deb").read_bytes(),
                         path.read_bytes())

    def test_lists_that_cannot_be_had_are_told(self):
        (self.repository / "Packages").unlink()
        self.package("1.0-1", "0" * 64, ', architecture = "riscv64"')
        result = self.graph("build", "//:graph-test", code=EXIT_FAILED)
        self.assertIn("gets no lists of packages for riscv64", result.err)
        self.index()  # And nothing is remembered of it.
        self.package("1.0-1", self.digest("1.0-1"), ', architecture = "riscv64"')
        self.build("//:graph-test")

    def lists(self):
        return sorted((str(path), path.stat().st_mtime_ns)
                      for path in (self.top / "apt/lists").rglob("*"))

    def test_a_foreign_architecture_that_nobody_has_is_told(self):
        self.write("BUILD.spec", 'deb_package(name = "nosuch", version = "1", '
                   'architecture = "riscv64")\n')
        result = self.graph("build", "//:nosuch", code=EXIT_FAILED)
        self.assertIn("no package nosuch:riscv64", result.err)
        self.assertIn("do apt's sources have this architecture", result.err)

    def test_a_version_is_no_option_of_apt(self):
        self.package("-oDir::Etc=x", "0" * 64)
        result = self.graph("build", "//:graph-test", code=EXIT_FAILED)
        self.assertIn("`version` takes", result.err)

    def test_offline_is_said(self):
        self.package("1.0-1", self.digest("1.0-1"))
        result = self.graph("build", "--offline", "//:graph-test",
                            code=EXIT_FAILED)
        self.assertIn("graph-test 1.0-1 was not fetched before", result.err)
        self.assertIn("offline", result.err)

    def test_where_there_is_no_apt_it_is_said(self):
        self.package("1.0-1", self.digest("1.0-1"))
        tools = self.top / "tools"
        tools.mkdir()
        result = self.graph("build", "//:graph-test", code=EXIT_FAILED,
                            env=self.environment(PATH=tools))
        self.assertIn("there is no apt here", result.err)

    def test_a_package_stands_once_in_a_group(self):
        line = f'("graph-test", "1.0-1", "{self.digest("1.0-1")}")'
        self.write("BUILD.spec", 'deb_packages(name = "debs", packages = '
                                 f'[{line}, {line}])\n')
        result = self.graph("build", "//:debs", code=EXIT_USAGE)
        self.assertIn("has graph-test twice", result.err)


if __name__ == "__main__":
    unittest.main()
