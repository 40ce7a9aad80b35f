# SPDX-License-Identifier: Apache-2.0
"""A bundle comes to a device whole, or the device stays as it was."""
import os
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "mpy"))

from factory import BUILD, FactoryTest  # noqa: E402
from graph_test import EXIT_DONE, EXIT_FAILED, EXIT_USAGE  # noqa: E402

ZONES = BUILD.replace(
    'version = "1.0"', 'version = "1.0", data = {":card": "sd"}, '
    'frozen = ["lib/blink.mpy"], zones = {"mpy": "/", "sd": "/sd"}') + (
        'copy_tree(name = "card", srcs = ["card/song.txt"], strip = "card")\n')

# Fails at the rename with the number N, without a chance to clean up.
KILLS = '''#!/bin/sh
count=$(cat "$COUNT"); echo $((count + 1)) >"$COUNT"
[ "$count" = "$N" ] && kill -9 $PPID
exec /bin/mv "$@"
'''
# A disk that keeps other bytes than it was given.
GARBLES = '''#!/bin/sh
case $2 in *wifi*) echo garbage ;; *) exec /bin/cat "$@" ;; esac
'''
# A disk of 28 pages: $1 the device, $2 the program.
FULL = '''
mount -t tmpfs -o size=112k none "$1"
echo old >"$1/boot.py"
(cd "$1" && find . -exec ls -ld --time-style=+ {} +) >"$3.before"
"$2" "$1"
echo "exit code $?"
(cd "$1" && find . -exec ls -ld --time-style=+ {} +) >"$3.after"
cmp "$3.before" "$3.after"
'''


class CopyTest(FactoryTest):
    def setUp(self):
        super().setUp()
        self.device = self.top / "device"
        self.device.mkdir()
        self.fill()
        self.write("src/core.py", "import lib.blink\nX = 1\n")

    def make(self):
        self.build("//:copy")

    def copy(self, *args, code=EXIT_DONE, **env):
        ran = subprocess.run(
            [self.output("copy"), *map(str, args or [self.device])],
            cwd=self.top, env=self.environment(**env), capture_output=True,
            text=True, check=False)
        self.assertEqual(ran.returncode, code, ran.stdout + ran.stderr)
        return ran

    def on_device(self, folder=None):
        folder = folder or self.device
        return sorted(path.relative_to(folder).as_posix()
                      for path in folder.rglob("*") if path.is_file())

    def program(self, name, text):
        """The environment in which `name` is another program."""
        folder = self.top / "bin"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
        return {"PATH": f"{folder}:{os.environ['PATH']}"}

    def verify(self, code=EXIT_DONE):
        return self.graph("verify", "--ignore=.graph-copy",
                          "graph-out/release/manifest.json", self.device,
                          code=code)

    def test_what_differs_is_copied_and_nothing_twice(self):
        result = self.graph("run", "//:copy", "--", self.device, code=EXIT_DONE)
        self.assertEqual(result.out, "copy boot.py\ncopy core.mpy\n"
                         "copy lib/blink.mpy\ncopy lib/wifi.mpy\n"
                         "copied 4 files (4 new), removed 0; "
                         "0 were there already\n")
        self.verify()
        again = self.copy()
        self.assertEqual(again.stdout, "copied 0 files (0 new), removed 0; "
                                       "4 were there already\n")
        (self.device / "core.mpy").write_text("damaged")
        self.assertIn("wrong: core.mpy", self.verify(code=EXIT_FAILED).out)
        self.assertIn("copy core.mpy\ncopied 1 files (0 new)",
                      self.copy().stdout)
        self.verify()

    def test_a_dry_run_changes_nothing(self):
        self.make()
        ran = self.copy("--dry-run", self.device)
        self.assertIn("would copy core.mpy\n", ran.stdout)
        self.assertEqual(self.on_device(), [])

    def test_only_what_a_copy_wrote_is_removed(self):
        (self.device / "lib").mkdir()
        (self.device / "lib/mine.py").write_text("mine")
        (self.device / "settings.toml").write_text("mine")
        self.fill(net__tcp="t = 1\n", net__udp="u = 1\n", own="o = 1\n")
        self.make()
        same = self.output("release/mpy/own.mpy").read_bytes()
        (self.device / "own.mpy").write_bytes(same)
        self.copy()
        self.assertIn("net/tcp.mpy", self.on_device())
        (self.device / "net/udp.mpy").write_text("changed by hand")
        self.fill(net__tcp=None, net__udp=None, own=None, lib__wifi=None)
        self.make()
        ran = self.copy()
        self.assertIn("remove lib/wifi.mpy, which is not in the bundle any "
                      "more\nremove net/tcp.mpy, which", ran.stdout)
        self.assertIn("keep net/udp.mpy: it is not in the bundle", ran.stdout)
        self.assertEqual(self.on_device(), [
            ".graph-copy", "boot.py", "core.mpy", "lib/blink.mpy",
            "lib/mine.py", "net/udp.mpy", "own.mpy", "settings.toml"])
        self.assertNotIn("keep", self.copy().stdout)

    def test_folders_that_are_empty_go_if_a_copy_made_them(self):
        (self.device / "empty").mkdir()
        self.fill(net__a__b="t = 1\n")
        self.make()
        self.copy()
        self.fill(net__a__b=None)
        self.make()
        self.copy()
        self.assertTrue((self.device / "empty").is_dir())
        self.assertFalse((self.device / "net").exists())

    def test_a_full_disk_leaves_the_device_as_it_was(self):
        self.fill(**{f"lib__m{n}": f"x = {n}\n" for n in range(40)})
        self.make()
        command = ["unshare", "--user", "--map-root-user", "--mount", "sh",
                   "-c", FULL, "sh", self.device, self.output("copy"),
                   self.top / "list"]
        ran = subprocess.run(command, env=self.environment(), text=True,
                             capture_output=True, check=False)
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        self.assertIn("exit code 1\n", ran.stdout)
        self.assertRegex(ran.stderr, r"copy: cannot write lib/m\d+.mpy: 0 are "
                         r"free. The device is as it was\n")

    def test_a_folder_in_the_way_is_an_error_before_anything_is_changed(self):
        self.make()
        (self.device / "lib").write_text("a file")
        self.assertIn("cannot make the folder of lib/blink.mpy. The device is "
                      "as it was", self.copy(code=EXIT_FAILED).stderr)
        self.assertEqual(self.on_device(), ["lib"])
        (self.device / "lib").unlink()
        (self.device / "core.mpy").mkdir()
        self.assertIn("core.mpy is a file of the bundle, and something else on "
                      "the device", self.copy(code=EXIT_FAILED).stderr)
        self.assertEqual(self.on_device(), [])

    def test_bytes_that_come_back_wrong_are_not_used(self):
        self.make()
        (self.device / "boot.py").write_text("old")
        ran = self.copy(code=EXIT_FAILED, **self.program("cat", GARBLES))
        self.assertIn("lib/wifi.mpy was read back with other bytes than were "
                      "written. The device is as it was", ran.stderr)
        self.assertEqual(self.on_device(), ["boot.py"])
        self.assertEqual((self.device / "boot.py").read_text(), "old")

    def test_killed_anywhere_the_device_starts_and_the_next_copy_mends(self):
        self.make()
        new = self.output("release/mpy/boot.py").read_bytes()
        count = self.top / "count"
        for n in range(6):
            with self.subTest(n):
                subprocess.run(["rm", "-rf", self.device], check=True)
                (self.device / "lib").mkdir(parents=True)
                (self.device / "boot.py").write_text("old")
                count.write_text("0")
                ran = self.copy(code=-9 if n < 6 else 0, COUNT=count, N=n,
                                **self.program("mv", KILLS))
                self.assertEqual(ran.stdout, "")
                boot = (self.device / "boot.py").read_bytes()
                if boot == new:  # Then all that it needs is there.
                    self.assertTrue((self.device / "core.mpy").exists())
                else:
                    self.assertEqual(boot, b"old")
                self.copy()
                self.verify()

    def test_what_hides_a_new_file_is_told(self):
        (self.device / "core.py").write_text("old")
        self.make()
        self.assertEqual(self.copy().stderr,
                         "copy: core.py on the device hides core.mpy\n")

    def test_a_file_that_is_compiled_now_does_not_stay_as_source(self):
        self.write("BUILD.spec", BUILD.replace(
            'plain = ["src/boot.py"]',
            'plain = ["src/boot.py", "src/lib/wifi.py"]'))
        self.make()
        self.copy()
        self.assertIn("lib/wifi.py", self.on_device())
        self.write("BUILD.spec", BUILD)
        self.make()
        self.assertEqual(self.copy().stderr, "")
        self.assertIn("lib/wifi.mpy", self.on_device())
        self.assertNotIn("lib/wifi.py", self.on_device())

    def test_cards_and_firmware(self):
        card = self.top / "card"
        card.mkdir()
        self.write("card/song.txt", "la")
        self.write("BUILD.spec", ZONES)
        self.make()
        ran = self.copy()
        self.assertEqual(ran.stderr, "copy: 1 files for /sd were left out; "
                         "--mount /sd=FOLDER says where it is here\ncopy: 1 "
                         "files that may be in the firmware were left out; "
                         "--all copies them, too\n")
        self.assertEqual(self.on_device(), [".graph-copy", "boot.py",
                                            "core.mpy", "lib/wifi.mpy"])
        ran = self.copy("--all", "--mount", f"/sd={card}", self.device)
        self.assertIn("copied 2 files (2 new)", ran.stdout)
        self.assertEqual(self.on_device(card), [".graph-copy", "song.txt"])
        self.copy()  # What is left out now, stays.
        self.assertIn("lib/blink.mpy", self.on_device())
        ran = self.copy("--mount", f"/x={card}", self.device, code=EXIT_FAILED)
        self.assertIn("nothing of the bundle lies at /x; places are: / /sd",
                      ran.stderr)

    def test_mistakes(self):
        self.make()
        for args, words in [
                (["--fast", "d"], "there is no option --fast"),
                (["a", "b"], "there is more than one device: a and b"),
                (["--dry-run"], "which device?"),
                (["--mount", "sd", "d"], "--mount takes PLACE=FOLDER")]:
            self.assertIn(words, self.copy(*args, code=EXIT_USAGE).stderr)
        self.assertIn(f"{self.top}/gone is no folder: is the device mounted?",
                      self.copy(self.top / "gone", code=EXIT_FAILED).stderr)
        self.assertIn("--dry-run", self.copy("--help").stdout)


if __name__ == "__main__":
    unittest.main()
