#!/bin/bash
# Plays the console under MicroPython, out of the compiled files alone.
set -euo pipefail
node check/micropython.mjs graph-out/tools/micropython graph-out/release/mpy check/play.py
