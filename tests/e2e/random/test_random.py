# SPDX-License-Identifier: Apache-2.0
"""Random workspaces under random edits: an incremental build gives what a clean
one would.

    python3 tests/e2e/random/test_random.py --seed=S --steps=N

takes the steps of one seed again, and says what they were.
"""
import argparse
import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parents[1] / "support"))

from graph_test import GRAPH, NIGHTLY  # noqa: E402
from run import Difference, Run, Toolchains  # noqa: E402

STEPS = 100_000 if NIGHTLY else 2_000
STEPS_OF_SEED = 50


# A disk would have to sync what nobody needs for long.
MEMORY = "/dev/shm"


def roomy(folder):
    return (os.access(folder, os.W_OK) and
            shutil.disk_usage(folder).free > 2_000_000_000)


class Seeds:
    """Runs seeds in folders of their own, with the toolchains made once."""

    def __init__(self):
        self.top = pathlib.Path(tempfile.mkdtemp(
            prefix="graph-random-", dir=MEMORY if roomy(MEMORY) else None))
        workspace = self.top / "warm"
        workspace.mkdir()
        (workspace / "WORKSPACE.spec").write_text('workspace(name = "w")\n')
        (workspace / "BUILD.spec").write_text(
            'genrule(name = "w", outs = ["w.out"], cmd = "echo > $@")\n')
        self.toolchains = Toolchains(workspace)
        self.warm = self.make_toolchains(workspace)

    def close(self):
        subprocess.run(["chmod", "-R", "u+w", self.top], check=False)
        shutil.rmtree(self.top, ignore_errors=True)

    def make_toolchains(self, workspace):
        command = [GRAPH, "build", "//...", f"--cache-dir={self.top}/cache"]
        for toolchain in [*range(len(self.toolchains.covers)), None]:
            subprocess.run(
                command if toolchain is None else
                self.toolchains.words(toolchain, command),
                cwd=workspace, check=True, capture_output=True)
        return self.top / "cache/toolchains"

    def run(self, seed, steps, tell=False):
        """None, or what was found, with how to see it again."""
        top = self.top / f"seed-{seed}"
        run = Run(seed, top, self.toolchains, self.warm)
        number = 0
        try:
            run.editor.begin()
            for number in range(steps):
                run.step(number)
                if tell:
                    while run.history:
                        print(run.history.popleft())
            run.compare_last()
        except Difference as difference:
            told = "\n".join(run.history)
            return run, (f"seed {seed}, step {number}: {difference}\n\n"
                         f"the last steps:\n{told}\n\nagain: "
                         f"python3 tests/e2e/random/test_random.py "
                         f"--seed={seed} --steps={number + 1}")
        if not tell:
            subprocess.run(["rm", "-rf", top], check=False)
        return run, None


class RandomTest(unittest.TestCase):
    maxDiff = None

    def test_incremental_equals_clean(self):
        seeds = Seeds()
        self.addCleanup(seeds.close)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            ends = pool.map(lambda seed: seeds.run(seed, STEPS_OF_SEED),
                            range(STEPS // STEPS_OF_SEED))
            for _, found in ends:
                if found:
                    pool.shutdown(cancel_futures=True)
                    self.fail(found)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seeds", type=int, default=1,
                        help="how many, from --seed on")
    parser.add_argument("--steps", type=int, default=STEPS_OF_SEED)
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    seeds = Seeds()
    wrong = 0
    begun = time.monotonic()
    total = None
    for seed in range(options.seed, options.seed + options.seeds):
        run, found = seeds.run(seed, options.steps, not options.quiet)
        total = run.statistics if total is None else total + run.statistics
        if found:
            wrong += 1
            print(found)
            if options.keep:
                print(f"in {run.top}")
                break
    print(f"{wrong} wrong; {dict(total)}; "
          f"{time.monotonic() - begun:.1f} s")
    if not options.keep:
        seeds.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
