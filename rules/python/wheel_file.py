# SPDX-License-Identifier: Apache-2.0
"""Wheels as files: names, reading, writing the same bytes for the same
content, and RECORD. PEP 427 and what PyPA made of it."""
import base64
import csv
import hashlib
import io
import re
import sys
import zipfile

# A zip knows no time before.
_TIME = (1980, 1, 1, 0, 0, 0)


class Refused(Exception):
    """What is wrong, in a sentence for the user; and what to do."""


def main(function):
    """Runs function(words of the command line); tells what it refuses."""
    try:
        function(*sys.argv[1:])
    except Refused as refused:
        sys.exit(f"error: {refused}")


def normalized(name):
    """PEP 503: `My_Pkg.core` → `my-pkg-core`."""
    return re.sub(r"[-_.]+", "-", name).lower()


def escaped(name):
    """As a component of a file name: `My-Pkg` → `my_pkg`."""
    return normalized(name).replace("-", "_")


def split_name(file_name):
    """(distribution, version, build, python tag, abi tag, platform tag)."""
    parts = file_name.removesuffix(".whl").split("-")
    if not file_name.endswith(".whl") or len(parts) not in (5, 6):
        raise Refused(f"`{file_name}` is no name of a wheel: "
                      "name-version-python-abi-platform.whl")
    build = parts[2] if len(parts) == 6 else ""
    return (parts[0], parts[1], build, *parts[-3:])


def tags_of(file_name):
    """All tags that the name stands for: `py2.py3-none-any` is two."""
    *_, pythons, abis, platforms = split_name(file_name)
    return sorted(f"{python}-{abi}-{platform}" for python in pythons.split(".")
                  for abi in abis.split(".")
                  for platform in platforms.split("."))


def headers(text):
    """The header fields of METADATA, WHEEL: [(name, value)]; continued lines
    belong to the one before, and the body is left out."""
    fields = []
    for line in text.splitlines():
        if not line:
            break
        if line[0] in " \t" and fields:
            fields[-1] = (fields[-1][0], fields[-1][1] + "\n" + line.strip())
        else:
            name, _, value = line.partition(":")
            fields.append((name.strip(), value.strip()))
    return fields


def values(text, name):
    return [value for field, value in headers(text)
            if field.lower() == name.lower()]


def value(text, name):
    return next(iter(values(text, name)), "")


def dist_info(names):
    """The one folder `x.dist-info` among the paths of a wheel."""
    folders = {name.split("/")[0] for name in names
               if name.split("/")[0].endswith(".dist-info")}
    if len(folders) != 1:
        raise Refused("a wheel has one folder `.dist-info`; this one has "
                      + (", ".join(sorted(folders)) or "none"))
    return folders.pop()


def digest(data):
    """As RECORD has it."""
    raw = hashlib.sha256(data).digest()
    return "sha256=" + base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def read(path):
    """{path: (bytes, whether it is executable)}, without folders."""
    try:
        with zipfile.ZipFile(path) as archive:
            return {info.filename: (archive.read(info),
                                    bool(info.external_attr >> 16 & 0o111))
                    for info in archive.infolist() if not info.is_dir()}
    except (zipfile.BadZipFile, OSError) as error:
        raise Refused(f"{path} cannot be read as a wheel: {error}") from error


def write(path, entries):
    """Writes the wheel of `entries` ({path: (bytes, executable)}) with a new
    RECORD. Sorted, `.dist-info` last, as PEP 427 asks, RECORD the very last."""
    info = dist_info(entries)
    entries = {name: entry for name, entry in entries.items()
               if not name.startswith(f"{info}/RECORD")}
    order = sorted(entries, key=lambda name: (name.startswith(f"{info}/"),
                                              name))
    record = io.StringIO(newline="")
    rows = csv.writer(record, lineterminator="\n")
    for name in order:
        data, _ = entries[name]
        rows.writerow([name, digest(data), len(data)])
    rows.writerow([f"{info}/RECORD", "", ""])
    entries[f"{info}/RECORD"] = (record.getvalue().encode(), False)
    with zipfile.ZipFile(path, "w") as archive:
        for name in order + [f"{info}/RECORD"]:
            data, executable = entries[name]
            member = zipfile.ZipInfo(name, _TIME)
            member.create_system = 3  # Unix, wherever this runs.
            member.external_attr = (0o100755 if executable else 0o100644) << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, data, compresslevel=6)


def text(entries, name):
    """A file of the wheel as text."""
    if name not in entries:
        raise Refused(f"a wheel has {name}; this one has not")
    try:
        return entries[name][0].decode()
    except UnicodeDecodeError as error:
        raise Refused(f"{name} is not UTF-8: {error}") from error
