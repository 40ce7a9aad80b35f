"""How full the battery is, from its voltage, smoothed."""

# Volts of a lithium cell, and how full it is then, in percent.
_CURVE = ((3.2, 0), (3.5, 10), (3.7, 40), (3.85, 65), (4.0, 85), (4.2, 100))


class PowerManager:
    def __init__(self, read_volts, weight=8):
        self._read = read_volts
        self._weight = weight
        self._volts = None

    def update(self):
        volts = self._read()
        if self._volts is None:
            self._volts = volts
        else:
            self._volts += (volts - self._volts) / self._weight
        return self.percent

    @property
    def percent(self):
        volts = self._volts or 0
        below = _CURVE[0]
        if volts <= below[0]:
            return 0
        for above in _CURVE[1:]:
            if volts < above[0]:
                share = (volts - below[0]) / (above[0] - below[0])
                return int(below[1] + share * (above[1] - below[1]))
            below = above
        return 100

    @property
    def low(self):
        return self.percent < 15
