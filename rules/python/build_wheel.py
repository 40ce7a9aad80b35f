# SPDX-License-Identifier: Apache-2.0
"""build_wheel.py SETTINGS OUT METADATA-OUT: a wheel of declared files.

SETTINGS is the JSON that wheel.spec writes: `file_name`, `tree` (the folder
with all files at their places), `metadata`, `entry_points`, `readme`,
`license_files` and `purelib`.
"""
import json
import os
import pathlib

import check
import metadata
import wheel_file
from wheel_file import Refused, escaped, tags_of


def build(settings, out, metadata_out):
    said = json.loads(pathlib.Path(settings).read_text("utf-8"))
    file_name = said["file_name"]
    entries = files_of(said["tree"]) if said["tree"] else {}
    for name in entries:
        if name.split("/")[0].endswith(".dist-info"):
            raise Refused(f"{name} is what the rule writes itself: leave it "
                          "out of `srcs`")
    readme = said["metadata"]["readme"]
    fields = metadata.text(
        said["metadata"],
        pathlib.Path(said["readme"]).read_text("utf-8") if readme else "")
    info = (escaped(said["metadata"]["name"]) + "-"
            + said["metadata"]["version"] + ".dist-info")

    def add(name, text):
        entries[f"{info}/{name}"] = (text.encode(), False)

    wheel = ("Wheel-Version: 1.0\nGenerator: graph\nRoot-Is-Purelib: "
             f"{'true' if said['purelib'] else 'false'}\n")
    add("WHEEL", wheel + "".join(f"Tag: {tag}\n" for tag
                                 in tags_of(file_name)))
    points = metadata.entry_points(said["entry_points"])
    if points:
        check_points(said["entry_points"], entries)
        add("entry_points.txt", points)
    for path in said["license_files"]:
        name = path.rpartition("/")[2]
        if f"{info}/{name}" in entries:
            raise Refused(f"two files of the name {name} in `license_files`")
        entries[f"{info}/{name}"] = (pathlib.Path(path).read_bytes(), False)
        head, blank, body = fields.partition("\n\n")
        fields = head.rstrip("\n") + f"\nLicense-File: {name}\n" \
            + ("\n" + body if blank else "")
    add("METADATA", fields)
    finish(file_name, entries, out, metadata_out)


def finish(file_name, entries, out, metadata_out):
    """Writes the wheel, if there is nothing wrong with it, and its METADATA."""
    wheel_file.write(out, entries)
    written = wheel_file.read(out)
    wrong = check.check(file_name, written)
    if wrong:
        os.remove(out)
        check.refuse(file_name, wrong)
    info = wheel_file.dist_info(written)
    pathlib.Path(metadata_out).write_bytes(written[f"{info}/METADATA"][0])


def files_of(folder):
    """{path: (bytes, executable)} of all files below."""
    entries = {}
    for base, folders, names in os.walk(folder, followlinks=True):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(base, name)
            if name.endswith(".pyc"):
                continue  # Of one Python and one time; pip makes them.
            with open(path, "rb") as file:
                entries[os.path.relpath(path, folder)] = (
                    file.read(), bool(os.stat(path).st_mode & 0o100))
    return entries


def check_points(groups, entries):
    """A script of a module that the wheel should have and has not."""
    tops = {name.split("/")[0].split(".")[0] for name in entries}
    for group, points in groups.items():
        for point in points:
            place = point.partition("=")[2].strip()
            module = place.split(":")[0].split("[")[0].strip()
            path = module.replace(".", "/")
            if module.split(".")[0] in tops and not any(
                    name.startswith((f"{path}.", f"{path}/__init__."))
                    for name in entries):
                raise Refused(f"`{point}` of {group} needs the module "
                              f"{module}, which is not among the files")


if __name__ == "__main__":
    wheel_file.main(build)
