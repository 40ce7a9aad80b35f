# SPDX-License-Identifier: Apache-2.0
"""The mip factory: packages of MATLAB code as .mhl files."""
import json
import os
import pathlib
import shutil
import subprocess
import zipfile

from graph_test import ROOT, GraphTest

PACKAGE = '''\
load("@rules//mip:defs.spec", "mip_index", "mip_package")

git_source(
    name = "lib_src",
    remote = "https://git.invalid/lib",
    commit = "{commit}",
)

mip_package(
    name = "lib",
    srcs = [":lib_src"],
    version = "1.0",
    description = "A library",
    homepage = "https://example.org",
    visibility = ["//visibility:public"],
)

mip_package(
    name = "user",
    srcs = [":user_src"],
    version = "2.1",
    deps = [":lib"],
)

filegroup(name = "user_src", srcs = glob(["user/**"]))

mip_index(name = "index", packages = [":lib", ":user"])
'''
LIB = "packages/lib-1.0-any-none-any.mhl"


class MipTest(GraphTest):
    def setUp(self):
        super().setUp()
        self.upstream = self.top / "upstream"
        for path, text in {
                "beta.m": "function beta\nend\n", "alpha.m": "x = 1;\n",
                "+pkg/inner.m": "y = 2;\n", "@cls/cls.m": "z = 3;\n",
                "private/hidden.m": "", "docs/readme.txt": "text\n"}.items():
            file = self.upstream / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        for words in (["init", "-q", "."], ["add", "."],
                      ["commit", "-qm", "one"]):
            subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t",
                            *words], cwd=self.upstream, check=True,
                           env=self.environment())
        self.commit = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=self.upstream, check=True,
            capture_output=True, text=True).stdout.strip()
        self.configure_git(self.home)
        self.write("packages/user/user.m", "lib_user = 1;\n")
        self.write("packages/BUILD.spec", PACKAGE.format(commit=self.commit))

    def configure_git(self, home):
        (home / ".gitconfig").write_text(
            f'[url "{self.upstream}"]\n\tinsteadOf = https://git.invalid/lib\n'
            '[safe]\n\tdirectory = *\n')

    def test_a_package_holds_what_the_seed_says(self):
        self.build("//packages:lib")
        path = self.output(LIB)
        subprocess.run(["unzip", "-tqq", path], check=True)
        with zipfile.ZipFile(path) as file:
            names = file.namelist()
            info = json.loads(file.read("mip.json"))
        self.assertEqual(names, sorted(names))
        for name in ("mip.json", "setup.m", "lib/alpha.m", "lib/+pkg/inner.m"):
            self.assertIn(name, names)
        self.assertEqual(info["exposed_symbols"],
                         ["alpha", "beta", "cls", "pkg"])
        for name, value in {"name": "lib", "version": "1.0", "build_number": 0,
                            "dependencies": [], "description": "A library",
                            "homepage": "https://example.org",
                            "matlab_tag": "any", "abi_tag": "none",
                            "platform_tag": "any"}.items():
            self.assertEqual(info[name], value, name)
        self.assertIn("repository", info)
        self.assertNotIn("timestamp", info)
        self.assertNotIn("build_duration", info)
        self.assertEqual(json.loads(self.output(LIB + ".mip.json").read_text()),
                         info)

    def test_dependencies_are_named_and_built_and_indexed(self):
        self.build("//packages:index")
        index = json.loads(self.output("packages/index.json").read_text())
        self.assertEqual(index["total_packages"], 2)
        by_name = {entry["name"]: entry for entry in index["packages"]}
        self.assertEqual(by_name["user"]["dependencies"], ["lib"])
        self.assertEqual(by_name["lib"]["dependencies"], [])

    def test_nothing_twice_and_all_from_the_cache_after_clean(self):
        self.build("//packages:index")
        self.assertEqual(self.build("//packages:index").actions["run"], 0)
        self.graph("clean", code=0)
        shutil.rmtree(self.upstream)
        result = self.build("//packages:index")
        self.assertEqual(result.actions["run"], 0)
        self.assertGreater(result.actions["cached_local"], 0)

    def test_the_same_bytes_elsewhere(self):
        """In another folder, with other umask, locale, zone and file order, by
        another user where we may become one."""
        self.build("//packages:index")
        other = self.top / "a much longer name of another place"
        home = self.top / "other home"
        home.mkdir()
        self.configure_git(home)
        other.mkdir()
        for path in ("packages/user/user.m", "packages/BUILD.spec",
                     "WORKSPACE.spec"):
            (other / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(self.workspace / path, other / path)
        options = {}
        if os.getuid() == 0:
            self.top.chmod(0o755)
            for path in [other, home, *other.rglob("*"), *home.rglob("*")]:
                os.chown(path, 4711, 4711)
            options = {"user": 4711, "group": 4711, "extra_groups": []}
        env = self.environment(HOME=home, XDG_CACHE_HOME=home / "cache",
                               LC_ALL="C", LANG="tr_TR.UTF-8",
                               TZ="Asia/Kolkata")
        process = self.start("build", "//packages:index", "//packages:lib",
                             cwd=other, env=env, umask=0o077, **options)
        _, err = process.communicate(timeout=300)
        self.assertEqual(process.returncode, 0, err)
        self.build("//packages:index", "//packages:lib")
        for path in (LIB, LIB + ".mip.json", "packages/index.json",
                     "manifest.json"):
            self.assertEqual((other / "graph-out" / path).read_bytes(),
                             self.output(path).read_bytes(), path)

    def test_a_missing_dependency_is_an_error(self):
        self.write("packages/BUILD.spec", PACKAGE.format(
            commit=self.commit).replace('deps = [":lib"]', 'deps = [":lob"]'))
        result = self.graph("build", "//packages:user", code=2)
        self.assertIn("lob", result.err)


class ExampleTest(GraphTest):
    """examples/mip itself, as far as it needs no network."""

    def test_the_local_packages(self):
        example = self.top / "mip"
        shutil.copytree(ROOT / "examples" / "mip", example,
                        ignore=shutil.ignore_patterns("graph-out"))
        self.build("//packages/rowops", "//packages/gridtools", cwd=example)
        made = sorted(path.name for path in
                      (example / "graph-out").rglob("*.mhl"))
        self.assertEqual(len(made), 2)
        for path in (example / "graph-out").rglob("*.mhl"):
            subprocess.run(["unzip", "-tqq", path], check=True)
        from_inside = self.graph("build", "//packages/rowops", code=0,
                                 cwd=example / "packages")
        self.assertEqual(from_inside.actions["run"], 0)
        self.assertTrue(pathlib.Path(
            example / "graph-out" / "manifest.json").exists())
