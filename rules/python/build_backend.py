# SPDX-License-Identifier: Apache-2.0
"""build_backend.py SETTINGS OUT METADATA-OUT: a wheel by the build backend
that a source tree names (PEP 517), without a network.

SETTINGS: `file_name` of the wheel, `tree` of sources or an `sdist`, `requires`
(folders with unpacked wheels), `config` (settings of the backend), `env`,
`retag`, and for another machine `cross` (see backend.spec).

What the backend made is written anew with the same content: sorted, without
times.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile

import build_wheel
import cross
import requirements
import wheel_file
from wheel_file import Refused, escaped, split_name, tags_of

# A zip knows no time before 1980.
_TIME = 315532800

_HOOK = """
import importlib, importlib.machinery, json, sys
said = json.loads(sys.argv[1])
sys.path[:0] = said["path"]
if said["suffixes"]:
    # What backends read; `import` itself has a list of its own.
    importlib.machinery.EXTENSION_SUFFIXES[:] = said["suffixes"]
module, _, place = said["backend"].partition(":")
backend = importlib.import_module(module)
for name in filter(None, place.split(".")):
    backend = getattr(backend, name)
hook = getattr(backend, said["hook"], None)
value = hook(*said["arguments"]) if hook else None
with open(said["answer"], "w") as file:
    json.dump(value, file)
"""


class Backend:
    """The backend of the sources in `folder`; each hook runs in a process of
    its own, as PEP 517 asks."""

    def __init__(self, folder, scratch, said):
        self.folder, self.scratch = folder, scratch
        system = project(folder).get("build-system", {})
        self.requires = system.get("requires", ["setuptools", "wheel"])
        self.backend = system.get("build-backend",
                                  "setuptools.build_meta:__legacy__")
        self.path = [str(folder / path) for path
                     in system.get("backend-path", [])]
        self.env = dict(os.environ)
        self.env.update({"PYTHONHASHSEED": "0", "PYTHONNOUSERSITE": "1",
                         "PYTHONDONTWRITEBYTECODE": "1",
                         "PYTHONPATH": os.pathsep.join(
                             map(os.path.abspath, said["requires"]))})
        self.config = dict(said["config"])
        if self.backend == "mesonpy":  # Which else would make up a name.
            self.config.setdefault("builddir", str(scratch / "meson"))
        # What the compiler writes of paths is not of this machine.
        flags = " ".join(["-g0", f"-ffile-prefix-map={folder}=.",
                          *said["copts"]])
        self.env.update({"CFLAGS": flags, "CXXFLAGS": flags})
        self.suffixes = []
        if said["cross"]:
            self.env["CROSS_FLAGS"] = flags
            cross.prepare(said["cross"], scratch, self.env, self.config,
                          self.backend)
            self.suffixes = cross.suffixes(said["cross"])
        self.env.update(said["env"])

    def call(self, hook, *arguments):
        answer = self.scratch / "answer.json"
        said = {"path": self.path, "backend": self.backend, "hook": hook,
                "arguments": arguments, "answer": str(answer),
                "suffixes": self.suffixes}
        done = subprocess.run(
            [sys.executable, "-c", _HOOK, json.dumps(said)], cwd=self.folder,
            env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace", check=False)
        if done.returncode:
            sys.stderr.write(done.stdout)
            raise Refused(f"{hook} of {self.backend} failed; what it said is "
                          "above")
        return json.loads(answer.read_text())

    def check_requirements(self, unpacked):
        needs = list(self.requires)
        requirements.check(needs, "build-system.requires in pyproject.toml",
                           unpacked)
        more = self.call("get_requires_for_build_wheel", self.config) or []
        # Programs on the PATH are as good as packages of them.
        requirements.check(
            [one for one in more
             if not shutil.which(requirements.name_of(one))],
            f"the backend {self.backend}", unpacked)


def project(folder):
    path = folder / "pyproject.toml"
    if not path.exists():
        if not (folder / "setup.py").exists():
            raise Refused("neither pyproject.toml nor setup.py is at the top "
                          "of the sources: is `strip` right?")
        return {}
    import tomllib
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise Refused(f"pyproject.toml cannot be read: {error}") from error


def sources(said, folder):
    """A copy of the sources that the backend may write into."""
    if said["sdist"]:
        with tarfile.open(said["sdist"]) as tar:
            tar.extractall(folder)
        inner = list(folder.iterdir())
        if len(inner) != 1 or not inner[0].is_dir():
            raise Refused(f"{said['sdist']} has not one folder at its top")
        folder = inner[0]
    else:
        shutil.copytree(said["tree"], folder)
    for base, _, names in os.walk(folder):
        os.chmod(base, 0o755)
        for name in names:
            path = os.path.join(base, name)
            os.chmod(path, 0o755 if os.stat(path).st_mode & 0o100 else 0o644)
            os.utime(path, (_TIME, _TIME))
    return folder


def build(settings, out, metadata_out):
    said = json.loads(pathlib.Path(settings).read_text("utf-8"))
    scratch = pathlib.Path(os.environ.get("TMPDIR", "/tmp")) / "build"
    made = scratch / "made"
    made.mkdir(parents=True)
    backend = Backend(sources(said, scratch / "src"), scratch, said)
    backend.check_requirements(said["requires"])
    name = backend.call("build_wheel", str(made), backend.config)
    entries = wheel_file.read(made / name)
    wanted = said["file_name"]
    if said["retag"]:
        retag(entries, wanted)
        name = with_tags(name, wanted)
    compare(name, wanted)
    build_wheel.finish(wanted, entries, out, metadata_out)


def with_tags(name, wanted):
    return "-".join(split_name(name)[:2] + split_name(wanted)[3:]) + ".whl"


def retag(entries, wanted):
    """WHEEL with the tags of the file name."""
    name = wheel_file.dist_info(entries) + "/WHEEL"
    lines = [line for line in wheel_file.text(entries, name).splitlines()
             if line and not re.match(r"(?i)tag:", line)]
    lines += [f"Tag: {tag}" for tag in tags_of(wanted)]
    entries[name] = (("\n".join(lines) + "\n").encode(), False)


def compare(name, wanted):
    is_, should = split_name(name), split_name(wanted)
    if escaped(is_[0]) != escaped(should[0]) or is_[1] != should[1]:
        raise Refused(f"the sources are of {is_[0]} {is_[1]}, the target "
                      f"says {should[0]} {should[1]}: correct `distribution` "
                      "or `version`")
    if is_[3:] != should[3:]:
        raise Refused(f"the backend made a wheel for {'-'.join(is_[3:])}, the "
                      f"target says {'-'.join(should[3:])}: "
                      + advice(is_[3:], should[3:]))


def advice(is_, should):
    if is_[2] == should[2]:
        return "say " + ", ".join(
            f'`{name} = "{tag}"`' for name, tag, other in zip(
                ("python_tag", "abi_tag"), is_, should) if tag != other)
    if is_[2] == "any":
        return "leave `native` out, it is pure"
    if should[2] == "any":
        return "say `native = True`"
    return "correct `platform_tag`, there or in the `py_platform`"


if __name__ == "__main__":
    wheel_file.main(build)
