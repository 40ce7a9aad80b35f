# SPDX-License-Identifier: Apache-2.0
"""Whether what a build requires is there: nothing is fetched while it runs."""
import importlib
import importlib.metadata
import re
import sys

from wheel_file import Refused, normalized


def name_of(requirement):
    match = re.match(r"[A-Za-z0-9._-]+", requirement.strip())
    if not match:
        raise Refused(f"`{requirement}` is no requirement (PEP 508)")
    return match[0]


def _packaging():
    """The library that knows versions and markers, wherever it is bundled."""
    for name in ("packaging", "setuptools.extern.packaging",
                 "pip._vendor.packaging"):
        try:
            return importlib.import_module(name + ".requirements")
        except ImportError:
            continue
    raise Refused("to read requirements, the Python library `packaging` is "
                  "needed (of python3-packaging or python3-setuptools)")


def check(needed, who, folders):
    """Of `needed`, as PEP 508 writes it, all is among the packages that the
    interpreter has or that lie in `folders`."""
    if not needed:
        return
    library = _packaging()
    there = {}
    for distribution in importlib.metadata.distributions(
            path=[*folders, *sys.path]):
        there.setdefault(normalized(distribution.metadata["Name"]),
                         distribution.version)
    missing = []
    for text in needed:
        try:
            one = library.Requirement(text)
        except library.InvalidRequirement as error:
            raise Refused(f"`{text}` of {who}: {error}") from error
        if one.marker and not one.marker.evaluate():
            continue
        version = there.get(normalized(one.name))
        if version is None:
            missing.append(text)
        elif not one.specifier.contains(version, prereleases=True):
            missing.append(f"{text} (there is {version})")
    if missing:
        raise Refused(
            f"{who} asks for {', '.join(missing)}: add it to `build_requires` "
            "as a wheel, or to the image or the packages of the `py_platform`")
