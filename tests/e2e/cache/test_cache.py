# SPDX-License-Identifier: Apache-2.0
"""The cache as a user keeps it: its ceiling, `graph cache stats|gc|doctor`, and
builds whose blobs are taken away while they run."""
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import threading
import time

from graph_test import (EXIT_DONE, EXIT_FAILED, EXIT_USAGE, GraphTest,
                        SharedToolchainsTest)

LARGE = 100_000
DAY = 86_400

# A chain of large files, each made of the one before.
CHAIN = 8


class CacheTest(SharedToolchainsTest):
    """Toolchains lie elsewhere, so that they are not among what is counted."""

    def setUp(self):
        super().setUp()
        self.store = self.cache / "graph" / "store"
        lines = []
        before = "in.txt"
        for i in range(CHAIN):
            lines.append(f'genrule(name = "c{i}", srcs = ["{before}"], '
                         f'outs = ["c{i}.txt"],\n        cmd = "(cat $<; '
                         f'head -c {LARGE} /dev/zero | tr \'\\\\0\' {i}) > $@")')
            before = f"c{i}.txt"
        lines.append('genrule(name = "small", outs = ["small.txt"], '
                     'cmd = "echo A-MARK-IN-THE-INDEX; echo s > $@")')
        self.write("app/BUILD.spec", "\n".join(lines) + "\n")
        self.write("app/in.txt", "in\n")

    def cache_verb(self, *words, code=EXIT_DONE, **options):
        return self.graph("cache", *words, code=code, **options)

    def stats(self):
        return json.loads(self.cache_verb("stats", "--output=json").out)

    def findings(self, *words, code):
        out = self.cache_verb("doctor", "--output=json", *words, code=code).out
        return [(f["kind"], f["mended"]) for f in json.loads(out)["findings"]]

    def blobs(self):
        """The blobs that are files, by size."""
        return sorted((path for path in self.store.glob("blobs/*/*")),
                      key=lambda path: path.stat().st_size)

    def digests(self):
        out = self.workspace / "graph-out"
        return {str(path.relative_to(out)):
                hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted(out.rglob("*")) if path.is_file()}

    def forget(self):
        """Removes the outputs, so that nothing holds the blobs."""
        self.graph("clean", code=EXIT_DONE)

    def age(self, path, days):
        state = path.stat()
        then = time.time_ns() - days * DAY * 10**9
        os.utime(path, ns=(then, state.st_mtime_ns))


    def undated(self, text):
        """`text` without what differs between hosts."""
        text = re.sub(r"\b[0-9a-f]{62,64}\b", "<digest>", text)
        # Blocks and pages differ between file systems and releases of LMDB.
        text = re.sub(r"(index:  +).*", r"\1<pages>", text)
        text = re.sub(r"\d+(\.\d)? [kMG]?B\b", "<size>", text)
        return re.sub(r"blobs/[0-9a-f]{2}/", "blobs/<part>/", text)


class Commands(CacheTest):
    def test_golden(self):
        self.write("app/BUILD.spec", "\n".join(
            f'genrule(name = "{n}", outs = ["{n}.txt"], '
            f'cmd = "head -c {LARGE} /dev/zero | tr \'\\\\0\' {n} > $@")'
            for n in "abc"))
        steps = [["stats"], ["gc"], ["doctor"]]
        self.build("//app:a", "//app:b", "//app:c")
        self.age(self.blobs()[0], 5)
        steps += [["gc", "--dry-run", "--max-size=250kB"],
                  ["gc", "--older-than=30d"],
                  ["gc", "--max-size=0"], ["stats"],
                  ["doctor"]]
        text = ""
        for step in steps:
            result = self.cache_verb(*step)
            text += f"$ graph cache {' '.join(step)}\n{result.out}{result.err}"
        self.assert_golden("e2e/cache/commands.txt", self.undated(text))

    def test_wrong_words(self):
        text = ""
        for words in [[], ["size"], ["stats", "gc"], ["stats", "--dry-run"],
                      ["gc", "--repair"], ["gc", "--max-size=big"],
                      ["gc", "--older-than=30"], ["stats", "--output=xml"]]:
            result = self.cache_verb(*words, code=EXIT_USAGE)
            text += f"$ graph cache {' '.join(words)}\n{result.out}{result.err}"
        self.assert_golden("e2e/cache/wrong_words.txt", text)
        self.assert_golden("e2e/cache/help.txt",
                           self.graph("help", "cache", code=EXIT_DONE).out)

    def test_no_workspace_is_needed(self):
        self.cache_verb("stats", cwd=self.top)

    def test_stats_as_data(self):
        self.build("//app:c0", "//app:small")
        stats = self.stats()
        self.assertEqual(stats["format"], 2)
        self.assertEqual(stats["files"], 3)  # One is the source.
        self.assertEqual(stats["results"], 2)
        self.assertEqual(stats["quarantined"], 0)
        self.assertGreater(stats["size"], LARGE)
        self.assertLess(abs(stats["oldest_use"] - time.time()), 600)
        self.assertLessEqual(stats["max_size"], 50 * 10**9)
        limited = json.loads(self.cache_verb(
            "stats", "--output=json", "--cache-max-size=3MiB").out)
        self.assertEqual(limited["max_size"], 3 << 20)
        self.assertEqual(limited["blobs"],
                         limited["files"] + limited["small_blobs"])

    def test_gc_removes_what_was_used_longest_ago(self):
        for i in range(4):
            self.build(f"//app:c{i}")
        self.forget()
        blobs = self.blobs()[-4:]
        for days, blob in enumerate(reversed(blobs)):
            self.age(blob, days + 1)
        size = self.stats()["size"]
        freed = size - blobs[0].stat().st_size
        result = self.cache_verb("gc", f"--max-size={freed}")
        self.assertIn("removed ", result.out)
        self.assertFalse(blobs[0].exists())
        self.assertTrue(blobs[3].exists())
        self.assertLessEqual(self.stats()["size"], freed)
        self.cache_verb("doctor", code=EXIT_DONE)

    def test_what_an_edge_build_finds_again_is_not_rebuilt(self):
        self.build("//app:c1")
        self.forget()
        self.cache_verb("gc", "--older-than=1d")
        again = self.build("//app:c1")
        self.assertEqual(again.actions["run"], 0)
        self.forget()
        self.cache_verb("gc", "--max-size=0")
        self.assertEqual(self.blobs(), [])
        again = self.build("//app:c1")
        self.assertEqual(again.actions["run"], 2)


class Ceiling(CacheTest):
    def test_it_is_held_by_builds(self):
        ceiling = 6 * LARGE
        for i in range(12):
            self.write("app/in.txt", f"in {i}\n")
            self.build("//app:c0", f"--cache-max-size={ceiling}")
            self.forget()
            if i % 4 == 3:
                self.assertLessEqual(self.stats()["size"], ceiling)
        # The last is there yet. Of all, there is room for six; which these are,
        # builds within the same second do not decide.
        again = self.build("//app:c0")
        self.assertEqual(again.actions["run"], 0)
        ran = 0
        for i in range(12):
            self.write("app/in.txt", f"in {i}\n")
            ran += self.build("//app:c0").actions["run"]
        self.assertGreaterEqual(ran, 6)

    def test_a_build_larger_than_it_ends_right(self):
        self.build("//app/...")
        clean = self.digests()
        shutil.rmtree(self.cache)
        for _ in range(2):
            self.forget()
            self.build("//app/...", "--cache-max-size=150kB")
            self.assertEqual(self.digests(), clean)
            self.assertLessEqual(self.stats()["size"], 150_000)
        self.cache_verb("doctor", code=EXIT_DONE)

    def test_nothing_that_a_running_build_uses_is_collected(self):
        self.write("app/BUILD.spec", self.read("app/BUILD.spec") +
                   'genrule(name = "slow", srcs = [":c0"], outs = ["slow.txt"], '
                   'cmd = "sleep 1; cat $< > $@")\n'
                   'genrule(name = "after", srcs = [":c0", ":slow"], '
                   'outs = ["after.txt"], cmd = "cat $(SRCS) > $@")\n')
        build = self.start("build", "//app:after")
        runs = 0
        while build.poll() is None:
            self.cache_verb("gc", "--max-size=0")
            runs += 1
        _, err = build.communicate()
        self.assertEqual(build.returncode, EXIT_DONE, err)
        self.assertGreater(runs, 1)
        self.assertEqual(self.output("app/after.txt").stat().st_size,
                         2 * (LARGE + 3))

    def test_lost_blobs_are_made_anew_in_the_same_build(self):
        self.build("//app/...")
        clean = self.digests()
        done = threading.Event()

        def thief():
            while not done.is_set():
                for blob in self.store.glob("blobs/*/*"):
                    blob.unlink(missing_ok=True)
                time.sleep(0.02)

        for round_number in range(3):
            self.forget()
            if round_number == 0:
                shutil.rmtree(self.cache)
            done.clear()
            thread = threading.Thread(target=thief)
            thread.start()
            # A thief this quick may win three times against one action.
            result = self.graph("build", "//app/...")
            done.set()
            thread.join()
            if result.code != EXIT_DONE:
                self.assertIn("is not in the store", result.err)
                self.build("//app/...")
            self.assertEqual(self.digests(), clean)

    def test_a_kill_while_room_is_made_leaves_a_right_store(self):
        self.build("//app/...")
        clean = self.digests()
        for round_number in range(20):
            self.forget()
            process = self.start("cache", "gc", "--max-size=0")
            time.sleep(0.002 * round_number)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            self.build("//app/...")
            self.assertEqual(self.digests(), clean)
        self.cache_verb("gc")
        self.cache_verb("doctor", "--repair", code=None)
        self.cache_verb("doctor", code=EXIT_DONE)


class Folders(GraphTest):
    """What is kept beside the store: trees, toolchains and the like."""

    def setUp(self):
        super().setUp()
        self.top_of_cache = self.cache / "graph"
        self.write("app/defs.spec", '''\
def _many_impl(ctx):
    out = ctx.actions.declare_directory(ctx.label.name)
    ctx.actions.run_shell(
        outputs = [out],
        inputs = ctx.files.srcs,
        arguments = [out.path] + [file.path for file in ctx.files.srcs],
        command = "mkdir -p $1/d; for i in $(seq 99); do cat $2 > $1/d/$i; done",
    )
    return [DefaultInfo(files = depset([out]))]

many = rule(
    implementation = _many_impl,
    attrs = {"srcs": attr.label_list(allow_files = True)},
)
''')
        self.write("app/BUILD.spec", '''\
load(":defs.spec", "many")
many(name = "tree", srcs = ["in.txt"])
genrule(name = "read", srcs = [":tree"], outs = ["read.txt"],
        cmd = "cat $</d/* > $@")
genrule(name = "slow", srcs = [":tree"], outs = ["slow.txt"],
        cmd = "sleep 1; cat $</d/* > $@")
genrule(name = "after", srcs = [":tree", ":slow"], outs = ["after.txt"],
        cmd = "cat $(location :tree)/d/* > $@")
''')
        self.write("app/in.txt", "in\n")

    def kept(self, kind):
        return sorted(path for path in self.top_of_cache.glob(f"{kind}/*")
                      if len(path.name) == 64)

    def folders(self):
        out = self.graph("cache", "stats", "--output=json", code=EXIT_DONE).out
        return json.loads(out)["folders"]

    def findings(self, *words, code):
        out = self.graph("cache", "doctor", "--output=json", *words,
                         code=code).out
        return [(f["kind"], f["where"], f["mended"])
                for f in json.loads(out)["findings"]]

    def test_they_are_counted_and_collected(self):
        self.build("//app:read")
        folders = self.folders()
        self.assertEqual(folders["trees"]["count"], 1)
        self.assertEqual(folders["toolchains"]["count"], 1)
        self.assertGreater(folders["toolchains"]["bytes"], 1_000_000)
        # Links to blobs are not counted twice.
        self.assertLess(folders["trees"]["bytes"], 30_000)
        self.assertEqual(folders["roots"], {"count": 0, "bytes": 0})
        told = self.graph("cache", "gc", "--max-size=0", code=EXIT_DONE).out
        self.assertIn("removed 2 folders, ", told)
        self.assertEqual(self.kept("trees") + self.kept("toolchains"), [])
        self.assertEqual([kind["count"] for kind in self.folders().values()],
                         [0, 0, 0, 0])
        self.graph("clean", code=EXIT_DONE)
        self.build("//app:read")
        self.assertEqual(self.output("app/read.txt").read_text(), "in\n" * 99)

    def test_a_ceiling_covers_them(self):
        self.build("//app:read")
        self.write("app/in.txt", "other\n")
        self.build("//app:read", "--cache-max-size=100kB")
        self.assertEqual(self.kept("toolchains"), [])
        self.build("//app:read")
        self.assertEqual(self.output("app/read.txt").read_text(),
                         "other\n" * 99)

    def test_those_of_a_running_build_stay(self):
        build = self.start("build", "//app:after")
        seen = set()
        while build.poll() is None:
            self.graph("cache", "gc", "--max-size=0", code=EXIT_DONE)
            seen.update(self.kept("trees"))
        _, err = build.communicate()
        self.assertEqual(build.returncode, EXIT_DONE, err)
        self.assertEqual(len(seen), 1)
        self.assertEqual(self.output("app/after.txt").read_text(),
                         "in\n" * 99)

    def test_the_doctor_looks_at_them(self):
        self.build("//app:read")
        self.assertEqual(self.findings(code=EXIT_DONE), [])
        tree = self.kept("trees")[0]
        (tree / "tree/d/7").unlink()
        left = tree.parent / f"unfinished-{'0' * 64}"
        left.mkdir()
        (self.top_of_cache / "toolchains/notes").write_text("?")
        wanted = [("damaged-tree", f"trees/{tree.name}"),
                  ("leftover", f"trees/{left.name}"),
                  ("stray-file", "toolchains/notes")]
        for words, mended in ((), False), (("--repair",), True):
            self.assertEqual(self.findings(*words, code=EXIT_FAILED),
                             [(*found, mended) for found in wanted])
        self.assertEqual(self.findings(code=EXIT_DONE), [])
        self.assertFalse(left.exists() or tree.exists())

    def test_bytes_that_the_doctor_set_aside_are_not_read_from_a_tree(self):
        self.build("//app:read")
        blob = next((self.top_of_cache / "store/blobs").glob("*/*"))
        state = blob.stat()
        blob.chmod(0o644)
        blob.write_text("no\n")
        blob.chmod(0o444)
        os.utime(blob, ns=(state.st_atime_ns, state.st_mtime_ns))  # Sealed.
        self.graph("cache", "doctor", "--repair", code=EXIT_FAILED)
        self.graph("clean", code=EXIT_DONE)
        self.build("//app:after")
        self.assertEqual(self.output("app/after.txt").read_text(),
                         "in\n" * 99)


class Doctor(CacheTest):
    def setUp(self):
        super().setUp()
        self.build("//app:c0", "//app:c1", "//app:small")
        self.clean_digests = self.digests()
        self.forget()

    def mends(self, *kinds):
        """The doctor finds just this, changes nothing unless it is asked to,
        mends it, and a build is right after it."""
        self.assertEqual(self.findings(code=EXIT_FAILED),
                         [(kind, False) for kind in kinds])
        # What is set aside is counted, which may put the counts right.
        mended = self.findings("--repair", code=EXIT_FAILED)
        self.assertIn(mended, ([(kind, True) for kind in kinds],
                               [(kind, True) for kind in kinds
                                if kind != "wrong-count"]))
        self.assertEqual(self.findings(code=EXIT_DONE), [])
        self.build("//app:c0", "//app:c1", "//app:small")
        self.assertEqual(self.digests(), self.clean_digests)

    def large(self):
        return self.blobs()[-1]

    def test_a_sound_store(self):
        self.assertEqual(self.findings(code=EXIT_DONE), [])

    def test_other_bytes(self):
        blob = self.large()
        state = blob.stat()
        blob.chmod(0o644)
        blob.write_bytes(b"x" * state.st_size)
        blob.chmod(0o444)
        os.utime(blob, ns=(state.st_atime_ns, state.st_mtime_ns))  # Sealed.
        self.mends("damaged-blob", "open-result")
        self.assertEqual(self.stats()["quarantined"], 1)

    def test_a_torn_file(self):
        blob = self.large()
        blob.chmod(0o644)
        with blob.open("r+b") as file:
            file.truncate(100)
        self.mends("damaged-blob", "open-result", "wrong-count")

    def test_a_wrong_mode(self):
        self.large().chmod(0o666)
        self.mends("broken-seal")

    def test_a_wrong_time(self):
        os.utime(self.large())
        self.mends("broken-seal")

    def test_a_lost_blob(self):
        self.large().unlink()
        self.mends("open-result", "wrong-count")

    def test_strays_among_the_blobs(self):
        (self.store / "blobs" / "notes").write_text("?")
        (self.large().parent / "notes").write_text("?")
        self.mends("stray-file", "stray-file")

    def test_a_blob_in_a_wrong_place(self):
        blob = self.large()
        part = f"{int(blob.name[:2], 16) ^ 1:02x}"
        other = self.store / "blobs" / part
        other.mkdir(exist_ok=True)
        shutil.copy2(blob, other / blob.name)
        self.mends("stray-file")

    def test_a_stray_in_the_store(self):
        (self.store / "notes").write_text("?")
        self.mends("stray-file")

    def test_a_torn_record(self):
        index = self.store / "index"
        data = bytearray(index.read_bytes())
        count = 0
        at = data.find(b"A-MARK-IN-THE-INDEX\n")
        while at >= 0:  # Also in pages that are free by now.
            data[at] ^= 1
            count += 1
            at = data.find(b"A-MARK-IN-THE-INDEX\n")
        self.assertGreater(count, 0)
        with index.open("r+b") as file:
            file.write(data)
        self.mends("torn-record", "open-result")

    def test_what_killed_processes_left(self):
        for name in ("4000000-abcdef", "4000001-abcdef"):
            (self.store / "tmp" / name).mkdir(parents=True)
            (self.store / "tmp" / name / "1").write_text("half")
        (self.store / "tmp" / "4000000-abcdef.lock").touch()
        (self.store / "leases" / "4000000-1").touch()
        self.mends(*["leftover"] * 4)

    def test_an_index_that_was_damaged(self):
        (self.store / "index").write_bytes(b"x" * 20_000)
        self.build("//app:small")
        self.forget()
        kinds = [kind for kind, _ in self.findings(code=EXIT_FAILED)]
        self.assertIn("old-index", kinds)
        self.findings("--repair", code=EXIT_FAILED)
        self.assertEqual(self.findings(code=EXIT_DONE), [])

    def test_a_damaged_format(self):
        (self.store / "format").write_text("")
        result = self.graph("build", "//app:c0", code=EXIT_USAGE)
        self.assertIn("graph cache doctor --repair", result.err)
        self.mends("damaged-format")

    def test_a_newer_store_is_refused(self):
        (self.store / "format").write_text("graph store 99\n")
        for words in (["stats"], ["gc"], ["doctor", "--repair"]):
            result = self.cache_verb(*words, code=EXIT_USAGE)
            self.assertIn("was made by a newer graph", result.err)

    def test_its_words(self):
        self.large().chmod(0o666)
        (self.store / "blobs" / "notes").write_text("?")
        text = ""
        for words in (["doctor"], ["doctor", "--repair"], ["doctor"]):
            result = self.cache_verb(*words, code=None)
            text += (f"$ graph cache {' '.join(words)}\n{result.out}"
                     f"{result.err}exit code {result.code}\n")
        self.assert_golden("e2e/cache/doctor.txt", self.undated(text))
