# SPDX-License-Identifier: Apache-2.0
"""Images as sources: pulled by digest from a real registry."""
import base64
import hashlib
import json
import pathlib
import shutil
import tempfile
import unittest

from graph_test import EXIT_DONE, EXIT_FAILED, EXIT_USAGE, GraphTest
from image_registry import (MANIFEST, Layout, Registry, TokenServer, htpasswd,
                            skopeo)

BASE = {"etc/name": b"base\n"}
TOP = {"usr/share/top": b"top\n" * 1000}


class RegistryTest(GraphTest):
    @classmethod
    def setUpClass(cls):
        """Fills a registry, of which each test gets a copy."""
        super().setUpClass()
        top = pathlib.Path(tempfile.mkdtemp(prefix="graph-e2e-"))
        cls.addClassCleanup(shutil.rmtree, top)
        layout = Layout(top / "one")
        cls.digest = layout.close(layout.image([BASE, TOP]))
        manifest = (top / "one/blobs/sha256" /
                    cls.digest.split(":")[1]).read_text()
        cls.layers = json.loads(manifest)["layers"]
        layout = Layout(top / "several")
        cls.images = [
            layout.image([BASE, {"arch": name.encode()}], *name.split("/"))
            for name in ("amd64", "arm64/v8", "arm/v6", "arm/v7")]
        cls.index = layout.close(layout.index(cls.images))
        cls.filled = top / "registry"
        registry = Registry(cls.filled)
        try:
            registry.push(top / "one", "team/one:1")
            registry.push(top / "several", "team/several:1")
            registry.push(top / "one", "team/docker:1", "--format=v2s2")
            raw = skopeo("inspect", "--raw", "--tls-verify=false",
                         f"docker://{registry.host}/team/docker:1")
        finally:
            registry.stop()
        cls.docker_digest = f"sha256:{hashlib.sha256(raw.encode()).hexdigest()}"

    def setUp(self):
        super().setUp()
        self.store = self.top / "registry"
        shutil.copytree(self.filled, self.store)

    def registry(self, auth=None):
        registry = Registry(self.store, auth)
        self.addCleanup(registry.stop)
        return registry

    def pull(self, registry, name="team/one", digest=None, more=""):
        self.write("BUILD.spec",
                   f'oci_pull(name = "image", image = "{registry.host}/{name}", '
                   f'digest = "{digest or self.digest}"{more})\n')
        return self.graph("build", "//:image")

    def pulled(self, *args, **options):
        """The manifest of what was pulled, every blob of it held against its
        descriptor."""
        result = self.pull(*args, **options)
        self.assertEqual(result.code, EXIT_DONE, result.err)
        folder = self.output("image")
        self.assertEqual(json.loads((folder / "oci-layout").read_text()),
                         {"imageLayoutVersion": "1.0.0"})
        index = json.loads((folder / "index.json").read_text())
        self.assertEqual(index["schemaVersion"], 2)
        [descriptor] = index["manifests"]
        manifest = json.loads(self.blob(descriptor))
        self.assertEqual(manifest["mediaType"], descriptor["mediaType"])
        named = {descriptor["digest"]}
        for blob in (manifest["config"], *manifest["layers"]):
            self.blob(blob)
            named.add(blob["digest"])
        there = {f"sha256:{path.name}"
                 for path in (folder / "blobs/sha256").iterdir()}
        self.assertEqual(there, named)
        skopeo("inspect", f"oci:{folder}")
        return descriptor

    def blob(self, descriptor):
        data = self.output("image/blobs/sha256/" +
                           descriptor["digest"].split(":")[1]).read_bytes()
        self.assertEqual(f"sha256:{hashlib.sha256(data).hexdigest()}",
                         descriptor["digest"])
        self.assertEqual(len(data), descriptor["size"])
        return data

    def login(self, registry, user="ann", password="s3cret"):
        auth = base64.b64encode(f"{user}:{password}".encode()).decode()
        config = self.home / ".docker" / "config.json"
        config.parent.mkdir(exist_ok=True)
        config.write_text(json.dumps({"auths": {registry.host: {"auth": auth}}}))
        return auth

    def assert_secret(self, *secrets):
        """Nothing of a login is kept anywhere."""
        for top in (self.workspace, self.cache):
            for path in top.rglob("*"):
                if not path.is_file():
                    continue
                data = path.read_bytes()
                for secret in secrets:
                    self.assertNotIn(secret.encode(), data, path)

    # --- what is pulled ------------------------------------------------------

    def test_an_image_is_pulled_as_it_is(self):
        descriptor = self.pulled(self.registry())
        self.assertEqual(descriptor["digest"], self.digest)
        self.assertEqual(descriptor["mediaType"], MANIFEST)

    def test_an_image_in_docker_format_stays_so(self):
        descriptor = self.pulled(self.registry(), "team/docker",
                                 self.docker_digest)
        self.assertEqual(descriptor["digest"], self.docker_digest)
        self.assertEqual(descriptor["mediaType"],
                         "application/vnd.docker.distribution.manifest.v2+json")

    def test_the_platform_chooses_of_an_index(self):
        registry = self.registry()
        for platform, number in (("linux/amd64", 0), ("linux/arm64", 1),
                                 ("linux/arm64/v8", 1), ("linux/arm/v6", 2),
                                 ("linux/arm/v7", 3)):
            with self.subTest(platform):
                descriptor = self.pulled(registry, "team/several", self.index,
                                         f', platform = "{platform}"')
                self.assertEqual(descriptor["digest"],
                                 self.images[number]["digest"])

    def test_an_index_without_a_platform_is_told_with_what_it_has(self):
        result = self.pull(self.registry(), "team/several", self.index)
        self.assertEqual(result.code, EXIT_FAILED)
        self.assertIn("`platform` must say", result.err)
        self.assertIn("linux/amd64, linux/arm64/v8, linux/arm/v6, linux/arm/v7",
                      result.err)

    def test_a_platform_that_no_image_is_for_is_told(self):
        registry = self.registry()
        for platform in ("linux/riscv64", "linux/arm"):
            result = self.pull(registry, "team/several", self.index,
                               f', platform = "{platform}"')
            self.assertEqual(result.code, EXIT_FAILED)
            self.assertIn(f"exactly one image for {platform}; it has linux/amd64",
                          result.err)
        result = self.pull(registry, more=', platform = "linux/arm64"')
        self.assertEqual(result.code, EXIT_FAILED)
        self.assertIn("an image for linux/amd64, and not for linux/arm64",
                      result.err)

    def test_nothing_is_pulled_twice(self):
        registry = self.registry()
        self.pulled(registry)
        before = registry.requests()
        self.assertEqual(len(before), 5)  # /v2/ of ours, and four blobs.
        # Another image: of its two layers one is known, also that its manifest
        # and configuration are other ones.
        self.pulled(registry, "team/several", self.images[0]["digest"])
        self.assertEqual(len(registry.requests()) - len(before), 3)
        self.graph("clean", code=EXIT_DONE)
        self.write("BUILD.spec", self.read("BUILD.spec").replace(
            '"image"', '"again"'))
        self.graph("build", "//:again", "--offline", code=EXIT_DONE)
        self.assertEqual(len(registry.requests()) - len(before), 3)

    def test_offline_is_said(self):
        registry = self.registry()
        self.pull(registry, digest="sha256:" + "0" * 64)
        before = len(registry.requests())
        self.write("BUILD.spec", self.read("BUILD.spec").replace(
            "0" * 64, self.digest.split(":")[1]))
        result = self.graph("build", "//:image", "--offline", code=EXIT_FAILED)
        self.assertIn("offline", result.err)
        self.assertEqual(len(registry.requests()), before)

    def test_what_the_registry_has_not_is_told(self):
        registry = self.registry()
        for name, digest in (("team/one", "sha256:" + "0" * 64),
                             ("team/nosuch", self.digest)):
            result = self.pull(registry, name, digest)
            self.assertEqual(result.code, EXIT_FAILED)
            self.assertIn(f"{registry.host}/{name} has no image with the digest "
                          f"{digest}", result.err)

    def test_damage_in_the_registry_gets_no_further(self):
        hexadecimal = self.layers[1]["digest"].split(":")[1]
        [path] = self.store.rglob(f"blobs/sha256/??/{hexadecimal}/data")
        data = path.read_bytes()
        path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
        result = self.pull(self.registry())
        self.assertEqual(result.code, EXIT_FAILED)
        self.assertIn(hexadecimal, result.err)
        self.assertFalse(self.output("image").exists())

    def test_mistakes_are_told_at_the_rule(self):
        for image, why in (("team/one", "by its host name"),
                           ("r.test/one:1", "takes no tag"),
                           ("r.test/one@sha256:00", "takes no digest")):
            self.write("BUILD.spec", f'oci_pull(name = "image", image = '
                                     f'"{image}", digest = "{self.digest}")\n')
            result = self.graph("build", "//:image", code=EXIT_USAGE)
            self.assertIn(why, result.err)
        self.write("BUILD.spec", 'oci_pull(name = "image", image = "r.test/x", '
                                 'tag = "1", digest = "1")\n')
        result = self.graph("build", "//:image", code=EXIT_USAGE)
        self.assertIn("a tag would not say which image", result.err)

    # --- logins --------------------------------------------------------------

    def test_a_registry_with_passwords(self):
        registry = self.registry(htpasswd(self.top, "ann", "s3cret"))
        result = self.pull(registry)
        self.assertEqual(result.code, EXIT_FAILED)
        self.assertIn("does not let us read team/one (HTTP 401)", result.err)
        self.assertIn(f"there is no login in {self.home}/.docker/config.json",
                      result.err)
        wrong = self.login(registry, password="wr0ngone")
        result = self.pull(registry)
        self.assertEqual(result.code, EXIT_FAILED)
        self.assertIn("is old or has no right", result.err)
        self.assertNotIn("wr0ngone", result.err)
        auth = self.login(registry)
        self.pulled(registry)
        self.assert_secret("s3cret", "wr0ngone", auth, wrong)

    def test_a_registry_with_tokens_for_everybody(self):
        tokens = TokenServer(self.top)
        self.addCleanup(tokens.stop)
        self.pulled(self.registry(tokens.auth()))
        self.assertEqual(tokens.asked, [({
            "service": "test registry",
            "scope": "repository:team/one:pull"}, "")])

    def test_a_registry_with_tokens_for_those_with_a_login(self):
        tokens = TokenServer(self.top, {"ann": "s3cret"})
        self.addCleanup(tokens.stop)
        registry = self.registry(tokens.auth())
        result = self.pull(registry)
        self.assertEqual(result.code, EXIT_FAILED)
        self.assertIn("there is no login in", result.err)
        auth = self.login(registry)
        self.pulled(registry)
        self.assertEqual(tokens.asked[-1][1], f"Basic {auth}")
        self.assert_secret("s3cret", auth, "Bearer ey")

    def test_a_login_of_a_helper(self):
        registry = self.registry(htpasswd(self.top, "ann", "s3cret"))
        helper = self.top / "tools" / "docker-credential-test"
        helper.parent.mkdir()
        helper.write_text("#!/bin/sh\nread -r host\n"
                          f'[ "$1 $host" = "get {registry.host}" ] || exit 1\n'
                          """echo '{"Username": "ann", "Secret": "s3cret"}'\n""")
        config = self.top / "docker"
        config.mkdir()
        path = f"{helper.parent}:{self.environment()['PATH']}"
        for key, value in (("credHelpers", {registry.host: "test"}),
                           ("credsStore", "test")):
            (config / "config.json").write_text(json.dumps({key: value}))
            self.environment_changes = {"DOCKER_CONFIG": config,
                                        "XDG_CACHE_HOME": self.top / key}
            result = self.pull(registry)
            self.assertEqual(result.code, EXIT_FAILED)
            self.assertIn("docker-credential-test", result.err)
            helper.chmod(0o755)
            self.environment_changes["PATH"] = path
            self.pulled(registry)
            helper.chmod(0o644)
            self.graph("clean", code=EXIT_DONE)

    environment_changes = {}

    def environment(self, **changes):
        return super().environment(**{**self.environment_changes, **changes})


if __name__ == "__main__":
    unittest.main()
