"""Frequencies of notes: `a4` is 440 Hz, `c#5` the black key above the c."""

_STEPS = {"c": -9, "d": -7, "e": -5, "f": -4, "g": -2, "a": 0, "b": 2}


def frequency(note):
    step = _STEPS[note[0]] + (1 if "#" in note else 0)
    octave = int(note[-1])
    return int(440 * 2 ** (octave - 4 + step / 12) + 0.5)
