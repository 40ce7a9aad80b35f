# SPDX-License-Identifier: Apache-2.0
"""Completion, as typed into bash, zsh and fish.

Bash and zsh run on a terminal: the test types, presses Tab, and then Ctrl-G,
which a binding of the test makes to write the line that is being edited into a
file. Fish tells its candidates itself.
"""
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import time

from graph_test import EXIT_DONE, EXIT_USAGE, GRAPH, GraphTest


class CompletionTest(GraphTest):
    def setUp(self):
        super().setUp()
        bin_folder = self.top / "bin"
        bin_folder.mkdir()
        (bin_folder / "graph").symlink_to(GRAPH)
        self.path = f"{bin_folder}:{os.environ['PATH']}"
        self.write("app/BUILD.spec", """\
filegroup(name = "server")
filegroup(
    name = "service",
)
genrule(name = "tool", outs = ["t"], cmd = "")
""")
        self.write("app/deep/BUILD.spec", 'filegroup(name = "x")\n')
        self.write("broken/BUILD.spec", """\
filegroup(name = "first"
this is not: (the language
filegroup(name = "second)
""")
        self.write("lib/only/below/BUILD.spec", "")
        self.write("empty/file.txt", "")
        self.write("script.star", "")

    def candidates(self, *words, cwd=None):
        """What the binary itself answers: the kind, and the candidates."""
        found = self.graph("__complete", *words, code=EXIT_DONE, cwd=cwd)
        self.assertEqual(found.err, "")
        head, *lines = found.out.splitlines()
        return head.split("\t")[0], [line.split("\t")[0] for line in lines]


class TheBinary(CompletionTest):
    def test_verbs(self):
        self.assertEqual(self.candidates("bui"), ("values", ["build"]))
        _, verbs = self.candidates("")
        self.assertIn("query", verbs)
        self.assertNotIn("__complete", verbs)
        self.assertEqual(self.candidates("help", "que")[1], ["query"])
        self.assertEqual(self.candidates("nosuch", "b")[1], [])

    def test_options_and_their_values(self):
        self.assertEqual(self.candidates("build", "--col")[1], ["--color="])
        self.assertEqual(self.candidates("build", "--color=a")[1],
                         ["--color=auto", "--color=always"])
        self.assertEqual(self.candidates("build", "--color", "n")[1],
                         ["never"])
        self.assertEqual(self.candidates("--isolation=")[1],
                         ["--isolation=best", "--isolation=strict",
                          "--isolation=basic", "--isolation=none"])
        self.assertEqual(self.candidates("query", "--output=label")[1],
                         ["--output=label", "--output=label_kind"])
        self.assertEqual(self.candidates("query", "-o", "j")[1], ["json"])
        self.assertEqual(self.candidates("build", "--output")[1], [])
        self.assertEqual(self.candidates("build", "--events=x")[0], "files")
        self.assertEqual(self.candidates("-C", "x")[0], "folders")

    def test_packages(self):
        self.assertEqual(self.candidates("build", "//a")[1],
                         ["//app/", "//app:"])
        self.assertEqual(self.candidates("build", "//li")[1], ["//lib/"])
        self.assertEqual(self.candidates("build", "//app/")[1],
                         ["//app/...", "//app/deep:"])
        self.assertEqual(self.candidates("build", "//em")[1], [])

    def test_targets(self):
        self.assertEqual(self.candidates("build", "//app:se")[1],
                         ["//app:server", "//app:service"])
        self.assertEqual(self.candidates("build", "-//app:t")[1],
                         ["-//app:tool"])
        self.assertEqual(
            self.candidates("test", ":t", cwd=self.workspace / "app")[1],
            [":tool"])
        self.assertEqual(self.candidates("-C", "app", "test", ":t")[1],
                         [":tool"])

    def test_a_file_with_mistakes_does_no_harm(self):
        self.assertEqual(self.candidates("build", "//broken:f")[1],
                         ["//broken:first"])

    def test_outside_of_a_workspace_it_is_silent(self):
        self.assertEqual(self.candidates("build", "//", cwd=self.top)[1], [])
        self.assertEqual(self.candidates("build", "", cwd="/")[1], [])

    def test_it_is_fast(self):
        best = min(self._seconds() for _ in range(10))
        self.assertLess(best, 0.05)

    def _seconds(self):
        begin = time.monotonic()
        subprocess.run([GRAPH, "__complete", "build", "//app:se"], check=True,
                       cwd=self.workspace, capture_output=True)
        return time.monotonic() - begin

    def test_there_are_three_shells(self):
        found = self.graph("completion", "csh", code=EXIT_USAGE)
        self.assertIn("takes one shell", found.err)
        self.assertEqual(self.candidates("completion", "")[1],
                         ["bash", "zsh", "fish"])


class OnATerminal(CompletionTest):
    """`begin` gives the program's words and what is typed first."""
    def typed(self, keys, cwd=None, until=None):
        """The line after `keys`, and all that was shown from then on.

        Whether a list of candidates is shown depends on there being no more
        keys to read: `until` is what must have been shown before Ctrl-G.
        """
        target = self.top / "line"
        target.unlink(missing_ok=True)
        words, setup = self.begin(target)
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(cwd or self.workspace)
            os.execvpe(words[0], words, self.environment(
                PATH=self.path, TERM="dumb", PS1="> ", COLUMNS=200))
        self.addCleanup(os.close, terminal)
        shown = ""
        try:
            os.write(terminal, (setup + "\necho rea''dy\n").encode())
            shown += self.wait(terminal, lambda text: "\nready" in text)
            os.write(terminal, keys.encode())
            shown = self.wait(terminal, until) if until else ""
            os.write(terminal, b"\x07")
            shown += self.wait(terminal, lambda _: target.exists()
                               and target.read_text().endswith("\n"))
        finally:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        return target.read_text()[:-1], shown

    def wait(self, terminal, done):
        shown, end = "", time.monotonic() + 30
        while not done(shown):
            self.assertLess(time.monotonic(), end, shown)
            if select.select([terminal], [], [], 0.05)[0]:
                shown += os.read(terminal, 65536).decode(errors="replace") \
                    .replace("\r", "")
        return shown

    def assert_line(self, keys, line, **options):
        self.assertEqual(self.typed(keys, **options)[0], line)


class Shared:
    def test_a_verb(self):
        self.assert_line("graph bui\t", "graph build ")

    def test_an_option_and_its_value(self):
        self.assert_line("graph build --col\t", "graph build --color=")
        self.assert_line("graph build --color=ne\t",
                         "graph build --color=never ")

    def test_a_package_then_a_target(self):
        self.assert_line("graph build //li\t", "graph build //lib/")
        self.assert_line("graph build //app:to\t", "graph build //app:tool ")
        self.assert_line("graph build //app:se\t", "graph build //app:serv")

    def test_a_target_of_the_package_where_one_stands(self):
        self.assert_line("graph build :to\t", "graph build :tool ",
                         cwd=self.workspace / "app")

    def test_files(self):
        self.assert_line("graph eval scr\t", "graph eval script.star ")
        self.assert_line("graph build --events=scr\t",
                         "graph build --events=script.star ")
        self.assert_line("graph -C em\t", "graph -C empty/")


class Bash(OnATerminal, Shared):
    def begin(self, target):
        self.assertIsNotNone(shutil.which("bash"))
        return (["bash", "--norc", "--noprofile", "-i"],
                'bind "set enable-bracketed-paste off"; '
                'eval "$(graph completion bash)"; '
                "bind -x '\"\\C-g\": printf \"%s\\n\" \"$READLINE_LINE\" "
                f"> {target}'")

    def test_without_a_colon_among_the_breaks(self):
        self.assert_line("COMP_WORDBREAKS=' '\ngraph build //app:to\t",
                         "graph build //app:tool ")


class Zsh(OnATerminal, Shared):
    def begin(self, target):
        self.assertIsNotNone(shutil.which("zsh"))
        return (["zsh", "-f", "-i"],
                "unsetopt zle_bracketed_paste; unset zle_bracketed_paste; "
                "autoload -U compinit; compinit -u -D; "
                'eval "$(graph completion zsh)"; '
                f"show() {{ print -r -- \"$BUFFER\" > {target}; }}; "
                "zle -N show; bindkey '^G' show")

    def test_what_each_candidate_is(self):
        self.typed("graph build //app:se\t\t", until=re.compile(
            r"//app:server +-- filegroup\s+//app:service +-- filegroup").search)

    def test_as_an_autoloaded_function(self):
        folder = self.top / "functions"
        folder.mkdir()
        script = self.graph("completion", "zsh", code=EXIT_DONE).out
        (folder / "_graph").write_text(script)
        self.assert_line(
            f"unfunction _graph; fpath=({folder} $fpath); compinit -u -D\n"
            "graph bui\t", "graph build ")


class Fish(CompletionTest):
    def offered(self, line, cwd=None):
        done = subprocess.run(
            ["fish", "--no-config", "-c",
             "graph completion fish | source; complete -C $argv[1]", line],
            cwd=cwd or self.workspace, check=True, capture_output=True,
            text=True, env=self.environment(PATH=self.path, TERM="dumb"))
        self.assertEqual(done.stderr, "")
        return [tuple(each.split("\t")) for each in done.stdout.splitlines()]

    def test_verbs_with_what_they_do(self):
        self.assertEqual(self.offered("graph bui"),
                         [("build", "makes the artifacts of targets")])

    def test_options_and_their_values(self):
        self.assertEqual([each[0] for each in
                          self.offered("graph build --color=ne")],
                         ["--color=never"])
        self.assertEqual(self.offered("graph build --off"),
                         [("--offline", "fetch nothing")])

    def test_labels(self):
        self.assertEqual(self.offered("graph build //app:se"),
                         [("//app:server", "filegroup"),
                          ("//app:service", "filegroup")])
        self.assertEqual([each[0] for each in self.offered("graph test //li")],
                         ["//lib/"])
        self.assertEqual(self.offered("graph build ''", cwd="/"), [])

    def test_files(self):
        self.assertEqual([each[0] for each in
                          self.offered("graph eval scr")], ["script.star"])
        self.assertEqual([each[0] for each in
                          self.offered("graph build --events=scr")],
                         ["--events=script.star"])
        self.assertEqual([each[0] for each in self.offered("graph -C em")],
                         ["empty/"])
