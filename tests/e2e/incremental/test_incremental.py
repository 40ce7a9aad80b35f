# SPDX-License-Identifier: Apache-2.0
"""What changed is built again, and nothing else."""
import os
import time

from graph_test import GraphTest

BUILD = '''\
genrule(name = "a", srcs = ["a.in"], outs = ["a.txt"], cmd = "wc -c < $< > $@")
genrule(name = "b", srcs = [":a", "b.in"], outs = ["b.txt"],
        cmd = "cat $(SRCS) > $@")
genrule(name = "c", srcs = glob(["*.list"]), outs = ["c.txt"],
        cmd = "echo $(SRCS) > $@")
'''


class IncrementalTest(GraphTest):
    def setUp(self):
        super().setUp()
        self.write("app/BUILD.spec", BUILD)
        self.write("app/a.in", "one\n")
        self.write("app/b.in", "b\n")
        self.write("app/x.list", "")
        self.build("//app/...")

    def test_nothing_changed_runs_nothing_and_takes_milliseconds(self):
        best = 1.0
        for _ in range(10):
            begun = time.monotonic()
            result = self.build("//app/...")
            best = min(best, time.monotonic() - begun)
            self.assertEqual(result.actions["run"], 0)
        self.assertLess(best, 0.1)
        self.assertIn("3 actions, 3 cached", result.err)

    def test_what_was_said_of_tests_is_said_again(self):
        for _ in range(3):
            self.assertIn("There are no tests among these targets.\n",
                          self.graph("test", "//app/...", code=0).err)

    def test_a_changed_source_reruns_what_reads_it(self):
        self.write("app/a.in", "longer\n")
        result = self.build("//app/...")
        self.assertEqual(result.ran(), ["//app:a", "//app:b"])
        self.assertEqual(self.output("app/b.txt").read_text(), "7\nb\n")

    def test_equal_bytes_stop_the_chain(self):
        self.write("app/a.in", "two\n")
        self.assertEqual(self.build("//app/...").ran(), ["//app:a"])

    def test_a_change_of_the_same_size_and_mtime_is_seen(self):
        path = self.workspace / "app/b.in"
        old = path.stat()
        path.write_text("c\n")
        os.utime(path, ns=(old.st_atime_ns, old.st_mtime_ns))
        self.assertEqual(self.build("//app/...").ran(), ["//app:b"])

    def test_a_change_right_after_a_build_is_seen(self):
        for i in range(20):
            self.write("app/b.in", f"{i:02}")
            self.build("//app:b")
            self.assertTrue(
                self.output("app/b.txt").read_text().endswith(f"{i:02}"))

    def test_a_file_that_a_glob_would_find_is_seen(self):
        self.write("app/y.list", "")
        result = self.build("//app/...")
        self.assertEqual(result.ran(), ["//app:c"])
        self.assertEqual(self.output("app/c.txt").read_text(),
                         "app/x.list app/y.list\n")
        (self.workspace / "app/x.list").unlink()
        self.build("//app/...")
        self.assertEqual(self.output("app/c.txt").read_text(), "app/y.list\n")

    def test_an_edited_spec_is_seen(self):
        self.write("app/BUILD.spec", BUILD.replace("wc -c", "cat"))
        self.assertEqual(self.build("//app/...").ran(), ["//app:a", "//app:b"])

    def test_a_new_package_is_seen(self):
        self.write("app/sub/BUILD.spec", 'genrule(name = "n", '
                   'outs = ["n.txt"], cmd = "echo n > $@")')
        self.assertEqual(self.build("//app/...").ran(), ["//app/sub:n"])

    def test_a_damaged_output_is_mended(self):
        path = self.output("app/b.txt")
        path.unlink()
        self.assertEqual(self.build("//app/...").actions["run"], 0)
        self.assertEqual(path.read_text(), "4\nb\n")
        path.chmod(0o644)
        path.write_text("junk\n")
        self.build("//app/...")
        self.assertEqual(path.read_text(), "4\nb\n")

    def test_what_lies_in_the_place_of_the_manifest_goes(self):
        manifest = self.output("manifest.json")
        text = manifest.read_text()
        manifest.unlink()
        (manifest / "more").mkdir(parents=True)
        self.assertEqual(self.build("//app/...").actions["run"], 0)
        self.assertEqual(manifest.read_text(), text)

    def test_after_clean_all_comes_from_the_cache(self):
        self.graph("clean", code=0)
        self.assertFalse((self.workspace / "graph-out").exists())
        result = self.build("//app/...")
        self.assertEqual(result.actions["run"], 0)
        self.assertEqual(result.actions["cached_local"], 3)
        self.assertEqual(self.output("app/b.txt").read_text(), "4\nb\n")

    def test_a_change_undone_comes_from_the_cache(self):
        self.write("app/a.in", "longer\n")
        self.build("//app/...")
        self.write("app/a.in", "one\n")
        self.assertEqual(self.build("//app/...").actions["run"], 0)
        self.assertEqual(self.output("app/a.txt").read_text(), "4\n")
