# SPDX-License-Identifier: Apache-2.0
"""A chain of images with a compiler in them: each step is compiled and
installed inside the one below, with the thread sanitizer, and a change of the
middle rebuilds what stands on it and nothing below."""
import tarfile
import unittest

import debian_packages
from graph_test import EXIT_FAILED, GraphTest
from oci_layout import Layout, run_in_crun

COUNTER_C = """\
static long count;
long counter_add(long n) {
  return __atomic_add_fetch(&count, n, __ATOMIC_SEQ_CST);
}
"""

MAIN_C = """\
#include <counter.h>
#include <pthread.h>
#include <stdio.h>
static long plain;
static void* work(void* unused) {
  for (int i = 0; i < 1000; ++i) {
    counter_add(1);
#ifdef RACE
    ++plain;
#endif
  }
  return unused;
}
int main(void) {
  pthread_t threads[2];
  for (int i = 0; i < 2; ++i) pthread_create(&threads[i], NULL, work, NULL);
  for (int i = 0; i < 2; ++i) pthread_join(threads[i], NULL);
  printf("counted %ld, %ld\\n", counter_add(0), plain);
  return 0;
}
"""

BUILD = '''\
load("@rules//image:defs.spec", "image", "image_run")

image(
    name = "base",
    base = "//debian:root",
    env = {"CFLAGS": "-O1 -g -fsanitize=thread"},
)

image_run(
    name = "library",
    base = ":base",
    srcs = ["counter.c", "counter.h"],
    run = """
        install -m 644 $(location counter.h) /usr/local/include/
        gcc $$CFLAGS -shared -fPIC -o /usr/local/lib/libcounter.so $(location counter.c)
        ldconfig
    """,
)

image_run(
    name = "program",
    base = ":library",
    srcs = ["main.c"],
    run = """
        gcc $$CFLAGS -o /usr/local/bin/count $(location main.c) -lcounter
        gcc $$CFLAGS -DRACE -o /tmp/race $(location main.c) -lcounter
        count > /usr/local/share/counted
        if /tmp/race 2> /tmp/report; then
            echo "the race was not found" >&2
            exit 1
        fi
        grep -m 1 -o 'ThreadSanitizer: data race' /tmp/report > /usr/local/share/race
    """,
    entrypoint = ["/usr/local/bin/count"],
)
'''


class ImageChainTest(GraphTest):
    def setUp(self):
        super().setUp()
        packages = debian_packages.closure(("gcc", "libc6-dev"),
                                           base="essential")
        self.write("debian/BUILD.spec",
                   'load("@rules//image:defs.spec", "rootfs")\n'
                   + debian_packages.build_spec("debs", packages)
                   + 'rootfs(name = "root", packages = [":debs"], '
                   'visibility = ["//visibility:public"])\n')
        self.write("chain/counter.c", COUNTER_C)
        self.write("chain/counter.h", "long counter_add(long n);\n")
        self.write("chain/main.c", MAIN_C)
        self.write("chain/BUILD.spec", BUILD)

    def layer_file(self, name, path):
        """The text of a file in the topmost layer of an image."""
        layout = Layout(self.output(f"chain/{name}"))
        top = layout.manifest["layers"][-1]["digest"].split(":")[1]
        with tarfile.open(layout.path / "blobs/sha256" / top) as layer:
            return layer.extractfile(path).read().decode()

    def test_a_chain_of_sanitized_images(self):
        self.build("//chain:library", "//chain:program", timeout=800)
        self.assertEqual(Layout(self.output("chain/library")).listing(), [
            "- 0644 0:0 etc/ld.so.cache",
            "- 0644 0:0 usr/local/include/counter.h",
            "- 0755 0:0 usr/local/lib/libcounter.so"])
        self.assertEqual(self.layer_file("program", "usr/local/share/counted"),
                         "counted 2000, 0\n")
        self.assertEqual(self.layer_file("program", "usr/local/share/race"),
                         "ThreadSanitizer: data race\n")
        self.assertEqual(run_in_crun(self.output("chain/program")),
                         (0, "counted 2000, 0\n"))
        self.a_change_of_the_middle_rebuilds_what_stands_on_it()
        self.a_change_of_the_top_rebuilds_the_top()
        self.a_file_that_is_not_declared_is_not_there()

    def a_change_of_the_middle_rebuilds_what_stands_on_it(self):
        below = self.layers("library")[:-1]
        self.write("chain/counter.c",
                   COUNTER_C.replace("n, __ATOMIC", "2 * n, __ATOMIC"))
        result = self.build("//chain:library", "//chain:program")
        self.assertEqual(set(result.ran()),
                         {"//chain:library", "//chain:program"})
        self.assertEqual(self.commands(result),
                         ["//chain:library", "//chain:program"])
        self.assertEqual(self.layers("library")[:-1], below)
        self.assertEqual(self.layer_file("program", "usr/local/share/counted"),
                         "counted 4000, 0\n")

    def a_change_of_the_top_rebuilds_the_top(self):
        self.write("chain/main.c", MAIN_C.replace("1000", "500"))
        result = self.build("//chain:library", "//chain:program")
        self.assertEqual(self.commands(result), ["//chain:program"])
        self.assertEqual(self.layer_file("program", "usr/local/share/counted"),
                         "counted 2000, 0\n")

    def a_file_that_is_not_declared_is_not_there(self):
        self.write("chain/BUILD.spec",
                   BUILD.replace('["counter.c", "counter.h"]', '["counter.c"]')
                   .replace("$(location counter.h)", "chain/counter.h"))
        result = self.graph("build", "//chain:library", code=EXIT_FAILED)
        self.assertIn("chain/counter.h", result.err)

    def layers(self, name):
        return Layout(self.output(f"chain/{name}")).manifest["layers"]

    @staticmethod
    def commands(result):
        return [event["label"] for event in result.events
                if event["event"] == "action" and event["how"] == "run"
                and event["mnemonic"] == "ImageRun"]


if __name__ == "__main__":
    unittest.main()
