# SPDX-License-Identifier: Apache-2.0
"""Two builds at once, in one workspace and one cache: both end right."""
from graph_test import GraphTest


class TogetherTest(GraphTest):
    def test_two_builds_in_one_workspace(self):
        lines = []
        for i in range(40):
            self.write(f"app/in{i}.txt", f"source {i}\n")
            lines.append(f'genrule(name = "t{i}", srcs = ["in{i}.txt"], '
                         f'outs = ["t{i}.txt"], cmd = "cat $< $< > $@")')
        self.write("app/BUILD.spec", "\n".join(lines) + "\n")
        for _ in range(5):
            processes = [self.start("build", "//app/...") for _ in range(3)]
            for process in processes:
                _, err = process.communicate(timeout=120)
                self.assertEqual(process.returncode, 0, err)
            for i in range(40):
                self.assertEqual(self.output(f"app/t{i}.txt").read_text(),
                                 f"source {i}\n" * 2)
            for i in range(0, 40, 7):
                self.write(f"app/in{i}.txt", f"source {i}\n")
            self.graph("clean", code=0)

    def test_two_workspaces_share_a_cache(self):
        self.write("app/BUILD.spec", 'genrule(name = "a", outs = ["a.txt"], '
                                     'cmd = "echo a > $@")')
        other = self.top / "other"
        other.mkdir()
        for path in ("WORKSPACE.spec", "app/BUILD.spec"):
            (other / path).parent.mkdir(exist_ok=True)
            (other / path).write_text(self.read(path))
        self.assertEqual(self.build("//app:a").actions["run"], 1)
        result = self.build("//app:a", cwd=other)
        self.assertEqual(result.actions["run"], 0)
        self.assertEqual(result.actions["cached_local"], 1)
        self.assertEqual((other / "graph-out/app/a.txt").read_text(), "a\n")
