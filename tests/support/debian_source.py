# SPDX-License-Identifier: Apache-2.0
"""Downloads the source of a Debian package from wherever this machine gets its
packages, without touching the machine's own lists."""
import pathlib
import re
import subprocess


def source_entries():
    """The machine's `deb` entries, asking for sources instead."""
    etc = pathlib.Path("/etc/apt")
    text = ""
    for path in sorted(etc.glob("sources.list.d/*.sources")):
        blocks = re.split(r"\n\s*\n", path.read_text())
        text += "\n\n".join(
            re.sub(r"(?m)^Types:.*$", "Types: deb-src", block)
            for block in blocks if re.search(r"(?m)^Types:.*\bdeb\b", block)
        ) + "\n\n"
    lines = []
    lists = [etc / "sources.list", *sorted(etc.glob("sources.list.d/*.list"))]
    for path in lists:
        if path.exists():
            lines += [re.sub(r"^deb\b", "deb-src", line)
                      for line in path.read_text().splitlines()
                      if re.match(r"deb\s", line)]
    return text, "\n".join(lines) + "\n"


def download(package, folder):
    """Leaves the upstream tarball of `package` in `folder`."""
    folder = pathlib.Path(folder)
    state = folder / "apt"
    for part in ("lists/partial", "cache/archives/partial", "parts"):
        (state / part).mkdir(parents=True, exist_ok=True)
    modern, classic = source_entries()
    (state / "parts" / "all.sources").write_text(modern)
    (state / "sources.list").write_text(classic)
    options = []
    for name, value in {
            "Dir::Etc::sourcelist": state / "sources.list",
            "Dir::Etc::sourceparts": state / "parts",
            "Dir::State::lists": state / "lists",
            "Dir::Cache": state / "cache",
            "APT::Sandbox::User": "root",
            "Debug::NoLocking": "1"}.items():
        options += ["-o", f"{name}={value}"]
    for words in (["update"],
                  ["source", "--download-only", "--tar-only", package]):
        subprocess.run(["apt-get", "-qq", *options, *words], cwd=folder,
                       check=True, capture_output=True, text=True)
    return sorted(path for path in folder.iterdir() if path.is_file())
