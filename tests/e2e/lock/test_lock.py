# SPDX-License-Identifier: Apache-2.0
"""What moves is named by version(), graph.lock says what it is, and only `graph
lock` asks: git repositories that move stand in for the world."""
import hashlib
import http.server
import json
import os
import pathlib
import re
import signal
import subprocess
import threading
import tomllib
import unittest

from graph_test import (EXIT_DONE, EXIT_FAILED, EXIT_INTERRUPTED,
                        EXIT_NO_TARGET, EXIT_USAGE, GRAPH, NIGHTLY,
                        GraphTest)

SHIM = pathlib.Path(os.environ.get(
    "GRAPH_FAULTY_FILESYSTEM",
    pathlib.Path(GRAPH).parent / "tests" / "libfaulty_filesystem.so"))
# Sanitizers stand between program and libc themselves.
SANITIZED = re.search(rb"__[at]san_init", pathlib.Path(GRAPH).read_bytes())


class Gate:
    """Serves a folder over HTTP; each request waits until the gate is open."""

    def __init__(self, folder):
        self.asked = threading.Event()
        self.open = threading.Event()
        gate = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *args):
                super().__init__(*args, directory=str(folder))

            def do_GET(self):
                gate.asked.set()
                gate.open.wait(60)
                try:
                    super().do_GET()
                except OSError:
                    pass  # Who asked is gone.

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def stop(self):
        self.open.set()
        self.server.shutdown()
        self.server.server_close()


class LockTest(GraphTest):
    def setUp(self):
        super().setUp()
        self.upstreams = self.top / "upstream"
        self.upstreams.mkdir()
        self.lock = self.workspace / "graph.lock"

    def plain(self, text):
        text = re.sub(r"\b[0-9a-f]{40}\b", "<commit>", text)
        text = re.sub(r"\b[0-9a-f]{12}\b", "<commit>", text)
        text = re.sub(r"\d{4}-\d\d-\d\d", "<day>", text)
        return super().plain(text)

    # --- upstream -----------------------------------------------------------

    def git(self, *args, cwd):
        env = self.environment(
            GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@example.org",
            GIT_COMMITTER_NAME="a", GIT_COMMITTER_EMAIL="a@example.org")
        return subprocess.run(["git", *args], cwd=cwd, env=env, check=True,
                              capture_output=True, text=True).stdout.strip()

    def upstream(self, name, *tags):
        """A repository with a branch `main`, and a commit for each tag."""
        folder = self.upstreams / name
        folder.mkdir()
        self.git("init", "-q", "-b", "main", ".", cwd=folder)
        (folder / "meta.json").write_text('{"version": "1"}\n')
        self.move(name)
        for tag in tags:
            self.tag(name, tag)
        return str(folder)

    def move(self, name):
        """A commit; its hash."""
        folder = self.upstreams / name
        with open(folder / "history", "a", encoding="utf-8") as history:
            history.write("moved\n")
        self.git("add", ".", cwd=folder)
        self.git("commit", "-qm", "moved", cwd=folder)
        return self.git("rev-parse", "HEAD", cwd=folder)

    def tag(self, name, tag):
        self.move(name)
        self.git("tag", "-am", tag, tag, cwd=self.upstreams / name)

    # --- the lock -----------------------------------------------------------

    def entries(self):
        """As any program reads it."""
        entries = tomllib.loads(self.lock.read_text())
        self.assertEqual(entries.pop("format"), 1)
        return entries

    def two_libraries(self):
        """Targets of two versions, and who depends on them."""
        self.upstream("one", "v1.0")
        self.upstream("two", "v2.0")
        for name in ("one", "two"):
            self.write(f"{name}/BUILD.spec", f'''
v = version("{name}", git_tags("{self.upstreams}/{name}", pattern = "v*"))

genrule(
    name = "{name}",
    outs = ["{name}.txt"],
    cmd = "echo {{}} > $@".format(v.version),
    visibility = ["//visibility:public"],
)

genrule(name = "other", outs = ["other.txt"], cmd = "echo other > $@")
''')
        self.write("app/BUILD.spec", '''
genrule(name = "a", srcs = ["//one"], outs = ["a.txt"], cmd = "cp $< $@")

genrule(name = "b", srcs = [":a", "//two"], outs = ["b.txt"], cmd = "cat $(SRCS) > $@")

genrule(name = "c", outs = ["c.txt"], cmd = "echo c > $@")
''')


class MovingBranchTest(LockTest):
    def test_the_build_reads_only_the_lock(self):
        remote = self.upstream("chebfun")
        self.write("app/BUILD.spec", f'''
src = version("chebfun", git_branch("{remote}", branch = "main"))

git_source(
    name = "tree",
    remote = "{remote}",
    commit = src.commit,
)

genrule(
    name = "meta",
    srcs = [":tree"],
    outs = ["meta.json"],
    cmd = "cp $(SRCS)/meta.json $@",
)
''')
        self.write("other/BUILD.spec",
                   'genrule(name = "other", outs = ["o"], cmd = "echo > $@")\n')
        self.assert_golden_result("e2e/lock/missing.txt",
                                  self.graph("build", "//app:meta"))
        first = self.git("rev-parse", "HEAD", cwd=remote)
        self.assert_golden_result("e2e/lock/first.txt", self.graph("lock"))
        self.assertEqual(self.entries()["chebfun"]["commit"], first)
        self.assert_golden("e2e/lock/graph.lock", self.lock.read_text())
        self.build("//app:meta")
        self.build("//other")
        text = self.lock.read_text()
        self.graph("lock", code=EXIT_DONE)
        self.graph("lock", "check", code=EXIT_DONE)
        self.graph("lock", "outdated", code=EXIT_DONE)
        self.graph("lock", "update", code=EXIT_DONE)
        self.assertEqual(self.lock.read_text(), text)

        # The branch moves, its metadata say the same.
        second = self.move("chebfun")
        self.assertEqual(self.build("//app:meta").ran(), [])
        self.assert_golden_result("e2e/lock/outdated.txt",
                                  self.graph("lock", "outdated"))
        self.assertEqual(self.lock.read_text(), text)
        self.graph("lock", "update", "--dry-run", code=EXIT_DONE)
        self.assertEqual(self.lock.read_text(), text)
        self.graph("lock", code=EXIT_DONE)  # What there is, it keeps.
        self.assertEqual(self.lock.read_text(), text)
        self.assert_golden_result("e2e/lock/update.txt",
                                  self.graph("lock", "update"))
        self.assertEqual(self.entries()["chebfun"]["commit"], second)
        result = self.build("//app:meta")
        self.assertIn("//app:tree", result.ran())
        # And not what never read the lock.
        self.assertEqual(self.build("//other").ran(), [])

    def test_an_old_answer_keeps_its_day(self):
        remote = self.upstream("x")
        self.write("BUILD.spec",
                   f'version("x", git_branch("{remote}", branch = "main"))\n')
        self.graph("lock", code=EXIT_DONE)
        old = re.sub(r'asked = ".*"', 'asked = "2001-02-03"',
                     self.lock.read_text())
        self.lock.write_text(old)
        self.graph("lock", "update", code=EXIT_DONE)
        self.assertEqual(self.lock.read_text(), old)
        self.move("x")
        self.graph("lock", "update", code=EXIT_DONE)
        self.assertNotIn("2001", self.lock.read_text())


class VersionsTest(LockTest):
    def test_order_is_by_version_and_prereleases_are_asked_for(self):
        remote = self.upstream("x", "v1.9", "v1.10", "v2.0rc1", "nightly")
        self.write("BUILD.spec", f'''
version("final", git_tags("{remote}", pattern = "v*"))
version("pre", git_tags("{remote}", pattern = "v*"), prerelease = True)
''')
        self.graph("lock", code=EXIT_DONE)
        entries = self.entries()
        self.assertEqual(entries["final"]["version"], "1.10")
        self.assertEqual(entries["final"]["tag"], "v1.10")
        self.assertEqual(entries["pre"]["tag"], "v2.0rc1")
        self.tag("x", "v2.0")
        result = self.graph("lock", "update", "final", code=EXIT_DONE)
        self.assertIn("final  1.10 -> 2.0\n", result.out)
        self.assertEqual(self.entries()["pre"]["tag"], "v2.0rc1")

    def test_files_of_a_page_are_fixed_by_digest(self):
        releases = self.top / "releases"
        releases.mkdir()
        for version in ("1.9", "1.10", "2.0"):
            (releases / f"x-{version}.txt").write_text(f"x {version}\n")
        gate = Gate(releases)
        self.addCleanup(gate.stop)
        gate.open.set()
        self.write("BUILD.spec", f'''
x = version(
    "x",
    url_index("{gate.url}/", pattern = "x-([0-9.]+)[.]txt"),
    constraint = "<2",
)

http_file(name = "x", url = x.url, sha256 = x.sha256)
''')
        self.graph("lock", code=EXIT_DONE)
        entry = self.entries()["x"]
        self.assertEqual(entry["version"], "1.10")
        self.assertEqual(entry["sha256"],
                         hashlib.sha256(b"x 1.10\n").hexdigest())
        self.build("//:x", "--offline")
        self.write("BUILD.spec", self.read("BUILD.spec").replace("<2", "<1"))
        result = self.graph("lock", code=EXIT_FAILED)
        self.assertIn("BUILD.spec:2:5: error: `x`: ", result.err)
        self.assertEqual(self.entries()["x"], entry)

    def test_what_is_declared_behind_another_version_is_found(self):
        self.upstream("one", "v1.0")
        remote = self.upstream("two", "v2.0")
        self.write("WORKSPACE.spec", f'''
workspace(name = "e2e")

version("one", git_tags("{self.upstreams}/one"))
''')
        self.write("defs.spec", f'''
def chain(above):
    name = "two-for-" + above.version
    two = native.version(name, git_tags("{remote}"))
    native.genrule(name = two.version, outs = ["x"], cmd = "echo > $@")
''')
        self.write("BUILD.spec", '''
load(":defs.spec", "chain")

chain(locked("one"))
''')
        result = self.graph("lock", code=EXIT_DONE)
        self.assertEqual(set(self.entries()), {"one", "two-for-1.0"})
        self.assertIn("//:2.0", result.out)
        self.build("//:2.0")
        # Its name moves with what it depends on.
        self.tag("one", "v1.1")
        result = self.graph("lock", "update", code=EXIT_DONE)
        self.assertEqual(set(self.entries()), {"one", "two-for-1.1"})
        self.assertIn("two-for-1.0  2.0 -> (none), nobody declares it\n",
                      result.out)

    def test_what_is_wrong_with_new_versions_changes_nothing(self):
        remote = self.upstream("one", "v1.0")
        self.write("BUILD.spec", f'''
v = version("one", git_tags("{remote}"))
fail("too new") if v.version != "1.0" else None
''')
        self.graph("lock", code=EXIT_DONE)
        text = self.lock.read_text()
        self.tag("one", "v1.1")
        result = self.graph("lock", "update", code=EXIT_USAGE)
        self.assertIn("too new", result.err)
        self.assertIn("graph.lock stays as it was", result.err)
        self.assertEqual(self.lock.read_text(), text)


class AffectedTest(LockTest):
    def test_targets_are_told_by_the_version_that_affects_them(self):
        self.two_libraries()
        self.graph("lock", code=EXIT_DONE)
        self.tag("one", "v1.1")
        self.tag("two", "v2.1")
        self.assert_golden_result(
            "e2e/lock/affected.txt", self.graph("lock", "outdated"))
        result = self.graph("lock", "outdated", "--output=json",
                            code=EXIT_FAILED)
        report = json.loads(result.out)
        self.assertEqual(report["failures"], [])
        self.assertFalse(report["written"])
        one, two = report["changes"]
        self.assertEqual((one["before"]["version"], one["after"]["version"]),
                         ("1.0", "1.1"))
        self.assertEqual(one["affected"], ["//app:a", "//app:b", "//one:one"])
        self.assertEqual(two["affected"], ["//app:b", "//two:two"])
        self.graph("lock", "update", "two", code=EXIT_DONE)
        self.assertEqual(self.entries()["one"]["version"], "1.0")
        self.build("//app/...")
        self.assertEqual(self.output("app/b.txt").read_text(), "1.0\n2.1\n")

    def test_versions_of_one_package_are_kept_apart(self):
        self.upstream("one", "v1.0")
        self.upstream("two", "v2.0")
        self.write("BUILD.spec", "\n".join(f'''
genrule(
    name = "{name}",
    outs = ["{name}.txt"],
    cmd = "echo {{}} > $@".format(version("{name}", git_tags("{self.upstreams}/{name}")).version),
)''' for name in ("one", "two")))
        self.graph("lock", code=EXIT_DONE)
        self.tag("one", "v1.1")
        self.tag("two", "v2.1")
        report = json.loads(self.graph("lock", "update", "-o", "json",
                                       code=EXIT_DONE).out)
        self.assertEqual([change["affected"] for change in report["changes"]],
                         [["//:one"], ["//:two"]])
        self.assertTrue(report["written"])


class CheckTest(LockTest):
    def test_lock_and_specs_are_held_together(self):
        self.two_libraries()
        self.graph("lock", code=EXIT_DONE)
        self.assert_golden_result("e2e/lock/fits.txt",
                                  self.graph("lock", "check", "--offline"))
        self.write("one/BUILD.spec", self.read("one/BUILD.spec").replace(
            'pattern = "v*"', 'pattern = "v1.*"'))
        self.write("two/BUILD.spec", "")
        self.write("three/BUILD.spec",
                   f'version("three", git_tags("{self.upstreams}/two"))\n')
        result = self.graph("lock", "check", "--offline")
        self.assertEqual(result.code, EXIT_FAILED)
        self.assert_golden_result("e2e/lock/misfits.txt", result)
        found = json.loads(self.graph("lock", "check", "--output=json").out)
        # Behind what is stale somebody might declare what seems left over.
        self.assertEqual([(each["name"], each["kind"])
                          for each in found["misfits"]],
                         [("one", "stale"), ("three", "missing")])
        self.write("one/BUILD.spec", "")
        found = json.loads(self.graph("lock", "check", "-ojson").out)
        self.assertEqual([(each["name"], each["kind"])
                          for each in found["misfits"]],
                         [("one", "left_over"), ("three", "missing"),
                          ("two", "left_over")])
        self.graph("lock", code=EXIT_DONE)
        self.assertEqual(set(self.entries()), {"three"})
        self.graph("lock", "check", code=EXIT_DONE)

    def test_what_is_wrong_is_an_error_and_no_misfit(self):
        self.write("BUILD.spec", "nonsense()\n")
        self.assertIn("BUILD.spec:1:1: error",
                      self.graph("lock", "check", code=EXIT_USAGE).err)
        self.graph("lock", "outdated", code=EXIT_USAGE)
        self.graph("lock", code=EXIT_USAGE)

    def test_offline_asks_nobody(self):
        self.two_libraries()
        self.graph("lock", code=EXIT_DONE)
        self.graph("lock", "--offline", code=EXIT_DONE)
        for words in (["update"], ["outdated"], ["update", "one"]):
            result = self.graph("lock", *words, "--offline", code=EXIT_USAGE)
            self.assertIn("--offline: nobody can be asked for `one`",
                          result.err)


class MistakesTest(LockTest):
    def test_an_upstream_that_fails_is_an_error(self):
        self.two_libraries()
        self.graph("lock", code=EXIT_DONE)
        text = self.lock.read_text()
        self.tag("one", "v1.1")
        (self.upstreams / "two").rename(self.upstreams / "gone")
        result = self.graph("lock", "update")
        self.assert_golden("e2e/lock/failed.txt",
                           f"exit code {result.code}\n" +
                           re.sub(r"(error: `two`:).*", r"\1 …", result.err))
        self.assertEqual(result.out, "")
        self.assertEqual(self.lock.read_text(), text)
        self.graph("lock", "outdated", code=EXIT_USAGE)
        failures = json.loads(self.graph(
            "lock", "outdated", "--output=json", code=EXIT_USAGE).out)
        self.assertEqual([each["name"] for each in failures["failures"]],
                         ["two"])
        # What can be had is, if one wants.
        result = self.graph("lock", "update", "-k", code=EXIT_FAILED)
        self.assertIn("one  1.0 -> 1.1", result.out)
        self.assertEqual(self.entries()["one"]["version"], "1.1")
        self.assertEqual(self.entries()["two"]["version"], "2.0")

    def test_names_that_nobody_declares(self):
        self.two_libraries()
        self.graph("lock", code=EXIT_DONE)
        self.assert_golden_result("e2e/lock/typo.txt",
                                  self.graph("lock", "update", "tow"))
        self.assert_golden_result("e2e/lock/words.txt",
                                  self.graph("lock", "udpate"))
        self.graph("lock", "update", "tow", code=EXIT_NO_TARGET)
        self.graph("lock", "check", "one", code=EXIT_USAGE)

    def test_one_name_in_two_packages(self):
        self.two_libraries()
        self.write("a/BUILD.spec", 'version("one", git_tags("elsewhere"))\n')
        self.assert_golden_result("e2e/lock/twice.txt", self.graph("lock"))
        self.assertFalse(self.lock.exists())

    def test_a_lock_that_cannot_be_read(self):
        self.two_libraries()
        self.graph("lock", code=EXIT_DONE)
        good = self.lock.read_text()
        for name, text in (
                ("conflict", good.replace("[two]", "<<<<<<< HEAD\n[two]")),
                ("newer", good.replace("format = 1", "format = 2")),
                ("cut", good[:good.index("asked")])):
            with self.subTest(name):
                self.lock.write_text(text)
                result = self.graph("build", "//app/...")
                self.assert_golden_result(f"e2e/lock/{name}.txt", result)
                for words in ([], ["update"], ["check"], ["outdated"]):
                    again = self.graph("lock", *words, code=EXIT_USAGE)
                    self.assertEqual(again.err, result.err)
                self.assertEqual(self.lock.read_text(), text)


class TogetherTest(LockTest):
    def gate(self, name):
        """A version `name` whose upstream answers when the gate is open."""
        self.upstream(name, "v1.0")
        self.git("update-server-info", cwd=self.upstreams / name)
        gate = Gate(self.upstreams / name / ".git")
        self.addCleanup(gate.stop)
        return gate

    def declare(self, **remotes):
        self.write("BUILD.spec", "".join(
            f'version("{name}", git_tags("{remote}"))\n'
            for name, remote in remotes.items()))

    def test_two_updates_lose_nothing(self):
        gate = self.gate("slow")
        quick = self.upstream("quick", "v1.0")
        self.declare(slow=gate.url, quick=quick)
        slow = self.start("lock", "update", "slow")
        self.assertTrue(gate.asked.wait(30))
        # Another that waits for the first, and one that does not know of it.
        second = self.start("lock", "update", "quick")
        other = self.environment(XDG_CACHE_HOME=self.top / "cache2")
        self.graph("lock", "update", "quick", env=other, code=EXIT_DONE)
        self.assertEqual(set(self.entries()), {"quick"})
        self.tag("quick", "v1.1")
        gate.open.set()
        for process in (slow, second):
            out, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, EXIT_DONE, out + err)
        self.assertEqual(set(self.entries()), {"quick", "slow"})
        self.assertEqual(self.entries()["quick"]["version"], "1.1")

    def test_what_is_stopped_has_written_nothing(self):
        gate = self.gate("slow")
        quick = self.upstream("quick", "v1.0")
        self.declare(quick=quick)
        self.graph("lock", code=EXIT_DONE)
        text = self.lock.read_text()
        self.tag("quick", "v1.1")
        self.declare(quick=quick, slow=gate.url)
        for stop, code in ((signal.SIGINT, EXIT_INTERRUPTED),
                           (signal.SIGKILL, -signal.SIGKILL)):
            gate.asked.clear()
            process = self.start("lock", "update", start_new_session=True)
            self.assertTrue(gate.asked.wait(30))
            process.send_signal(stop)
            out, err = process.communicate(timeout=30)
            self.assertEqual(process.returncode, code, out + err)
            self.assertEqual(self.lock.read_text(), text)
        gate.open.set()
        self.graph("lock", "update", code=EXIT_DONE)
        self.assertEqual({name: entry["version"]
                          for name, entry in self.entries().items()},
                         {"quick": "1.1", "slow": "1.0"})
        self.assertEqual(sorted(os.listdir(self.workspace)),
                         ["BUILD.spec", "WORKSPACE.spec", "graph.lock"])

    def test_git_merges_what_two_branches_moved(self):
        self.two_libraries()
        self.git("init", "-q", "-b", "main", ".", cwd=self.workspace)
        self.graph("lock", code=EXIT_DONE)
        def commit():
            self.git("add", "-A", cwd=self.workspace)
            self.git("commit", "-qm", "x", cwd=self.workspace)
        commit()
        self.tag("one", "v1.1")
        self.tag("two", "v2.1")
        self.git("checkout", "-qb", "side", cwd=self.workspace)
        self.graph("lock", "update", "one", code=EXIT_DONE)
        commit()
        self.git("checkout", "-q", "main", cwd=self.workspace)
        self.graph("lock", "update", "two", code=EXIT_DONE)
        commit()
        self.git("merge", "-q", "-m", "merged", "side", cwd=self.workspace)
        self.assertEqual({name: entry["version"]
                          for name, entry in self.entries().items()},
                         {"one": "1.1", "two": "2.1"})
        self.graph("lock", "check", code=EXIT_DONE)


    def test_a_conflict_is_mended_by_asking_again(self):
        remote = self.upstream("x", "v1.0")
        self.git("init", "-q", "-b", "main", ".", cwd=self.workspace)
        def update(constraint, branch):
            self.git("checkout", "-q", branch, cwd=self.workspace)
            self.write("BUILD.spec", f'''
v = version("x", git_tags("{remote}"){constraint})
filegroup(name = v.version)
''')
            self.graph("lock", code=EXIT_DONE)
            self.git("add", "-A", cwd=self.workspace)
            self.git("commit", "-qm", branch, cwd=self.workspace)
        self.git("add", "WORKSPACE.spec", cwd=self.workspace)
        self.git("commit", "-qm", "first", cwd=self.workspace)
        self.git("branch", "side", cwd=self.workspace)
        update("", "main")
        self.tag("x", "v1.1")
        update(", prerelease = True", "side")
        with self.assertRaises(subprocess.CalledProcessError):
            self.git("merge", "main", cwd=self.workspace)
        self.git("checkout", "-q", "--ours", "BUILD.spec", cwd=self.workspace)
        text = self.lock.read_text()
        self.assertIn("a merge that was not finished",
                      self.graph("lock", code=EXIT_USAGE).err)
        self.lock.write_text(re.sub(
            r"<<<<<<<.*\n|=======\n(?s:.*?)>>>>>>>.*\n", "", text))
        self.graph("lock", code=EXIT_DONE)
        self.assertEqual(self.entries()["x"]["version"], "1.1")
        self.graph("lock", "check", code=EXIT_DONE)


@unittest.skipIf(SANITIZED, "nothing can be preloaded into this build")
class FaultsTest(LockTest):
    def test_a_file_system_that_fails_leaves_the_old_lock_or_the_new(self):
        remote = self.upstream("x", "v1.0")
        self.write("BUILD.spec", f'version("x", git_tags("{remote}"))\n')
        self.graph("lock", code=EXIT_DONE)
        old = self.lock.read_text()
        self.tag("x", "v1.1")
        self.graph("lock", "update", code=EXIT_DONE)
        new = self.lock.read_text()
        log = self.top / "fault.log"
        failed = 0
        # By day every third or so of the calls.
        for kind, error in (("write", "ENOSPC"), ("write", "SHORT"),
                            ("rename", "EIO"), ("make", "ENOSPC"),
                            ("sync", "EIO")):
            at = 0
            while True:
                at += 1 if NIGHTLY else 1 + at // 2
                self.lock.write_text(old)
                log.unlink(missing_ok=True)
                result = self.graph("lock", "update", env=self.environment(
                    LD_PRELOAD=SHIM, FAULT_KIND=kind, FAULT_AT=at,
                    FAULT_ERROR=error, FAULT_UNDER=self.top, FAULT_LOG=log))
                if not log.exists():
                    self.assertEqual(result.code, EXIT_DONE, result.err)
                    break
                what = f"{log.read_text()}{result.out}{result.err}"
                self.assertIn(self.lock.read_text(), (old, new), what)
                if result.code == EXIT_DONE:
                    self.assertEqual(self.lock.read_text(), new, what)
                else:
                    failed += 1
                    self.assertRegex(result.err, "Input/output error|"
                                     "No space left on device", what)
                self.assertEqual(sorted(os.listdir(self.workspace)),
                                 ["BUILD.spec", "WORKSPACE.spec", "graph.lock"])
        self.assertGreater(failed, 3)
