# SPDX-License-Identifier: Apache-2.0
"""A file system that fails: every n-th write, rename, sync, read or making of a
file, with EIO, ENOSPC or a short count. Whatever fails, no result is wrong, no
blob that was acknowledged is lost, what went wrong is said, and the next build
is right.

Some of the calls by day, all of them with GRAPH_NIGHTLY.
"""
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import unittest

from graph_test import EXIT_DONE, GRAPH, NIGHTLY, GraphTest

BUILT = pathlib.Path(GRAPH).parent
SHIM = pathlib.Path(os.environ.get("GRAPH_FAULTY_FILESYSTEM",
                                   BUILT / "tests" / "libfaulty_filesystem.so"))
DRIVER = pathlib.Path(os.environ.get("GRAPH_STORE_DRIVER",
                                     BUILT / "store_driver"))

FAULTS = [("write", "EIO"), ("write", "ENOSPC"), ("write", "SHORT"),
          ("rename", "EIO"), ("rename", "ENOSPC"), ("sync", "EIO"),
          ("read", "EIO"), ("read", "SHORT"), ("make", "ENOSPC"),
          ("make", "EIO")]
WORDS = ("Input/output error", "No space left on device")
# What a fault may leave behind: nothing of it is damage.
HARMLESS = {"leftover", "wrong-count", "old-index", "open-result"}


# Sanitizers stand between program and libc themselves.
SANITIZED = re.search(rb"__[at]san_init", pathlib.Path(GRAPH).read_bytes())


@unittest.skipIf(SANITIZED, "nothing can be preloaded into this build")
class FaultsTest(GraphTest):
    def setUp(self):
        super().setUp()
        self.log = self.top / "fault.log"

    def faulty(self, kind, error, at):
        """The environment in which the `at`-th call fails."""
        self.log.unlink(missing_ok=True)
        return self.environment(LD_PRELOAD=SHIM, FAULT_KIND=kind, FAULT_AT=at,
                                FAULT_ERROR=error, FAULT_UNDER=self.top,
                                FAULT_LOG=self.log)

    def each_fault(self, by_day):
        """(kind, error, at, run) as long as `run`'s environment has such a
        call; by day about `by_day` of each kind of fault."""
        for kind, error in FAULTS:
            at = 1
            while True:
                yield kind, error, at
                if not self.log.exists():
                    break
                at += 1 if NIGHTLY else max(1, at * 3 // by_day)

    def fault(self):
        return self.log.read_text().strip() if self.log.exists() else "none"


class StoreUnderFaults(FaultsTest):
    ACKNOWLEDGED, ALL = 6, 12

    def drive(self, *words, env=None):
        done = subprocess.run([DRIVER, self.root, *map(str, words)],
                              capture_output=True, text=True, check=False,
                              env=env or self.environment(), timeout=60)
        self.assertIn(done.returncode, (0, 1),
                      f"{self.fault()}\n{done.stdout}{done.stderr}")
        return done

    def check(self, acknowledged, what):
        found = set(self.drive("check", self.ALL).stdout.splitlines())
        self.assertFalse([line for line in found if "WRONG" in line], what)
        for i in range(acknowledged):
            self.assertIn(f"have {i}", found, what)
            self.assertIn(f"found {i}", found, what)

    def test_putting(self):
        self.root = self.top / "store"
        sound = self.top / "sound"
        self.drive("put", 0, self.ACKNOWLEDGED)
        self.root.rename(sound)
        fired = 0
        for kind, error, at in self.each_fault(by_day=8):
            shutil.rmtree(self.root, ignore_errors=True)
            shutil.copytree(sound, self.root)
            done = self.drive("put", 0, self.ALL,
                              env=self.faulty(kind, error, at))
            what = f"{kind} {error} {at}: {self.fault()}\n{done.stderr}"
            fired += self.log.exists()
            if done.returncode != 0:
                self.assertTrue(any(w in done.stderr for w in WORDS), what)
            self.check(self.ALL if "acknowledged" in done.stdout
                       else self.ACKNOWLEDGED, what)
            self.drive("put", 0, self.ALL)
            self.check(self.ALL, what)
        self.assertGreater(fired, 30)

    def test_a_new_store(self):
        self.root = self.top / "store"
        for kind, error, at in self.each_fault(by_day=5):
            shutil.rmtree(self.root, ignore_errors=True)
            done = self.drive("put", 0, self.ALL,
                              env=self.faulty(kind, error, at))
            what = f"{kind} {error} {at}: {self.fault()}\n{done.stderr}"
            self.check(self.ALL if "acknowledged" in done.stdout else 0, what)
            self.drive("put", 0, self.ALL)
            self.check(self.ALL, what)


class BuildUnderFaults(FaultsTest):
    def setUp(self):
        super().setUp()
        self.write("app/BUILD.spec", """\
genrule(name = "a", srcs = ["in.txt"], outs = ["a.txt"],
        cmd = "(cat $<; head -c 20000 /dev/zero) > $@")
genrule(name = "b", srcs = [":a"], outs = ["b.txt"],
        cmd = "cat $< $< > $@; echo said")
""")
        self.write("app/in.txt", "in\n")

    def digests(self):
        out = self.workspace / "graph-out"
        return {str(path.relative_to(out)):
                hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted(out.rglob("*"))
                if path.is_file() and not path.name.endswith(".tmp")}

    def with_faults(self, cold, by_day):
        self.build("//app:b")
        clean = self.digests()
        fired = 0
        for kind, error, at in self.each_fault(by_day):
            shutil.rmtree(self.workspace / "graph-out", ignore_errors=True)
            if cold:
                shutil.rmtree(self.cache / "graph" / "store",
                              ignore_errors=True)
            result = self.graph("build", "//app:b",
                                env=self.faulty(kind, error, at), timeout=60)
            fired += self.log.exists()
            what = f"{kind} {error} {at}: {self.fault()}\n{result.err}"
            self.assertIn(result.code, (0, 1, 2), what)
            if result.code == EXIT_DONE:
                self.assertEqual(self.digests(), clean, what)
            else:
                self.assertTrue(any(w in result.err for w in WORDS), what)
            again = self.graph("build", "//app:b")
            self.assertEqual(again.code, EXIT_DONE, what + again.err)
            self.assertEqual(self.digests(), clean, what)
            found = json.loads(self.graph("cache", "doctor",
                                          "--output=json").out)["findings"]
            self.assertLessEqual({f["kind"] for f in found}, HARMLESS, what)
        return fired

    def test_a_build_of_everything(self):
        self.assertGreater(self.with_faults(cold=True, by_day=3), 40)

    def test_a_build_from_the_cache(self):
        self.assertGreater(self.with_faults(cold=False, by_day=3), 10)
