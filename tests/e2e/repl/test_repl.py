# SPDX-License-Identifier: Apache-2.0
"""graph-dsl repl on a terminal: what it shows, Ctrl-C, and the end of input."""

import os
import pathlib
import pty
import select
import time
import unittest

TOOL = pathlib.Path(os.environ["GRAPH_BINARY"]).with_name("graph-dsl")


class Terminal:
    def __init__(self) -> None:
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execv(TOOL, [str(TOOL), "repl"])
        self.shown = ""

    def type(self, text: str) -> None:
        os.write(self.fd, text.encode())

    def wait_for(self, text: str, seconds: float = 30) -> str:
        """What is shown up to the text."""
        end = time.monotonic() + seconds
        while text not in self.shown:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.fd], [], [], left)[0]:
                raise AssertionError(f"no {text!r} in {self.shown!r}")
            self.shown += os.read(self.fd, 4096).decode()
        before, _, self.shown = self.shown.partition(text)
        return before

    def close(self) -> int:
        _, status = os.waitpid(self.pid, 0)
        os.close(self.fd)
        return os.waitstatus_to_exitcode(status)


class Repl(unittest.TestCase):
    def test_on_a_terminal(self) -> None:
        terminal = Terminal()
        terminal.wait_for(">>> ")
        terminal.type("6 * 7\n")
        self.assertIn("42", terminal.wait_for(">>> "))
        terminal.type("def f(n):\n")
        terminal.wait_for("... ")
        terminal.type("    for i in range(n):\n        pass\n    return n\n\n")
        terminal.wait_for(">>> ")
        terminal.type("f(3) // 0\n")
        self.assertIn("division by zero", terminal.wait_for(">>> "))

        # Ctrl-C ends an evaluation,
        terminal.type("[f(1 << 30) for i in range(1 << 30)]\n")
        time.sleep(0.5)
        terminal.type("\x03")
        self.assertIn("interrupted", terminal.wait_for(">>> "))
        # and a line that is half typed.
        terminal.type("x = (1,\n")
        terminal.wait_for("... ")
        terminal.type("\x03")
        terminal.wait_for(">>> ")
        terminal.type("f(5)\n")
        self.assertIn("5", terminal.wait_for(">>> "))

        terminal.type("\x04")
        self.assertEqual(terminal.close(), 0)


if __name__ == "__main__":
    unittest.main()
