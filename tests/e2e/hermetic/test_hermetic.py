# SPDX-License-Identifier: Apache-2.0
"""An action sees what it declares, and nothing else."""
import http.server
import pathlib
import tempfile
import threading

from graph_test import EXIT_FAILED, GraphTest


def genrule(command, srcs=()):
    return (f'genrule(name = "a", srcs = {list(srcs)!r}, outs = ["a.txt"],\n'
            f'        cmd = """{command}""")\n').replace("'", '"')


class HermeticTest(GraphTest):
    def assert_fails(self, command, text):
        self.write("app/BUILD.spec", genrule(command))
        result = self.graph("build", "//app:a", code=EXIT_FAILED)
        self.assertIn(text, result.err)
        self.assertFalse(self.output("app/a.txt").exists())

    def assert_builds(self, command, expected, srcs=()):
        self.write("app/BUILD.spec", genrule(command, srcs))
        self.build("//app:a")
        self.assertEqual(self.output("app/a.txt").read_text(), expected)

    def test_a_declared_file_is_there(self):
        self.write("app/in.txt", "hello\n")
        self.assert_builds("cat app/in.txt > $@", "hello\n", ["in.txt"])

    def test_an_undeclared_file_of_the_workspace_is_not(self):
        self.write("app/in.txt", "hello\n")
        self.assert_fails("cat app/in.txt > $@", "app/in.txt: No such file")

    def test_nor_by_its_absolute_path(self):
        secret = self.write("app/in.txt", "hello\n")
        self.assert_fails(f"cat {secret} > $@", "No such file")

    def test_a_file_of_the_home_folder_is_not(self):
        (self.home / ".netrc").write_text("secret\n")
        self.assert_fails(f"cat {self.home}/.netrc > $@", "No such file")
        self.assert_fails("cat ~/.netrc > $@", "No such file")

    def test_a_file_of_the_hosts_tmp_is_not(self):
        with tempfile.NamedTemporaryFile(dir="/tmp", suffix=".txt") as file:
            file.write(b"secret\n")
            file.flush()
            self.assert_fails(f"cat {file.name} > $@", "No such file")
        self.assert_builds("ls -A /tmp > $@", "")

    def test_the_network_is_not(self):
        class Hello(http.server.BaseHTTPRequestHandler):
            hits = 0

            def do_GET(self):
                Hello.hits += 1
                self.send_response(200)
                self.end_headers()

            def log_message(self, *args):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Hello)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        port = server.server_address[1]
        self.assert_fails(
            f"exec 3<>/dev/tcp/127.0.0.1/{port}; printf 'GET / HTTP/1.0\\r\\n"
            f"\\r\\n' >&3; cat <&3 > $@", "/dev/tcp")
        self.assertEqual(Hello.hits, 0)

    def test_the_callers_environment_is_not(self):
        self.write("app/BUILD.spec", genrule("env | sort > $@"))
        self.build("//app:a", env=self.environment(SECRET="x", LANG="de_DE"))
        text = self.output("app/a.txt").read_text()
        self.assertNotIn("SECRET", text)
        self.assertNotIn(str(self.top), text)
        self.assertIn("LC_ALL=C.UTF-8\n", text)
        self.assertIn("SOURCE_DATE_EPOCH=", text)

    def test_host_name_user_and_umask_are_fixed(self):
        self.assert_builds("(uname -n; id -u; umask) > $@",
                           "graph\n1000\n0022\n")

    def test_inputs_cannot_be_written(self):
        source = self.write("app/in.txt", "hello\n")
        self.write("app/BUILD.spec",
                   genrule("chmod u+w app/in.txt; echo bad >> app/in.txt",
                           ["in.txt"]))
        self.graph("build", "//app:a", code=EXIT_FAILED)
        self.assertEqual(source.read_text(), "hello\n")

    def test_what_is_not_declared_as_an_output_does_not_survive(self):
        self.write("app/BUILD.spec",
                   genrule("echo x > graph-out/app/other.txt; echo y > $@") +
                   'genrule(name = "b", srcs = [":a"], outs = ["b.txt"],\n'
                   '        cmd = "ls graph-out/app > $@; ls /tmp >> $@")\n')
        self.build("//app:b", "--jobs=1")
        self.assertNotIn("other", self.output("app/b.txt").read_text())
        self.assertFalse(self.output("app/other.txt").exists())

    def test_no_process_outlives_its_action(self):
        marker = "97613"
        self.write("app/BUILD.spec", genrule(
            f"(sleep {marker} > /dev/null 2>&1 &); echo x > $@"))
        self.build("//app:a")
        for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = path.read_bytes().split(b"\0")
            except OSError:
                continue
            self.assertNotEqual(words[:2], [b"sleep", marker.encode()])
