# SPDX-License-Identifier: Apache-2.0
"""npm packages as sources: from the public registry, and from one of ours that
answers as registries do."""
import hashlib
import io
import json
import os
import tarfile
import unittest

from file_server import FileServer, basic
from graph_test import EXIT_DONE, EXIT_FAILED, EXIT_USAGE, GraphTest

IS_NUMBER = "7b75c1057198cf97696909a9bee176c9c5e9bcb5b03bf3ecef2f484defadd51e"


class PublicRegistryTest(GraphTest):
    """A small package as it is on the registry that this machine uses."""

    def environment(self, **changes):
        known = {name: value for name, value in os.environ.items()
                 if name.lower().startswith("npm_config_")}
        return super().environment(**{**known, **changes})

    def test_a_package_is_fetched_once(self):
        self.write("BUILD.spec",
                   'npm_package(name = "is-number", version = "7.0.0", '
                   f'sha256 = "{IS_NUMBER}")\n')
        self.build("//:is-number")
        said = json.loads(self.output("is-number/package.json").read_text())
        self.assertEqual((said["name"], said["version"]),
                         ("is-number", "7.0.0"))
        self.graph("clean", code=EXIT_DONE)
        self.build("--offline", "//:is-number")

    def test_a_missing_digest_is_told(self):
        self.write("BUILD.spec",
                   'npm_package(name = "is-number", version = "7.0.0")\n')
        result = self.graph("build", "//:is-number", code=EXIT_FAILED)
        self.assertIn(f'sha256 = "{IS_NUMBER}"', result.err)


def tarball(files, top="package"):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(f"{top}/{name}")
            info.size, info.mode = len(content), 0o644
            tar.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def package(name, version, top="package", **more):
    """(name, version, the bytes of its tarball)"""
    said = {"name": name, "version": version, **more}
    return name, version, tarball(
        {"package.json": json.dumps(said).encode(),
         "index.js": f"module.exports = '{name} {version}';\n".encode(),
         "cli.js": b"#!/usr/bin/env node\n"}, top)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


class OwnRegistryTest(GraphTest):
    def setUp(self):
        super().setUp()
        self.packages = {
            (name, version): data for name, version, data in (
                package("one", "1.0.0", bin="./cli.js"),
                package("one", "2.0.0-rc.1", top="one"),
                package("@team/two", "1.2.3", bin={"two": "cli.js"}))}
        self.registry = self.serve()
        self.npmrc(f"registry = {self.registry.url}/npm/")

    def npmrc(self, *lines):
        (self.home / ".npmrc").write_text("\n".join(lines) + "\n")

    def environment(self, **changes):
        return super().environment(**{
            "NPM_CONFIG_GLOBALCONFIG": self.top / "none", **changes})

    def serve(self, login=None, tarballs=None):
        """A registry below /npm/ that has all packages; their tarballs are at
        `tarballs` instead, if that is said."""
        server = FileServer(self, {}, login)
        base = tarballs or f"{server.url}/npm/"
        for (name, version), data in self.packages.items():
            path = f"{name}/-/{name.split('/')[-1]}-{version}.tgz"
            server.files[f"/npm/{path}"] = data
            page = f"/npm/{name.replace('/', '%2f')}"
            document = json.loads(server.files.get(page, b'{"versions": {}}'))
            document["name"] = name
            document["dist-tags"] = {"latest": version}
            document["versions"][version] = {
                "name": name, "version": version,
                "dist": {"tarball": base + path}}
            server.files[page] = json.dumps(document).encode()
        return server

    def declare(self, name="one", version="1.0.0", digest=None):
        if digest is None:
            digest = sha256(self.packages[name, version])
        self.write("BUILD.spec",
                   f'npm_package(name = "x", package = "{name}", version = '
                   f'"{version}", sha256 = "{digest}")\n')

    def failure(self, **options):
        return self.graph("build", "//:x", code=EXIT_FAILED, **options).err

    def test_programs_can_be_run_and_other_files_not(self):
        self.declare()
        self.build("//:x")
        self.assertTrue(os.access(self.output("x/cli.js"), os.X_OK))
        self.assertFalse(self.output("x/index.js").stat().st_mode & 0o111)
        self.assertIn("vnd.npm.install-v1",
                      self.registry.headers[0]["Accept"])

    def test_the_folder_of_the_tarball_has_any_name(self):
        self.declare(version="2.0.0-rc.1")
        self.build("//:x")
        self.assertTrue(self.output("x/package.json").exists())

    def test_packages_side_by_side_are_node_modules(self):
        lines = "".join(
            f'("{name}", "{version}", "{sha256(data)}"), '
            for (name, version), data in self.packages.items()
            if version != "2.0.0-rc.1")
        self.write("js/BUILD.spec",
                   f'npm_packages(name = "deps", packages = [{lines}])\n')
        self.build("//js:deps")
        modules = self.output("js/deps/node_modules")
        self.assertTrue(os.access(modules / "@team/two/cli.js", os.X_OK))
        self.assertEqual((modules / "one/index.js").read_text(),
                         "module.exports = 'one 1.0.0';\n")
        self.assertEqual(sorted(path.name for path in modules.iterdir()),
                         ["@team", "one"])
        self.build("//js:deps/@team/two")

    def test_a_package_stands_once_in_node_modules(self):
        self.write("BUILD.spec", 'npm_packages(name = "deps", packages = ['
                   '("one", "1.0.0", ""), ("one", "2.0.0-rc.1", "")])\n')
        result = self.graph("build", "//:deps", code=EXIT_USAGE)
        self.assertIn("has one twice", result.err)

    def test_the_key_knows_no_registry(self):
        self.declare()
        keys = []
        for number, registry in enumerate((self.registry, self.serve())):
            result = self.graph("build", "//:x", code=EXIT_DONE,
                                env=self.environment(
                                    XDG_CACHE_HOME=self.top / str(number),
                                    npm_config_registry=registry.url + "/npm"))
            self.assertEqual(len(registry.requests), 2)
            keys += [event["key"] for event in result.events
                     if event["event"] == "action"]
        self.assertEqual(keys[0], keys[1])

    def test_a_scope_has_a_registry_and_a_login_of_its_own(self):
        own = self.serve(login="Bearer tok-en")
        self.npmrc(f"registry = {self.registry.url}/npm/",
                   f"@team:registry = {own.url}/npm/",
                   f"//{own.host}/npm/:_authToken = ${{TEAM_TOKEN}}")
        self.declare("@team/two", "1.2.3")
        result = self.graph("build", "//:x", code=EXIT_DONE,
                            env=self.environment(TEAM_TOKEN="tok-en"))
        self.assertNotIn("tok-en", result.err)
        self.assertEqual(self.registry.requests, [])
        self.assertEqual(len(own.requests), 2)
        for path in self.cache.rglob("*"):
            if path.is_file():
                self.assertNotIn(b"tok-en", path.read_bytes(), path)

    def test_a_login_with_a_password(self):
        own = self.serve(login=basic("me", "secret"))
        self.npmrc(f"registry = {own.url}/npm/",
                   f"//{own.host}/npm/:username = me",
                   f"//{own.host}/npm/:_password = c2VjcmV0")
        self.declare()
        self.build("//:x")

    def test_a_login_is_for_its_place_alone(self):
        other = self.serve()
        own = self.serve(login="Bearer t", tarballs=f"{other.url}/npm/")
        self.npmrc(f"registry = {own.url}/npm/",
                   f"//{own.host}/npm/:_authToken = t")
        self.declare()
        self.build("//:x")
        self.assertEqual(len(other.requests), 1)
        self.assertIsNone(other.headers[0]["Authorization"])

    def test_where_a_login_is_wanted_it_is_said(self):
        own = self.serve(login="Bearer t")
        self.npmrc(f"registry = {own.url}/npm/")
        self.declare()
        err = self.failure()
        self.assertIn(f"{own.url}/npm/ does not let us read one", err)
        self.assertIn("npm login --registry=", err)

    def test_a_mirror_of_the_public_registry_has_the_tarballs_too(self):
        mirror = self.serve(tarballs="https://registry.npmjs.org/")
        self.npmrc(f"registry = {mirror.url}/npm/")
        self.declare()
        self.build("//:x")
        self.assertEqual(mirror.requests[-1], "/npm/one/-/one-1.0.0.tgz")

    def test_the_public_registry_by_way_of_graphs_own_mirror(self):
        server = self.serve(tarballs="https://registry.npmjs.org/")
        self.npmrc()
        self.declare()
        self.graph("build", "//:x", code=EXIT_DONE, env=self.environment(
            GRAPH_MIRROR=f"https://registry.npmjs.org/ {server.url}/npm/"))
        self.assertEqual(len(server.requests), 2)

    def test_a_version_that_is_not_there_is_told_with_what_is(self):
        self.declare(version="9.9.9", digest="0" * 64)
        err = self.failure()
        self.assertIn("has no version 9.9.9 of one, but 2 others", err)
        self.assertIn("2.0.0-rc.1 (latest)", err)

    def test_a_package_that_is_not_there_is_told(self):
        self.declare("nosuch", "1.0.0", "0" * 64)
        self.assertIn(f"{self.registry.url}/npm/ has no package nosuch",
                      self.failure())

    def test_other_bytes_are_refused(self):
        self.declare()
        self.registry.files["/npm/one/-/one-1.0.0.tgz"] = tarball({})
        err = self.failure()
        self.assertIn(sha256(self.packages["one", "1.0.0"]), err)
        self.assertFalse(self.output("x").exists())

    def test_what_is_no_registry_is_told(self):
        self.declare()
        self.registry.files["/npm/one"] = b"<html>log in</html>"
        self.assertIn("is it an npm registry?", self.failure())

    def test_what_is_no_package_is_told(self):
        self.packages["one", "1.0.0"] = tarball({"a.js": b""})
        self.npmrc(f"registry = {self.serve().url}/npm/")
        self.declare()
        self.assertIn("it has no package.json: is it an npm package?; "
                      "npm package one 1.0.0", self.failure())

    def test_offline_is_said(self):
        self.declare()
        result = self.graph("build", "--offline", "//:x", code=EXIT_FAILED)
        self.assertIn("npm package one 1.0.0 was not fetched before",
                      result.err)
        self.assertIn("offline", result.err)
        self.assertEqual(self.registry.requests, [])


if __name__ == "__main__":
    unittest.main()
