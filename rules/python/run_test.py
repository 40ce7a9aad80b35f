# SPDX-License-Identifier: Apache-2.0
"""run_test.py LOG SITE COMMAND...: the exit code and the output of a command
that finds what lies in SITE; failing is an answer, not an error."""
import os
import subprocess
import sys


def run(log, site, *command):
    env = dict(os.environ, PYTHONPATH=os.path.abspath(site),
               PYTHONNOUSERSITE="1")
    done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          check=False)
    code = done.returncode if done.returncode >= 0 else 128 - done.returncode
    with open(log, "wb") as file:
        file.write(f"{code}\n".encode() + done.stdout)


if __name__ == "__main__":
    run(*sys.argv[1:])
