# SPDX-License-Identifier: Apache-2.0
"""An apt that knows one repository, by a configuration of its own."""
import os
import subprocess


def configure(folder, entry, options=()):
    """Makes the configuration in `folder` and reads the repository's lists;
    returns the path for APT_CONFIG. `entry` is a line of sources.list."""
    for part in ("lists/partial", "cache/archives/partial", "parts"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    (folder / "sources.list").write_text(entry + "\n")
    configuration = folder / "apt.conf"
    configuration.write_text("".join(
        f'{name} "{value}";\n' for name, value in {
            "Dir::Etc::sourcelist": folder / "sources.list",
            "Dir::Etc::sourceparts": folder / "parts",
            "Dir::State::status": "/dev/null",
            "Dir::State::lists": folder / "lists",
            "Dir::Cache": folder / "cache",
            "APT::Sandbox::User": "root",
            "Debug::NoLocking": "1", **dict(options)}.items()))
    subprocess.run(["apt-get", "-qq", "update"], check=True,
                   capture_output=True,
                   env={**os.environ, "APT_CONFIG": str(configuration)})
    return configuration
