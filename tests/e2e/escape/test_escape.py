# SPDX-License-Identifier: Apache-2.0
"""What an isolation level forbids does not succeed, neither for root nor for an
ordinary user; and what it leaves open is said in docs/isolation.md."""
import io
import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
import tarfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from attempts import ATTEMPTS, LEVELS, table  # noqa: E402
from graph_test import EXIT_FAILED, EXIT_USAGE, GRAPH, ROOT, GraphTest

# As a genrule, in a root filesystem of its own.
IN_ROOT = """\
def _in_root_impl(ctx):
    ctx.actions.run_shell(
        outputs = [ctx.outputs.out],
        inputs = ctx.files.srcs,
        command = ctx.attr.cmd.replace("$@", ctx.outputs.out.path),
        root = [ctx.file.base],
    )
    return [DefaultInfo(files = depset([ctx.outputs.out]))]

in_root = rule(
    implementation = _in_root_impl,
    attrs = {
        "srcs": attr.label_list(allow_files = True),
        "base": attr.label(allow_single_file = True),
        "cmd": attr.string(),
        "out": attr.output(),
    },
)
"""
SECRET = "the secret of the user\n"
ORDINARY = 4711
DISKS = ("/dev/vda", "/dev/sda", "/dev/nvme0n1")
# Of the system: ours may lie where an ordinary user cannot go.
PYTHON = shutil.which("python3", path="/usr/bin:/bin") or sys.executable
TABLE = re.compile(r"(<!-- attempts -->\n\n).*?(<!-- end of attempts -->)",
                   re.S)


def evil_tar(path, *members):
    """`members`: (name, text), or (name, None, target) for a link."""
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as archive:
        for name, text, *target in members:
            member = tarfile.TarInfo(name)
            if text is None:
                member.type, member.linkname = tarfile.SYMTYPE, target[0]
                archive.addfile(member)
            else:
                member.size = len(text)
                archive.addfile(member, io.BytesIO(text.encode()))


class EscapeTest(GraphTest):
    def setUp(self):
        super().setUp()
        self.top.chmod(0o755)
        self.mark = f"escape{os.getpid()}x{time.monotonic_ns() % 10**9}"
        self.host = self.top / "host"
        self.tmp = self.top / "tmp"
        for folder in (self.host, self.tmp, self.cache, self.host / "swap"):
            folder.mkdir()
        self.helper = pathlib.Path(GRAPH).parent / "escape"
        self.options = {}
        self.uid = os.getuid()

    # --- the host -----------------------------------------------------------

    def become(self, uid):
        self.uid = uid
        if uid != os.getuid():
            self.options = {"user": uid, "group": uid, "extra_groups": []}
        self.give_away()

    def give_away(self):
        for path in (self.top, *self.top.rglob("*")):
            if path.name == "set-user-id":
                continue
            os.chown(path, self.uid, self.uid, follow_symlinks=False)

    def prepare_host(self):
        (self.host / "secret.txt").write_text(SECRET)
        (self.host / "swap" / "out.txt").write_text(SECRET)
        (self.tmp / "left.txt").write_text(SECRET)
        for name in ("overwrite", "remove", "truncate", "rename", "link",
                     "mode", "times"):
            (self.host / f"{name}.txt").write_text("of the user\n")
        for name in ("renamed.txt", "input-out.txt", "socket"):
            (self.host / name).unlink(missing_ok=True)
        self.give_away()
        set_user_id = self.host / "set-user-id"
        if os.getuid() == 0:
            shutil.copy(self.helper, set_user_id)
            set_user_id.chmod(0o4755)
        server = subprocess.Popen(
            [PYTHON, pathlib.Path(__file__).parent / "host.py",
             self.host, self.mark], stdout=subprocess.PIPE,
            env={**self.environment(), "ESCAPE_SECRET": "1"}, text=True,
            **self.options)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        self.server = server
        return {
            "host": self.host, "secret": self.host / "secret.txt",
            "tmp": self.tmp, "workspace": self.workspace,
            "cache": self.cache / "graph", "mark": self.mark,
            "abstract": self.mark, "number": int(time.time()) & 0xffffff,
            "host_name": os.uname().nodename, "uid": self.uid,
            "kernel": os.uname().release, "set_user_id": set_user_id,
            "program": "/usr/bin/perl",
            "disk": next((d for d in DISKS if os.path.exists(d)), "/dev/sda"),
            "toolchain": next((self.cache / "graph" / "toolchains").glob(
                "*/root"), self.cache),
            **json.loads(server.stdout.readline())}

    def prepare_workspace(self, level, places):
        self.write("in.txt", "input\n")
        self.write("undeclared.txt", SECRET)
        shutil.copy(self.helper, self.workspace / "escape")
        up = "../" * 12
        evil_tar(self.workspace / "evil-absolute.tar",
                 (f"{self.host}/absolute.txt", "x"))
        evil_tar(self.workspace / "evil-parent.tar",
                 (f"{up}{self.host}/parent.txt", "x"))
        evil_tar(self.workspace / "evil-link.tar",
                 ("l", None, str(self.host)), ("l/behind.txt", "x"))
        rules = []
        if level == "root":
            self.write("defs.spec", IN_ROOT)
            with tarfile.open(self.workspace / "base.layer", "w") as archive:
                archive.add(places["toolchain"], ".")
            rules = ['load(":defs.spec", "in_root")']
        rules += ['genrule(name = "made", outs = ["made.txt"], '
                 'cmd = "echo made > $@")']
        for number, attempt in enumerate(self.tried(level)):
            name = f"{number:03}-{attempt.name}"
            rules.append(self.rule(name, attempt.how, attempt, places,
                                   level))
            if attempt.find:
                rules.append(self.rule(f"{name}-find", attempt.find, attempt,
                                       places, level))
        self.write("BUILD.spec", "\n".join(rules) + "\n")
        self.give_away()

    def tried(self, level):
        ordinary = self.uid != 0 and os.getuid() == 0
        return [attempt for attempt in ATTEMPTS
                if attempt.letter(level) != "-"
                and (attempt.users == "both" or ordinary)]

    @staticmethod
    def rule(name, how, attempt, places, level):
        out = "swap/out.txt" if attempt.output == "swap" else f"{name}.txt"
        how = how.format(**places)
        if attempt.output == "file":
            how = (f"log=graph-out/{name}.log; if ({how}) > $log 2>&1; "
                   "then echo ESCAPED > $@; else echo HELD > $@; fi; "
                   "tail -n 1 $log >> $@ || true")
        srcs = ('srcs = glob(["*.txt", "*.tar", "escape"], '
                'exclude = ["undeclared.txt"]) + [":made"]')
        if level == "root":
            return (f"in_root(name = {json.dumps(name)}, {srcs}, "
                    f'base = "base.layer", out = {json.dumps(out)}, '
                    f"cmd = {json.dumps(how)})")
        command = how.replace("$", "$$").replace("$$@", "$@")
        return (f"genrule(name = {json.dumps(name)}, {srcs}, "
                f"outs = [{json.dumps(out)}], cmd = {json.dumps(command)})")

    # --- what the host finds ------------------------------------------------

    def is_in_tmp(self, _):
        return (self.tmp / "new.txt").exists()

    def is_in_shared_memory(self, _):
        path = pathlib.Path("/dev/shm") / self.mark
        found = path.exists()
        path.unlink(missing_ok=True)
        return found

    def is_in_tools(self, _):
        return (pathlib.Path("/usr/bin") / self.mark).exists()

    def is_absolute_unpacked(self, _):
        return (self.host / "absolute.txt").exists()

    def is_parent_unpacked(self, _):
        return (self.host / "parent.txt").exists()

    def is_link_unpacked(self, _):
        return (self.host / "behind.txt").exists()

    def output_tells(self, out):
        return out.exists() and out.read_text() == SECRET

    def output_is_there(self, out):
        return out.is_symlink() or out.exists()

    def output_is_set_user_id(self, out):
        return bool(out.stat().st_mode & (stat.S_ISUID | stat.S_ISGID))

    def is_daemon_alive(self, _):
        return bool(self.processes(f"{self.mark}-daemon"))

    @staticmethod
    def processes(mark):
        found = []
        for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
            try:
                if path.read_bytes().startswith(mark.encode()):
                    found.append(path.parent.name)
            except OSError:
                continue
        return found

    # --- the attempts -------------------------------------------------------

    def run_as_user(self, *args, **changes):
        env = self.environment(ESCAPE_SECRET="1", **changes)
        process = self.start(*args, env=env, **self.options)
        out, err = process.communicate(timeout=600)
        return process.returncode, out, err

    def try_all(self, uid, level):
        self.become(uid)
        self.write("BUILD.spec", 'genrule(name = "first", outs = ["f"], '
                   'cmd = "echo > $@")\n')
        self.give_away()
        code, _, err = self.run_as_user("build", "//:first")
        self.assertEqual(code, 0, err)
        places = self.prepare_host()
        self.prepare_workspace(level, places)
        isolation = "strict" if level == "root" else level
        log = self.workspace / "graph-out" / "events.jsonl"
        code, _, err = self.run_as_user(
            "build", "//:all", f"--isolation={isolation}", "--jobs=1",
            "--keep-going", f"--events={log}")
        self.assertEqual(code, EXIT_FAILED, err)
        order = [event["label"] for event in
                 map(json.loads, log.read_text().splitlines())
                 if event["event"] == "action"]
        wrong = []
        for number, attempt in enumerate(self.tried(level)):
            name = f"{number:03}-{attempt.name}"
            if attempt.find:  # Else it would find nothing for sure.
                self.assertEqual(order.index(f"//:{name}") + 1,
                                 order.index(f"//:{name}-find"), name)
            escaped, said = self.result(name, attempt)
            wanted = attempt.letter(level)
            if (escaped and wanted == "F") or (not escaped and wanted == "O"):
                wrong.append(f"{attempt.name}: "
                             f"{'worked' if escaped else 'failed'}: {said}")
        self.assertEqual(wrong, [], f"{level}, user {uid}\n" +
                         "\n".join(wrong))
        self.assertIsNone(self.server.poll(), "the process of the user died")
        print(f"{level}, user {uid}: {len(self.tried(level))} attempts",
              file=sys.stderr)

    def result(self, name, attempt):
        out = self.output("swap/out.txt" if attempt.output == "swap" else
                          f"{name}-find.txt" if attempt.find else f"{name}.txt")
        said = "no output"
        if attempt.output == "file" and out.exists():
            said = out.read_text()
        if attempt.on_host:
            try:
                return getattr(self, attempt.on_host)(out), said
            except FileNotFoundError:
                return False, said
        return said.startswith("ESCAPED"), said

    def as_ordinary(self, level):
        self.try_all(ORDINARY if os.getuid() == 0 else os.getuid(), level)

    def as_root(self, level):
        if os.getuid() != 0:
            self.skipTest("not root")
        self.try_all(0, level)

    def test_strict_for_an_ordinary_user(self):
        self.as_ordinary("strict")

    def test_in_a_root_for_an_ordinary_user(self):
        self.as_ordinary("root")

    def test_basic_for_an_ordinary_user(self):
        self.as_ordinary("basic")

    def test_none_for_an_ordinary_user(self):
        self.as_ordinary("none")

    def test_strict_for_root(self):
        self.as_root("strict")

    def test_in_a_root_for_root(self):
        self.as_root("root")

    def test_basic_for_root(self):
        self.as_root("basic")

    def test_none_for_root(self):
        self.as_root("none")

    def test_nothing_outlives_an_engine_that_is_killed(self):
        mark = f"{self.mark}-orphan"
        self.write("BUILD.spec", f'''\
genrule(name = "a", srcs = ["escape"], outs = ["a.txt"], cmd = """
./escape daemon {mark}
exec -a {mark} sleep 1000""")
''')
        shutil.copy(self.helper, self.workspace / "escape")
        for level in ("strict", "basic", "none"):
            process = self.start("build", "//:a", f"--isolation={level}")
            self.await_processes(mark, 2)
            process.kill()
            process.communicate()
            self.await_processes(mark, 0)

    def await_processes(self, mark, count):
        deadline = time.monotonic() + 60
        while len(self.processes(mark)) != count:
            self.assertLess(time.monotonic(), deadline, "waited for long")
            time.sleep(0.01)

    # --- which level --------------------------------------------------------

    def test_less_than_strict_is_said_and_recorded_and_refused_if_asked(self):
        self.write("BUILD.spec", 'genrule(name = "a", outs = ["a.txt"], '
                   'cmd = "echo a > $@")\n')

        def without_namespaces(*args):
            words = ["unshare", "-Ur", "sh", "-c",
                     'echo 0 > /proc/sys/user/max_user_namespaces && "$@"',
                     "sh", GRAPH, *args]
            return subprocess.run(words, cwd=self.workspace, text=True,
                                  env=self.environment(), check=False,
                                  capture_output=True)

        for _ in range(2):
            result = without_namespaces("build", "//:a")
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn("isolation is only `basic`", result.stderr)
        manifest = json.loads(self.output("manifest.json").read_text())
        self.assertEqual(manifest["isolation"], "basic")
        basic = manifest["artifacts"][0]["key"]
        result = without_namespaces("build", "//:a", "--isolation=strict")
        self.assertEqual(result.returncode, EXIT_USAGE)
        self.assertIn("`strict` was asked for", result.stderr)
        result = without_namespaces("info", "isolation")
        self.assertTrue(result.stdout.startswith("basic (not strict: "))
        # Strictly, it is another key, and what was made basically is not taken.
        result = self.build("//:a")
        self.assertEqual(result.actions["run"], 1)
        self.assertNotIn("isolation", result.err)
        manifest = json.loads(self.output("manifest.json").read_text())
        self.assertEqual(manifest["isolation"], "strict")
        self.assertNotEqual(manifest["artifacts"][0]["key"], basic)
        self.assertEqual(self.graph("info", "isolation", code=0).out,
                         "strict\n")

    def test_the_documentation_has_the_same_table(self):
        path = ROOT / "docs" / "isolation.md"
        text = path.read_text()
        wanted = TABLE.sub(lambda match: match[1] + table() + match[2], text)
        if os.environ.get("GRAPH_ACCEPT"):
            path.write_text(wanted)
        else:
            self.assertEqual(text, wanted)
        self.assertGreaterEqual(len(ATTEMPTS), 40)
        self.assertEqual(len({attempt.name for attempt in ATTEMPTS}),
                         len(ATTEMPTS))
