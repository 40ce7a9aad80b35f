# SPDX-License-Identifier: Apache-2.0
"""Root filesystems of real Debian packages: unpacked and configured without
root, complete, and the same bytes for everybody."""
import hashlib
import io
import tarfile
import unittest

import debian_packages
from elsewhere import build_elsewhere
from graph_test import EXIT_FAILED, GraphTest
from oci_layout import Layout, run_in_crun

BUILD = '''\
load("@rules//image:defs.spec", "image", "rootfs")
rootfs(name = "root", packages = [":debs"])
rootfs(
    name = "small",
    packages = [":debs/libc6", ":debs/libgcc-s1", ":debs/gcc-12-base"],
    configure = False,
)
rootfs(name = "incomplete", packages = [":debs/dash", ":debs/libc6"])
image(name = "image", base = ":root", cmd = ["/bin/sh"])
'''


class ImageRootfsTest(GraphTest):
    def setUp(self):
        super().setUp()
        self.packages = debian_packages.closure(("passwd",), base="essential")
        self.fill(self.workspace)

    def fill(self, workspace):
        (workspace / "debian").mkdir()
        (workspace / "debian/BUILD.spec").write_text(
            BUILD.replace("\n", "\n" + debian_packages.build_spec(
                "debs", self.packages), 1))

    def member(self, tar, path):
        with tarfile.open(fileobj=io.BytesIO(tar)) as layer:
            return layer.extractfile(path).read().decode()

    def test_all_packages_are_installed(self):
        self.build("//debian:image", timeout=800)
        layout = Layout(self.output("debian/image"))
        unpacked, configured = layout.layers()
        status = self.member(configured, "var/lib/dpkg/status")
        self.assertEqual(status.count("\nStatus: install ok installed\n"),
                         len(self.packages))
        self.assertEqual(status.count("Status:"), len(self.packages))
        self.assertIn("root:x:0:0:", self.member(configured, "etc/passwd"))
        # As the packages have them, and as nobody else could make them.
        lower = layout.listing(0)
        self.assertIn("- 4755 0:0 usr/bin/passwd", lower)
        self.assertIn("- 2755 0:42 usr/bin/chage", lower)
        self.assertIn("l 0777 0:0 bin -> usr/bin", lower)
        # What is installed over the same bytes is no change.
        upper = layout.listing()
        self.assertNotIn("usr/bin/dpkg", " ".join(upper))
        for name in ["policy-rc.d", "dpkg.log", "passwd-", "aux-cache",
                     "status-old", "machine-id"]:
            self.assertFalse([line for line in upper if line.endswith(name)])
        self.assert_it_works()

    def assert_it_works(self):
        self.assertEqual(
            run_in_crun(self.output("debian/image"), args=[
                "/bin/sh", "-c", "id -un; dpkg --audit; perl -e 'print 6 * 7'"]),
            (0, "root\n42"))

    def test_without_configuration_any_packages_will_do(self):
        self.build("//debian:small")
        with tarfile.open(self.output("debian/small.unpacked.tar")) as layer:
            names = layer.getnames()
        self.assertIn("usr/lib/x86_64-linux-gnu/libc.so.6", names)
        self.assertIn("lib64", names)
        self.assertFalse(self.output("debian/small.configured.tar").exists())

    def test_what_is_missing_is_named(self):
        result = self.graph("build", "//debian:incomplete", code=EXIT_FAILED)
        self.assertIn("there is no dpkg among the packages", result.err)

    def test_bytes_are_equal_for_everybody(self):
        other = build_elsewhere(self, self.top / "another folder", self.fill,
                                ["//debian:root"], timeout=800)
        self.build("//debian:root", timeout=800)
        for name in ["root.unpacked.tar", "root.configured.tar"]:
            digests = {
                hashlib.sha256((workspace / "graph-out/debian" / name)
                               .read_bytes()).hexdigest()
                for workspace in [self.workspace, other]}
            self.assertEqual(len(digests), 1, name)


if __name__ == "__main__":
    unittest.main()
