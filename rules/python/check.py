# SPDX-License-Identifier: Apache-2.0
"""Whether a wheel is what its name says: check(file name, entries) tells all
that is wrong, each in a sentence. Nothing of it is run."""
import csv
import re

import elf
import policy
from wheel_file import (Refused, digest, dist_info, escaped, normalized,
                        tags_of, split_name, text, value, values)


def check(file_name, entries):
    """A list of what is wrong; empty for a good wheel."""
    wrong = []
    try:
        info = dist_info(entries)
        wrong += _names(file_name, info, text(entries, f"{info}/METADATA"))
        wrong += _tags(file_name, text(entries, f"{info}/WHEEL"))
        wrong += _record(entries, info, text(entries, f"{info}/RECORD"))
    except Refused as refused:
        wrong.append(str(refused))
    wrong += _files(file_name, entries)
    return wrong


def refuse(file_name, wrong):
    raise Refused(f"{file_name} is not what its name says:\n  - "
                  + "\n  - ".join(wrong))


def _names(file_name, info, metadata):
    name, version, *_ = split_name(file_name)
    said = value(metadata, "Name"), value(metadata, "Version")
    if normalized(said[0]) != normalized(name) or said[1] != version:
        yield (f"its name says {name} {version}, its METADATA "
               f"{said[0] or '?'} {said[1] or '?'}")
    folder = info.removesuffix(".dist-info")
    folder_name, _, folder_version = folder.rpartition("-")
    if escaped(folder_name) != escaped(name) or folder_version != version:
        yield f"its name says {name} {version}, its folder is {info}"


def _tags(file_name, wheel):
    inside = sorted(values(wheel, "Tag"))
    if inside != tags_of(file_name):
        yield (f"its name says {', '.join(tags_of(file_name))}, its WHEEL "
               f"{', '.join(inside) or 'nothing'}")


def _record(entries, info, record):
    listed = {}
    for row in csv.reader(record.splitlines()):
        if len(row) != 3:
            yield f"RECORD has a line that is not `path,digest,size`: {row}"
            continue
        if row[0] in listed:
            yield f"RECORD has {row[0]} twice"
        listed[row[0]] = row
    unhashed = {f"{info}/{name}"
                for name in ("RECORD", "RECORD.jws", "RECORD.p7s")}
    for name in sorted(entries.keys() - listed.keys()):
        yield f"RECORD does not have {name}"
    for name in sorted(listed.keys() - entries.keys()):
        yield f"RECORD has {name}, the wheel has not"
    for name in sorted(listed.keys() & entries.keys() - unhashed):
        data = entries[name][0]
        if listed[name][1:] != [digest(data), str(len(data))]:
            yield f"RECORD has another digest or size of {name}"


def _files(file_name, entries):
    *_, python_tag, abi_tag, platform_tag = split_name(file_name)
    for name, (data, _) in sorted(entries.items()):
        if name.startswith("/") or ".." in name.split("/"):
            yield f"{name} would be installed outside of its folder"
        if elf.is_elf(data):
            yield from _elf(name, data, platform_tag)
            yield from _extension(name, python_tag, abi_tag, platform_tag)


def _elf(name, data, platform_tag):
    try:
        found = elf.parse(data)
    except elf.NotElf as error:
        yield f"{name} is {error}"
        return
    if platform_tag == "any":
        yield (f"{name} is machine code for {found.machine}, but the tag "
               "`any` says that it runs everywhere: say `native = True`, or "
               "`platform_tag`")
        return
    for tag in platform_tag.split("."):
        rule = policy.of(tag)
        if rule is None:
            yield f"the platform tag {tag} is none that has ELF files: {name}"
        elif rule.machine not in (found.machine, _other_name(found)):
            yield (f"{name} is for {found.machine}, but the tag {tag} says "
                   f"{rule.machine}")
        else:
            yield from (f"{name} {what}" for what in rule.wrong(found))


def _other_name(found):
    """What also runs it: code for ARM without version 7 in its tag."""
    return "armv6l" if found.machine == "armv7l" else found.machine


def _extension(name, python_tag, abi_tag, platform_tag):
    """`x.cpython-311-arm-linux-gnueabihf.so` of another Python or machine is
    there but never found by `import`."""
    match = re.search(r"\.(cpython-(\d+)[a-z]*)-([^.]+)\.so$", name)
    if not match:
        return
    tags = python_tag.split(".")
    if f"cp{match[2]}" not in tags:
        yield (f"{name} is for Python cp{match[2]} alone, but the tag says "
               f"{python_tag}-{abi_tag}")
    machine = match[3].split("-")[0]
    machine = {"arm": "armv7l", "i386": "i686", "powerpc64le": "ppc64le"}.get(
        machine, machine)
    if all(policy.of(tag) and policy.of(tag).machine != machine
           for tag in platform_tag.split(".")):
        yield (f"{name} is never found by a Python of {platform_tag}: its "
               f"suffix is that of {match[3]}")
