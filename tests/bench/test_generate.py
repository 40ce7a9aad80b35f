# SPDX-License-Identifier: Apache-2.0
"""The generated graph is one graph, whoever builds it."""
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import generate

SMALL = generate.Shape(packages=3, targets=20, fan_in=3, sources=5)


def texts(folder):
    return {path.relative_to(folder).as_posix(): path.read_text()
            for path in sorted(folder.rglob("*")) if path.is_file()}


class GenerateTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="graph-bench-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def test_equal_parameters_give_equal_bytes(self):
        generate.generate(self.folder / "a", SMALL)
        generate.generate(self.folder / "b", SMALL)
        self.assertEqual(texts(self.folder / "a"), texts(self.folder / "b"))

    def test_the_seed_changes_the_edges(self):
        other = generate.Shape(packages=3, targets=20, fan_in=3, sources=5,
                               seed=2)
        self.assertNotEqual(list(generate.actions(SMALL)),
                            list(generate.actions(other)))

    def test_inputs_exist_before_they_are_used(self):
        made = set()
        for output, inputs in generate.actions(SMALL):
            self.assertEqual(len(set(inputs) - {generate.leaf(SMALL)}), 3)
            self.assertTrue(all(i in made for i in inputs if i.made))
            made.add(output)
        self.assertEqual(len(made), 60)

    def test_one_action_alone_reads_the_leaf(self):
        readers = [output for output, inputs in generate.actions(SMALL)
                   if generate.leaf(SMALL) in inputs]
        self.assertEqual(len(readers), 1)
        users = [output for output, inputs in generate.actions(SMALL)
                 if readers[0] in inputs]
        self.assertEqual(users, [])

    def test_sources_stay_in_their_package(self):
        for output, inputs in generate.actions(SMALL):
            self.assertTrue(all(i.made or i.package == output.package
                                for i in inputs))

    def test_shapes_have_as_many_actions_as_asked_for(self):
        for count in (1, 50, 1000, 10000):
            shape = generate.Shape.of_actions(count)
            self.assertEqual(shape.packages * shape.targets, count)

    def test_ninja_and_make_build_the_same_files(self):
        if not shutil.which("ninja") or not shutil.which("make"):
            self.skipTest("ninja or make is not installed")
        generate.generate(self.folder, SMALL)
        for argv in (["ninja"], ["make", "-s", "-j2"]):
            subprocess.run(argv, cwd=self.folder, check=True,
                           capture_output=True)
        outputs = [{path: text for path, text in texts(self.folder / o).items()
                    if path.endswith(".txt")} for o in ("ninja-out", "make-out")]
        self.assertEqual(len(outputs[0]), 60)
        self.assertEqual(outputs[0], outputs[1])
        again = subprocess.run(["make", "-q"], cwd=self.folder, check=False)
        self.assertEqual(again.returncode, 0)


if __name__ == "__main__":
    unittest.main()
