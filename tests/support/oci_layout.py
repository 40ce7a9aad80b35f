# SPDX-License-Identifier: Apache-2.0
"""OCI image layouts, read by the letter of the specification, and images run
by umoci and crun."""
import gzip
import hashlib
import io
import json
import os
import pathlib
import subprocess
import tarfile
import tempfile


class Layout:
    """An image layout of one image, or of one index with `architecture`."""

    def __init__(self, path, architecture=None):
        self.path = pathlib.Path(path)
        self.index = json.loads((self.path / "index.json").read_text())
        (top,) = self.index["manifests"]
        self.tag = top["annotations"]["org.opencontainers.image.ref.name"]
        described = self.json(top)
        if "manifests" in described:
            (top,) = [one for one in described["manifests"]
                      if one["platform"]["architecture"] == architecture]
            described = self.json(top)
        self.descriptor = top
        self.manifest = described
        self.config = self.json(self.manifest["config"])

    def blob(self, descriptor):
        """The bytes that a descriptor is right about."""
        algorithm, digest = descriptor["digest"].split(":")
        data = (self.path / "blobs" / algorithm / digest).read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            raise AssertionError(f"{digest} has other bytes")
        if len(data) != descriptor["size"]:
            raise AssertionError(f"{digest} has {len(data)} bytes")
        return data

    def json(self, descriptor):
        return json.loads(self.blob(descriptor))

    def layers(self):
        """The plain layers, lowest first, each as its diff_id says."""
        plain = []
        for descriptor, diff_id in zip(self.manifest["layers"],
                                       self.config["rootfs"]["diff_ids"],
                                       strict=True):
            data = self.blob(descriptor)
            if descriptor["mediaType"].endswith("+gzip"):
                data = gzip.decompress(data)
            elif descriptor["mediaType"].endswith("+zstd"):
                data = subprocess.run(["zstd", "-dc"], input=data, check=True,
                                      capture_output=True).stdout
            if "sha256:" + hashlib.sha256(data).hexdigest() != diff_id:
                raise AssertionError(f"{diff_id} is no diff_id")
            plain.append(data)
        return plain

    def listing(self, layer=-1):
        return listing(self.layers()[layer])

    def unreferenced(self):
        """Blobs that nothing names."""
        named = {self.index["manifests"][0]["digest"]}
        for descriptor in [self.index["manifests"][0]]:
            named |= _digests(self.json(descriptor), self)
        there = {"sha256:" + blob.name
                 for blob in (self.path / "blobs" / "sha256").iterdir()}
        return there - named


def _digests(described, layout):
    named = set()
    for one in described.get("manifests", []):
        named |= {one["digest"]} | _digests(layout.json(one), layout)
    for one in [described.get("config"), *described.get("layers", [])]:
        if one:
            named.add(one["digest"])
    return named


def listing(tar):
    """A line for each entry of a tar: type, mode, owner, name, target."""
    lines = []
    with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
        for entry in archive:
            kind = {tarfile.DIRTYPE: "d", tarfile.SYMTYPE: "l",
                    tarfile.REGTYPE: "-"}[entry.type]
            target = f" -> {entry.linkname}" if entry.linkname else ""
            lines.append(f"{kind} {entry.mode:04o} {entry.uid}:{entry.gid} "
                         f"{entry.name}{target}")
            if entry.mtime != 0 or entry.uname or entry.gname:
                raise AssertionError(f"{entry.name} has a time or a name")
    return lines


def unpack(layout, tag, bundle):
    """What umoci makes of an image: `bundle`/rootfs and config.json."""
    subprocess.run(["umoci", "unpack", "--rootless", "--image",
                    f"{layout}:{tag}", str(bundle)],
                   check=True, capture_output=True, text=True)


def run_in_crun(layout, tag="latest", args=None):
    """The output of an image's program, or of `args`, in a container."""
    with tempfile.TemporaryDirectory(prefix="graph-crun-") as folder:
        bundle = pathlib.Path(folder) / "bundle"
        unpack(layout, tag, bundle)
        settings = json.loads((bundle / "config.json").read_text())
        settings["process"]["terminal"] = False
        if args is not None:
            settings["process"]["args"] = args
        (bundle / "config.json").write_text(json.dumps(settings))
        # An empty folder in place of the machine's control groups, of which
        # crun takes only some kinds, and which nothing here is to touch.
        command = ("mount -t tmpfs none /sys/fs/cgroup && exec crun "
                   f"--root {folder}/state --cgroup-manager=disabled "
                   f"run --bundle {bundle} graph-e2e-{os.getpid()}")
        ran = subprocess.run(
            ["unshare", "--mount", "--map-root-user", "sh", "-c", command],
            stdin=subprocess.DEVNULL, capture_output=True, text=True,
            check=False, timeout=60)
        return ran.returncode, ran.stdout + ran.stderr
