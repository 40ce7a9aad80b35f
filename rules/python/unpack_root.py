# SPDX-License-Identifier: Apache-2.0
"""unpack_root.py OUT TAR PATTERN...: a layer of a root filesystem as a folder,
less what a pattern matches (`*` also across folders). Links stay inside: an
absolute one becomes relative, one that leads nowhere goes."""
import fnmatch
import os
import sys
import tarfile


def unpack(out, layer, *without):
    links = {}
    with tarfile.open(layer) as tar:
        for member in tar:
            name = member.name.removeprefix("./").rstrip("/")
            if not name or any(fnmatch.fnmatchcase(name, pattern)
                               for pattern in without):
                continue
            path = os.path.join(out, name)
            if member.issym():
                links[name] = member.linkname
            elif member.islnk():
                os.makedirs(os.path.dirname(path), exist_ok=True)
                os.link(os.path.join(out, member.linkname.removeprefix("./")),
                        path)
            elif member.isfile():
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as file:
                    file.write(tar.extractfile(member).read())
                os.chmod(path, 0o755 if member.mode & 0o100 else 0o644)
    for name, target in sorted(links.items()):
        make_link(out, name, target)
    drop_dangling(out, links)


def make_link(out, name, target):
    path = os.path.join(out, name)
    if os.path.isdir(path) and not os.path.islink(path):
        return  # A merged folder: the files lie in it already.
    if target.startswith("/"):
        target = os.path.relpath(target.lstrip("/"), os.path.dirname(name)
                                 or ".")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    os.symlink(target, path)


def drop_dangling(out, links):
    """One may lead to another: as long as there are such."""
    top = os.path.realpath(out)
    found = True
    while found:
        found = False
        for name in links:
            path = os.path.join(out, name)
            if os.path.islink(path) and (
                    not os.path.exists(path) or not os.path.realpath(
                        path).startswith(top + "/")):
                os.remove(path)
                found = True


if __name__ == "__main__":
    unpack(*sys.argv[1:])
