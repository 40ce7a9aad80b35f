# SPDX-License-Identifier: Apache-2.0
"""adopt_wheel.py WHEEL FILE-NAME OUT METADATA-OUT: a wheel that others made,
byte for byte, if it is what its name says."""
import pathlib
import shutil

import check
import wheel_file


def adopt(wheel, file_name, out, metadata_out):
    entries = wheel_file.read(wheel)
    wrong = check.check(file_name, entries)
    if wrong:
        check.refuse(file_name, wrong)
    info = wheel_file.dist_info(entries)
    shutil.copyfile(wheel, out)
    pathlib.Path(metadata_out).write_bytes(entries[f"{info}/METADATA"][0])


if __name__ == "__main__":
    wheel_file.main(adopt)
