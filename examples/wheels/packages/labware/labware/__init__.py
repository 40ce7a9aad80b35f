"""Sizes of labware."""
import json
import pathlib

_FILE = pathlib.Path(__file__).with_name("definitions.json")
DEFINITIONS = json.loads(_FILE.read_text())


def main():
    for name, size in sorted(DEFINITIONS.items()):
        print(name, size["wells"])
