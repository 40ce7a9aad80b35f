#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Writes packages.spec: the Debian packages that are built with, by version
and digest, as apt has them today. Run it when a mirror has newer ones (the
build then says that apt has no such version), look at the difference, commit.

The machine's apt is asked as if nothing were installed; it is not changed.
"""
import functools
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent

# Group → architecture, packages, whether all that they depend on comes along.
# What PYTHON has, which lies below all others, is left out of them.
GROUPS = {
    "PYTHON": ("amd64", ["dash", "patchelf", "python3", "python3-hatchling",
                         "python3-mesonpy", "python3-setuptools",
                         "python3-wheel"], True),
    "FLIT": ("amd64", ["flit"], False),
    "CROSS_GCC": ("amd64", ["gcc-arm-linux-gnueabihf"], True),
    "QEMU": ("amd64", ["qemu-user"], True),
    "NATIVE_GCC": ("amd64", ["gcc", "libc6-dev", "libpython3.11-dev"], True),
    "ARMHF": ("armhf", ["libc6", "libc6-dev", "libexpat1", "libgcc-s1",
                        "libpython3.11-dev", "libpython3.11-minimal",
                        "libpython3.11-stdlib", "linux-libc-dev",
                        "python3.11-minimal", "zlib1g"], False),
}

# Of what they depend on: for modules of Python, and for scripts, that no build
# uses.
UNUSED = set("""
    dpkg libcom-err2 libdb5.3 libgssapi-krb5-2 libjs-jquery libjs-sphinxdoc
    libjs-underscore libk5crypto3 libkeyutils1 libkrb5-3 libkrb5support0 libmd0
    libncursesw6 libnsl2 libreadline8 libsqlite3-0 libtirpc-common libtirpc3
    media-types readline-common tar
""".split())


class Apt:
    """The machine's apt, as one of `architecture`: with lists of its own in
    `folder` where the machine has none."""

    def __init__(self, architecture, folder):
        folder = pathlib.Path(folder) / architecture
        (folder / "lists/partial").mkdir(parents=True, exist_ok=True)
        self.options = {
            "Dir::State::status": "/dev/null",
            "Dir::Cache::pkgcache": folder / "pkgcache.bin",
            "Dir::Cache::srcpkgcache": "",
            "Debug::NoLocking": "1"}
        known = subprocess.run(["dpkg", "--print-architecture"], check=True,
                               capture_output=True, text=True).stdout.strip()
        if architecture != known:
            self.options |= {
                "APT::Architecture": architecture,
                "APT::Architectures": architecture,
                "APT::Sandbox::User": "root",
                "Acquire::Languages": "none",
                "Dir::Cache": folder,
                "Dir::State::lists": folder / "lists"}
            # A mirror may lack one list for a moment; the others will do.
            if not list((folder / "lists").glob("*_Packages*")):
                self.run("apt-get", "-q", "update", may_fail=True)

    def run(self, program, *words, may_fail=False):
        options = [word for name, value in self.options.items()
                   for word in ("-o", f"{name}={value}")]
        done = subprocess.run([program, *options, *words], text=True,
                              capture_output=True, check=False,
                              env={**os.environ, "LC_ALL": "C"})
        if done.returncode and not may_fail:
            sys.exit(f"{program} {' '.join(words)}: {done.stderr}")
        return done.stdout

    def chosen(self, names, closure):
        """{name: version} of the packages, or of all that they need."""
        if not closure:
            return {name: self.versions(name)[0] for name in names}
        plan = self.run("apt-get", "--simulate", "--no-install-recommends",
                        "install", *names)
        return {match[1].split(":")[0]: match[2] for match in
                re.finditer(r"(?m)^Inst (\S+) \((\S+) ", plan)
                if match[1].split(":")[0] not in UNUSED}

    def versions(self, name):
        return re.findall(r"(?m)^Version: (\S+)", self.run(
            "apt-cache", "--no-all-versions", "show", name))

    def shown(self, chosen):
        """(name, version, sha256, architecture) of each."""
        text = self.run("apt-cache", "show", *(
            f"{name}={version}" for name, version in sorted(chosen.items())))
        for stanza in text.strip().split("\n\n"):
            fields = dict(re.findall(r"(?m)^([A-Za-z0-9-]+): (.*)$", stanza))
            if fields:
                yield tuple(fields[name] for name in (
                    "Package", "Version", "SHA256", "Architecture"))


def main():
    folder = os.environ.get("PIN_FOLDER")
    with tempfile.TemporaryDirectory() as scratch:
        apt = functools.lru_cache(None)(
            lambda architecture: Apt(architecture, folder or scratch))
        text, seen = '"""Debian packages. pin.py writes this file."""\n', set()
        for group, (architecture, names, closure) in GROUPS.items():
            of = apt(architecture)
            rows = sorted(set(of.shown(of.chosen(names, closure))) - seen)
            seen = seen or set(rows)
            text += f"\n{group} = [\n" + "".join(
                '    ("{}", "{}", "{}", "{}"),\n'.format(*row)
                for row in rows) + "]\n"
    (HERE / "packages.spec").write_text(text)


if __name__ == "__main__":
    main()
