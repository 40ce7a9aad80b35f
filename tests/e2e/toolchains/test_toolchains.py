# SPDX-License-Identifier: Apache-2.0
"""Programs of the host, by the Debian packages that bring them."""
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from graph_test import (EXIT_DONE, EXIT_FAILED, EXIT_USAGE, GRAPH,
                        SharedToolchainsTest)

BUILD = '''\
host_toolchain(name = "c", packages = ["gcc", "libc6-dev"])
host_toolchain(name = "c++", packages = ["g++"])
host_toolchain(name = "python", packages = ["python3"])
host_toolchain(name = "perl", packages = ["perl"])
host_toolchain(name = "make", packages = ["cmake", "ninja-build"])

genrule(
    name = "hello_c",
    srcs = ["hello.c"],
    outs = ["hello_c.txt"],
    cmd = "cc -o $$TMPDIR/hello $< && $$TMPDIR/hello > $@",
    toolchains = [":c"],
)
genrule(
    name = "hello_cc",
    srcs = ["hello.cc"],
    outs = ["hello_cc.txt"],
    cmd = "c++ -o $$TMPDIR/hello $< && $$TMPDIR/hello > $@",
    toolchains = [":c++"],
)
genrule(
    name = "python_says",
    outs = ["python.txt"],
    cmd = "python3 -c 'import json, ssl, zlib; print(json.dumps([1, 2]))' > $@",
    toolchains = [":python"],
)
genrule(
    name = "perl_says",
    outs = ["perl.txt"],
    cmd = "perl -MPOSIX -MList::Util=sum -e 'print floor(sum(1, 2.5))' > $@",
    toolchains = [":perl"],
)
genrule(
    name = "project",
    srcs = ["CMakeLists.txt", "hello.c"],
    outs = ["project.txt"],
    cmd = """
cp CMakeLists.txt hello.c $$TMPDIR
cmake -G Ninja -S $$TMPDIR -B $$TMPDIR/b > /dev/null
ninja -C $$TMPDIR/b > /dev/null
$$TMPDIR/b/hello > $@
""",
    toolchains = [":make", ":c"],
)
'''

SOURCES = {
    "hello.c": '#include <stdio.h>\nint main(void) { return puts("C") < 0; }\n',
    "hello.cc": '#include <iostream>\nint main() { std::cout << "C++\\n"; }\n',
    "CMakeLists.txt": "cmake_minimum_required(VERSION 3.20)\n"
                      "project(hello C)\nadd_executable(hello hello.c)\n",
}

MADE = {"hello_c.txt": "C\n", "hello_cc.txt": "C++\n", "python.txt": "[1, 2]\n",
        "perl.txt": "3", "project.txt": "C\n"}


class ToolchainsTest(SharedToolchainsTest):
    def build(self, text, *args, code=EXIT_DONE):
        self.write("BUILD.spec", text)
        return self.graph("build", *args, "//...", code=code)

    def test_compilers_and_interpreters_run(self):
        for name, text in SOURCES.items():
            self.write(name, text)
        for level in ["strict", "basic"]:
            with self.subTest(level=level):
                self.build(BUILD, f"--isolation={level}")
                for name, text in MADE.items():
                    self.assertEqual(self.output(name).read_text(), text)

    @unittest.skipUnless(shutil.which("antlr4"), "antlr4 is not installed")
    def test_java_runs(self):
        self.write("L.g4", "lexer grammar L; WORD: [a-z]+;\n")
        self.build('host_toolchain(name = "antlr", packages = ["antlr4"])\n'
                   'genrule(name = "lexer", srcs = ["L.g4"],'
                   ' outs = ["L.java"], cmd = "antlr4 -o $(@D) $<",'
                   ' toolchains = [":antlr"])\n')
        self.assertIn("class L extends Lexer",
                      self.output("L.java").read_text())

    def test_files_of_the_host_enter_by_their_bytes(self):
        # /tmp is a place of the sandbox.
        tool = pathlib.Path(tempfile.mkdtemp(prefix="tool-", dir="/var/tmp"))
        self.addCleanup(shutil.rmtree, tool)
        (tool / "lib").mkdir()
        shutil.copy(shutil.which("sort"), tool / "lib" / "mine")
        (tool / "lib" / "words.txt").write_text("b\na\n")
        (tool / "run").symlink_to("lib/mine")
        build = (f'host_toolchain(name = "t", files = ["{tool}"])\n'
                 'genrule(name = "x", outs = ["x.txt"], toolchains = [":t"],'
                 f' cmd = "{tool}/run {tool}/lib/words.txt > $@")\n')
        self.build(build)
        self.assertEqual(self.output("x.txt").read_text(), "a\nb\n")
        self.assertEqual(self.build(build).actions["run"], 0)
        (tool / "lib" / "words.txt").write_text("d\nc\n")
        self.assertEqual(self.build(build).actions["run"], 1)
        self.assertEqual(self.output("x.txt").read_text(), "c\nd\n")
        (tool / "lib" / "more.txt").write_text("more\n")
        self.assertEqual(self.build(build).actions["run"], 1)
        (tool / "lib" / "words.txt").chmod(0o600)
        result = self.build(build, code=EXIT_FAILED)
        self.assertIn(f"names {tool}/lib/words.txt, which not everybody may "
                      "read", result.err)

    def test_files_that_cannot_be(self):
        for text, said in [
                ('files = ["tool"]', "takes absolute paths of the host"),
                ('files = ["/usr/../x"]', "without `.`, `..`"),
                ('packages = ["/usr/bin/x"]', "paths belong in `files`"),
                ("", "needs `packages` or `files`")]:
            with self.subTest(text):
                result = self.build(f'host_toolchain(name = "t", {text})\n',
                                    code=EXIT_USAGE)
                self.assertIn(said, result.err)
        for path, said in [("/no/such/tool", "this machine does not have"),
                           ("/tmp", "is a place of the sandbox")]:
            with self.subTest(path):
                result = self.build(
                    f'host_toolchain(name = "t", files = ["{path}"])\n'
                    'genrule(name = "x", outs = ["x.txt"], cmd = "echo > $@",'
                    ' toolchains = [":t"])\n', code=EXIT_FAILED)
                self.assertIn(said, result.err)

    def without_packages(self, text):
        """A build where the machine has no database of Debian packages."""
        self.write("BUILD.spec", text)
        (self.top / "empty").touch()
        return subprocess.run(
            ["unshare", "-rm", "sh", "-c",
             f"mount --bind {self.top}/empty /var/lib/dpkg/status && "
             f"exec {GRAPH} build //..."], cwd=self.workspace, check=False,
            env=self.environment(), text=True, capture_output=True)

    def test_elsewhere_than_on_debian(self):
        result = self.without_packages(
            'genrule(name = "x", outs = ["x.txt"], cmd = "echo b a | tr \' \' '
            "'\\\\n' | sort | awk '{print NR, $$1}' > $@\")\n")
        self.assertEqual(result.returncode, EXIT_DONE, result.stderr)
        self.assertEqual(self.output("x.txt").read_text(), "1 a\n2 b\n")
        result = self.without_packages(
            'host_toolchain(name = "t", packages = ["python3"])\n'
            'genrule(name = "x", outs = ["x.txt"], cmd = "python3 > $@",'
            ' toolchains = [":t"])\n')
        self.assertEqual(result.returncode, EXIT_FAILED)
        self.assertIn("nobody can tell what belongs to python3", result.stderr)

    def test_nothing_else_of_the_host_is_there(self):
        self.build('host_toolchain(name = "perl", packages = ["perl"])\n'
                   'genrule(name = "x", outs = ["x.txt"], toolchains = [":perl"],'
                   ' cmd = "ls /usr/bin/perl > $@; ! command -v gcc >> $@;'
                   ' ! command -v python3 >> $@")\n')
        self.assertEqual(self.output("x.txt").read_text(), "/usr/bin/perl\n")

    def test_a_program_brings_its_own(self):
        self.write("say.pl", "#!/usr/bin/perl\nprint 'perl';\n", True)
        self.write("BUILD.spec", '''\
host_toolchain(name = "perl", packages = ["perl"])
sh_binary(name = "say", srcs = ["say.pl"], toolchains = [":perl"])
genrule(name = "x", outs = ["x.txt"], cmd = "$(location :say) > $@", tools = [":say"])
sh_test(name = "t", srcs = ["u.sh"], data = [":say"])
''')
        self.write("u.sh", "#!/bin/sh\ntest $(graph-out/say) = perl\n", True)
        self.graph("build", "//:x", code=EXIT_DONE)
        self.assertEqual(self.output("x.txt").read_text(), "perl")
        self.graph("test", "//:t", code=EXIT_DONE)

    def test_the_packages_are_in_the_key(self):
        rule = ('host_toolchain(name = "t", packages = ["{}"])\n'
                'genrule(name = "x", outs = ["x.txt"], cmd = "echo x > $@",'
                ' toolchains = [":t"])\n')
        self.assertEqual(self.build(rule.format("perl")).ran(), ["//:x"])
        self.assertEqual(self.build(rule.format("python3")).ran(), ["//:x"])
        self.assertEqual(self.build(rule.format("perl")).ran(), [])
        # The shell is there anyway.
        self.assertEqual(self.build(rule.format("bash")).ran(), ["//:x"])
        plain = 'genrule(name = "x", outs = ["x.txt"], cmd = "echo x > $@")\n'
        self.assertEqual(self.build(plain).ran(), [])

    def test_a_missing_package_is_told_with_its_place(self):
        result = self.build(
            'host_toolchain(\n    name = "t",\n'
            '    packages = ["no-such-package"],\n)\n'
            'genrule(name = "x", outs = ["x.txt"], cmd = "true",'
            ' toolchains = [":t"])\n', code=EXIT_FAILED)
        self.assertIn(
            "//:x: the Debian package no-such-package, whose programs actions "
            "are to see, is not installed; `apt-get install no-such-package` "
            "brings it; //:t (BUILD.spec:1:1) asks for it", result.err)
        # The host's own programs are used as they are.
        self.graph("build", "--isolation=none", "//:x", code=EXIT_FAILED)
        self.write("BUILD.spec", self.read("BUILD.spec").replace(
            '"true"', '"echo > $@"'))
        self.graph("build", "--isolation=none", "//:x", code=EXIT_DONE)

    def test_a_program_of_the_host_that_is_not_there_is_explained(self):
        result = self.build(
            'genrule(name = "x", outs = ["x.txt"], cmd = "perl -v > $@")\n',
            code=EXIT_FAILED)
        self.assertIn("perl: command not found\n"
                      "note: this machine has `perl`, of the Debian package "
                      "perl-base, but //:x does not ask for it, so its "
                      "commands cannot see it\n"
                      '  add host_toolchain(name = "tools", packages = '
                      '["perl-base"]) and `toolchains = [":tools"]` to //:x '
                      "(BUILD.spec:1:1)\n", result.err)
        result = self.build(
            'genrule(name = "x", outs = ["x.txt"],'
            ' cmd = "no-such-program > $@")\n', code=EXIT_FAILED)
        self.assertNotIn("note:", result.err)

    def test_a_toolchain_is_made_once(self):
        rule = ('host_toolchain(name = "t", packages = ["perl"])\n'
                '[genrule(name = "x%d" % i, outs = ["x%d.txt" % i],'
                ' cmd = "echo {} > $@", toolchains = [":t"])'
                ' for i in range(8)]\n')
        self.build(rule.format(1))
        before = self.toolchains()
        self.build(rule.format(2))
        self.assertEqual(self.toolchains(), before)

    def toolchains(self):
        """Of each toolchain, when it was made."""
        return {path.name: path.stat().st_ctime_ns
                for path in pathlib.Path(self.toolchains_folder).iterdir()
                if path.is_dir()}

    def test_what_is_no_toolchain_is_refused(self):
        result = self.build(
            'genrule(name = "x", outs = ["x.txt"], cmd = "true",'
            ' toolchains = ["BUILD.spec"])\n', code=EXIT_USAGE)
        self.assertIn("`toolchains` takes targets, and //:BUILD.spec is a "
                      "file", result.err)


if __name__ == "__main__":
    unittest.main()
