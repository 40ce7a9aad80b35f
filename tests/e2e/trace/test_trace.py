# SPDX-License-Identifier: Apache-2.0
"""--trace-reads tells which declared inputs no command has read."""
from graph_test import EXIT_DONE, EXIT_FAILED, EXIT_TESTS_FAILED, GraphTest

LIB = '''\
package(default_visibility = ["//visibility:public"])

genrule(
    name = "made",
    outs = ["made.txt", "other.txt"],
    cmd = "echo 1 > $(RULEDIR)/made.txt; echo 2 > $(RULEDIR)/other.txt",
)

copy_tree(name = "tree", srcs = ["t/a", "t/b"])
copy_tree(name = "no_tree", srcs = ["t/a"])
copy_tree(name = "listed", srcs = ["t/b"])
filegroup(name = "group", srcs = [":tree", ":listed"])
'''

APP = '''\
sh_binary(name = "tool", srcs = ["tool.sh"], data = ["data.txt"])
sh_binary(name = "no_tool", srcs = ["tool.sh"])

genrule(
    name = "report",
    srcs = [
        "in.txt",
        "looked_at.txt",
        "//lib:made",
        "//lib:group",
        "//lib:no_tree",
    ],
    outs = ["report.txt"],
    cmd = """
test -s app/looked_at.txt
cat app/in.txt graph-out/lib/made.txt graph-out/lib/tree/t/a > $@
ls graph-out/lib/listed/t >> $@
cd app
$$OLDPWD/$(location :tool) >> $$OLDPWD/$@
""",
    tools = [":tool", ":no_tool"],
)

genrule(name = "copy", srcs = [":report"], outs = ["copy.txt"], cmd = "cp $< $@")
'''


class TraceTest(GraphTest):
    def setUp(self):
        super().setUp()
        self.write("lib/BUILD.spec", LIB)
        self.write("lib/t/a", "a\n")
        self.write("lib/t/b", "b\n")
        self.write("app/BUILD.spec", APP)
        for name in ["in", "looked_at", "data"]:
            self.write(f"app/{name}.txt", f"{name}\n")
        self.write("app/tool.sh", "#!/bin/bash\necho tool\n")

    def traced(self, *args, code=EXIT_DONE):
        return self.graph("build", "--trace-reads", *args, code=code)

    def test_what_is_never_read_is_told(self):
        self.build("//app:copy")
        for level in ["strict", "basic"]:
            with self.subTest(level=level):
                result = self.traced("//app:copy", f"--isolation={level}")
                self.assert_golden_result("e2e/trace/unread.txt", result)
        reads = [event for event in result.events if event["event"] == "reads"]
        self.assertEqual([event["label"] for event in reads],
                         ["//app:copy", "//app:report", "//lib:made"])
        self.assertEqual(reads[0]["unread"], [])
        self.assertEqual(
            (reads[1]["inputs"], reads[1]["inputs_read"],
             reads[1]["files_read"]), (10, 5, 5))
        self.assertEqual(reads[1]["unread"][0],
                         {"path": "app/data.txt", "label": "//app:data.txt",
                          "attribute": ""})

    def test_commands_run_again_and_the_cache_stays_right(self):
        self.graph("build", "//app:copy", code=EXIT_DONE)
        for _ in range(2):
            ran = self.traced("//app:copy").ran()
            self.assertEqual(sorted(ran),
                             ["//app:copy", "//app:report", "//lib:made"])
        self.assertEqual(self.graph("build", "//app:copy").ran(), [])
        self.write("app/looked_at.txt", "else\n")
        self.assertEqual(self.graph("build", "//app:copy").ran(),
                         ["//app:report"])

    def test_nothing_is_said_without_it(self):
        result = self.graph("build", "//app:copy", code=EXIT_DONE)
        self.assertNotIn("never read", result.err)
        self.assertFalse([event for event in result.events
                          if event["event"] == "reads"])

    def test_what_failed_is_not_reported(self):
        self.write("app/BUILD.spec", APP.replace("test -s", "test ! -s"))
        result = self.traced("//app:copy", code=EXIT_FAILED)
        self.assertNotIn("//app:report read", result.err)

    def test_tests_are_traced_too(self):
        self.write("app/t.sh", "#!/bin/bash\ncat app/in.txt\nexit $1\n")
        self.write("app/BUILD.spec", '''\
sh_test(name = "t", srcs = ["t.sh"], data = ["in.txt", "data.txt"])
sh_test(name = "f", srcs = ["t.sh"], data = ["in.txt"], args = ["1"])
''')
        result = self.graph("test", "--trace-reads", "//app:t", "//app:f",
                            code=EXIT_TESTS_FAILED)
        self.assertIn("//app:t read 2 of 3 inputs (2 files); never read:\n"
                      "  app/data.txt  //app:data.txt, in `data`\n",
                      result.err)
        self.assertNotIn("//app:f read", result.err)
