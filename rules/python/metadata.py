# SPDX-License-Identifier: Apache-2.0
"""METADATA and PKG-INFO (core metadata 2.1) of what a target says."""
import re

from wheel_file import Refused

_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
_VERSION = re.compile(
    r"(\d+!)?\d+(\.\d+)*((a|b|rc)\d+)?(\.post\d+)?(\.dev\d+)?"
    r"(\+[a-z0-9]+(\.[a-z0-9]+)*)?")
_DESCRIPTION_TYPES = {".md": "text/markdown", ".rst": "text/x-rst"}


def check_name(name):
    if not _NAME.fullmatch(name):
        raise Refused(f"`{name}` is no name of a distribution: letters, "
                      "digits, `.`, `_`, `-`; see `distribution`")


def check_version(version):
    if not _VERSION.fullmatch(version):
        raise Refused(f"`{version}` is no version in its normal form (PEP "
                      "440), like 1.2.3, 1.0rc1, 2.0.post1")


def text(said, description=""):
    """`said` is what the rule writes: see METADATA in wheel.spec."""
    check_name(said["name"])
    check_version(said["version"])
    lines = ["Metadata-Version: 2.1", f"Name: {said['name']}",
             f"Version: {said['version']}"]

    def add(field, values):
        for value in [values] if isinstance(values, str) else values:
            if "\n" in value:
                raise Refused(f"{field} is one line: {value!r}")
            if value:
                lines.append(f"{field}: {value}")

    add("Summary", said["summary"])
    add("Home-page", said["homepage"])
    add("Author", said["author"])
    add("Author-email", said["author_email"])
    add("License", said["license"])
    add("Keywords", ",".join(said["keywords"]))
    add("Classifier", said["classifiers"])
    add("Project-URL", [f"{label}, {url}" for label, url
                        in said["project_urls"].items()])
    add("Requires-Python", said["requires_python"])
    add("Requires-Dist", said["requires"])
    for extra, requirements in said["extra_requires"].items():
        add("Provides-Extra", extra)
        for requirement in requirements:
            what, semicolon, marker = requirement.partition(";")
            marker = (f"({marker.strip()}) and " if semicolon else "")
            add("Requires-Dist",
                f"{what.strip()}; {marker}extra == '{extra}'")
    if said["readme"]:
        ending = "." + said["readme"].rpartition(".")[2]
        add("Description-Content-Type",
            _DESCRIPTION_TYPES.get(ending, "text/plain") + "; charset=UTF-8")
    return "\n".join(lines) + "\n" + ("\n" + description if description
                                      else "")


def entry_points(said):
    """entry_points.txt of {group: ["name = module:object"]}; "" if none."""
    text = ""
    for group in sorted(said):
        text += f"[{group}]\n"
        for point in sorted(said[group]):
            name, equals, place = (part.strip() for part
                                   in point.partition("="))
            if not name or not equals or not re.fullmatch(
                    r"[\w.]+(:[\w.]+)?( *\[[\w, ]*\])?", place):
                raise Refused(f"`{point}` is no entry point: "
                              "`name = module:object`")
            if group.endswith("_scripts") and ":" not in place:
                raise Refused(f"`{point}` of {group} names no function: "
                              "`name = module:function`")
            text += f"{name} = {place}\n"
        text += "\n"
    return text.rstrip("\n") + "\n" if text else ""
