# SPDX-License-Identifier: Apache-2.0
"""build_index.py SETTINGS OUT: the pages of a package index.

SETTINGS: `files`, a list of {`path`, `name`, `metadata`}: a wheel or a source
distribution, under which name it is published, and for a wheel its METADATA.
OUT becomes simple/index.html, simple/<project>/index.html (PEP 503) and
index.json beside each (PEP 691), with links to ../../packages/<name>.
"""
import hashlib
import html
import io
import json
import pathlib
import tarfile
import urllib.parse

import wheel_file
from wheel_file import Refused, normalized

_PAGE = """<!DOCTYPE html>
<html>
  <head>
    <meta charset="utf-8">
    <meta name="pypi:repository-version" content="1.0">
    <title>{title}</title>
  </head>
  <body>
    <h1>{title}</h1>
{links}  </body>
</html>
"""


def build(settings, out):
    said = json.loads(pathlib.Path(settings).read_text("utf-8"))
    projects = {}
    for file in said["files"]:
        entry = described(file)
        projects.setdefault(entry.pop("project"), []).append(entry)
    simple = pathlib.Path(out)
    simple.mkdir(exist_ok=True)
    meta = {"api-version": "1.0"}
    names = sorted(projects)
    write(simple, page("Packages", [(f"{name}/", name, {}) for name in names]),
          {"meta": meta, "projects": [{"name": name} for name in names]})
    for name in names:
        files = sorted(projects[name], key=lambda file: file["filename"])
        folder = simple / name
        folder.mkdir()
        write(folder, page(name, [link(file) for file in files]),
              {"meta": meta, "name": name, "files": files})


def write(folder, text, value):
    (folder / "index.html").write_text(text, "utf-8")
    (folder / "index.json").write_text(
        json.dumps(value, indent=2, sort_keys=True) + "\n", "utf-8")


def described(file):
    """What PEP 691 tells of a file, and its `project`."""
    data = pathlib.Path(file["path"]).read_bytes()
    if file["metadata"]:
        fields = pathlib.Path(file["metadata"]).read_bytes()
    else:
        fields = package_info(file["name"], data)
    text = fields.decode("utf-8")
    entry = {
        "project": normalized(wheel_file.value(text, "Name")),
        "filename": file["name"],
        "url": "../../packages/" + urllib.parse.quote(file["name"]),
        "hashes": {"sha256": hashlib.sha256(data).hexdigest()},
    }
    needs = wheel_file.value(text, "Requires-Python")
    if needs:
        entry["requires-python"] = needs
    if file["metadata"]:
        # By the name of PEP 714: pip 22.3 to 23.0 read the older one of PEP
        # 658 and then take no other spelling of a project than METADATA's.
        entry["core-metadata"] = {
            "sha256": hashlib.sha256(fields).hexdigest()}
    return entry


def package_info(name, data):
    """PKG-INFO of a source distribution."""
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            top = tar.next().name.split("/")[0]
            return tar.extractfile(f"{top}/PKG-INFO").read()
    except (tarfile.TarError, KeyError, AttributeError) as error:
        raise Refused(f"{name} is no source distribution with a PKG-INFO: "
                      f"{error}") from error


def link(file):
    attributes = {}
    if "requires-python" in file:
        attributes["data-requires-python"] = file["requires-python"]
    if "core-metadata" in file:
        attributes["data-core-metadata"] = (
            "sha256=" + file["core-metadata"]["sha256"])
    return (f"{file['url']}#sha256={file['hashes']['sha256']}",
            file["filename"], attributes)


def page(title, links):
    text = ""
    for target, name, attributes in links:
        more = "".join(f' {key}="{html.escape(value)}"'
                       for key, value in sorted(attributes.items()))
        text += (f'    <a href="{html.escape(target)}"{more}>'
                 f"{html.escape(name)}</a><br>\n")
    return _PAGE.format(title=html.escape(title), links=text)


if __name__ == "__main__":
    wheel_file.main(build)
