# SPDX-License-Identifier: Apache-2.0
"""Debian source packages: of the archive that this machine's apt has its
packages from, and of a repository made here, in each format there is."""
import hashlib
import os
import re
import shutil
import subprocess
import unittest

import apt_repository
from graph_test import EXIT_DONE, EXIT_FAILED, GraphTest


def run(*command, cwd):
    return subprocess.run([*map(str, command)], cwd=cwd, check=True,
                          capture_output=True, text=True).stdout


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


class DebSourceTest(GraphTest):
    def declare(self, version, digest, more="", package="x"):
        self.write("BUILD.spec",
                   f'deb_source(name = "x", package = "{package}", version = '
                   f'"{version}", sha256 = "{digest}"{more})\n')

    def failure(self, **options):
        return self.graph("build", "//:x", code=EXIT_FAILED, **options).err


class MachinesAptTest(DebSourceTest):
    """A small package, as this machine's release has it: apt need not know
    sources for that."""

    def test_a_package_of_the_release(self):
        said = subprocess.run(["apt-cache", "show", "hostname"], check=True,
                              capture_output=True, text=True).stdout
        version = re.search(r"^Version: (.*)$", said, re.M)[1]
        self.declare(version, "", package="hostname")
        digest = re.search('sha256 = "([0-9a-f]{64})"', self.failure())[1]
        self.declare(version, digest, package="hostname")
        self.build("//:x")
        self.assertTrue(self.output("x/hostname.c").exists())
        self.assertIn(f"hostname ({version})",
                      self.output("x/debian/changelog").read_text())
        self.graph("clean", code=EXIT_DONE)
        self.build("--offline", "//:x")


class OwnRepositoryTest(DebSourceTest):
    """Sources `x` of upstream 1.0, whose a.c says `upstream`; a patch of Debian
    says `patched`, a second one `patched twice`."""

    def setUp(self):
        super().setUp()
        self.repository = self.top / "repo"
        self.pool = self.repository / "pool/main/x/x"
        self.pool.mkdir(parents=True)

    def environment(self, **changes):
        known = {"APT_CONFIG": self.apt} if hasattr(self, "apt") else {}
        return super().environment(**{**known, **changes})

    def tree(self, source_format, version):
        """A folder with `debian` and without upstream's files."""
        tree = self.top / f"tree-{version}"
        debian = tree / "debian"
        (debian / "source").mkdir(parents=True)
        (debian / "source/format").write_text(source_format + "\n")
        (debian / "control").write_text(
            "Source: x\nMaintainer: T <t@t.invalid>\n\n"
            "Package: x\nArchitecture: all\nDescription: test\n")
        (debian / "changelog").write_text(
            f"x ({version}) unstable; urgency=low\n\n  * Words.\n\n"
            " -- T <t@t.invalid>  Thu, 01 Jan 2026 00:00:00 +0000\n")
        (debian / "rules").write_text("#!/usr/bin/make -f\n%:\n")
        (debian / "rules").chmod(0o755)
        return tree

    def upstream(self, tree):
        """Puts upstream's files into the tree, and its archive beside it, in a
        folder of another name than the tree's."""
        (tree / "a.c").write_text("upstream\n")
        (tree / "run.sh").write_text("#!/bin/sh\n")
        (tree / "run.sh").chmod(0o755)
        run("tar", "--create", "--gzip", "--exclude=debian",
            "--transform=s,^[.],x-upstream-1.0,",
            f"--file={self.top}/x_1.0.orig.tar.gz", ".", cwd=tree)

    def publish(self, tree):
        """Builds the source package; returns the digest of its .dsc."""
        run("dpkg-source", "--build", tree, cwd=self.top)
        for path in self.top.glob("x_*"):
            shutil.move(path, self.pool / path.name)
        [dsc] = self.pool.glob("*.dsc")
        return sha256(dsc)

    def use(self, entry="deb [trusted=yes] copy:{} stable main"):
        """Lets apt know the repository, by a list of binary packages alone."""
        lists = self.repository / "dists/stable/main/binary-all"
        lists.mkdir(parents=True, exist_ok=True)
        (lists / "Packages").write_text(
            "Package: other\nVersion: 1\nArchitecture: all\nMaintainer: T\n"
            "Filename: pool/main/o/other/other_1_all.deb\nSize: 1\n"
            f"SHA256: {'0' * 64}\n\n")
        machine = lists.parent / ("binary-" + run(
            "dpkg", "--print-architecture", cwd="/").strip())
        machine.mkdir(exist_ok=True)
        (machine / "Packages").write_text("")
        self.release()
        self.apt = apt_repository.configure(
            self.top / "apt", entry.format(self.repository))

    def release(self):
        root = self.repository / "dists/stable"
        lines = [f" {sha256(path)} {path.stat().st_size} "
                 f"{path.relative_to(root)}\n"
                 for path in sorted(root.rglob("Packages"))]
        (root / "Release").write_text(
            "Suite: stable\nComponents: main\nArchitectures: all amd64 arm64\n"
            "Date: Thu, 01 Jan 2026 00:00:00 UTC\nSHA256:\n" + "".join(lines))

    def quilt(self):
        tree = self.tree("3.0 (quilt)", "1.0-1")
        self.upstream(tree)
        patches = tree / "debian/patches"
        patches.mkdir()
        # In the order of the series, which is not that of their names.
        (patches / "series").write_text("z.patch\na.patch -p1\n")
        for name, old, new in (("z", "upstream", "patched"),
                               ("a", "patched", "patched twice")):
            (patches / f"{name}.patch").write_text(
                f"--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-{old}\n+{new}\n")
        return self.publish(tree)

    def test_a_series_of_patches_in_its_order(self):
        digest = self.quilt()
        self.use()
        self.declare("1.0-1", digest)
        self.build("//:x")
        self.assertEqual(self.output("x/a.c").read_text(), "patched twice\n")
        self.assertTrue(os.access(self.output("x/run.sh"), os.X_OK))
        self.declare("1.0-1", digest, ", patched = False")
        self.build("//:x")
        self.assertEqual(self.output("x/a.c").read_text(), "upstream\n")
        self.assertTrue(self.output("x/debian/control").exists())

    def test_one_diff_as_in_format_1(self):
        tree = self.tree("1.0", "1.0-2")
        self.upstream(tree)
        (tree / "a.c").write_text("patched\n")
        digest = self.publish(tree)
        self.use()
        self.declare("1.0-2", digest)
        self.build("//:x")
        self.assertEqual(self.output("x/a.c").read_text(), "patched\n")
        self.assertTrue(self.output("x/debian/control").exists())
        self.declare("1.0-2", digest, ", patched = False")
        self.build("//:x")
        self.assertEqual(self.output("x/a.c").read_text(), "upstream\n")
        self.assertFalse(self.output("x/debian").exists())

    def test_a_native_package_with_an_epoch(self):
        tree = self.tree("3.0 (native)", "1:5.0")
        (tree / "a.c").write_text("native\n")
        digest = self.publish(tree)
        self.use()
        self.declare("1:5.0", digest)
        self.build("//:x")
        self.assertEqual(self.output("x/a.c").read_text(), "native\n")

    def test_the_files_as_they_are_published(self):
        self.declare("1.0-1", self.quilt(), ", unpack = False")
        self.use()
        self.build("//:x")
        self.assertEqual(
            sorted(path.name for path in self.output("x").iterdir()),
            ["x_1.0-1.debian.tar.xz", "x_1.0-1.dsc", "x_1.0.orig.tar.gz"])

    def test_each_file_is_held_against_the_description(self):
        digest = self.quilt()
        self.use()
        self.declare("1.0-1", digest)
        for name in ("x_1.0.orig.tar.gz", "x_1.0-1.debian.tar.xz"):
            path = self.pool / name
            there = path.read_bytes()
            path.write_bytes(there + b"more")
            self.assertIn(sha256(path), self.failure(env=self.environment(
                XDG_CACHE_HOME=self.top / name)))
            path.write_bytes(there)
        [dsc] = self.pool.glob("*.dsc")
        dsc.write_text(dsc.read_text().replace("low", "high") + "\n")
        self.assertIn(sha256(dsc), self.failure())

    def test_a_description_of_another_package_is_refused(self):
        digest = self.quilt()
        self.use()
        [dsc] = self.pool.glob("*.dsc")
        dsc.rename(self.pool / "x_2.0-1.dsc")
        self.declare("2.0-1", digest)
        self.assertIn("is of x 1.0-1, not of x 2.0-1", self.failure())

    def test_a_repository_of_one_folder(self):
        digest = self.quilt()
        for path in self.pool.iterdir():
            shutil.move(path, self.repository / path.name)
        (self.repository / "Packages").write_text(
            "Package: other\nVersion: 1\nArchitecture: all\nMaintainer: T\n"
            f"Filename: other.deb\nSize: 1\nSHA256: {'0' * 64}\n\n")
        self.apt = apt_repository.configure(
            self.top / "apt", f"deb [trusted=yes] copy:{self.repository} ./")
        self.declare("1.0-1", digest)
        self.build("//:x")

    def test_lists_of_sources_are_asked_first(self):
        digest = self.quilt()
        elsewhere = self.repository / "elsewhere"
        shutil.move(self.pool, elsewhere)
        (self.repository / "Sources").write_text(run(
            "dpkg-scansources", "elsewhere", cwd=self.repository))
        self.apt = apt_repository.configure(
            self.top / "apt",
            f"deb-src [trusted=yes] copy:{self.repository} ./")
        self.declare("1.0-1", digest)
        self.build("//:x")

    def test_what_is_not_there_is_told_with_where(self):
        self.quilt()
        self.use()
        self.declare("1.0-9", "0" * 64)
        err = self.failure()
        self.assertIn("no repository of apt has x_1.0-9.dsc", err)
        self.assertIn(f"copy:{self.pool}/x_1.0-9.dsc", err)
        self.assertIn("deb-src", err)

    def test_offline_is_said(self):
        self.use()
        self.declare("1.0-1", "0" * 64)
        result = self.graph("build", "--offline", "//:x", code=EXIT_FAILED)
        self.assertIn("x_1.0-1.dsc of source package x 1.0-1 was not fetched "
                      "before", result.err)


if __name__ == "__main__":
    unittest.main()
