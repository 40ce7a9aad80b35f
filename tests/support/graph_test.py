# SPDX-License-Identifier: Apache-2.0
"""What every end-to-end test stands on: a scratch workspace, a cache of its
own, the real binary, and golden files.

The binary is named by GRAPH_BINARY. GRAPH_ACCEPT=1 writes golden files anew.
"""
import dataclasses
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
GRAPH = os.environ.get("GRAPH_BINARY", str(ROOT / "build" / "graph"))
GOLDEN = ROOT / "tests" / "golden"
NIGHTLY = bool(os.environ.get("GRAPH_NIGHTLY"))

EXIT_DONE = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_TESTS_FAILED = 3
EXIT_NO_TARGET = 4
EXIT_INTERRUPTED = 8


@dataclasses.dataclass
class Result:
    code: int
    out: str
    err: str
    events: list

    @property
    def actions(self):
        """The counts of the last event: run, cached_local, failed, total …"""
        return self.events[-1]["actions"]

    def ran(self):
        """Labels of the actions that ran, in order."""
        return [event["label"] for event in self.events
                if event["event"] == "action" and event["how"] == "run"]


class GraphTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.top = pathlib.Path(tempfile.mkdtemp(prefix="graph-e2e-"))
        self.addCleanup(self._remove)
        self.workspace = self.top / "workspace"
        self.cache = self.top / "cache"
        self.home = self.top / "home"
        for folder in (self.workspace, self.home):
            folder.mkdir()
        self.write("WORKSPACE.spec", 'workspace(name = "e2e")\n')

    def _remove(self):
        subprocess.run(["chmod", "-R", "u+w", self.top], check=False)
        shutil.rmtree(self.top, ignore_errors=True)

    # --- the workspace ------------------------------------------------------

    def write(self, path, text, executable=False):
        target = self.workspace / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            target.write_bytes(text)
        else:
            target.write_text(text)
        if executable:
            target.chmod(0o755)
        return target

    def read(self, path):
        return (self.workspace / path).read_text()

    def output(self, path):
        """The path of a made file."""
        return self.workspace / "graph-out" / path

    # --- the binary ---------------------------------------------------------

    def environment(self, **changes):
        env = {"PATH": os.environ["PATH"], "HOME": str(self.home),
               "XDG_CACHE_HOME": str(self.cache), "LC_ALL": "C.UTF-8"}
        for name in ("ASAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS"):
            if name in os.environ:
                env[name] = os.environ[name]
        env.update({name: str(value) for name, value in changes.items()})
        return env

    def start(self, *args, cwd=None, env=None, **options):
        """The running process, its streams piped."""
        return subprocess.Popen(
            [GRAPH, *map(str, args)], cwd=cwd or self.workspace,
            env=env or self.environment(), text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    def graph(self, *args, code=None, cwd=None, env=None, timeout=300):
        """Runs to the end; with `code`, asserts the exit code."""
        with tempfile.NamedTemporaryFile(suffix=".jsonl") as log:
            words = list(map(str, args))
            if words and words[0] in ("build", "test", "run"):
                words.insert(1, f"--events={log.name}")
            process = self.start(*words, cwd=cwd, env=env)
            try:
                out, err = process.communicate(timeout=timeout)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGABRT)
                raise
            lines = pathlib.Path(log.name).read_text().splitlines()
        result = Result(process.returncode, out, err,
                        [json.loads(line) for line in lines])
        if code is not None:
            self.assertEqual(result.code, code,
                             f"graph {' '.join(words)}\n{out}{err}")
        return result

    def build(self, *args, **options):
        """graph build, which must succeed."""
        return self.graph("build", *args, code=EXIT_DONE, **options)

    # --- golden files -------------------------------------------------------

    def plain(self, text):
        """`text` without what differs from run to run."""
        text = text.replace(str(self.workspace), "<workspace>")
        text = text.replace(str(self.top), "<top>")
        text = re.sub(r"\b\d+(\.\d+)? ?(ms|s|us|µs)\b", "<time>", text)
        text = re.sub(r"\b[0-9a-f]{64}\b", "<digest>", text)
        return text

    def assert_golden(self, name, text):
        """Compares with tests/golden/<name>."""
        path = GOLDEN / name
        text = self.plain(text)
        if os.environ.get("GRAPH_ACCEPT"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        self.assertTrue(path.exists(), f"no golden file {name}:\n{text}")
        self.assertEqual(path.read_text(), text, f"golden file {name}")

    def assert_golden_result(self, name, result):
        self.assert_golden(name, f"exit code {result.code}\n"
                                 f"--- stdout\n{result.out}"
                                 f"--- stderr\n{result.err}")


class SharedToolchainsTest(GraphTest):
    """Tests with toolchains of hundreds of MB, which are copied once for all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.toolchains_folder = tempfile.mkdtemp(prefix="graph-e2e-toolchains-")
        cls.addClassCleanup(cls._remove_toolchains)

    @classmethod
    def _remove_toolchains(cls):
        subprocess.run(["chmod", "-R", "u+w", cls.toolchains_folder], check=False)
        shutil.rmtree(cls.toolchains_folder, ignore_errors=True)

    def setUp(self):
        super().setUp()
        self.share_toolchains(self.cache / "graph")

    def share_toolchains(self, cache):
        """With a cache that does not exist yet."""
        cache.mkdir(parents=True)
        (cache / "toolchains").symlink_to(self.toolchains_folder)
