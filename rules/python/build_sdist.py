# SPDX-License-Identifier: Apache-2.0
"""build_sdist.py SETTINGS OUT: a source distribution (PEP 625) of a folder:
`<name>-<version>/…` in a tar.gz, sorted, without times and owners.

SETTINGS: `tree`, `top`, `metadata`, `readme`, `must_contain`.
"""
import fnmatch
import gzip
import io
import json
import pathlib
import tarfile

import build_wheel
import metadata
import wheel_file
from wheel_file import Refused, normalized

# Old enough, and young enough for the zip of a wheel that is made of it.
_TIME = 315532800  # 1980


def build(settings, out):
    said = json.loads(pathlib.Path(settings).read_text("utf-8"))
    files = build_wheel.files_of(said["tree"])
    files.pop("PKG-INFO", None)
    missing = [wanted for wanted in said["must_contain"]
               if not fnmatch.filter(files, wanted)]
    if missing:
        raise Refused("the source distribution would be without "
                      + ", ".join(missing)
                      + ", which `must_contain` names; add it to `srcs`")
    if "pyproject.toml" not in files and "setup.py" not in files:
        raise Refused("neither pyproject.toml nor setup.py is at the top of "
                      "the sources: nobody could install this; see `strip`")
    compare(said["metadata"], files)
    readme = said["metadata"]["readme"]
    fields = metadata.text(
        said["metadata"],
        pathlib.Path(said["readme"]).read_text("utf-8") if readme else "")
    files["PKG-INFO"] = (fields.encode(), False)
    with open(out, "wb") as file, \
            gzip.GzipFile("", "wb", 9, file, mtime=0) as packed, \
            tarfile.open(fileobj=packed, mode="w",
                         format=tarfile.PAX_FORMAT) as tar:
        for name in sorted(files):
            data, executable = files[name]
            member = tarfile.TarInfo(f"{said['top']}/{name}")
            member.size = len(data)
            member.mtime = _TIME
            member.mode = 0o755 if executable else 0o644
            tar.addfile(member, io.BytesIO(data))


def compare(said, files):
    """The target and pyproject.toml name the same thing."""
    try:
        import tomllib
    except ImportError:
        return  # Before Python 3.11.
    data, _ = files.get("pyproject.toml", (b"", False))
    try:
        project = tomllib.loads(data.decode()).get("project", {})
    except (ValueError, UnicodeDecodeError) as error:
        raise Refused(f"pyproject.toml cannot be read: {error}") from error
    name = project.get("name", said["name"])
    version = project.get("version", said["version"])
    if normalized(name) != normalized(said["name"]) \
            or version != said["version"]:
        raise Refused(f"the target says {said['name']} {said['version']}, "
                      f"pyproject.toml {name} {version}")


if __name__ == "__main__":
    wheel_file.main(build)
