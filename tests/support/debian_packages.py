# SPDX-License-Identifier: Apache-2.0
"""What a root filesystem of Debian packages needs, as this machine's apt has
it: the packages and all that they depend on, with versions and digests, and
the BUILD.spec that fetches them.

apt's lists are read, never changed, and root is not needed."""
import dataclasses
import functools
import os
import re
import subprocess
import tempfile


@dataclasses.dataclass(frozen=True, order=True)
class DebianPackage:
    name: str
    version: str
    architecture: str
    sha256: str


@functools.lru_cache(maxsize=None)
def _folder():
    """For apt's index, which many machines are told not to keep: without it
    each call reads all lists anew."""
    folder = tempfile.TemporaryDirectory(prefix="graph-apt-")
    return folder, folder.name


def apt(program, *words):
    """The output of apt-get or apt-cache as if nothing were installed."""
    _, folder = _folder()
    options = []
    for name, value in {
            "Dir::State::status": "/dev/null",
            "Dir::Cache::pkgcache": f"{folder}/pkgcache.bin",
            "Dir::Cache::srcpkgcache": f"{folder}/srcpkgcache.bin",
            "Debug::NoLocking": "1"}.items():
        options += ["-o", f"{name}={value}"]
    result = subprocess.run(
        [program, *options, *words], capture_output=True, text=True,
        check=False, env={**os.environ, "LC_ALL": "C", "LANGUAGE": ""})
    if result.returncode != 0:
        raise RuntimeError(f"{program} {' '.join(words)}: {result.stderr}")
    return result.stdout


def _stanzas(text):
    for stanza in text.split("\n\n"):
        fields = dict(re.findall(r"(?m)^([A-Za-z0-9-]+): (.*)$", stanza))
        if "Package" in fields:
            yield fields


@functools.lru_cache(maxsize=None)
def base_names(what="required"):
    """The names of the packages that are `essential`, or `required` as well:
    what every Debian system has."""
    native = subprocess.run(["dpkg", "--print-architecture"], check=True,
                            capture_output=True, text=True).stdout.strip()
    return tuple(sorted({
        fields["Package"] for fields in _stanzas(apt("apt-cache", "dumpavail"))
        if fields["Architecture"] in (native, "all") and
        (fields.get("Essential") == "yes" or
         what == "required" and fields.get("Priority") == "required")}))


def closure(names=(), base="required"):
    """`names` and all that they depend on, without what is only recommended,
    sorted by name. `base` is what comes along anyway: "required", "essential"
    or None."""
    wanted = sorted({*names, *(base_names(base) if base else ())})
    plan = apt("apt-get", "--simulate", "--no-install-recommends", "install",
               *wanted)
    chosen = re.findall(r"(?m)^Inst (\S+) \((\S+) .*\[([a-z0-9-]+)\]\)", plan)
    shown = apt("apt-cache", "show",
                *(f"{name}={version}" for name, version, _ in chosen))
    digests = {(fields["Package"], fields["Version"], fields["Architecture"]):
               fields["SHA256"] for fields in _stanzas(shown)}
    return sorted(
        DebianPackage(name, version, arch, digests[name, version, arch])
        for name, version, arch in (
            (name.split(":")[0], version, arch)
            for name, version, arch in chosen))


def build_spec(target, packages):
    """BUILD.spec text: `target` is the group of all .deb files."""
    lines = [f'    ("{package.name}", "{package.version}", '
             f'"{package.sha256}", "{package.architecture}"),\n'
             for package in packages]
    return (f'deb_packages(name = "{target}", packages = [\n'
            + "".join(lines) + "])\n")
