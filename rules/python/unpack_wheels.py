# SPDX-License-Identifier: Apache-2.0
"""unpack_wheels.py OUT WHEEL...: what `import` finds after an installation:
the files of the wheels in one folder, those of `.data/purelib` and `platlib`
at its top, scripts in bin/."""
import pathlib

import wheel_file
from wheel_file import Refused

_PLACES = {"purelib": "", "platlib": "", "scripts": "bin/"}


def unpack(out, *wheels):
    folder = pathlib.Path(out)
    folder.mkdir(exist_ok=True)
    made = {}
    for wheel in wheels:
        for name, (data, executable) in wheel_file.read(wheel).items():
            place = installed(name)
            if place is None:
                continue
            if made.get(place, data) != data:
                raise Refused(f"{wheel} and another wheel both have {place}")
            made[place] = data
            path = folder / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            path.chmod(0o755 if executable else 0o644)


def installed(name):
    """Where the file of a wheel comes to lie; None for headers and data."""
    top, _, rest = name.partition("/")
    if not top.endswith(".data"):
        return name
    scheme, _, path = rest.partition("/")
    return _PLACES[scheme] + path if scheme in _PLACES else None


if __name__ == "__main__":
    wheel_file.main(unpack)
