# SPDX-License-Identifier: Apache-2.0
"""What may fail is told and recorded, and the rest goes on without it."""
import json

from graph_test import EXIT_DONE, EXIT_FAILED, GraphTest

BUILD = '''\
[genrule(
    name = name,
    srcs = [name + ".py"],
    outs = [name + ".mpy"],
    cmd = "! grep bad $< >&2 && cp $< $@",
    tolerant = True,
) for name in ["boot", "wifi", "blink"]]

merge_tree(
    name = "bundle",
    optional_srcs = [":boot", ":wifi", ":blink"],
    min_success = 2,
    required = [":boot"],
)

genrule(
    name = "list",
    optional_srcs = [":boot", ":wifi", ":blink"],
    outs = ["list.txt"],
    cmd = "ls $(OPTIONAL_SRCS) > $@ 2>/dev/null || true",
)
genrule(name = "needs", srcs = [":blink"], outs = ["n"], cmd = "cat $< > $@")
'''


class TolerantTest(GraphTest):
    def setUp(self):
        super().setUp()
        self.write("mpy/BUILD.spec", BUILD)
        for name in ["boot", "wifi", "blink"]:
            self.write(f"mpy/{name}.py", f"{name} = 1\n")

    def breaks(self, *names):
        for name in names:
            self.write(f"mpy/{name}.py", "bad\n")

    def in_bundle(self):
        return sorted(path.name for path in self.output("mpy/bundle").iterdir())

    def manifest(self):
        return json.loads(self.output("manifest.json").read_text())

    def test_the_rest_goes_on(self):
        self.breaks("blink")
        result = self.graph("build", "//mpy:bundle", "//mpy:list",
                            code=EXIT_DONE)
        self.assert_golden_result("e2e/tolerant/bundle.txt", result)
        self.assertEqual(self.in_bundle(), ["boot.mpy", "wifi.mpy"])
        self.assertEqual(self.output("mpy/list.txt").read_text(),
                         "graph-out/mpy/boot.mpy\ngraph-out/mpy/wifi.mpy\n")
        self.assertEqual(result.actions["failed"], 0)
        self.assertEqual(result.actions["tolerated"], 1)
        self.assertEqual(self.manifest()["tolerated_failures"], [{
            "label": "//mpy:blink", "mnemonic": "Genrule",
            "reason": "exit code 1", "missing": ["graph-out/mpy/blink.mpy"]}])

    def test_it_is_tried_again_each_time_and_mended_at_once(self):
        self.breaks("blink")
        for _ in range(2):
            result = self.graph("build", "//mpy:bundle", code=EXIT_DONE)
            self.assertEqual(result.actions["tolerated"], 1)
        self.write("mpy/blink.py", "blink = 2\n")
        result = self.graph("build", "//mpy:bundle", code=EXIT_DONE)
        self.assertEqual(result.actions["tolerated"], 0)
        self.assertEqual(self.in_bundle(),
                         ["blink.mpy", "boot.mpy", "wifi.mpy"])
        self.assertEqual(self.manifest()["tolerated_failures"], [])

    def test_what_was_made_before_does_not_stay(self):
        self.graph("build", "//mpy:all", "-//mpy:needs", code=EXIT_DONE)
        self.assertTrue(self.output("mpy/blink.mpy").exists())
        self.breaks("blink")
        result = self.graph("build", "//mpy:all", "-//mpy:needs",
                            code=EXIT_DONE)
        self.assertFalse(self.output("mpy/blink.mpy").exists())
        self.assertNotIn("blink.mpy", result.out)

    def test_too_few(self):
        self.breaks("blink", "wifi")
        result = self.graph("build", "-j1", "//mpy:bundle", code=EXIT_FAILED)
        self.assertIn("error: MergeTree //mpy:bundle: too few of its optional "
                      "inputs were made: 0 of 2, and it needs 1; missing: "
                      "graph-out/mpy/blink.mpy, graph-out/mpy/wifi.mpy\n",
                      result.err)

    def test_a_required_one(self):
        self.breaks("boot")
        result = self.graph("build", "//mpy:bundle", code=EXIT_FAILED)
        self.assertIn("error: MergeTree //mpy:bundle: needs "
                      "graph-out/mpy/boot.mpy, which //mpy:boot failed to "
                      "make\n", result.err)

    def test_what_cannot_do_without_it(self):
        self.breaks("blink")
        result = self.graph("build", "//mpy:needs", code=EXIT_FAILED)
        self.assert_golden_result("e2e/tolerant/needs.txt", result)

    def test_what_is_asked_for_by_name(self):
        self.breaks("blink")
        result = self.graph("build", "//mpy:blink", code=EXIT_FAILED)
        self.assertIn("error: Genrule //mpy:blink: exit code 1\n", result.err)

    def test_by_policy_it_fails_at_the_end(self):
        self.breaks("blink")
        result = self.graph("build", "--fail-on-tolerated", "//mpy:bundle",
                            code=EXIT_FAILED)
        self.assertEqual(result.actions["tolerated"], 1)
        self.assertEqual(self.in_bundle(), ["boot.mpy", "wifi.mpy"])

    def test_a_test_that_needs_it_does_not_pass(self):
        self.breaks("blink")
        self.write("t/t.sh", "#!/bin/sh\n", executable=True)
        self.write("t/BUILD.spec", 'sh_test(name = "t", srcs = ["t.sh"], '
                                   'data = ["//mpy:blink"])\n')
        self.write("mpy/BUILD.spec",
                   'package(default_visibility = ["//visibility:public"])\n'
                   + BUILD)
        result = self.graph("test", "//t", code=EXIT_FAILED)
        self.assertIn("needs graph-out/mpy/blink.mpy", result.err)
        self.assertIn("FAILED   //t:t", result.err)
