# SPDX-License-Identifier: Apache-2.0
"""`graph lock` asks the world: services by their formats on the loopback, a real
image registry, and the machine's apt. Builds then read the lock alone."""
import subprocess
import tomllib

import image_registry
from graph_test import EXIT_FAILED, EXIT_USAGE, GraphTest
from upstreams import Upstreams, sha256


class LockSourcesTest(GraphTest):
    def setUp(self):
        super().setUp()
        self.world = Upstreams()
        self.addCleanup(self.world.stop)
        self.config = self.home / ".config" / "graph" / "config"
        self.config.parent.mkdir(parents=True)
        self.config.write_text(self.world.mirrors())

    def entries(self):
        lock = tomllib.loads(self.read("graph.lock"))
        return {name: entry for name, entry in lock.items()
                if isinstance(entry, dict)}

    def fields(self, name):
        return {key: value for key, value in self.entries()[name].items()
                if key not in ("request", "asked")}

    def release_python(self, *versions):
        for version in versions:
            name = f"Python-{version}.tar.xz"
            self.world.python[version] = {name: f"source {version}".encode()}

    def test_a_release_of_python_moves_and_is_built_from_the_lock(self):
        self.release_python("3.13.9", "3.14.9", "3.14.10", "3.15.0a1")
        self.write("BUILD.spec", """
python = version("python", python_org("3.14"))
http_file(name = "src", url = python.url, sha256 = python.sha256)
""")
        self.graph("lock", code=0)
        self.assertEqual(self.fields("python"), {
            "version": "3.14.10", "file": "Python-3.14.10.tar.xz",
            "url": "https://www.python.org/ftp/python/3.14.10/"
                   "Python-3.14.10.tar.xz",
            "sha256": sha256(b"source 3.14.10")})
        asked = len(self.world.requests)
        self.build("//:src")
        self.assertEqual(self.world.requests[asked:],
                         ["/ftp/3.14.10/Python-3.14.10.tar.xz"])
        self.graph("lock", "outdated", code=0)
        self.release_python("3.14.11", "3.14.12rc1")
        moved = self.graph("lock", "outdated", code=1)
        self.assertIn("3.14.10 -> 3.14.11", moved.out)
        self.graph("lock", "update", code=0)
        self.assertEqual(self.fields("python")["version"], "3.14.11")

    def test_a_service_that_fails_is_an_error_and_the_lock_stays(self):
        self.release_python("3.14.1")
        self.write("BUILD.spec", 'version("python", python_org("3.14"))\n')
        self.graph("lock", code=0)
        before = self.read("graph.lock")
        self.world.python.clear()
        for broken, said in (((), "www.python.org"),
                             (("releases",), "HTTP 503 (tried 4 times)")):
            self.world.broken.update(broken)
            failed = self.graph("lock", "update", code=EXIT_FAILED)
            self.assertIn(said, failed.out + failed.err)
            self.graph("lock", "outdated", code=EXIT_USAGE)
            self.assertEqual(self.read("graph.lock"), before)

    def test_prereleases_and_constraints(self):
        self.release_python("3.14.0", "3.15.0a1", "3.15.0rc2", "3.15.0rc10")
        self.write("BUILD.spec", """
version("stable", python_org("3"))
version("next", python_org("3.15"), prerelease = True)
version("before", python_org("3"), constraint = "<3.15,!=3.14.*")
""")
        failed = self.graph("lock", "--keep-going", code=EXIT_FAILED)
        self.assertIn("3.14.0", failed.out + failed.err)
        self.assertEqual(
            {name: entry["version"] for name, entry in self.entries().items()},
            {"stable": "3.14.0", "next": "3.15.0rc10"})

    def test_releases_of_github_page_by_page_and_within_its_limit(self):
        self.world.github["numpy/numpy"] = [
            ("v2.4.0rc1", True, {}), ("v2.3.5", False, {"n.tgz": b"2.3.5"}),
            ("v2.3.10", False, {"n.tgz": b"2.3.10"}), ("v1.26", False, {}),
            ("v2.3.9", False, {"n.tgz": b"2.3.9"})]
        self.write("BUILD.spec", """
version("asset", github_releases("numpy/numpy", asset = "n.*"))
version("source", github_releases("numpy/numpy"))
""")
        self.world.limited = True
        failed = self.graph("lock", code=EXIT_FAILED)
        self.assertIn("until 2100-01-01 00:00:00 UTC", failed.out + failed.err)
        self.assertIn("login = api.github.com", failed.out + failed.err)
        with self.config.open("a") as config:
            config.write(f"login = {self.world.host} env:TOKEN\n")
        self.graph("lock", code=0, env=self.environment(TOKEN="s3cret"))
        self.assertEqual(self.fields("asset"), {
            "version": "2.3.10", "tag": "v2.3.10", "file": "n.tgz",
            "url": "https://github.com/numpy/numpy/releases/download/v2.3.10/"
                   "n.tgz",
            "sha256": sha256(b"2.3.10")})
        self.assertEqual(self.fields("source")["sha256"],
                         sha256(b"the source of v2.3.10\n"))
        self.assertNotIn("s3cret", self.read("graph.lock"))

    def test_an_index_of_python(self):
        self.world.pypi["my-tool"] = {
            "my_tool-1.9.tar.gz": (b"1.9", False),
            "my_tool-1.10.tar.gz": (b"1.10", False),
            "my_tool-1.11.tar.gz": (b"1.11", "broken"),
            "my_tool-2.0b1.tar.gz": (b"2.0", False)}
        self.write("BUILD.spec", 'version("tool", pypi("My.Tool"))\n')
        self.graph("lock", code=0)
        self.assertEqual(self.fields("tool"), {
            "version": "1.10", "file": "my_tool-1.10.tar.gz",
            "url": "https://files.pythonhosted.org/packages/"
                   "my_tool-1.10.tar.gz",
            "sha256": sha256(b"1.10"), "requires_python": ">=3.9"})

    def test_tags_of_a_registry_and_the_image_that_is_built(self):
        registry = image_registry.Registry(self.top / "registry")
        self.addCleanup(registry.stop)
        layout = image_registry.Layout(self.top / "layout")
        digest = layout.close(layout.image([{"a": b"x"}]))
        for tag in ("12.9-slim", "12.10-slim", "13.1", "latest"):
            registry.push(layout.folder, f"team/base:{tag}")
        self.write("BUILD.spec", f"""
base = version("base", oci_tags("{registry.host}/team/base",
                                pattern = "12.*-slim"))
oci_pull(name = "image", image = "{registry.host}/team/base",
         digest = base.digest)
""")
        self.graph("lock", code=0)
        self.assertEqual(self.fields("base"), {
            "version": "12.10", "tag": "12.10-slim", "digest": digest})
        self.build("//:image")

    def test_a_package_of_the_machines_apt(self):
        known = subprocess.run(["apt-cache", "madison", "hostname"], text=True,
                               capture_output=True, check=False).stdout
        if "Packages" not in known:
            self.skipTest("apt has no lists here")
        self.write("BUILD.spec", """
h = version("hostname", deb("hostname"))
deb_package(name = "deb", package = "hostname", version = h.version,
            sha256 = h.sha256)
""")
        self.graph("lock", code=0)
        fields = self.fields("hostname")
        self.assertIn(fields["version"], known)
        self.assertTrue(fields["file"].startswith("hostname_"))
        self.build("//:deb")

    def test_a_constraint_that_is_wrong_is_shown_at_its_place(self):
        self.write("BUILD.spec", 'version("python", python_org("3.14"), '
                                 'constraint = ">=3.14,<<3.15")\n')
        failed = self.graph("lock", code=EXIT_USAGE)
        said = failed.out + failed.err
        self.assertIn("`<<` is no operator", said)
        lines = said.splitlines()
        shown = next(i for i, line in enumerate(lines)
                     if line.strip() == ">=3.14,<<3.15")
        self.assertEqual(lines[shown].index("<<"), lines[shown + 1].index("^"))
        self.assertEqual(self.world.requests, [])
