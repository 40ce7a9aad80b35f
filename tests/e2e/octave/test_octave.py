# SPDX-License-Identifier: Apache-2.0
"""A real Octave package from Debian's sources, served over loopback HTTP, as a
.mhl file."""
import functools
import hashlib
import http.server
import json
import subprocess
import tarfile
import threading
import zipfile

import debian_source
from graph_test import GraphTest

PACKAGE = '''\
load("@rules//mip:defs.spec", "mip_package")

http_archive(
    name = "struct_src",
    urls = ["{url}"],
    sha256 = "{sha256}",
    strip_prefix = "{prefix}",
)

mip_package(
    name = "struct",
    srcs = [":struct_src"],
    subdir = "inst",
    version = "{version}",
    description = "Additional functions for structures",
    license = "GPL-3.0-or-later",
)
'''


class OctaveTest(GraphTest):
    def serve(self, folder):
        class Quiet(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *args):
                pass

        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_address[1]}"

    def test_octave_struct(self):
        files = debian_source.download("octave-struct", self.top)
        tarball = next(path for path in files if ".orig.tar." in path.name)
        version = tarball.name.split("_")[1].split(".orig")[0]
        with tarfile.open(tarball) as tar:
            members = {member.name: member for member in tar.getmembers()}
            prefix = next(iter(members)).split("/")[0]
            inst = {name[len(prefix) + 6:]: tar.extractfile(member).read()
                    for name, member in members.items()
                    if name.startswith(prefix + "/inst/") and member.isfile()}
        self.write("packages/BUILD.spec", PACKAGE.format(
            url=f"{self.serve(self.top)}/{tarball.name}", prefix=prefix,
            sha256=hashlib.sha256(tarball.read_bytes()).hexdigest(),
            version=version))
        self.build("//packages:struct")

        made = self.output(f"packages/struct-{version}-any-none-any.mhl")
        subprocess.run(["unzip", "-tqq", made], check=True)
        with zipfile.ZipFile(made) as file:
            info = json.loads(file.read("mip.json"))
            packed = {name[len("struct/"):]: file.read(name)
                      for name in file.namelist()
                      if name.startswith("struct/") and name[-1] != "/"}
        self.assertEqual(packed, inst)
        self.assertEqual(info["exposed_symbols"],
                         sorted(name[:-2] for name in inst
                                if "/" not in name and name.endswith(".m")))
        self.assertIn("setfields", info["exposed_symbols"])
