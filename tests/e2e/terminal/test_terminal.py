# SPDX-License-Identifier: Apache-2.0
"""What a user sees on a terminal, and what a log gets instead."""
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios

from graph_test import EXIT_DONE, EXIT_FAILED, GRAPH, GraphTest

COLUMNS = 60
MOVEMENT = re.compile(r"\x1b\[(\d+)A\r\x1b\[J")
COLOR = re.compile(r"\x1b\[[0-9;]*m")

BUILD = '''\
genrule(name = "slow", outs = ["slow.txt"], cmd = "sleep 1; echo slow > $@")
genrule(name = "bad", outs = ["bad.txt"], cmd = "echo it broke >&2; exit 3")
'''


def shown(text):
    """The lines left on a terminal: only one movement is ever used."""
    text = COLOR.sub("", text.replace("\r\n", "\n"))
    lines = [""]
    while text:
        movement = MOVEMENT.match(text)
        if movement:
            del lines[len(lines) - 1 - int(movement[1]):]
            lines.append("")
            text = text[movement.end():]
        elif text[0] == "\n":
            lines.append("")
            text = text[1:]
        else:
            lines[-1] += text[0]
            text = text[1:]
    return lines


class TerminalTest(GraphTest):
    def setUp(self):
        super().setUp()
        self.write("app/BUILD.spec", BUILD)

    def on_terminal(self, *args, **changes):
        """Exit code and everything that was written to the terminal."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ,
                    struct.pack("HHHH", 24, COLUMNS, 0, 0))
        before = termios.tcgetattr(theirs)
        process = subprocess.Popen(
            [GRAPH, *args], cwd=self.workspace, stdin=theirs, stdout=theirs,
            stderr=theirs, env=self.environment(TERM="xterm", **changes))
        written = b""
        while process.poll() is None or self.readable(ours):
            if self.readable(ours):
                written += os.read(ours, 65536)
        self.assertEqual(termios.tcgetattr(theirs), before)
        os.close(ours)
        os.close(theirs)
        return process.returncode, written.decode()

    @staticmethod
    def readable(stream):
        return bool(select.select([stream], [], [], 0.05)[0])

    def test_the_picture_says_what_runs_and_leaves_no_trace(self):
        code, text = self.on_terminal("build", "//app:slow")
        self.assertEqual(code, EXIT_DONE, text)
        self.assertIn("Genrule //app:slow", COLOR.sub("", text))
        self.assertRegex(COLOR.sub("", text), r"\[0/1\] 1 running")
        left = shown(text)
        self.assertNotIn("running", "\n".join(left))
        self.assertRegex(left[-2], r"^Done in .*: 1 action, 1 run\.$")

    def test_no_line_is_wider_than_the_terminal(self):
        _, text = self.on_terminal("build", "//app:slow")
        for line in COLOR.sub("", MOVEMENT.sub("", text)).split("\r\n"):
            self.assertLessEqual(len(line), COLUMNS)

    def test_a_failure_stays_and_is_there_once(self):
        code, text = self.on_terminal("build", "-k", "//app/...")
        self.assertEqual(code, EXIT_FAILED, text)
        self.assertEqual(shown(text).count("it broke"), 1)
        self.assertEqual(text.count("it broke\r\n"), 1)

    def test_colors_can_be_refused(self):
        for args, changes in ((["--color=never"], {}), ([], {"NO_COLOR": "1"})):
            _, text = self.on_terminal("build", *args, "//app:bad", **changes)
            self.assertNotRegex(text, COLOR)

    def test_a_log_has_no_escapes(self):
        result = self.graph("build", "-k", "//app/...", code=EXIT_FAILED)
        self.assertNotIn("\x1b", result.err + result.out)
        colored = self.graph("build", "--color=always", "//app:bad",
                             code=EXIT_FAILED)
        self.assertRegex(colored.err, COLOR)

    def test_quiet_is_quiet(self):
        result = self.graph("build", "--quiet", "//app:slow", code=EXIT_DONE)
        self.assertEqual(result.out + result.err, "")
