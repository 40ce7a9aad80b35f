# SPDX-License-Identifier: Apache-2.0
"""C and C++ with the compilers of the host: what is declared is seen, and what is
not is told; the same bytes elsewhere."""
import os
import pathlib
import re
import subprocess

from graph_test import EXIT_DONE, EXIT_FAILED, SharedToolchainsTest

LIB = '''\
load("@rules//cc:defs.spec", "cc_library", "cc_shared_library")

package(default_visibility = ["//visibility:public"])

cc_library(name = "lib", srcs = ["a.cc", "b.c"], hdrs = ["a.h"], deps = [":low"])
cc_library(name = "low", srcs = ["low.cc"], hdrs = ["low.h"], defines = ["LOW=1"])
cc_library(name = "other", hdrs = ["other.h"])
cc_shared_library(name = "so", deps = [":lib"])
genrule(name = "gen", outs = ["made.h"], cmd = "echo '#define MADE 41' > $@")
cc_library(name = "made", hdrs = ["made.h"])
'''
APP = '''\
load("@rules//cc:defs.spec", "cc_binary", "cc_test")

cc_binary(name = "app", srcs = ["main.cc"], deps = ["//lib"])
cc_binary(name = "shared", srcs = ["main.cc"], deps = ["//lib:so"])
cc_test(name = "good", srcs = ["main.cc"], deps = ["//lib"])
cc_test(name = "wrong", srcs = ["wrong.cc"], deps = ["//lib:made"])
cc_binary(name = "undeclared", srcs = ["undeclared.cc"], deps = ["//lib"])
cc_test(name = "overflow", srcs = ["overflow.c"])
'''
FILES = {
    "lib/BUILD.spec": LIB,
    "lib/a.h": '#pragma once\n#include "lib/low.h"\n#ifdef __cplusplus\n'
               'extern "C"\n#endif\nint b(void);\nint a();\n',
    "lib/a.cc": '#include "lib/a.h"\n#include <iostream>\n'
                'int a() { std::cout << "a " __DATE__ "\\n"; '
                'return low() + b(); }\n',
    "lib/b.c": "int b(void) { return 41; }\n",
    "lib/low.h": "#pragma once\nint low();\n",
    "lib/low.cc": '#include "lib/low.h"\nint low() { return LOW; }\n',
    "lib/other.h": "#define OTHER 1\n",
    "app/BUILD.spec": APP,
    "app/main.cc": '#include "lib/a.h"\nint main() { return a() != 42; }\n',
    "app/wrong.cc": '#include "lib/made.h"\nint main() { return MADE; }\n',
    "app/undeclared.cc": '#include "lib/other.h"\nint main() { return OTHER; }'
                         "\n",
    "app/overflow.c": "#include <stdlib.h>\nint main(int count, char **words) "
                      "{\n  volatile char *p = malloc(1);\n  p[count] = 1;\n"
                      "  return 0;\n}\n",
}


class CcTest(SharedToolchainsTest):
    def setUp(self):
        super().setUp()
        for path, text in FILES.items():
            self.write(path, text)

    def run_made(self, path):
        return subprocess.run([self.output(path)], text=True, check=False,
                              capture_output=True)

    def test_programs_run(self):
        self.build("//app:app", "//app:shared")
        for program in ("app/app", "app/shared"):
            ran = self.run_made(program)
            self.assertEqual((ran.returncode, ran.stdout), (0, "a redacted\n"),
                             ran.stderr)
        needed = subprocess.run(["readelf", "-d", self.output("app/shared")],
                                text=True, capture_output=True, check=True)
        self.assertRegex(needed.stdout, r"NEEDED.*\[libso\.so\]")
        self.assertRegex(needed.stdout, r"RUNPATH.*\[\$ORIGIN/\.\./lib\]")

    def test_tests_pass_or_fail(self):
        self.assertEqual(self.graph("test", "//app:good").code, EXIT_DONE)
        result = self.graph("test", "//app:wrong")
        self.assertIn("FAILED", result.out + result.err)

    def test_an_undeclared_header_names_the_edit(self):
        result = self.graph("build", "//app:undeclared", code=EXIT_FAILED)
        self.assertIn("lib/other.h: No such file or directory", result.err)
        self.assertIn("//lib:other has it in its `hdrs`", result.err)
        self.assertIn('deps = ["//lib", "//lib:other"]', result.err)
        self.graph("fix", code=EXIT_DONE)
        self.build("//app:undeclared")

    def test_only_what_changed_is_compiled(self):
        self.build("//app:app")
        self.write("lib/low.cc", FILES["lib/low.cc"] + "// changed\n")
        again = self.build("//app:app")
        # Its object has the same bytes, since a comment is none.
        self.assertEqual(again.actions["run"], 1)
        self.write("lib/low.h", FILES["lib/low.h"] + "int unused();\n")
        again = self.build("//app:app")
        ran = [event["mnemonic"] for event in again.events
               if event["event"] == "action" and event["how"] == "run"]
        self.assertEqual(ran, ["CcCompile"] * 4)

    def test_sanitizers(self):
        self.assertEqual(self.graph("test", "//app:overflow").code, EXIT_DONE)
        result = self.graph("test", "//app:overflow", "--config=asan")
        self.assertNotEqual(result.code, EXIT_DONE)
        log = self.output("app/overflow.test.log").read_text()
        self.assertRegex(log, "heap-buffer-overflow|insufficient space")

    def test_the_same_bytes_elsewhere(self):
        self.build("//app:app", "//app:shared")
        here = {path: self.output(path).read_bytes()
                for path in ("app/app", "app/shared", "lib/libso.so")}
        elsewhere = self.top / "a much longer place" / "workspace"
        elsewhere.parent.mkdir()
        os.rename(self.workspace, elsewhere)
        self.workspace = elsewhere
        (elsewhere / "graph-out").rename(self.top / "old-out")
        environment = self.environment(TZ="Asia/Tokyo", LC_ALL="C",
                                       GRAPH_JOBS="1")
        environment["GRAPH_CACHE_DIR"] = str(self.top / "other-cache")
        self.share_toolchains(self.top / "other-cache")
        result = self.graph("build", "//app:app", "//app:shared", "//lib:so",
                            env=environment, cwd=elsewhere, code=EXIT_DONE)
        self.assertNotRegex(result.err, re.compile("warning"))
        for path, bytes_here in here.items():
            there = pathlib.Path(elsewhere, "graph-out", path).read_bytes()
            self.assertEqual(bytes_here, there, path)
