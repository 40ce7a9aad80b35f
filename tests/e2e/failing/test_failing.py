# SPDX-License-Identifier: Apache-2.0
"""A failing action is shown whole, and the others go on where asked to."""
from graph_test import (EXIT_DONE, EXIT_FAILED, EXIT_NO_TARGET,
                        EXIT_TESTS_FAILED, EXIT_USAGE, GraphTest)

BUILD = '''\
genrule(name = "bad", outs = ["bad.txt"],
        cmd = "echo to stdout; echo to stderr >&2; exit 3")
genrule(name = "after", srcs = [":bad"], outs = ["after.txt"],
        cmd = "cat $< > $@")
genrule(name = "good", outs = ["good.txt"], cmd = "echo good > $@")
genrule(name = "silent", outs = ["silent.txt"], cmd = "true")
'''


class FailingTest(GraphTest):
    def setUp(self):
        super().setUp()
        self.write("app/BUILD.spec", BUILD)

    def test_a_failure_is_shown_whole(self):
        result = self.graph("build", "//app:bad", code=EXIT_FAILED)
        self.assert_golden_result("e2e/failing/bad.txt", result)

    def test_without_keep_going_what_depends_on_it_is_not_built(self):
        result = self.graph("build", "//app:after", code=EXIT_FAILED)
        self.assertNotIn("//app:after", result.ran())
        self.assertEqual(result.actions["failed"], 1)

    def test_with_keep_going_the_others_finish(self):
        result = self.graph("build", "-k", "//app/...", code=EXIT_FAILED)
        self.assertEqual(self.output("app/good.txt").read_text(), "good\n")
        self.assertFalse(self.output("app/after.txt").exists())
        self.assertEqual(result.actions["failed"], 2)

    def test_an_output_that_was_not_made_is_a_failure(self):
        result = self.graph("build", "//app:silent", code=EXIT_FAILED)
        self.assert_golden_result("e2e/failing/silent.txt", result)

    def test_a_failure_is_not_cached(self):
        for _ in range(2):
            result = self.graph("build", "//app:bad", code=EXIT_FAILED)
            self.assertEqual(result.actions["failed"], 1)
            self.assertIn("to stdout", result.err)

    def test_a_target_that_is_not_there(self):
        result = self.graph("build", "//app:god", code=EXIT_NO_TARGET)
        self.assert_golden_result("e2e/failing/no_target.txt", result)

    def test_an_unknown_option(self):
        result = self.graph("build", "--keep-gonig", "//app:good",
                            code=EXIT_USAGE)
        self.assert_golden_result("e2e/failing/option.txt", result)

    def test_a_failing_test(self):
        self.write("t/pass.sh", "#!/bin/sh\nexit 0\n", executable=True)
        self.write("t/fail.sh", "#!/bin/sh\necho it broke\nexit 1\n",
                   executable=True)
        self.write("t/BUILD.spec",
                   'sh_test(name = "passes", srcs = ["pass.sh"])\n'
                   'sh_test(name = "fails", srcs = ["fail.sh"])\n')
        result = self.graph("test", "//t/...", "-k", code=EXIT_TESTS_FAILED)
        self.assert_golden_result("e2e/failing/test.txt", result)
        again = self.graph("test", "//t:passes", code=EXIT_DONE)
        self.assertEqual(again.actions["run"], 0)
