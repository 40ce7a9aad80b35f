# SPDX-License-Identifier: Apache-2.0
"""An action has the time, memory, processes and network that it declares; and
what failed can be looked at where it ran."""
import os
import re
import subprocess

from graph_test import EXIT_FAILED, EXIT_USAGE, GraphTest


def genrule(command, **attributes):
    more = "".join(f", {name} = {value!r}" for name, value in
                   attributes.items()).replace("'", '"')
    return f'genrule(name = "a", outs = ["a.txt"], cmd = """{command}"""{more})\n'


class LimitsTest(GraphTest):
    def fails(self, *options, **attributes):
        command = attributes.pop("command")
        self.write("BUILD.spec", genrule(command, **attributes))
        return self.graph("build", "//:a", *options, code=EXIT_FAILED).err

    def builds(self, *options, **attributes):
        command = attributes.pop("command")
        self.write("BUILD.spec", genrule(command, **attributes))
        self.build("//:a", *options)
        return self.output("a.txt").read_text()

    # --- time ---------------------------------------------------------------

    def test_time_that_an_action_declares(self):
        err = self.fails(command="sleep 1000", timeout=1)
        self.assertIn("timed out after 1 s", err)
        self.assertIn("raise its `timeout`, or --action-timeout", err)

    def test_time_of_those_that_declare_none(self):
        err = self.fails("--action-timeout=1s", command="sleep 1000")
        self.assertIn("timed out after 1 s", err)
        self.assertEqual(self.builds("--action-timeout=1s", timeout=60,
                                     command="sleep 1.2; echo x > $@"), "x\n")

    # --- memory and processes -----------------------------------------------

    TOO_MUCH = "head -c 200000000 /dev/zero | tail -c 200000000 | wc -c > $@"

    def test_memory_that_an_action_declares(self):
        for level in "strict", "basic":
            err = self.fails(f"--isolation={level}", command=self.TOO_MUCH,
                             execution_requirements={"memory-limit": "64M"})
            self.assertIn("64 MiB of memory", err)
            self.assertIn("raise `memory-limit`", err)
        self.assertEqual(self.builds(command=self.TOO_MUCH), "200000000\n")

    def test_memory_of_those_that_declare_none(self):
        err = self.fails("--memory-limit=64M", command=self.TOO_MUCH)
        self.assertIn("64 MiB of memory", err)
        self.assertEqual(self.builds(
            "--memory-limit=64M", command=self.TOO_MUCH,
            execution_requirements={"memory-limit": "1G"}), "200000000\n")

    def test_processes(self):
        # bash tries again for some seconds, so they have to stay that long.
        command = ("for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do "
                   "sleep 40 & done; echo x > $@; kill $$(jobs -p)")
        err = self.fails(command=command,
                         execution_requirements={"process-limit": "8"})
        self.assertIn("raise `process-limit`", err)
        self.assertEqual(self.builds(
            command=command, execution_requirements={"process-limit": "100"}),
            "x\n")
        self.assertEqual(self.builds(command="echo y > $@"), "y\n")

    # --- network ------------------------------------------------------------

    LOOPBACK = ("((exec 3<>/dev/tcp/127.0.0.1/9) 2>&1 || true) | "
                "grep -oEm1 'refused|unreachable' > $@")

    def test_loopback_only_for_those_who_ask(self):
        asks = {"requires-loopback": "1"}
        for _ in range(2):
            self.assertEqual(self.builds(
                command=self.LOOPBACK, execution_requirements=asks),
                "refused\n")
            self.assertEqual(self.builds(command=self.LOOPBACK),
                             "unreachable\n")
        err = self.fails("--isolation=basic", command=self.LOOPBACK,
                         execution_requirements=asks)
        self.assertIn("which isolation `basic` cannot give", err)

    # --- mistakes -----------------------------------------------------------

    def test_wrong_requirements_and_settings(self):
        for name, value, text in (
                ("memory-limt", "64M", "did you mean `memory-limit`?"),
                ("memory-limit", "64", "at least 16M"),
                ("process-limit", "none", "a number from 1 to"),
                ("requires-loopback", "yes", 'is "1" or is not there')):
            self.write("BUILD.spec", genrule(
                "true", execution_requirements={name: value}))
            err = self.graph("build", "//:a", code=EXIT_USAGE).err
            self.assertIn(text, err)
            self.assertIn("BUILD.spec:1", err)
        for option, text in (("--action-timeout=5", "a time with s, m or h"),
                             ("--memory-limit=5M", "at least 16M"),
                             ("--process-limit=0", "a number from 1")):
            err = self.graph("build", "//:a", option, code=EXIT_USAGE).err
            self.assertIn(text, err)

    # --- looking at what failed ---------------------------------------------

    def enter(self, err, *words, script=None):
        command = re.search(r"\n  (\S+ --enter-sandbox \S+)\n", err)[1]
        return subprocess.run(
            ["bash", "-c", f'{command} "$@"', "bash", *words], text=True,
            input=script, capture_output=True, check=False,
            env=self.environment(SECRET="x"))

    def test_what_failed_is_kept_and_can_be_entered(self):
        self.write("in.txt", "input\n")
        self.write("BUILD.spec", genrule(
            "cat in.txt; echo half > $@.part; exit 3", srcs=["in.txt"]))
        for level, where in ("strict", "/build\n"), ("basic", "/root\n"):
            err = self.graph("build", "//:a", "--sandbox-debug",
                             f"--isolation={level}", code=EXIT_FAILED).err
            self.assertIn("to enter it:", err)
            inside = self.enter(err, "bash", "-c",
                                "pwd; cat in.txt graph-out/a.txt.part; env")
            self.assertEqual(inside.returncode, 0, inside.stderr)
            self.assertIn(where + "input\nhalf\n", inside.stdout)
            self.assertIn("SOURCE_DATE_EPOCH=", inside.stdout)
            self.assertNotIn("SECRET", inside.stdout)
            # The walls stand.
            outside = self.enter(err, "cat", self.workspace / "in.txt")
            self.assertNotEqual(outside.returncode, 0)
            # The command again, and by a shell as one would type it.
            again = self.enter(err, "bash", "command.sh")
            self.assertEqual((again.returncode, again.stdout), (3, "input\n"))
            typed = self.enter(err, script="cat in.txt; exit 7\n")
            self.assertEqual((typed.returncode, typed.stdout), (7, "input\n"))
        self.assertEqual(os.listdir(self.cache / "graph" / "slots"), ["lock"])

    def test_a_missing_output_is_a_failure_to_look_at(self):
        err = self.fails("--sandbox-debug", command="echo x > graph-out/b.txt")
        self.assertIn("did not make its output graph-out/a.txt", err)
        self.assertEqual(self.enter(err, "cat", "graph-out/b.txt").stdout,
                         "x\n")

    def test_otherwise_nothing_is_kept(self):
        self.fails(command="exit 3")
        self.builds("--sandbox-debug", command="echo x > $@")
        self.assertFalse((self.cache / "graph" / "sandboxes").exists())
