# SPDX-License-Identifier: Apache-2.0
"""Sources from outside: fixed by commit or digest, fetched once, unpacked
where they cannot get out."""
import hashlib
import http.server
import io
import subprocess
import tarfile
import threading
import zipfile

from graph_test import EXIT_FAILED, EXIT_USAGE, GraphTest


class Server:
    """Files on 127.0.0.1; counts what is asked, and fails the first
    `failures` times."""

    def __init__(self, files, failures=0):
        self.requests = []
        self.logins = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.requests.append(self.path)
                outer.logins.append(self.headers.get("Authorization"))
                if len(outer.requests) <= failures:
                    self.send_error(503)
                    return
                body = files.get(self.path)
                if body is None:
                    self.send_error(404)
                    return
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def make_tar(entries):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name, content in entries.items():
            info = tarfile.TarInfo(name)
            if isinstance(content, str):
                info.type, info.linkname = tarfile.SYMTYPE, content
                tar.addfile(info)
            else:
                info.size = len(content)
                info.mode = 0o755 if name.endswith(".sh") else 0o600
                tar.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def sha256(data):
    return hashlib.sha256(data).hexdigest()


class SourcesTest(GraphTest):
    def serve(self, files, failures=0):
        server = Server(files, failures)
        self.addCleanup(server.stop)
        return server

    def archive(self, server, sha="", **more):
        attrs = "".join(f", {name} = {value!r}" for name, value in more.items())
        digest = f', sha256 = "{sha}"' if sha else ""
        self.write("src/BUILD.spec",
                   f'http_archive(name = "lib", urls = ["{server.url}/lib.tgz"]'
                   f'{digest}{attrs})\n'.replace("'", '"'))

    def git(self, *args, cwd):
        subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t",
                        "-c", "protocol.file.allow=always", *args], cwd=cwd,
                       check=True, capture_output=True,
                       env=self.environment())

    def test_an_archive_is_fetched_once(self):
        data = make_tar({"lib-1/a.txt": b"a\n", "lib-1/run.sh": b"#!/bin/sh\n",
                         "lib-1/link": "a.txt"})
        server = self.serve({"/lib.tgz": data})
        self.archive(server, sha256(data), strip_prefix="lib-1")
        self.build("//src:lib")
        out = self.output("src/lib")
        self.assertEqual((out / "a.txt").read_text(), "a\n")
        self.assertEqual((out / "link").readlink().name, "a.txt")
        self.assertTrue((out / "run.sh").stat().st_mode & 0o100)
        self.assertFalse((out / "a.txt").stat().st_mode & 0o111)
        self.graph("clean", code=0)
        self.build("//src:lib")
        self.assertEqual(server.requests, ["/lib.tgz"])

    def test_a_missing_digest_is_told(self):
        data = make_tar({"a.txt": b"a\n"})
        self.archive(self.serve({"/lib.tgz": data}))
        result = self.graph("build", "//src:lib", code=EXIT_FAILED)
        self.assertIn(f'sha256 = "{sha256(data)}"', result.err)

    def test_a_wrong_digest_is_refused(self):
        data = make_tar({"a.txt": b"a\n"})
        self.archive(self.serve({"/lib.tgz": data}), "0" * 64)
        result = self.graph("build", "//src:lib", code=EXIT_FAILED)
        self.assertIn(sha256(data), result.err)
        self.assertIn("0" * 64, result.err)

    def test_a_server_that_fails_twice_is_asked_again(self):
        data = make_tar({"a.txt": b"a\n"})
        server = self.serve({"/lib.tgz": data}, failures=2)
        self.archive(server, sha256(data))
        self.build("//src:lib")
        self.assertEqual(len(server.requests), 3)

    def test_mirrors_are_asked_first_and_held_to_the_digest(self):
        data = make_tar({"a.txt": b"a\n"})
        original = self.serve({"/lib.tgz": data})
        empty, wrong, good = (self.serve(files) for files in (
            {}, {"/m/lib.tgz": b"<html>"}, {"/m/lib.tgz": data}))
        self.archive(original, sha256(data))
        config = self.home / ".config" / "graph" / "config"
        config.parent.mkdir(parents=True)
        config.write_text("".join(
            f"mirror = {original.url}/ {server.url}/m/\n"
            for server in (empty, wrong, good)))
        self.build("//src:lib")
        for server in (empty, wrong, good):
            self.assertEqual(set(server.requests), {"/m/lib.tgz"})
        self.assertEqual(original.requests, [])

    def test_a_login_is_shown_to_its_host_and_to_nobody_else(self):
        data = make_tar({"a.txt": b"a\n"})
        original = self.serve({"/lib.tgz": data})
        mirror = self.serve({})
        self.archive(original, sha256(data))
        settings = {
            "GRAPH_MIRROR": f"{original.url}/ {mirror.url}/",
            "GRAPH_LOGIN": mirror.url.removeprefix("http://") + " env:TOKEN"}
        result = self.graph("build", "//src:lib", code=EXIT_FAILED,
                            env=self.environment(**settings))
        self.assertIn("TOKEN, which is not set", result.err)
        result = self.graph("build", "//src:lib", code=0,
                            env=self.environment(**settings, TOKEN="s3cret"))
        self.assertEqual(mirror.logins, ["Bearer s3cret"])
        self.assertEqual(original.logins, [None])
        self.assertNotIn("s3cret", result.out + result.err)
        kept = subprocess.run(["grep", "-rqa", "s3cret", self.home])
        self.assertEqual(kept.returncode, 1)

    def test_what_is_not_there_is_an_error_that_names_it(self):
        server = self.serve({})
        self.archive(server, "0" * 64)
        result = self.graph("build", "//src:lib", code=EXIT_FAILED)
        self.assertIn(f"{server.url}/lib.tgz", result.err)
        self.assertIn("404", result.err)
        self.assertEqual(len(server.requests), 1)

    def test_an_archive_cannot_leave_its_folder(self):
        for name, entries in {
                "dotdot": {"../../evil.txt": b"x"},
                "absolute": {"/tmp/graph-evil.txt": b"x"},
                "link": {"out": "/tmp", "out/graph-evil.txt": b"x"}}.items():
            data = make_tar(entries)
            self.archive(self.serve({"/lib.tgz": data}), sha256(data))
            with self.subTest(name):
                self.graph("build", "//src:lib", code=EXIT_FAILED)

    def test_a_zip_is_an_archive_too(self):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as file:
            file.writestr("top/a.txt", "a\n")
        data = buffer.getvalue()
        self.archive(self.serve({"/lib.tgz": data}), sha256(data),
                     strip_prefix="top")
        self.build("//src:lib")
        self.assertEqual((self.output("src/lib/a.txt")).read_text(), "a\n")

    def test_the_one_folder_at_the_top_by_any_name(self):
        data = make_tar({"lib-1/a.txt": b"a\n", "lib-1/sub/b.txt": b"b\n"})
        self.archive(self.serve({"/lib.tgz": data}), sha256(data),
                     strip_prefix="*")
        self.build("//src:lib")
        self.assertEqual((self.output("src/lib/sub/b.txt")).read_text(), "b\n")
        data = make_tar({"lib-1/a.txt": b"a\n", "README": b""})
        self.archive(self.serve({"/lib.tgz": data}), sha256(data),
                     strip_prefix="*")
        result = self.graph("build", "//src:lib", code=EXIT_FAILED)
        self.assertIn("at its top are README, lib-1", result.err)

    def test_an_archive_of_the_workspace(self):
        self.write("src/lib.tgz", make_tar({"lib-1/a.txt": b"a\n",
                                            "lib-1/run.sh": b"#!/bin/sh\n"}))
        self.write("src/BUILD.spec",
                   'local_archive(name = "lib", src = "lib.tgz", '
                   'strip_prefix = "lib-1")\n')
        self.build("//src:lib")
        self.assertTrue(self.output("src/lib/run.sh").stat().st_mode & 0o100)
        self.write("src/lib.tgz", make_tar({"lib-1/a.txt": b"other\n"}))
        self.build("--offline", "//src:lib")
        self.assertEqual(self.output("src/lib/a.txt").read_text(), "other\n")
        self.assertFalse(self.output("src/lib/run.sh").exists())

    def test_an_archive_of_another_target(self):
        self.write("a.txt", "a\n")
        self.write("BUILD.spec",
                   'tar_archive(name = "packed", srcs = ["a.txt"], '
                   'compression = "zstd", prefix = "top")\n'
                   'local_archive(name = "lib", src = ":packed", '
                   'strip_prefix = "*")\n')
        self.build("//:lib")
        self.assertEqual(self.output("lib/a.txt").read_text(), "a\n")

    def test_what_is_no_archive_is_told_by_its_name(self):
        self.write("lib.tgz", "no archive\n")
        self.write("BUILD.spec",
                   'local_archive(name = "lib", src = "lib.tgz")\n')
        result = self.graph("build", "//:lib", code=EXIT_FAILED)
        self.assertIn("unpacking lib.tgz", result.err)

    def github(self, data, more=""):
        self.write("src/BUILD.spec",
                   'github_release(name = "tool", repository = "me/tool", '
                   f'tag = "v1.2", sha256 = "{sha256(data)}"{more})\n')

    def at_github(self, files):
        """What github.com has, for all that asks it."""
        server = self.serve(files)
        settings = self.home / ".config" / "graph"
        settings.mkdir(parents=True, exist_ok=True)
        (settings / "config").write_text(
            f"mirror = https://github.com/ {server.url}/\n")
        return server

    def test_a_file_of_a_release(self):
        data = b"#!/bin/sh\necho hi\n"
        path = "/me/tool/releases/download/v1.2/tool-linux"
        server = self.at_github({path: data})
        self.github(data, ', asset = "tool-linux", executable = True')
        self.build("//src:tool")
        self.assertEqual(server.requests, [path])
        result = self.graph("run", "//src:tool", code=0)
        self.assertEqual(result.out, "hi\n")

    def test_the_source_of_a_release(self):
        data = make_tar({"tool-1.2/a.c": b"a\n"})
        path = "/me/tool/archive/refs/tags/v1.2.tar.gz"
        self.at_github({path: data})
        self.github(data)
        self.build("//src:tool")
        self.assertEqual(self.output("src/tool/tool-v1.2.tar.gz").read_bytes(),
                         data)
        self.github(data, ', unpack = True, strip_prefix = "*"')
        self.build("//src:tool")
        self.assertEqual(self.output("src/tool/a.c").read_text(), "a\n")

    def test_a_release_on_a_server_of_ones_own(self):
        data = b"data\n"
        server = self.serve({"/me/tool/releases/download/v1.2/x": data})
        self.github(data, f', asset = "x", server = "{server.url}"')
        self.build("//src:tool")
        self.assertEqual(self.output("src/tool/x").read_bytes(), data)

    def test_a_release_is_of_a_repository(self):
        self.write("src/BUILD.spec",
                   'github_release(name = "tool", repository = "tool", '
                   'tag = "v1.2")\n')
        result = self.graph("build", "//src:tool", code=EXIT_USAGE)
        self.assertIn("`repository` takes owner/name", result.err)

    def test_a_single_file(self):
        server = self.serve({"/tool": b"#!/bin/sh\necho hi\n"})
        self.write("src/BUILD.spec",
                   f'http_file(name = "tool", urls = ["{server.url}/tool"], '
                   f'sha256 = "{sha256(b"#!/bin/sh" + bytes([10]) + b"echo hi" + bytes([10]))}", '
                   'executable = True)\n')
        self.build("//src:tool")
        self.assertTrue(self.output("src/tool").stat().st_mode & 0o100)

    def test_a_git_commit(self):
        upstream = self.top / "upstream"
        upstream.mkdir()
        self.git("init", "-q", "-b", "main", ".", cwd=upstream)
        (upstream / "a.m").write_text("a\r\n")
        (upstream / ".gitattributes").write_text("* text=auto eol=lf\n")
        self.git("add", ".", cwd=upstream)
        self.git("commit", "-qm", "one", cwd=upstream)
        commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=upstream,
                                check=True, capture_output=True,
                                text=True).stdout.strip()
        (upstream / "a.m").write_text("moved on\n")
        self.git("commit", "-qam", "two", cwd=upstream)
        self.write("src/BUILD.spec",
                   f'git_source(name = "lib", remote = "https://git.invalid/x",'
                   f' commit = "{commit}")\n')
        (self.home / ".gitconfig").write_text(
            f'[url "{upstream}"]\n\tinsteadOf = https://git.invalid/x\n'
            '[safe]\n\tdirectory = *\n')
        self.build("//src:lib")
        self.assertTrue((self.output("src/lib/a.m")).exists())
        self.assertNotEqual((self.output("src/lib/a.m")).read_text(),
                            "moved on\n")
        self.assertFalse((self.output("src/lib/.git")).exists())

    def test_a_branch_is_not_a_commit(self):
        self.write("src/BUILD.spec",
                   'git_source(name = "lib", remote = "https://git.invalid/x",'
                   ' commit = "main")\n')
        result = self.graph("build", "//src:lib")
        self.assertIn(result.code, (1, 2))
        self.assertIn("commit", result.err)
