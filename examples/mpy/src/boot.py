"""Runs first, before USB is up: decides who may write to the drive."""
try:
    import storage
except ImportError:
    storage = None  # Not CircuitPython: there is no drive to hand over.

if storage is not None:
    # The computer may write (`graph run //:copy`), the program may not.
    storage.remount("/", readonly=True)
