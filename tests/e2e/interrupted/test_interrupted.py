# SPDX-License-Identifier: Apache-2.0
"""Ctrl-C stops a build soon, leaves no process, and nothing half-written."""
import signal
import subprocess
import time

from graph_test import EXIT_INTERRUPTED, GraphTest


class InterruptedTest(GraphTest):
    def processes(self, word):
        return subprocess.run(["pgrep", "-f", word], capture_output=True,
                              text=True, check=False).stdout

    def test_ctrl_c(self):
        self.write("app/BUILD.spec",
                   'genrule(name = "slow", outs = ["slow.txt"],\n'
                   '        cmd = "echo half > $@; sleep 86431")\n'
                   'genrule(name = "quick", outs = ["quick.txt"],\n'
                   '        cmd = "echo quick > $@")\n')
        process = self.start("build", "//app/...", "--jobs=2",
                             start_new_session=True)
        for _ in range(200):
            if self.processes("sleep 86431"):
                break
            time.sleep(0.05)
        begun = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        self.assertLess(time.monotonic() - begun, 5)
        self.assertEqual(process.returncode, EXIT_INTERRUPTED, err)
        self.assertIn("interrupted", err)
        self.assertEqual(self.processes("sleep 86431"), "")
        self.assertEqual(self.processes(str(self.top)), "")
        self.assertFalse(self.output("app/slow.txt").exists())
        self.build("//app:quick")
