#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What housekeeping costs in a large store, an item: a walk (`cache stats`), and
a collection that takes half of it. With --one-part all blobs lie in one of the
256 folders: 40,000 there are what ten million are in all."""
import argparse
import hashlib
import json
import os
import pathlib
import resource
import subprocess
import tempfile
import time

SEAL_NS = 315_532_800_271_828_183  # LocalStore::kSealTimeNs
BLOCK = 4096


def generate(store, blobs, one_part):
    """Writes sealed blobs, one used after the other. Their bytes are not those
    of their names where they must lie in one part: nothing here reads them."""
    begin = time.time_ns() - blobs * 10**9
    for i in range(blobs):
        data = b"%d" % i
        name = hashlib.sha256(data).hexdigest()
        if one_part:
            name = "07" + name[2:]
        folder = store / "blobs" / name[:2]
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}-{len(data)}"
        path.write_bytes(data)
        path.chmod(0o444)
        os.utime(path, ns=(begin + i * 10**9, SEAL_NS))


def measure(command):
    """Its answer, wall seconds and seconds of processor time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.monotonic()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    wall = time.monotonic() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return json.loads(done.stdout), wall, (
        after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--graph", default="build/graph")
    parser.add_argument("--blobs", type=int, default=200_000)
    parser.add_argument("--one-part", action="store_true")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="graph-store-") as cache:
        command = [options.graph, "cache", "--output=json",
                   f"--cache-dir={cache}"]
        subprocess.run([*command, "stats"], check=True, capture_output=True)
        generate(pathlib.Path(cache) / "store", options.blobs,
                 options.one_part)
        walks = [measure([*command, "stats"]) for _ in range(options.repeats)]
        assert walks[0][0]["files"] == options.blobs
        half = options.blobs * BLOCK // 2
        gone, wall, cpu = measure([*command, "gc", f"--max-size={half}"])
        walk = [min(walk[i] for walk in walks) for i in (1, 2)]
    print(f"{'':12}  µs wall  µs cpu")
    for name, count, times in (
            ("walk, item", options.blobs, walk),
            ("gc, removed", gone["removed_files"], (wall, cpu))):
        print(f"{name:12}", *(f"{t / count * 1e6:8.1f}" for t in times))


if __name__ == "__main__":
    main()
