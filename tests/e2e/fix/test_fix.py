# SPDX-License-Identifier: Apache-2.0
"""A command that fails for an undeclared file says so; `graph fix` declares it."""
from graph_test import EXIT_DONE, EXIT_FAILED, EXIT_TESTS_FAILED, GraphTest

BUILD = '''\
genrule(
    name = "page",
    srcs = ["head.txt"],
    outs = ["page.txt"],
    cmd = "cat app/head.txt app/tail.txt > $@",
)
'''


class FixTest(GraphTest):
    def setUp(self):
        super().setUp()
        self.build_file = self.workspace / "app/BUILD.spec"
        self.write("app/BUILD.spec", BUILD)
        self.write("app/head.txt", "head\n")
        self.write("app/tail.txt", "tail\n")

    def test_the_failure_shows_the_change_and_fix_makes_it(self):
        result = self.graph("build", "//app:page", code=EXIT_FAILED)
        self.assert_golden_result("e2e/fix/failure.txt", result)
        result = self.graph("fix", "--diff", code=EXIT_DONE)
        self.assert_golden_result("e2e/fix/diff.txt", result)
        self.assertEqual(self.build_file.read_text(), BUILD)
        result = self.graph("fix", code=EXIT_DONE)
        self.assert_golden_result("e2e/fix/fix.txt", result)
        self.graph("build", "//app:page", code=EXIT_DONE)
        self.assertEqual(self.output("app/page.txt").read_text(),
                         "head\ntail\n")

    def test_nothing_to_fix(self):
        result = self.graph("fix", code=EXIT_DONE)
        self.assert_golden_result("e2e/fix/nothing.txt", result)
        self.graph("build", "//app:page", code=EXIT_FAILED)
        self.graph("fix", code=EXIT_DONE)
        self.assertIn("nothing to fix", self.graph("fix", code=EXIT_DONE).err)

    def test_only_the_targets_that_are_named(self):
        self.write("app/BUILD.spec", BUILD + BUILD.replace("page", "other"))
        self.graph("build", "-k", "//app/...", code=EXIT_FAILED)
        self.graph("fix", "//app:other", code=EXIT_DONE)
        self.graph("build", "//app:other", code=EXIT_DONE)
        self.graph("build", "//app:page", code=EXIT_FAILED)

    def test_many_in_one_file(self):
        self.write("app/BUILD.spec", BUILD + BUILD.replace("page", "other"))
        self.graph("build", "-k", "//app/...", code=EXIT_FAILED)
        result = self.graph("fix", code=EXIT_DONE)
        self.assertEqual(len(result.out.splitlines()), 2)
        self.graph("build", "//app/...", code=EXIT_DONE)

    def test_two_calls_on_one_line(self):
        call = 'genrule(name = "%s", outs = ["%s.txt"], ' \
               'cmd = "cat app/tail.txt > $@")'
        self.write("app/BUILD.spec",
                   call % ("a", "a") + "; " + call % ("b", "b") + "\n")
        self.graph("build", "-k", "-j1", "//app/...", code=EXIT_FAILED)
        self.graph("fix", code=EXIT_DONE)
        self.graph("build", "//app/...", code=EXIT_DONE)

    def test_of_another_package(self):
        self.write("lib/BUILD.spec", "")
        self.write("lib/x.txt", "x\n")
        self.write("app/BUILD.spec", BUILD.replace("app/tail", "lib/x"))
        result = self.graph("build", "//app:page", code=EXIT_FAILED)
        self.assertIn("it belongs to //lib, which has to export it: "
                      'exports_files(["x.txt"])\n', result.err)
        self.write("lib/BUILD.spec", 'exports_files(["x.txt"], visibility = '
                                     '["//visibility:public"])\n')
        self.graph("fix", code=EXIT_DONE)
        self.graph("build", "//app:page", code=EXIT_DONE)

    def test_what_a_macro_or_a_loop_makes_is_left_to_people(self):
        self.write("app/BUILD.spec", BUILD.replace("genrule(", "[genrule(", 1)
                   .rstrip() + " for x in [1]]\n")
        result = self.graph("build", "//app:page", code=EXIT_FAILED)
        self.assertIn('add "tail.txt" to its `srcs`, at app/BUILD.spec:1:2\n',
                      result.err)
        self.assertIn("nothing to fix", self.graph("fix", code=EXIT_DONE).err)

    def test_a_folder(self):
        self.write("app/data/x.txt", "x\n")
        self.write("app/BUILD.spec",
                   BUILD.replace("cat app/head.txt app/tail.txt", "ls app/data"))
        result = self.graph("build", "//app:page", code=EXIT_FAILED)
        self.assertIn('add glob(["data/**"]) to its `srcs`', result.err)

    def test_a_test(self):
        self.write("t/BUILD.spec", 'sh_test(name = "t", srcs = ["t.sh"])\n')
        self.write("t/t.sh", "#!/bin/sh\ncat t/data.txt\n", executable=True)
        self.write("t/data.txt", "x\n")
        result = self.graph("test", "//t", code=EXIT_TESTS_FAILED)
        self.assertIn("the workspace has t/data.txt", result.err)

    def test_what_the_workspace_has_not_is_not_advised(self):
        self.write("app/BUILD.spec", BUILD.replace("tail", "nosuch"))
        result = self.graph("build", "//app:page", code=EXIT_FAILED)
        self.assertNotIn("note:", result.err)
