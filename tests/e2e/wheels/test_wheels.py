# SPDX-License-Identifier: Apache-2.0
"""Wheels and their index, by the host's Python: what is in them, what is
refused, and whether Debian's pip takes them. test_wheels_cross is about other
machines and the example."""
import base64
import csv
import functools
import hashlib
import html.parser
import http.server
import json
import pathlib
import subprocess
import sys
import tarfile
import threading
import unittest
import urllib.parse
import zipfile

from elsewhere import build_elsewhere
from graph_test import EXIT_FAILED, EXIT_USAGE, ROOT, SharedToolchainsTest

sys.path.insert(0, str(ROOT / "rules/python"))
import elf  # noqa: E402 pylint: disable=wrong-import-position
import policy  # noqa: E402 pylint: disable=wrong-import-position

LOADS = 'load("@rules//python:defs.spec", "pep517_wheel", "py_index", ' \
    '"py_platform", "py_sdist", "py_wheel", "py_wheel_file", ' \
    '"py_wheel_test")\n'

BUILD = LOADS + '''
json_file(name = "table", content = {"answer": 42})

py_wheel(
    name = "Space.Ship_core",
    srcs = glob(["src/**"]),
    strip = "src",
    version = "1.5rc1",
    summary = "A ship",
    readme = "README.md",
    license_files = ["LICENSE"],
    requires_python = ">=3.9",
    requires = ["fuel>=2; python_version >= '3'"],
    extra_requires = {"test": ["pytest", "tox; os_name == 'posix'"]},
    entry_points = {"console_scripts": ["ship = ship.bridge:main"]},
    files = {":table": "ship/table.json"},
    scripts = ["launch.sh"],
)

py_wheel(name = "fuel", version = "2.1", srcs = ["fuel.py"])

py_sdist(
    name = "sdist",
    distribution = "fuel",
    version = "2.1",
    srcs = ["fuel.py", "pyproject.toml"],
    must_contain = ["pyproject.toml", "*.py"],
)

py_index(name = "index", packages = [":Space.Ship_core", ":fuel", ":sdist"])
'''
FILES = {
    "src/ship/__init__.py": "",
    "src/ship/bridge.py": "import json, pathlib\nimport fuel\n\n"
    "def main():\n    file = pathlib.Path(__file__).with_name('table.json')\n"
    "    print(json.loads(file.read_text())['answer'] * fuel.FACTOR)\n",
    "README.md": "# Ship\n\nFlies – far.\n",
    "LICENSE": "Do as you like.\n",
    "fuel.py": "FACTOR = 10\n",
    "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "b"\n'
    '[project]\nname = "fuel"\nversion = "2.1"\n',
    "launch.sh": "#!/bin/sh\necho launched\n",
}
SHIP = "space_ship_core-1.5rc1-py3-none-any.whl"


class Links(html.parser.HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.all = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.all.append(dict(attrs))


def pip(*words):
    """Debian's."""
    done = subprocess.run(
        ["/usr/bin/python3", "-m", "pip", "--isolated", "--no-cache-dir",
         "--disable-pip-version-check", *map(str, words)],
        capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(done.stdout + done.stderr)


class WheelsTest(SharedToolchainsTest):
    def fill(self, workspace):
        for path, text in {**FILES, "BUILD.spec": BUILD}.items():
            (workspace / path).parent.mkdir(parents=True, exist_ok=True)
            (workspace / path).write_text(text)
        (workspace / "launch.sh").chmod(0o755)

    def refused(self, rules, *words, code=EXIT_FAILED, target="//:x"):
        """Builds a target of `rules`, which has to fail with these words."""
        self.write("BUILD.spec", LOADS + rules)
        result = self.graph("build", target, code=code)
        for text in words:
            self.assertIn(text, " ".join(result.err.split()))
        return result

    # --- what is in them ----------------------------------------------------

    def test_a_wheel_is_what_the_specification_says(self):
        self.fill(self.workspace)
        self.build("//:Space.Ship_core")
        with zipfile.ZipFile(self.output(SHIP)) as archive:
            names = archive.namelist()
            data = {name: archive.read(name) for name in names}
            modes = {info.filename: info.external_attr >> 16
                     for info in archive.infolist()}
            self.assertEqual({info.date_time for info in archive.infolist()},
                             {(1980, 1, 1, 0, 0, 0)})
        info = "space_ship_core-1.5rc1.dist-info"
        self.assertEqual(names, [
            "ship/__init__.py", "ship/bridge.py", "ship/table.json",
            "space_ship_core-1.5rc1.data/scripts/launch.sh",
            f"{info}/LICENSE", f"{info}/METADATA", f"{info}/WHEEL",
            f"{info}/entry_points.txt", f"{info}/RECORD"])
        self.assertEqual(modes[names[3]], 0o100755)
        self.assertEqual(modes[names[0]], 0o100644)
        self.assertEqual(
            data[f"{info}/WHEEL"].decode(),
            "Wheel-Version: 1.0\nGenerator: graph\nRoot-Is-Purelib: true\n"
            "Tag: py3-none-any\n")
        self.assertEqual(data[f"{info}/METADATA"].decode(), """\
Metadata-Version: 2.1
Name: Space.Ship_core
Version: 1.5rc1
Summary: A ship
Requires-Python: >=3.9
Requires-Dist: fuel>=2; python_version >= '3'
Provides-Extra: test
Requires-Dist: pytest; extra == 'test'
Requires-Dist: tox; (os_name == 'posix') and extra == 'test'
Description-Content-Type: text/markdown; charset=UTF-8
License-File: LICENSE

# Ship

Flies – far.
""")
        rows = list(csv.reader(data[f"{info}/RECORD"].decode().splitlines()))
        self.assertEqual([row[0] for row in rows], names)
        for name, digest, size in rows[:-1]:
            raw = base64.urlsafe_b64encode(
                hashlib.sha256(data[name]).digest()).decode().rstrip("=")
            self.assertEqual((digest, size),
                             ("sha256=" + raw, str(len(data[name]))), name)
        self.assertEqual(rows[-1][1:], ["", ""])

    def test_a_source_distribution_is_sorted_and_has_pkg_info(self):
        self.fill(self.workspace)
        self.build("//:sdist")
        with tarfile.open(self.output("fuel-2.1.tar.gz")) as tar:
            members = tar.getmembers()
            info = tar.extractfile("fuel-2.1/PKG-INFO").read().decode()
        self.assertEqual(
            [(member.name, member.uid, member.mode) for member in members],
            [(f"fuel-2.1/{name}", 0, 0o644)
             for name in ("PKG-INFO", "fuel.py", "pyproject.toml")])
        self.assertEqual(info, "Metadata-Version: 2.1\nName: fuel\n"
                               "Version: 2.1\n")

    def test_bytes_are_equal_for_everybody(self):
        self.fill(self.workspace)
        other = build_elsewhere(self, self.top / "another folder", self.fill,
                                ["//:index"])
        self.build("//:index")
        files = sorted(path.relative_to(self.output("index")) for path
                       in self.output("index").rglob("*") if path.is_file())
        self.assertEqual(len(files), 3 + 2 + 2 * 3)
        for path in files:
            self.assertEqual((other / "graph-out/index" / path).read_bytes(),
                             self.output("index" / path).read_bytes(), path)

    # --- pip ----------------------------------------------------------------

    def test_pip_installs_by_links_and_the_programs_run(self):
        self.fill(self.workspace)
        self.build("//:Space.Ship_core", "//:fuel")
        target = self.top / "target"
        pip("install", "--no-index", "--find-links", self.output("."),
            "--target", target, "Space.Ship_core==1.5rc1")
        done = subprocess.run(
            [target / "bin/ship"], env=self.environment(PYTHONPATH=target),
            capture_output=True, text=True, check=True)
        self.assertEqual(done.stdout, "420\n")
        self.assertEqual(subprocess.run(
            [target / "bin/launch.sh"], capture_output=True, text=True,
            check=True).stdout, "launched\n")

    def test_pip_installs_from_the_index_wherever_it_is_served(self):
        self.fill(self.workspace)
        self.build("//:index")

        class Quiet(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *args):
                pass

        # Not at the top: no link may be absolute.
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), (
            functools.partial(Quiet, directory=self.workspace)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        url = f"http://127.0.0.1:{server.server_address[1]}/graph-out/index"
        target = self.top / "target"
        pip("install", "--index-url", url + "/simple/", "--pre", "--target",
            target, "space-ship.core")
        self.assertTrue((target / "ship/bridge.py").exists())
        self.assertTrue((target / "fuel.py").exists())
        pip("download", "--index-url", url + "/simple/", "--no-deps",
            "--no-build-isolation", "--only-binary", ":all:", "--require-hashes",
            "-r", self.requirements(), "-d", self.top / "down")
        self.assertEqual(len(list((self.top / "down").iterdir())), 1)

    def requirements(self):
        """As the index has it, with its digest."""
        digest = hashlib.sha256(self.output(
            "index/packages/fuel-2.1-py3-none-any.whl").read_bytes())
        path = self.top / "requirements.txt"
        path.write_text(f"fuel==2.1 --hash=sha256:{digest.hexdigest()}\n")
        return path

    def test_the_index_has_names_digests_and_metadata(self):
        self.fill(self.workspace)
        self.build("//:index")
        simple = self.output("index/simple")
        self.assertEqual(
            [link["href"] for link in
             Links((simple / "index.html").read_text()).all],
            ["fuel/", "space-ship-core/"])
        for project, count in {"fuel": 2, "space-ship-core": 1}.items():
            links = Links((simple / project / "index.html").read_text()).all
            said = json.loads((simple / project / "index.json").read_text())
            self.assertEqual(said["name"], project)
            self.assertEqual(len(links), count)
            for link, file in zip(links, said["files"]):
                place, _, digest = link["href"].partition("#sha256=")
                path = simple / project / urllib.parse.unquote(place)
                data = path.resolve().read_bytes()
                self.assertEqual(digest, hashlib.sha256(data).hexdigest())
                self.assertEqual(file["hashes"], {"sha256": digest})
                self.assertEqual(file["filename"], path.name)
                if path.name.endswith(".whl"):
                    meta = pathlib.Path(f"{path}.metadata").read_bytes()
                    self.assertEqual(
                        link["data-core-metadata"],
                        "sha256=" + hashlib.sha256(meta).hexdigest())
        self.assertEqual(said["files"][0]["requires-python"], ">=3.9")

    # --- backends -----------------------------------------------------------

    BACKEND = ('[build-system]\nrequires = {requires}\n'
               'build-backend = "tiny"\nbackend-path = ["."]\n')
    TINY = '''\
import zipfile


def build_wheel(folder, config_settings=None, metadata_directory=None):
    import tool
    name = "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(folder + "/" + name, "w") as archive:
        archive.writestr("tiny.py", "WORD = %r\\n" % tool.WORD)
        info = "tiny-1.0.dist-info/"
        archive.writestr(info + "METADATA",
                         "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1.0\\n")
        archive.writestr(info + "WHEEL", "Wheel-Version: 1.0\\n"
                         "Root-Is-Purelib: true\\nTag: py3-none-any\\n")
        archive.writestr(info + "RECORD", "")
    return name
'''

    def test_what_a_build_requires_comes_as_wheels(self):
        self.write("pyproject.toml",
                   self.BACKEND.format(requires='["tool>=2"]'))
        self.write("tiny.py", self.TINY)
        self.write("tool.py", "WORD = 'made by tool'\n")
        self.write("check.py", "import tiny\nassert tiny.WORD == 'made by "
                   "tool'\nprint(tiny.WORD)\n")
        rules = '''
host_toolchain(name = "python", packages = ["python3", "python3-setuptools"])
py_platform(name = "host", toolchains = [":python"])
py_wheel(name = "tool", version = "{version}", srcs = ["tool.py"])
pep517_wheel(name = "x", distribution = "tiny", version = "{said}",
             srcs = ["pyproject.toml", "tiny.py"],
             build_requires = [{requires}], platform = ":host")
py_wheel_test(name = "test", main = "check.py", wheels = [":x"])
'''
        self.write("BUILD.spec", LOADS + rules.format(
            version="2.1", said="1.0", requires='":tool"'))
        self.graph("test", "//:test", code=0)
        self.refused(rules.format(version="2.1", said="1.0", requires=""),
                     "asks for tool>=2: add it to `build_requires`")
        self.refused(rules.format(version="1.9", said="1.0",
                                  requires='":tool"'),
                     "asks for tool>=2 (there is 1.9)")
        self.refused(rules.format(version="2.1", said="1.1",
                                  requires='":tool"'),
                     "the sources are of tiny 1.0, the target says tiny 1.1")

    def test_a_test_fails_with_what_it_said(self):
        self.write("m.py", "")
        self.write("check.py", "import m\nprint('so it is')\nexit(3)\n")
        self.write("BUILD.spec", LOADS + '''
py_wheel(name = "m", version = "1", srcs = ["m.py"])
py_wheel_test(name = "test", main = "check.py", wheels = [":m"])
''')
        self.graph("test", "//:test", code=3)
        self.assertIn("so it is", self.output("test.test.log").read_text())

    # --- what is refused ----------------------------------------------------

    def test_a_tag_that_lies_is_refused(self):
        self.write("tool", pathlib.Path("/bin/true").read_bytes(), True)
        rule = ('py_wheel(name = "x", version = "1", '
                'srcs = ["tool"], prefix = "x", {})\n')
        self.refused(rule.format(""), "x/tool is machine code for x86_64",
                     "say `native = True`, or `platform_tag`")
        self.refused(rule.format('platform_tag = "linux_armv7l"'),
                     "x/tool is for x86_64, but the tag linux_armv7l says "
                     "armv7l")
        self.refused(rule.format('platform_tag = "manylinux_2_5_x86_64"'),
                     "x/tool needs GLIBC_2.34, but manylinux_2_5_x86_64 "
                     "promises that 2.5 is enough")
        self.refused(rule.format('platform_tag = "musllinux_1_2_x86_64"'),
                     "needs glibc, but musllinux_1_2_x86_64 means musl")
        self.assertFalse(list(self.workspace.rglob("*.whl")))
        self.write("BUILD.spec", LOADS + rule.format(
            'platform_tag = "manylinux_2_34_x86_64"'))
        self.build("//:x")

    def test_a_wheel_of_others_is_taken_only_if_it_is_right(self):
        self.fill(self.workspace)
        self.build("//:fuel")
        good = self.output("fuel-2.1-py3-none-any.whl").read_bytes()
        self.write("fuel-2.1-py3-none-any.whl", good)
        rule = 'py_wheel_file(name = "x", src = "{}")\n'
        self.write("BUILD.spec", LOADS + rule.format(
            "fuel-2.1-py3-none-any.whl"))
        self.build("//:x")
        self.assertEqual(self.output(
            "x.wheel/fuel-2.1-py3-none-any.whl").read_bytes(), good)

        with zipfile.ZipFile(self.workspace / "fuel-2.1-py3-none-any.whl",
                             "a") as archive:
            archive.writestr("more.py", "")
        self.refused(rule.format("fuel-2.1-py3-none-any.whl"),
                     "RECORD does not have more.py")
        self.write("fuel-2.1-py3-none-any.whl",
                   good.replace(b"FACTOR = 10", b"FACTOR = 11"))
        self.write("other-2.1-py3-none-any.whl", good)
        self.refused(rule.format("other-2.1-py3-none-any.whl"),
                     "its name says other 2.1, its METADATA fuel 2.1")
        self.write("fuel-2.1-py2-none-any.whl", good)
        self.refused(rule.format("fuel-2.1-py2-none-any.whl"),
                     "its name says py2-none-any, its WHEEL py3-none-any")
        self.write("fuel-2.1-py3-none-any.whl", b"no zip")
        self.refused(rule.format("fuel-2.1-py3-none-any.whl"),
                     "cannot be read as a wheel")
        self.write("fuel.whl", good)
        self.refused(rule.format("fuel.whl"), "is no name of a wheel",
                     code=EXIT_USAGE)

    def test_a_source_distribution_without_what_it_needs_is_refused(self):
        for path in ("fuel.py", "pyproject.toml"):
            self.write(path, FILES[path])
        rule = ('py_sdist(name = "x", distribution = "{}", version = "{}", '
                'srcs = {}, must_contain = {})\n')
        self.refused(rule.format("fuel", "2.1", '["fuel.py"]',
                                 '["fuel.py", "pyproject.toml"]'),
                     "would be without pyproject.toml, which `must_contain` "
                     "names")
        self.refused(rule.format("fuel", "2.1", '["fuel.py"]', "[]"),
                     "neither pyproject.toml nor setup.py")
        both = '["fuel.py", "pyproject.toml"]'
        self.refused(rule.format("fuel", "2.2", both, "[]"),
                     "the target says fuel 2.2, pyproject.toml fuel 2.1")
        self.refused(rule.format("envoxy", "2.1", both, "[]"),
                     "the target says envoxy 2.1, pyproject.toml fuel 2.1")

    def test_what_metadata_cannot_say_is_refused(self):
        self.write("m.py", "")
        rule = 'py_wheel(name = "x", version = "{}", srcs = ["m.py"], {})\n'
        for version, more, words in (
                ("v1", "", "`v1` is no version in its normal form"),
                ("1", 'distribution = "_x"', "`_x` is no name of a distri"),
                ("1", 'summary = "a\\nb"', "Summary is one line"),
                ("1", 'entry_points = {"console_scripts": ["x = m"]}',
                 "`x = m` of console_scripts names no function"),
                ("1", 'entry_points = {"console_scripts": ["x = m.n:f"]}',
                 "needs the module m.n, which is not among the files"),
                ("1", 'entry_points = {"g": ["x"]}', "is no entry point")):
            self.refused(rule.format(version, more), words)
        self.refused(rule.format("1", "native = True"), "`native` wheels need "
                     "a `platform`", code=EXIT_USAGE)

    def test_one_name_is_one_file_in_an_index(self):
        self.write("m.py", "")
        self.write("n.py", "")
        self.write("a/BUILD.spec", LOADS + 'py_wheel(name = "m", version = '
                   '"1", srcs = ["//:n.py"], visibility = '
                   '["//visibility:public"])\n')
        self.refused('exports_files(["n.py"])\n'
                     'py_wheel(name = "m", version = "1", srcs = ["m.py"])\n'
                     'py_index(name = "x", packages = [":m", "//a:m"])\n',
                     "two of `packages` make m-1-py3-none-any.whl",
                     code=EXIT_USAGE)


class ElfTest(unittest.TestCase):
    """What we read of ELF files is what binutils reads."""

    def readelf(self, path):
        text = subprocess.run(
            ["readelf", "-hdVW", path], capture_output=True, text=True,
            check=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}).stdout
        words = text.split()
        needed = [words[i + 3].strip("[]") for i, word in enumerate(words)
                  if word == "(NEEDED)"]
        versions, library = {}, None
        for line in text.splitlines():
            fields = line.split()
            if "Version:" in fields and "File:" in fields:
                library = fields[fields.index("File:") + 1]
                versions[library] = []
            elif "Name:" in fields and "Flags:" in fields and \
                    "Parent" not in fields and library and \
                    "Index:" not in fields:
                versions[library].append(fields[fields.index("Name:") + 1])
            elif "Version definition" in line:
                library = None
        return needed, versions

    def test_libraries_of_the_machine(self):
        paths = sorted(pathlib.Path("/usr/lib/x86_64-linux-gnu").glob(
            "lib*.so.[0-9]"))[:60] + [pathlib.Path("/bin/true")]
        for path in paths:
            found = elf.parse(path.read_bytes())
            needed, versions = self.readelf(path)
            self.assertEqual(found.machine, "x86_64", path)
            self.assertEqual(found.needed, needed, path)
            self.assertEqual(found.versions, versions, path)
        self.assertGreater(len(paths), 10)

    def test_what_is_cut_off_is_refused(self):
        data = pathlib.Path("/bin/true").read_bytes()
        self.assertRaises(elf.NotElf, elf.parse, b"#!/bin/sh\n")
        for length in (5, 20, 60, 100, 1000):
            self.assertRaises(elf.NotElf, elf.parse, data[:length])

    def test_policies(self):
        true = elf.parse(pathlib.Path("/bin/true").read_bytes())
        self.assertEqual(policy.of("manylinux2014_aarch64"), policy.Policy(
            "manylinux2014_aarch64", "aarch64", (2, 17),
            policy.MANYLINUX_LIBRARIES))
        self.assertIsNone(policy.of("win_amd64"))
        self.assertEqual(
            list(policy.of("manylinux_2_40_x86_64").wrong(true)), [])
        true.needed.append("libpq.so.5")
        true.rpath.append("/opt/lib")
        wrong = list(policy.of("manylinux_2_40_x86_64").wrong(true))
        self.assertEqual(len(wrong), 2)
        self.assertIn("libpq.so.5", wrong[0])
        self.assertIn("/opt/lib", wrong[1])


if __name__ == "__main__":
    unittest.main()
