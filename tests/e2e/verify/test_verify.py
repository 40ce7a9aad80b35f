# SPDX-License-Identifier: Apache-2.0
"""`graph verify`: files held against a manifest."""
import hashlib
import json
import os
import shutil
import unittest

from graph_test import EXIT_DONE, EXIT_FAILED, EXIT_NO_TARGET, EXIT_USAGE, GraphTest

FILES = {"boot.py": b"boot", "lib/a.mpy": b"M\x06a", "lib/b.mpy": b"",
         "sd/song.wav": b"RIFF"}

BUILD = '''\
genrule(
    name = "tool",
    outs = ["bin/tool"],
    cmd = "echo tool > $@",
    executable = True,
)
genrule(name = "text", outs = ["text.txt"], cmd = "echo text > $@")
copy_tree(name = "tree", srcs = glob(["in/**"]))
'''


class VerifyTest(GraphTest):
    def setUp(self):
        super().setUp()
        self.folder = self.top / "device"
        for path, data in FILES.items():
            self.place(path, data)
        self.manifest = self.top / "list.json"
        self.manifest.write_text(json.dumps({"version": "1", "files": [
            {"path": path, "download_path": "mpy/" + path,
             "action": "update" if path.startswith("lib/") else "keep",
             "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
            for path, data in FILES.items()]}))

    def place(self, path, data, folder=None):
        file = (folder or self.folder) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def verify(self, *args, code, golden=None):
        result = self.graph("verify", *args, self.manifest, self.folder,
                            code=code)
        if golden:
            self.assert_golden_result(f"e2e/verify/{golden}.txt", result)
        return result

    def test_a_good_folder(self):
        self.verify(code=EXIT_DONE, golden="good")
        self.assertEqual(self.verify("--quiet", code=EXIT_DONE).err, "")

    def test_no_workspace_is_needed(self):
        result = self.graph("verify", "list.json", "device", cwd=self.top,
                            code=EXIT_DONE)
        self.assertEqual(result.err, "4 files checked: all is well\n")

    def damage(self):
        self.place("boot.py", b"longer than it was")
        self.place("lib/b.mpy", b"")
        self.place("lib/a.mpy", b"M\x06b")
        self.place("lib/c.mpy", b"new")
        (self.folder / "sd/song.wav").unlink()

    def test_a_damaged_folder(self):
        self.damage()
        self.verify(code=EXIT_FAILED, golden="damaged")
        found = json.loads(self.verify("--output=json", code=EXIT_FAILED).out)
        self.assertEqual(found["checked"], 4)
        self.assertEqual([(m["kind"], m["path"]) for m in found["mismatches"]],
                         [("wrong", "boot.py"), ("wrong", "lib/a.mpy"),
                          ("extra", "lib/c.mpy"), ("missing", "sd/song.wav")])

    def test_an_empty_folder(self):
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        self.verify(code=EXIT_FAILED, golden="incomplete")

    def test_what_is_looked_at_can_be_chosen(self):
        self.damage()
        self.verify("--where=action=update", "--ignore=lib/a.mpy",
                    "--allow-extra", code=EXIT_DONE)
        self.verify("--ignore=lib", "--ignore=*.py", "--ignore", "s*/**",
                    code=EXIT_DONE)
        self.verify("--ignore=lib", "--ignore=sd", code=EXIT_FAILED)

    def test_another_field_may_have_the_paths(self):
        release = self.top / "release"
        release.mkdir()
        self.folder.rename(release / "mpy")
        self.folder = release
        self.verify("--paths=download_path", code=EXIT_DONE)
        # In the folder itself, the manifest is nothing extra.
        self.manifest = self.manifest.rename(release / "list.json")
        self.verify("--paths=download_path", code=EXIT_DONE)

    def test_what_cannot_be_read_is_told(self):
        """To root everything can be read: then somebody else looks."""
        (self.folder / "boot.py").chmod(0)
        (self.folder / "sd").chmod(0)
        self.top.chmod(0o755)
        other = {"user": 4711, "group": 4711, "extra_groups": []}
        process = self.start("verify", self.manifest, self.folder,
                             cwd=self.top, **(other if os.getuid() == 0 else {}))
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, EXIT_FAILED, err)
        self.assertIn("unreadable: boot.py: ", out)
        self.assertIn("unreadable: sd/: ", out)
        self.assertIn("unreadable: sd/song.wav: ", out)

    def test_what_a_build_made(self):
        self.write("BUILD.spec", BUILD)
        self.write("in/a", "a")
        self.write("in/sub/b", "b")
        self.build("//...")
        copy = self.top / "copy"
        shutil.copytree(self.output("."), copy, symlinks=True)
        self.manifest = copy / "manifest.json"
        self.folder = copy
        self.verify(code=EXIT_DONE)
        (copy / "bin/tool").chmod(0o444)
        (copy / "tree/in").chmod(0o755)
        (copy / "tree/in/c").write_text("c")
        (copy / "text.txt").unlink()
        (copy / "text.txt").symlink_to("bin/tool")
        self.assertEqual(
            self.verify(code=EXIT_FAILED).out,
            "wrong: bin/tool: is not executable\n"
            "wrong: text.txt: is a symbolic link, not a file\n"
            "wrong: tree: is a folder with other content\n")

    def test_mistakes(self):
        def told(*args, code):
            return self.graph("verify", *args, cwd=self.top, code=code).err

        self.assertIn("`graph verify` takes a manifest and a folder",
                      told("list.json", code=EXIT_USAGE))
        self.assertIn("--where` takes FIELD=TEXT", told(
            "--where=action", "list.json", "device", code=EXIT_USAGE))
        self.assertIn("nowhere does not exist", told(
            "list.json", "nowhere", code=EXIT_USAGE))
        self.assertIn("none.json", told(
            "none.json", "device", code=EXIT_NO_TARGET))
        self.manifest.write_text('{"files": [\n  {"path": "a",}]}')
        self.assertIn("list.json:2:16: this is no JSON", told(
            "list.json", "device", code=EXIT_USAGE))
        self.manifest.write_text('{"files": [{"path": "../a"}]}')
        self.assertIn('list.json: `files[0]` has the path "../a", which is '
                      "not one below a folder", told(
                          "list.json", "device", code=EXIT_USAGE))


if __name__ == "__main__":
    unittest.main()
