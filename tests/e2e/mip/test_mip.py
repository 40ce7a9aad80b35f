# SPDX-License-Identifier: Apache-2.0
"""The mip factory: packages of MATLAB code as .mhl files."""
import collections
import hashlib
import json
import os
import shutil
import subprocess
import zipfile

from graph_test import (EXIT_DONE, EXIT_FAILED, EXIT_NO_TARGET,
                        EXIT_TESTS_FAILED, EXIT_USAGE, GRAPH, ROOT,
                        SharedToolchainsTest)
from markdown import sh_blocks

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
LOAD = ('load("@rules//mip:defs.spec", "mip_build", "mip_index", '
        '"mip_package", "mip_release", "mip_test")\n\n')
NATIVE = LOAD + '''\
mip_release(
    name = "twice",
    version = "1.0",
    srcs = ["twice.c", "compile.m", "test.m"],
    builds = [
        mip_build(
            ["linux_x86_64", "macos_arm64"],
            compile_script = "compile.m",
            test_script = "test.m",
        ),
    ],
)

host_toolchain(name = "octave_dev", packages = ["octave-dev"])

mip_test(
    name = "twice-1.0-linux_x86_64-with-compilers",
    octave = ":octave_dev",
    package = ":twice-1.0-linux_x86_64",
)
'''
MEX = '''\
#include "mex.h"
#include <math.h>
void mexFunction(int nlhs, mxArray *plhs[], int nrhs, const mxArray *prhs[]) {
  double x = mxGetScalar(prhs[0]);
  plhs[0] = mxCreateDoubleScalar(VALUE);
}
'''
LIB = "packages/lib-1.0-any-none-any.mhl"


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


class MhlTest(SharedToolchainsTest):
    def names(self, path):
        with zipfile.ZipFile(self.output(path)) as file:
            return [name for name in file.namelist() if name[-1] != "/"]

    def mip_json(self, path):
        with zipfile.ZipFile(self.output(path)) as file:
            return json.loads(file.read("mip.json"))

    def assert_golden_error(self, name, result):
        """Without the lines of the rules that found it, which move."""
        self.assert_golden(f"e2e/mip/{name}.txt", f"exit code {result.code}\n" +
                           result.err.partition("@rules//")[0] + "\n")

    def index(self, path):
        return json.loads(self.output(path).read_text())


class SeedTest(MhlTest):
    """Names with three tags, setup.m, dependencies: as the first channel."""

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
        self.git("init", "-q", "-b", "main", ".")
        self.commit = self.commit_upstream("one")
        self.configure_git(self.home)
        self.write("packages/user/user.m", "lib_user = 1;\n")
        self.write("packages/BUILD.spec", PACKAGE.format(commit=self.commit))

    def git(self, *words):
        return subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@t", *words],
            cwd=self.upstream, check=True, capture_output=True, text=True,
            env=self.environment()).stdout.strip()

    def commit_upstream(self, message):
        self.git("add", ".")
        self.git("commit", "-qm", message)
        return self.git("rev-parse", "HEAD")

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
        self.assertEqual(
            json.loads(self.output(LIB + ".mip.json").read_text()),
            info | {"mhl_sha256": sha256(path)})

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

    def test_new_sources_under_the_same_metadata_are_built(self):
        """Upstream's branch moved on, and nobody thought of a new version or
        build number: mip.json is the same, the package is not."""
        spec = PACKAGE.format(commit="@").replace(
            'commit = "@"', 'commit = version("lib", git_branch('
            '"https://git.invalid/lib", branch = "main")).commit')
        self.write("packages/BUILD.spec", spec)
        self.graph("lock", code=EXIT_DONE)
        self.build("//packages:index", "//packages:lib")
        before = self.output(LIB).read_bytes()
        inside = self.mip_json(LIB)
        index = self.output("packages/index.json").read_bytes()

        (self.upstream / "alpha.m").write_text("x = 2;\n")
        commit = self.commit_upstream("two")
        self.assertEqual(self.build("//packages:lib").actions["run"], 0)
        self.graph("lock", "outdated", code=EXIT_FAILED)
        moved = self.graph("lock", "update", code=EXIT_DONE)
        for affected in ("//packages:lib", "//packages:user", "//packages:index"):
            self.assertIn(f"  {affected}\n", moved.out)
        self.assertIn(commit, self.read("graph.lock"))
        self.build("//packages:index", "//packages:lib")
        self.assertNotEqual(self.output(LIB).read_bytes(), before)
        self.assertEqual(self.mip_json(LIB), inside)
        self.assertNotEqual(self.output("packages/index.json").read_bytes(),
                            index)

    def test_a_missing_dependency_is_an_error(self):
        self.write("packages/BUILD.spec", PACKAGE.format(
            commit=self.commit).replace('deps = [":lib"]', 'deps = [":lob"]'))
        result = self.graph("build", "//packages:user", code=2)
        self.assertIn("lob", result.err)


class ReleaseTest(MhlTest):
    """A release for several architectures, with all that a channel can say."""

    def setUp(self):
        super().setUp()
        for path, text in {
                "up/pkg/core.m": "x = 1;\n", "up/pkg/sub/deep.m": "x = 2;\n",
                "up/pkg/sub/old/gone.m": "", "up/pkg/+space/in.m": "",
                "up/pkg/sub/private/own.m": "", "up/pkg/html/page.html": "",
                "up/pkg/examples/show.m": "", "up/pkg/notes.txt": "",
                "up/pkg/fast.mexa64": "by somebody", "up/pkg/fast.mex": "x",
                "up/pkg/sub/fast.mexw64": "by somebody", "up/README": "",
                "over/core.m": "x = 3;\n", "over/test_it.m": ""}.items():
            self.write(f"packages/{path}", text)

    def release(self, builds, more="", **fields):
        """Writes a BUILD.spec with one release of `tree-walk`."""
        words = {"name": '"tree-walk"', "release": '"main"',
                 "srcs": 'glob(["up/**"])', "subdir": '"up/pkg"',
                 "overlay": 'glob(["over/**"])', "overlay_dir": '"over"',
                 "builds": builds} | fields
        lines = "".join(f"    {name} = {value},\n"
                        for name, value in words.items() if value)
        self.write("packages/BUILD.spec", LOAD + more +
                   f"mip_release(\n{lines})\n")

    def test_overlay_removal_and_what_was_compiled_by_others(self):
        self.release('[mip_build(["any"])]', remove='["html/**"]')
        self.build("//packages:tree-walk-main")
        path = "packages/tree_walk-main-any.mhl"
        self.assertEqual(self.names(path), ["mip.json"] + [
            f"tree-walk/{name}" for name in (
                "+space/in.m", "core.m", "examples/show.m", "notes.txt",
                "sub/deep.m", "sub/old/gone.m", "sub/private/own.m",
                "test_it.m")])
        with zipfile.ZipFile(self.output(path)) as file:
            self.assertEqual(file.read("tree-walk/core.m"), b"x = 3;\n")
        self.assertEqual(self.mip_json(path)["name"], "tree-walk")
        self.assertEqual(self.mip_json(path)["architecture"], "any")

    def test_paths(self):
        self.release('[mip_build(["any"])]', paths='["**"]', license='"MIT"',
                     exclude='["old", "examples"]',
                     extra_paths='{"examples": ["examples"], "none": []}')
        self.build("//packages:tree-walk-main")
        info = self.mip_json("packages/tree_walk-main-any.mhl")
        self.assertEqual(info["paths"], [".", "sub"])
        self.assertEqual(info["extra_paths"],
                         {"examples": ["examples"], "none": []})
        self.assertEqual(info["exposed_symbols"],
                         ["core", "deep", "space", "test_it"])
        self.assertEqual(info["license"], "MIT")

    def test_the_first_build_that_has_an_architecture_counts(self):
        self.release('[mip_build(["numbl_wasm"], test_script = "a.m"), '
                     'mip_build(["any", "numbl_wasm"], test_script = "b.m", '
                     'paths = ["sub"])]', paths='["."]')
        self.build("//packages:tree-walk-main")
        for architecture, script, paths in (("numbl_wasm", "a.m", ["."]),
                                            ("any", "b.m", ["sub"])):
            info = self.mip_json(
                f"packages/tree_walk-main-{architecture}.mhl")
            self.assertEqual((info["architecture"], info["test_script"],
                              info["paths"]), (architecture, script, paths))

    def test_an_architecture_that_no_build_has_is_no_target(self):
        self.release('[mip_build(["any"])]')
        self.build("//...")
        self.assertEqual(sorted(
            path.name for path in self.output("packages").glob("*.mhl")),
            ["tree_walk-main-any.mhl"])
        self.graph("build", "//packages:tree-walk-main-windows_x86_64",
                   code=EXIT_NO_TARGET)

    def test_what_another_machine_compiles_is_left_out_and_told(self):
        self.release(
            '[mip_build(["macos_arm64"], compile_script = "compile.m"), '
            'mip_build(["any"])]',
            more='mip_index(name = "index", packages = [":tree-walk-main"])\n')
        self.build("//...")
        index = self.index("packages/index.json")
        self.assertEqual([entry["architecture"] for entry in index["packages"]],
                         ["any"])
        self.assert_golden("e2e/mip/left_out.txt", self.output(
            "packages/index.json.left-out.txt").read_text())
        self.assert_golden_error("elsewhere", self.graph(
            "build", "//packages:tree-walk-main-macos_arm64"))

    def test_versions(self):
        def version(release, version):
            self.release('[mip_build(["any"])]', release=release,
                         version=version)
            return self.graph("build", "//packages:all")

        for release, of_package, name in (
                ('"1.20"', "", "1.20"), ("", '"1.20"', "1.20"),
                ('"1.20"', '"1.20"', "1.20"), ('"main"', '"1.20"', "main")):
            self.assertEqual(version(release, of_package).code, EXIT_DONE)
            self.assertEqual(self.mip_json(
                f"packages/tree_walk-{name}-any.mhl")["version"], name)
        self.assert_golden("e2e/mip/versions.txt", "".join(
            version(release, of_package).err.splitlines()[0] + "\n"
            for release, of_package in (
                ('"1.2"', '"1.20"'), ('"1.2"', '"main"'), ("", ""),
                ('"v1-rc"', ""))))

    def test_a_mip_yaml_in_the_sources_has_to_agree(self):
        self.write("packages/up/pkg/mip.yaml",
                   'name: tree-walk\nversion: "1.9"  # soon\n')
        self.release('[mip_build(["any"])]', release='"1.8"')
        result = self.graph("build", "//packages:all", code=EXIT_FAILED)
        self.assertIn("the version is 1.8, but mip.yaml in the sources says "
                      "1.9; numbers must be the same", result.err)
        for release in ('"1.9"', '"main"'):
            self.release('[mip_build(["any"])]', release=release)
            self.build("//packages:all")

    def test_an_index_loses_no_variant_and_counts_versions(self):
        release = ('mip_release(name = "b", version = "{}", srcs = ["x.m"], '
                   'builds = [mip_build(["numbl_wasm", "any"])])\n')
        self.write("packages/x.m", "")
        spec = LOAD + release.format("1.10") + release.format("1.9") + (
            'mip_package(name = "a", version = "2", srcs = ["x.m"])\n'
            'mip_index(name = "index", packages = [":b-1.10", ":b-1.9", '
            '":a"])\n')
        self.write("packages/BUILD.spec", spec)
        self.build("//packages:index", "//packages:all")
        index = self.index("packages/index.json")
        self.assertEqual(
            [(entry["name"], entry["version"], entry.get("architecture"))
             for entry in index["packages"]],
            [("a", "2", None), ("b", "1.9", "any"), ("b", "1.9", "numbl_wasm"),
             ("b", "1.10", "any"), ("b", "1.10", "numbl_wasm")])
        self.assertEqual(index["total_packages"], 5)
        self.assertEqual(index["packages"][1]["mhl_sha256"],
                         sha256(self.output("packages/b-1.9-any.mhl")))
        self.write("other/x.m", "y = 1;\n")
        self.write("other/BUILD.spec", LOAD + release.format("1.9"))
        self.write("BUILD.spec", LOAD + 'mip_index(name = "index", packages = '
                   '["//packages:b-1.9", "//other:b-1.9"])\n')
        public = 'package(default_visibility = ["//visibility:public"])\n'
        for folder in ("packages", "other"):
            path = f"{folder}/BUILD.spec"
            self.write(path, self.read(path).replace("\n\n", f"\n{public}", 1))
        self.assertIn("make files of the same name, b-1.9-numbl_wasm.mhl",
                      self.graph("build", "//:index", code=EXIT_USAGE).err)

    def test_a_mistyped_attribute_is_told_with_its_place(self):
        self.release('[mip_build(["any"])]', pahts='["."]')
        self.assert_golden_error("mistyped",
                                 self.graph("build", "//packages:all"))
        self.release('[mip_build(["linux"])]')
        self.assert_golden_error("no_architecture",
                                 self.graph("build", "//packages:all"))

    def test_machine_code_where_none_belongs(self):
        shutil.copy("/bin/true", self.workspace / "packages/up/pkg/helper")
        self.release('[mip_build(["any"])]')
        result = self.graph("build", "//packages:all", code=EXIT_FAILED)
        self.assertIn("helper: machine code for Linux in a package for any",
                      result.err)
        self.release('[mip_build(["any"])]', glibc_max='"any"')
        self.build("//packages:all")


class OctaveTest(MhlTest):
    """What is compiled and tested with Octave."""

    def setUp(self):
        super().setUp()
        self.write("packages/BUILD.spec", NATIVE)
        self.write_sources()

    def write_sources(self, c="2 * x", compile_m="mex twice.c",
                      test_m="assert(twice(21) == 42);"):
        self.write("packages/twice.c", MEX.replace("VALUE", c))
        self.write("packages/compile.m", compile_m + "\n")
        self.write("packages/test.m", test_m + "\n")

    def test_a_package_that_is_compiled(self):
        path = "packages/twice-1.0-linux_x86_64.mhl"
        self.build("//packages:twice-1.0-linux_x86_64")
        self.assertEqual(self.names(path), ["mip.json"] + [
            f"twice/{name}" for name in
            ("compile.m", "test.m", "twice.c", "twice.mex")])
        self.graph("test", "//packages:twice-1.0-linux_x86_64-test",
                   code=EXIT_DONE)

        other = self.top / "another place" / "workspace"
        shutil.copytree(self.workspace, other, ignore=shutil.ignore_patterns(
            "graph-out"))
        self.share_toolchains(self.top / "other-cache")
        self.build("--jobs=1", "//packages:twice-1.0", cwd=other,
                   env=self.environment(GRAPH_CACHE_DIR=self.top / "other-cache",
                                        TZ="Asia/Kolkata", LC_ALL="C"))
        for name in (path, path + ".mip.json"):
            self.assertEqual((other / "graph-out" / name).read_bytes(),
                             self.output(name).read_bytes(), name)

    def test_what_goes_wrong_is_told(self):
        target = "//packages:twice-1.0-linux_x86_64"
        self.write_sources(c="pow(x, 3)")
        self.assertIn("twice.mex: needs GLIBC_2.29 for pow; it may need "
                      "GLIBC_2.28 at most (`glibc_max`)",
                      self.graph("build", target, code=EXIT_FAILED).err)
        self.write_sources(c="2 *")
        self.assertRegex(self.graph("build", target, code=EXIT_FAILED).err,
                         r"twice\.c:5:\d+: error: expected expression")
        self.write_sources(compile_m="x = 1;")
        self.assert_test_fails("-test", "'twice' undefined")
        self.write_sources(test_m="assert(twice(21) == 43);")
        self.assert_test_fails("-test", "assert (twice (21) == 43) failed")
        self.write_sources(test_m="x = 1;")
        self.assert_test_fails("-test", "the test never calls twice.mex")
        self.write_sources()
        self.assert_test_fails("-with-compilers", "compilers are here: gcc cc")

    def assert_test_fails(self, suffix, why):
        name = f"twice-1.0-linux_x86_64{suffix}"
        self.graph("test", f"//packages:{name}", code=EXIT_TESTS_FAILED)
        self.assertIn(why, self.output(f"packages/{name}.test.log").read_text())

    def test_the_example(self):
        """examples/mip, by the commands of its README."""
        self.workspace = self.top / "mip"
        example = ROOT / "examples" / "mip"
        shutil.copytree(example, self.workspace,
                        ignore=shutil.ignore_patterns("graph-out"))
        tools = self.top / "bin"
        tools.mkdir()
        (tools / "graph").symlink_to(GRAPH)
        env = self.environment(PATH=f"{tools}:{os.environ['PATH']}")
        for line, text in sh_blocks(example / "README.md"):
            done = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", text], cwd=self.workspace,
                capture_output=True, text=True, env=env, check=False)
            self.assertEqual(done.returncode, 0, f"README.md:{line}: {text}\n"
                             f"{done.stdout}{done.stderr}")
        self.check_channel()

    def check_channel(self):
        """62 releases of 60 packages, 98 pairs: made or left out with a word."""
        self.build("//channel:all")
        index = self.index("channel/index.json")
        left_out = self.output(
            "channel/index.json.left-out.txt").read_text().splitlines()
        made = [(entry["name"], entry["version"], entry["architecture"])
                for entry in index["packages"]]
        self.assertEqual(index["total_packages"], 62)
        self.assertEqual((len(set(made)), len({name for name, _, _ in made}),
                          len({pair[:2] for pair in made})), (62, 60, 62))
        self.assertEqual(collections.Counter(
            architecture for _, _, architecture in made),
            {"any": 47, "linux_x86_64": 15})
        self.assertEqual(collections.Counter(
            line.split(".mhl: needs ")[0].split("-")[-1] for line in left_out),
            {"macos_arm64": 15, "windows_x86_64": 15, "numbl_wasm": 4,
             "macos_x86_64": 2})
        for entry in index["packages"]:
            path = "channel/{}-{}-{}.mhl".format(
                entry["name"].replace("-", "_"), entry["version"],
                entry["architecture"])
            self.assertEqual(entry["mhl_sha256"], sha256(self.output(path)))
            self.assertEqual({**self.mip_json(path),
                              "mhl_sha256": entry["mhl_sha256"]}, entry)
