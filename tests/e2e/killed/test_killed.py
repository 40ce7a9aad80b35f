# SPDX-License-Identifier: Apache-2.0
"""A build that is killed at any moment leaves nothing that a later build would
take for whole."""
import hashlib
import random
import shutil
import signal
import subprocess
import time

from graph_test import GraphTest

ROUNDS = 200
CHAINS = 6
LENGTH = 5


class KilledTest(GraphTest):
    def setUp(self):
        super().setUp()
        lines = []
        for chain in range(CHAINS):
            self.write(f"app/in{chain}.txt", f"source {chain}\n")
            before = f"in{chain}.txt"
            for step in range(LENGTH):
                out = f"c{chain}_{step}.txt"
                lines.append(
                    f'genrule(name = "c{chain}_{step}", srcs = ["{before}"], '
                    f'outs = ["{out}"],\n        cmd = "(cat $<; for i in '
                    f'1 2 3 4 5 6 7 8 9; do echo {chain} {step}; done) > $@")')
                before = out
        self.write("app/BUILD.spec", "\n".join(lines) + "\n")

    def digests(self):
        out = self.workspace / "graph-out"
        return {str(path.relative_to(out)):
                hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted(out.rglob("*")) if path.is_file()}

    def test_killed_at_random_moments_then_built_equals_a_clean_build(self):
        begun = time.monotonic()
        self.build("//app/...")
        whole = time.monotonic() - begun
        clean = self.digests()
        self.assertEqual(len(clean), CHAINS * LENGTH + 1)  # And the manifest.
        chance = random.Random(7)
        for round_number in range(ROUNDS):
            if round_number % 4 == 0:
                shutil.rmtree(self.cache, ignore_errors=True)
            shutil.rmtree(self.workspace / "graph-out", ignore_errors=True)
            process = self.start("build", "//app/...")
            time.sleep(chance.random() * whole)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            result = self.build("//app/...")
            self.assertEqual(self.digests(), clean,
                             f"round {round_number}\n{result.err}")
        left = subprocess.run(["pgrep", "-f", str(self.top)],
                              capture_output=True, text=True, check=False)
        self.assertEqual(left.stdout, "", "processes are left behind")
