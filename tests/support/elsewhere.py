# SPDX-License-Identifier: Apache-2.0
"""The same workspace built by another user, in another folder, with another
cache, time zone, locale and umask, on one processor."""
import os
import shutil
import subprocess
import unittest

from graph_test import GRAPH

OTHER_USER = 4711


def build_elsewhere(test, folder, fill, targets, timeout=300):
    """The workspace in `folder` that `fill` fills, once `targets` are built."""
    if os.getuid() != 0:
        raise unittest.SkipTest("only root can become another user")
    workspace = folder / "workspace"
    workspace.mkdir(parents=True)
    (folder / "cache").mkdir()
    shutil.copy(test.workspace / "WORKSPACE.spec", workspace)
    fill(workspace)
    for path in [test.top, *folder.rglob("*"), folder]:
        path.chmod(path.stat().st_mode | 0o055)
        if path != test.top:
            os.chown(path, OTHER_USER, OTHER_USER)
    env = test.environment(
        XDG_CACHE_HOME=folder / "cache", HOME=folder / "cache",
        TZ="Asia/Tokyo", LC_ALL="C", LANG="de_DE.UTF-8")
    ran = subprocess.run(
        ["taskset", "-c", "0", "setpriv", f"--reuid={OTHER_USER}",
         f"--regid={OTHER_USER}", "--clear-groups", "sh", "-c",
         'umask 077; exec "$0" "$@"', GRAPH, "build", "--jobs=1", *targets],
        cwd=workspace, env=env, capture_output=True, text=True, check=False,
        timeout=timeout)
    test.assertEqual(ran.returncode, 0, ran.stderr)
    return workspace
