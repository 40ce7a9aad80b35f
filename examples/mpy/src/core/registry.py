"""Which modes there are. A mode whose file is missing is left out of the menu."""

_NAMES = (
    "menu",
    "idle",
    "simon",
    "reaction",
    "memory_pairs",
    "dice",
    "metronome",
    "stopwatch",
    "timer",
    "pomodoro",
    "lights_out",
    "morse_trainer",
    "safe_cracker",
    "debug",
)


def load(name):
    """The mode's class, or None if it is not on this device."""
    try:
        module = __import__("modes." + name, None, None, ["MODE"])
    except ImportError:
        return None
    return module.MODE


def available():
    return [name for name in _NAMES if load(name) is not None]
