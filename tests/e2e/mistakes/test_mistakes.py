# SPDX-License-Identifier: Apache-2.0
"""Each mistake in a BUILD.spec gives one clear diagnostic and exit code 2."""
from graph_test import EXIT_USAGE, GraphTest

GOOD = 'genrule(name = "a", outs = ["a.txt"], cmd = "echo a > $@")\n'

# Name of the golden file: files of the workspace; what is built; defaults to
# //app:a.
MISTAKES = {
    "syntax": {"app/BUILD.spec": 'genrule(name = "a"\n    outs = ["a.txt"])\n'},
    "unclosed_bracket": {"app/BUILD.spec": GOOD + 'x = ["a",\n'},
    "unknown_rule": {"app/BUILD.spec": GOOD.replace("genrule", "genrul")},
    "unknown_attribute": {"app/BUILD.spec": GOOD.replace("outs", "outz")},
    "wrong_type": {"app/BUILD.spec": GOOD.replace('["a.txt"]', '"a.txt"')},
    "wrong_element_type": {"app/BUILD.spec": GOOD.replace('"a.txt"', "1")},
    "missing_attribute": {"app/BUILD.spec": 'genrule(name = "a")\n'},
    "missing_label": {"app/BUILD.spec": GOOD.replace(
        "outs", 'srcs = [":b"], outs')},
    "missing_source": {"app/input.txt": "", "app/BUILD.spec": GOOD.replace(
        "outs", 'srcs = ["imput.txt"], outs')},
    "missing_package": {"app/BUILD.spec": GOOD.replace(
        "outs", 'srcs = ["//lib:b"], outs')},
    "bad_label": {"app/BUILD.spec": GOOD.replace(
        "outs", 'srcs = ["//lib:b:c"], outs')},
    "cycle": {"app/BUILD.spec":
              'genrule(name = "a", srcs = [":b"], outs = ["a.txt"], '
              'cmd = "cat $< > $@")\n'
              'genrule(name = "b", srcs = [":c"], outs = ["b.txt"], '
              'cmd = "cat $< > $@")\n'
              'genrule(name = "c", srcs = [":a"], outs = ["c.txt"], '
              'cmd = "cat $< > $@")\n'},
    "duplicate_name": {"app/BUILD.spec": GOOD + GOOD},
    "duplicate_output": {"app/BUILD.spec": GOOD + GOOD.replace(
        'name = "a"', 'name = "b"')},
    "empty_glob": {"app/BUILD.spec": GOOD.replace(
        "outs", 'srcs = glob(["*.c"]), outs')},
    "bad_glob": {"app/BUILD.spec": GOOD.replace(
        "outs", 'srcs = glob(["../*.c"]), outs')},
    "missing_load": {"app/BUILD.spec": 'load(":rules.spec", "my")\n' + GOOD},
    "missing_symbol": {"app/rules.spec": "def my_rule():\n    pass\n",
                       "app/BUILD.spec": 'load(":rules.spec", "my_rul")\n' +
                                         GOOD},
    "load_cycle": {"app/a.spec": 'load(":b.spec", "b")\na = b\n',
                   "app/b.spec": 'load(":a.spec", "a")\nb = a\n',
                   "app/BUILD.spec": 'load(":a.spec", "a")\n' + GOOD},
    "escaping_label": {"app/BUILD.spec": GOOD.replace(
        "outs", 'srcs = ["../../secret.txt"], outs')},
    "escaping_output": {"app/BUILD.spec": GOOD.replace(
        '"a.txt"', '"../../a.txt"')},
    "invisible": {"lib/BUILD.spec": GOOD.replace('"a"', '"b"'),
                  "app/BUILD.spec": GOOD.replace(
                      "outs", 'srcs = ["//lib:b"], outs')},
    "unknown_make_variable": {"app/BUILD.spec": GOOD.replace("$@", "$(OUTZ)")},
    "bad_location": {"app/BUILD.spec": GOOD.replace(
        "$@", "$(location :zzz)")},
    "error_in_macro": {"app/rules.spec":
                       "def my(name):\n    native.genrule(name = name, "
                       'outs = ["x"], cmd = 1)\n',
                       "app/BUILD.spec":
                       'load(":rules.spec", "my")\nmy(name = "a")\n'},
    "error_in_rule": {"app/rules.spec":
                      "def _impl(ctx):\n    return ctx.label.nme\n"
                      "my = rule(implementation = _impl, attrs = {})\n",
                      "app/BUILD.spec":
                      'load(":rules.spec", "my")\nmy(name = "a")\n'},
    "workspace_setting": {"WORKSPACE.spec":
                          'workspace(name = "e2e", jobz = 3)\n',
                          "app/BUILD.spec": GOOD},
    "newer_version_wanted": {"WORKSPACE.spec":
                             'workspace(name = "e2e", '
                             'minimum_version = "99.0.0")\n',
                             "app/BUILD.spec": GOOD},
    "several": {"app/BUILD.spec":
                GOOD.replace("outs", "outz") + GOOD.replace("cmd", "cmmd")},
}


class MistakesTest(GraphTest):
    def check(self, name):
        for path, text in MISTAKES[name].items():
            self.write(path, text)
        result = self.graph("build", "//app:a", code=EXIT_USAGE)
        self.assertEqual(result.out, "")
        self.assertRegex(result.err, r"(?m)^[^ ]*\.spec:\d+:\d+: error: ")
        self.assert_golden_result(f"e2e/mistakes/{name}.txt", result)


def add(name):
    setattr(MistakesTest, f"test_{name}", lambda self: self.check(name))


for mistake in MISTAKES:
    add(mistake)


class OutsideTest(GraphTest):
    def test_outside_a_workspace(self):
        (self.workspace / "WORKSPACE.spec").unlink()
        result = self.graph("build", "//app:a", code=EXIT_USAGE)
        self.assert_golden_result("e2e/mistakes/outside.txt", result)


class FixedTest(GraphTest):
    """Mistakes that once went by, or were called bugs of ours."""

    def fails(self, text, **files):
        for path, content in files.items():
            self.write(path.replace("__", "/") + ".spec", content)
        result = self.graph("build", "//app/...", code=EXIT_USAGE)
        self.assertIn(text, result.err)
        self.assertRegex(result.err, r"(?m)BUILD\.spec:\d+:\d+: ")

    def test_actions_that_need_each_other(self):
        rule = ('def _impl(ctx):\n'
                '    f = ctx.actions.declare_file("f")\n'
                '    g = ctx.actions.declare_file("g")\n'
                '    ctx.actions.run_shell(outputs = [f], inputs = [g], '
                'command = "x")\n'
                '    ctx.actions.run_shell(outputs = [g], inputs = [f], '
                'command = "x")\n'
                '    return [DefaultInfo(files = depset([f]))]\n'
                'r = rule(implementation = _impl)\n')
        self.fails("is needed to make itself", app__d=rule,
                   app__BUILD='load(":d.spec", "r")\nr(name = "r")\n')

    def test_a_command_with_a_nul(self):
        self.fails("NUL", app__BUILD='genrule(name = "a", outs = ["a.txt"], '
                                     'cmd = "echo \\0 > $@")\n')

    def test_a_strip_that_nothing_lies_below(self):
        self.write("app/d/a.txt", "")
        for strip in ("nope", "d/"):
            self.fails("`strip` is", app__BUILD=(
                'copy_tree(name = "t", srcs = ["d/a.txt"], '
                f'strip = "{strip}")\n'))

    def test_an_output_with_the_manifests_name(self):
        self.write("BUILD.spec", GOOD.replace("a.txt", "manifest.json"))
        result = self.graph("build", "//:a", code=EXIT_USAGE)
        self.assertIn("graph itself uses", result.err)

    def test_class_folders_are_files_like_others(self):
        self.write("app/@grid/grid.m", "x = 1;\n")
        self.write("app/BUILD.spec",
                   'copy_tree(name = "t", srcs = glob(["**/*.m"]))\n')
        self.build("//app:t")
        self.assertEqual(self.output("app/t/@grid/grid.m").read_text(),
                         "x = 1;\n")

    def test_an_executable_genrule_can_be_run(self):
        self.write("app/BUILD.spec",
                   'genrule(name = "e", outs = ["e x.sh"], executable = True,\n'
                   '        cmd = "echo \'#!/bin/sh\' > $@; echo echo hi >> $@;'
                   ' ls $(@D) > /dev/null")\n')
        self.assertEqual(self.graph("run", "//app:e", code=0).out, "hi\n")

    def test_a_program_is_looked_for_in_the_whole_path(self):
        self.write("app/d.spec",
                   'def _impl(ctx):\n'
                   '    out = ctx.actions.declare_file("o")\n'
                   '    ctx.actions.run(outputs = [out], executable = "cp",\n'
                   '        arguments = ["/etc/passwd", out.path],\n'
                   '        env = {"PATH": "/nowhere:/usr/bin"})\n'
                   '    return [DefaultInfo(files = depset([out]))]\n'
                   'r = rule(implementation = _impl)\n')
        self.write("app/BUILD.spec", 'load(":d.spec", "r")\nr(name = "r")\n')
        self.build("//app:r")
