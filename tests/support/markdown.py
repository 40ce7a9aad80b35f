# SPDX-License-Identifier: Apache-2.0
"""The commands of a Markdown page, which tests run as they stand."""
import re


def sh_blocks(path):
    """(line, text) of each ```sh block."""
    text = path.read_text()
    for match in re.finditer(r"(?ms)^```sh\n(.*?)^```$", text):
        yield text.count("\n", 0, match.start()) + 1, match[1]
