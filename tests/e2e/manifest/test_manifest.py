# SPDX-License-Identifier: Apache-2.0
"""graph-out/manifest.json tells what a build made, and of what."""
import hashlib
import json

from graph_test import GraphTest


class ManifestTest(GraphTest):
    def setUp(self):
        super().setUp()
        self.write("app/in.txt", "hello\n")
        self.write("app/BUILD.spec",
                   'genrule(name = "a", srcs = ["in.txt"], outs = ["a.txt"], '
                   'cmd = "cat $< > $@")\n'
                   'genrule(name = "b", outs = ["b.txt"], '
                   'cmd = "echo b > $@")\n')

    def manifest(self):
        return self.read("graph-out/manifest.json")

    def test_each_artifact_is_listed_with_its_digest(self):
        self.build("//app:a", "//app:b")
        manifest = json.loads(self.manifest())
        artifacts = {entry["path"]: entry for entry in manifest["artifacts"]}
        self.assertEqual(sorted(artifacts),
                         ["graph-out/app/a.txt", "graph-out/app/b.txt"])
        entry = artifacts["graph-out/app/a.txt"]
        self.assertEqual(entry["label"], "//app:a")
        self.assertEqual(entry["sha256"],
                         hashlib.sha256(b"hello\n").hexdigest())
        self.assertEqual(entry["size"], 6)
        self.assertEqual(entry["isolation"], "strict")
        self.assertEqual(len(entry["key"].split("/")[0]), 64)
        self.assertEqual(manifest["sources"],
                         [{"path": "app/in.txt", "kind": "file",
                           "sha256": hashlib.sha256(b"hello\n").hexdigest(),
                           "size": 6}])

    def test_equal_inputs_give_equal_bytes(self):
        self.build("//app:a", "//app:b")
        first = self.manifest()
        self.graph("clean", code=0)
        self.build("//app:b", "//app:a", "--jobs=1")
        self.assertEqual(self.manifest(), first)

    def test_no_path_of_the_machine_is_in_it(self):
        self.build("//app:a")
        self.assertNotIn(str(self.top), self.manifest())
