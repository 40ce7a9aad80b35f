# SPDX-License-Identifier: Apache-2.0
"""What each command shows: whole output against golden files."""
import json
import subprocess
import time

from graph_test import EXIT_DONE, EXIT_USAGE, GRAPH, GraphTest

BUILD = '''\
genrule(name = "a", srcs = ["a.in"], outs = ["a.txt"], cmd = "cat $< > $@",
        tags = ["fast"])
genrule(name = "b", srcs = [":a"], outs = ["b.txt"], cmd = "cat $< > $@")
genrule(name = "c", srcs = [":a", ":b"], outs = ["c.txt"],
        cmd = "cat $(SRCS) > $@")
sh_binary(name = "tool", srcs = ["tool.sh"], data = [":a"])
sh_test(name = "check", srcs = ["check.sh"], data = [":c"])
'''


class CommandsTest(GraphTest):
    def setUp(self):
        super().setUp()
        self.write("app/BUILD.spec", BUILD)
        self.write("app/a.in", "a\n")
        self.write("app/tool.sh", '#!/bin/sh\necho "tool: $*"\nexit 5\n',
                   executable=True)
        self.write("app/check.sh",
                   "#!/bin/sh\ngrep -q a graph-out/app/c.txt\n",
                   executable=True)

    def golden(self, name, *args, code=EXIT_DONE, **options):
        result = self.graph(*args, code=code, **options)
        self.assert_golden_result(f"e2e/commands/{name}.txt", result)
        return result

    def test_build(self):
        self.golden("build", "build", "//app:c")
        self.golden("build_again", "build", "//app:c")

    def test_build_from_below(self):
        self.golden("build_below", "build", ":c", cwd=self.workspace / "app")

    def test_another_folder(self):
        self.golden("build_in", "-C", self.workspace, "build", "//app:c",
                    cwd=self.top)

    def test_test(self):
        self.golden("test", "test", "//app:check")
        again = self.graph("test", "//app:check", code=EXIT_DONE)
        self.assertEqual(again.actions["run"], 0)

    def test_run_gives_the_exit_code_and_the_arguments(self):
        result = self.graph("run", "//app:tool", "--", "x", "--y=1", code=5)
        self.assertEqual(result.out, "tool: x --y=1\n")

    def test_query(self):
        for name, words in {
                "query_deps": ["deps(//app:c)"],
                "query_short": ["deps", "//app:b"],
                "query_rdeps": ["rdeps(//..., //app:a)"],
                "query_allpaths": ["allpaths(//app:c, //app:a)"],
                "query_somepath": ["somepath(//app:c, //app:a)"],
                "query_kind": ["kind('genrule rule', //...)"],
                "query_attr": ["attr(tags, fast, //...)"],
                "query_filter": ["filter('[bc]$', //...)"],
                "query_sets": ["//app:a + //app:b - //app:a"],
                "query_let": ["let x = deps(//app:c) in $x ^ //app:b"],
                "query_json": ["//app:a", "--output=json"],
                "query_dot": ["deps(//app:b)", "--output=dot"],
                "query_tree": ["deps(//app:c)", "--output=tree"]}.items():
            with self.subTest(name):
                self.golden(name, "query", *words)

    def test_wrong_queries(self):
        self.golden("query_wrong_function", "query", "dep(//app:c)",
                    code=EXIT_USAGE)
        self.golden("query_unclosed", "query", "deps(//app:c",
                    code=EXIT_USAGE)

    def test_eval(self):
        self.write("x.spec", 'print("hello", [i * i for i in range(4)])\n')
        self.golden("eval", "eval", "x.spec")
        self.write("bad.spec", "def f(x):\n    return x // 0\n\nf(1)\n")
        self.golden("eval_error", "eval", "bad.spec", code=EXIT_USAGE)

    def test_help_and_mistakes(self):
        self.golden("help", "help")
        self.golden("help_build", "help", "build")
        self.golden("unknown_verb", "biuld", code=EXIT_USAGE)
        result = self.graph()
        self.assertIn("build", result.out + result.err)

    def test_version_starts_in_milliseconds(self):
        result = self.graph("version", code=EXIT_DONE)
        self.assertRegex(result.out, r"^graph \d+\.\d+\.\d+\n$")
        best = 1.0
        for _ in range(30):
            begun = time.monotonic()
            subprocess.run([GRAPH, "version"], stdout=subprocess.DEVNULL,
                           check=True)
            best = min(best, time.monotonic() - begun)
        empty = 1.0
        for _ in range(30):
            begun = time.monotonic()
            subprocess.run(["/bin/true"], check=True)
            empty = min(empty, time.monotonic() - begun)
        self.assertLess(best - empty, 0.005)

    def test_info(self):
        result = self.graph("info", "--settings", "--jobs=3", code=EXIT_DONE,
                            env=self.environment(GRAPH_KEEP_GOING="true"))
        self.assertRegex(result.out, r"jobs\s.*3.*command line")
        self.assertRegex(result.out, r"keep-going\s.*true.*GRAPH_KEEP_GOING")

    def test_events(self):
        result = self.graph("build", "//app:c", code=EXIT_DONE)
        actions = [event for event in result.events
                   if event["event"] == "action"]
        self.assertEqual(sorted(event["label"] for event in actions),
                         ["//app:a", "//app:b", "//app:c"])
        for event in actions:
            self.assertEqual(event["how"], "run")
            self.assertTrue(event["ok"])
            for name in ("mnemonic", "key", "ms", "time_ms"):
                self.assertIn(name, event)
        last = result.events[-1]
        self.assertEqual(last["event"], "finished")
        self.assertEqual(last["exit_code"], 0)
        self.assertEqual(last["actions"]["run"], 3)
        json.dumps(last)

    def test_select_on_the_command_line(self):
        self.write("sel/BUILD.spec",
                   'config_setting(name = "big", config = "big")\n'
                   'genrule(name = "s", outs = ["s.txt"], cmd = select({\n'
                   '    ":big": "echo big > $@",\n'
                   '    "//conditions:default": "echo small > $@",\n}))\n')
        self.build("//sel:s")
        self.assertEqual(self.output("sel/s.txt").read_text(), "small\n")
        self.build("//sel:s", "--config=big")
        self.assertEqual(self.output("sel/s.txt").read_text(), "big\n")

    def test_a_cache_that_cannot_be_made_is_an_error(self):
        result = self.graph("build", "//app:c",
                            env=self.environment(
                                XDG_CACHE_HOME="/dev/full/nowhere"))
        self.assertNotEqual(result.code, EXIT_DONE)
        self.assertNotEqual(result.code, 70)
        self.assertIn("error", result.err)
