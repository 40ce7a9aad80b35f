# SPDX-License-Identifier: Apache-2.0
"""Images made of layers: what other programs of the field make of them."""
import hashlib
import io
import json
import os
import pathlib
import shutil
import subprocess
import tarfile
import tempfile
import unittest

from elsewhere import build_elsewhere
from graph_test import EXIT_FAILED, EXIT_USAGE, GraphTest
from oci_layout import Layout, listing, run_in_crun, unpack

PROGRAM = r"""
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
int main(int argc, char** argv) {
  char folder[100];
  printf("in %s as %d:%d with %s:", getcwd(folder, 100), getuid(), getgid(),
         getenv("GREETING"));
  for (int i = 1; i < argc; ++i) printf(" %s", argv[i]);
  puts("");
  FILE* file = fopen("/etc/hello/text", "r");
  if (file == NULL) return 3;
  for (int c; (c = getc(file)) != EOF;) putchar(c);
  return 0;
}
"""

BUILD = '''\
load("@rules//image:defs.spec", "image", "image_index", "image_layer", "image_load", "image_run")

package(default_visibility = ["//visibility:public"])

image_layer(
    name = "programs",
    files = {"busybox": "bin/busybox", "hello": "usr/bin/hello"},
    symlinks = {"bin/sh": "busybox", "bin/rm": "busybox"},
    directories = {"/tmp": "1777", "var/lib/app": "0750"},
)

image_layer(
    name = "text",
    srcs = ["hello/text"],
    prefix = "etc",
    modes = {"etc/hello/text": "0640"},
    owners = {"etc/hello/text": "0:42"},
)

image(
    name = "base",
    layers = [":programs"],
    entrypoint = ["/usr/bin/hello"],
    cmd = ["you"],
    env = {"GREETING": "good day", "KEPT": "1"},
    labels = {"org.example.b": "2", "org.example.a": "1"},
    exposed_ports = ["8080", "53/udp"],
    volumes = ["/data"],
    stop_signal = "SIGINT",
)

image(
    name = "app",
    base = ":base",
    layers = [":text"],
    cmd = ["all", "of", "you"],
    env = {"GREETING": "hello"},
    workdir = "/var/lib/app",
    annotations = {"org.opencontainers.image.title": "app"},
)

image_run(
    name = "ran",
    base = ":app",
    srcs = ["hello/text"],
    run = """
        export PATH=/bin
        busybox mkdir -p /srv/made /root
        busybox cp $(location hello/text) /srv/made/copy
        busybox chmod 600 /srv/made/copy
        busybox rm /etc/hello/text
        busybox echo "$$GREETING" > /srv/made/greeting
        busybox ln -s greeting /srv/made/link
        busybox date > /tmp/gone
        busybox mkdir -p /var/log
        busybox date > /var/log/dpkg.log
    """,
)

image(name = "arm", layers = [":text"], architecture = "arm64", variant = "v8")
image_index(name = "multi", images = [":base", ":arm"], tag = "1.0")
image_load(name = "load", image = ":app", tags = ["e2e/app:1.0", "app:2"])
'''


def programs():
    """A static C program, and busybox."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "hello.c"
        source.write_text(PROGRAM)
        subprocess.run(["gcc", "-static", "-O1", "-o", f"{folder}/hello",
                        str(source)], check=True)
        return {"hello": pathlib.Path(f"{folder}/hello").read_bytes(),
                "busybox": pathlib.Path("/bin/busybox").read_bytes()}


class ImageTest(GraphTest):
    @classmethod
    def setUpClass(cls):
        cls.programs = programs()

    def setUp(self):
        super().setUp()
        self.fill(self.workspace)

    def fill(self, workspace):
        for name, data in self.programs.items():
            (workspace / "app").mkdir(exist_ok=True)
            (workspace / "app" / name).write_bytes(data)
            (workspace / "app" / name).chmod(0o755)
        (workspace / "app/hello").rename(workspace / "app/hello-program")
        (workspace / "app/hello").mkdir()
        (workspace / "app/hello/text").write_text("Hello, world.\n")
        (workspace / "app/BUILD.spec").write_text(
            BUILD.replace('"hello": "usr', '"hello-program": "usr'))

    def layout(self, name, **options):
        return Layout(self.output(f"app/{name}"), **options)

    def run_program(self, *command):
        ran = subprocess.run(list(map(str, command)), capture_output=True,
                             text=True, check=False)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        return ran.stdout

    # --- what is in it --------------------------------------------------------

    def test_all_that_an_image_says_is_true(self):
        self.build("//app:app", "//app:ran", "//app:multi")
        for layout in [self.layout("app"), self.layout("ran"),
                       self.layout("multi", architecture="arm64"),
                       self.layout("multi", architecture="amd64")]:
            layout.layers()  # Digests, sizes, diff_ids.
            self.assertEqual(layout.unreferenced(), set())
            self.assertEqual(len(layout.config["history"]),
                             len(layout.manifest["layers"]))

    def test_a_base_is_kept_and_what_is_set_goes_over_it(self):
        self.build("//app:base", "//app:app")
        base, app = self.layout("base"), self.layout("app")
        self.assertEqual(app.manifest["layers"][:1], base.manifest["layers"])
        self.assertEqual(app.manifest["annotations"],
                         {"org.opencontainers.image.title": "app"})
        self.assertEqual(app.config["config"], {
            "Cmd": ["all", "of", "you"],
            "Entrypoint": ["/usr/bin/hello"],
            "Env": ["GREETING=hello", "KEPT=1"],
            "ExposedPorts": {"53/udp": {}, "8080/tcp": {}},
            "Labels": {"org.example.a": "1", "org.example.b": "2"},
            "StopSignal": "SIGINT",
            "Volumes": {"/data": {}},
            "WorkingDir": "/var/lib/app",
        })

    def test_a_new_entry_point_drops_the_arguments_of_the_old(self):
        self.write("more/BUILD.spec", '''\
load("@rules//image:defs.spec", "image")
image(name = "sh", base = "//app:base", entrypoint = ["/bin/sh"])
''')
        self.build("//more:sh")
        config = Layout(self.output("more/sh")).config["config"]
        self.assertEqual(config["Entrypoint"], ["/bin/sh"])
        self.assertNotIn("Cmd", config)

    def test_layers_hold_what_they_are_told(self):
        self.build("//app:app")
        lower, upper = map(listing, self.layout("app").layers())
        self.assertEqual(lower, [
            "- 0755 0:0 bin/busybox", "l 0777 0:0 bin/rm -> busybox",
            "l 0777 0:0 bin/sh -> busybox",
            "d 1777 0:0 tmp", "- 0755 0:0 usr/bin/hello",
            "d 0750 0:0 var/lib/app"])
        self.assertEqual(upper, ["- 0640 0:42 etc/hello/text"])

    def test_a_command_makes_a_layer_of_what_it_changed(self):
        self.build("//app:ran")
        ran = self.layout("ran")
        self.assertEqual(len(ran.manifest["layers"]), 3)
        self.assertEqual([line for line in ran.listing()
                          if not line.endswith(" root")], [
            "- 0644 0:0 etc/hello/.wh.text", "d 0755 0:0 srv",
            "d 0755 0:0 srv/made", "- 0600 0:0 srv/made/copy",
            "- 0644 0:0 srv/made/greeting",
            "l 0777 0:0 srv/made/link -> greeting", "d 0755 0:0 var/log"])
        with tarfile.open(fileobj=io.BytesIO(ran.layers()[-1])) as layer:
            self.assertEqual(layer.extractfile("srv/made/greeting").read(),
                             b"hello\n")

    def test_a_command_that_fails_says_so(self):
        self.write("app/BUILD.spec", self.read("app/BUILD.spec").replace(
            "busybox date > /tmp/gone", "busybox cat /etc/absent"))
        result = self.graph("build", "//app:ran", code=EXIT_FAILED)
        self.assertIn("/etc/absent", result.err)
        self.assertFalse(self.output("app/ran").exists())

    # --- what others make of it -----------------------------------------------

    def test_skopeo_inspects_and_copies(self):
        self.build("//app:app")
        path = self.output("app/app")
        seen = json.loads(self.run_program("skopeo", "inspect",
                                           f"oci:{path}:latest"))
        app = self.layout("app")
        self.assertEqual(seen["Digest"], app.descriptor["digest"])
        self.assertEqual(seen["Created"], "1980-01-01T00:00:00Z")
        self.assertEqual(seen["Labels"],
                         {"org.example.a": "1", "org.example.b": "2"})
        copy = self.top / "copy"
        self.run_program("skopeo", "copy", "--insecure-policy",
                         f"oci:{path}:latest", f"oci:{copy}:latest")
        self.assertEqual(
            sorted(blob.name for blob in copy.glob("blobs/sha256/*")),
            sorted(blob.name for blob in path.glob("blobs/sha256/*")))
        self.run_program("skopeo", "copy", "--insecure-policy",
                         f"oci:{path}:latest",
                         f"docker-archive:{self.top}/docker.tar:app:1")

    def test_an_index_has_an_image_for_each_platform(self):
        self.build("//app:multi")
        place = f"oci:{self.output('app/multi')}:1.0"
        for arch, layers in [("amd64", "programs"), ("arm64", "text")]:
            seen = json.loads(self.run_program(
                "skopeo", "--override-arch", arch, "inspect", place))
            self.assertEqual(seen["Architecture"], arch)
            layout = self.layout("multi", architecture=arch)
            self.assertEqual(layout.config["history"][0]["created_by"],
                             f"//app:{layers}")

    def test_an_archive_can_be_loaded(self):
        self.build("//app:load", "//app:app")
        archive = self.output("app/load.tar")
        with tarfile.open(archive) as tar:
            (entry,) = json.loads(tar.extractfile("manifest.json").read())
        self.assertEqual(entry["RepoTags"], ["e2e/app:1.0", "app:2"])
        seen = json.loads(self.run_program(
            "skopeo", "inspect", "--config", f"docker-archive:{archive}"))
        app = self.layout("app")
        self.assertEqual(seen["rootfs"], app.config["rootfs"])
        self.run_program("skopeo", "copy", "--insecure-policy",
                         f"docker-archive:{archive}:app:2",
                         f"oci:{self.top}/copy:latest")
        self.assertEqual(Layout(self.top / "copy").config["config"]["Cmd"],
                         ["all", "of", "you"])

    def test_umoci_unpacks_and_crun_runs(self):
        self.build("//app:app", "//app:ran")
        self.assertEqual(
            run_in_crun(self.output("app/app")),
            (0, "in /var/lib/app as 0:0 with hello: all of you\n"
                "Hello, world.\n"))
        code, _ = run_in_crun(self.output("app/ran"))
        self.assertEqual(code, 3)  # The command removed the text.
        self.assertEqual(
            run_in_crun(self.output("app/ran"),
                        args=["/bin/busybox", "cat", "/srv/made/link"]),
            (0, "hello\n"))

    # --- bases of others --------------------------------------------------------

    def test_a_layout_that_others_made_is_a_base(self):
        foreign = self.workspace / "base/layout"
        (self.workspace / "base").mkdir()
        self.build("//app:base")
        self.run_program("skopeo", "copy", "--insecure-policy",
                         f"oci:{self.output('app/base')}:latest",
                         f"oci:{foreign}:old")
        unpack(foreign, "old", self.top / "changed")
        (self.top / "changed/rootfs/opt").mkdir()
        (self.top / "changed/rootfs/opt/extra").write_text("extra\n")
        self.run_program("umoci", "repack", "--image", f"{foreign}:old",
                         self.top / "changed")
        self.run_program("umoci", "config", "--image", f"{foreign}:old",
                         "--config.env", 'QUOTED="a\\b, {c}"',
                         "--config.label", "of=umoci")
        self.run_program("umoci", "gc", "--layout", foreign)
        self.write("base/BUILD.spec", '''\
load("@rules//image:defs.spec", "image", "image_run")
copy_tree(name = "pulled", srcs = glob(["layout/**"]), strip = "layout")
image(name = "top", base = ":pulled", layers = ["//app:text"], cmd = ["x"])
image_run(name = "ran", base = ":top", run = "/bin/busybox cp /opt/extra /got")
''')
        self.build("//base:top", "//base:ran")
        below = Layout(foreign)
        top = Layout(self.output("base/top"))
        self.assertEqual(top.manifest["layers"][:-1],
                         below.manifest["layers"])
        self.assertEqual(top.config["history"][:-1], below.config["history"])
        self.assertEqual(top.config["config"]["Env"],
                         below.config["config"]["Env"])
        self.assertIn('QUOTED="a\\b, {c}"', top.config["config"]["Env"])
        self.assertEqual(top.config["config"]["Labels"]["of"], "umoci")
        self.assertEqual(top.unreferenced(), set())
        self.assertEqual(Layout(self.output("base/ran")).listing(),
                         ["- 0644 0:0 got"])
        unpack(self.output("base/ran"), "latest", self.top / "bundle")
        self.assertEqual((self.top / "bundle/rootfs/got").read_text(),
                         "extra\n")

    def test_what_is_no_layout_is_no_base(self):
        self.write("base/BUILD.spec", '''\
load("@rules//image:defs.spec", "image")
image(name = "top", base = "text")
image(name = "none")
''')
        self.write("base/text", "")
        result = self.graph("build", "//base:top", code=EXIT_USAGE)
        self.assertIn("`base` takes an image, a rootfs or an OCI image layout",
                      result.err)
        result = self.graph("build", "//base:none", code=EXIT_USAGE)
        self.assertIn("an image needs a `base` or `layers`", result.err)

    def test_a_damaged_layout_is_no_base(self):
        self.build("//app:base")
        shutil.copytree(self.output("app/base"), self.workspace / "base/layout")
        self.write("base/BUILD.spec", '''\
load("@rules//image:defs.spec", "image")
copy_tree(name = "pulled", srcs = glob(["layout/**"]), strip = "layout")
image(name = "top", base = ":pulled", cmd = ["x"])
''')
        base = Layout(self.workspace / "base/layout")
        layer = base.manifest["layers"][0]["digest"].split(":")[1]
        blob = self.workspace / "base/layout/blobs/sha256" / layer
        blob.chmod(0o644)
        blob.write_bytes(blob.read_bytes()[:-1] + b"x")
        result = self.graph("build", "//base:top", code=EXIT_FAILED)
        self.assertIn(f"sha256:{layer} has other bytes", result.err)
        blob.unlink()
        result = self.graph("build", "//base:top", code=EXIT_FAILED)
        self.assertIn(f"it has no sha256:{layer}", result.err)

    def test_an_index_has_one_image_for_a_platform(self):
        self.write("app/BUILD.spec", self.read("app/BUILD.spec").replace(
            'images = [":base", ":arm"]', 'images = [":base", ":app"]'))
        result = self.graph("build", "//app:multi", code=EXIT_FAILED)
        self.assertIn("two images are of the platform", result.err)

    # --- the same bytes ---------------------------------------------------------

    def test_a_change_on_top_leaves_what_is_below(self):
        self.build("//app:app", "//app:ran")
        self.write("app/hello/text", "Hello again.\n")
        again = self.build("//app:app", "//app:ran")
        self.assertEqual(set(again.ran()),
                         {"//app:text", "//app:app", "//app:ran"})
        self.write("app/BUILD.spec", self.read("app/BUILD.spec").replace(
            'cmd = ["all"', 'cmd = ["some"'))
        again = self.build("//app:app")
        mnemonics = [event["mnemonic"] for event in again.events
                     if event["event"] == "action" and event["how"] == "run"]
        self.assertEqual(sorted(mnemonics),
                         ["FileWrite", "ImageConfig", "ImageLayout"])

    def test_bytes_are_equal_wherever_they_are_made(self):
        wanted = ["//app:app", "//app:ran", "//app:multi", "//app:load"]
        self.build(*wanted)
        other = build_elsewhere(
            self, self.folder_in_memory() / "a folder elsewhere", self.fill,
            wanted)
        self.assertEqual(self.bytes_of(self.workspace / "graph-out/app"),
                         self.bytes_of(other / "graph-out/app"))

    def folder_in_memory(self):
        """Where folders are listed in another order than on a disk, if it can
        hold an overlay; else beside the workspace."""
        folder = pathlib.Path(tempfile.mkdtemp(dir="/dev/shm"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o755)
        try:
            os.setxattr(folder, "user.test", b"1")
        except OSError:
            return self.top
        return folder

    @staticmethod
    def bytes_of(folder):
        return {str(path.relative_to(folder)):
                hashlib.sha256(path.read_bytes()).hexdigest()
                for path in folder.rglob("*") if path.is_file()}

    def test_a_release_does_not_change_bytes(self):
        """Images are named by their digests in registries and in what stands
        on them: a change here is one of the format, and is told to users."""
        self.write("golden/a", "text\n")
        self.write("golden/run", "#!\n", executable=True)
        self.write("golden/BUILD.spec", '''\
load("@rules//image:defs.spec", "image", "image_index", "image_layer", "image_load")
image_layer(
    name = "l",
    srcs = ["a", "run"],
    prefix = "opt",
    symlinks = {"bin": "usr/bin"},
    directories = {"tmp": "1777"},
    remove = ["old"],
)
image(name = "gzip", layers = [":l"], env = {"B": "1", "A": "2"}, cmd = ["/opt/run"])
image(name = "zstd", base = ":gzip", layers = [":l"], compression = "zstd", annotations = {"b": "1", "a": "2"})
image(name = "none", layers = [":l"], compression = "none", architecture = "arm64")
image_index(name = "index", images = [":gzip", ":none"])
image_load(name = "load", image = ":gzip", tags = ["a:1"])
''')
        self.build("//golden:all")
        digests = {
            path: hashlib.sha256(
                self.output(f"golden/{path}").read_bytes()).hexdigest()
            for path in ["gzip/index.json", "zstd/index.json",
                         "none/index.json", "index/index.json", "load.tar",
                         "l.tar"]}
        self.assertEqual(digests, GOLDEN)


# Of index.json, which names all else by digest.
GOLDEN = {
    "gzip/index.json":
        "85f2b197e3ada61c69116c7ded341921cb388e623c5efb334ef33fd12c58ac0e",
    "index/index.json":
        "80a19f6186c1e3233d242d2f959a6575c1d3e0cc93c14da43d183a88eb9da792",
    "l.tar":
        "98b1909d710a8944787deab533ac874e67621b53bd6ca66f3c78b897980b7dbe",
    "load.tar":
        "ec7709ec4c54f12ab217879397c764642eaa69510e960f873b92a0349713b8e6",
    "none/index.json":
        "1c30c22b50c40b5e8f130d693c4c02b18337f7ec9ba2ce87fa4043d3ee999b8c",
    "zstd/index.json":
        "3591dd1bdbbc3e065b7d84afdb83393adecf15377108787b6a386ecc204ba5d9",
}

if __name__ == "__main__":
    unittest.main()
