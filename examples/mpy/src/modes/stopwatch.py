"""Start, stop, lap."""
from modes.base import Mode
from utilities.text import clock

_START, _LAP, _RESET = 0, 1, 2


class Stopwatch(Mode):
    def enter(self):
        self._before = 0
        self._started = None
        self.laps = []

    @property
    def elapsed(self):
        if self._started is None:
            return self._before
        return self._before + self.app.clock.since(self._started)

    def pressed(self, button):
        if button == _START and self._started is None:
            self._started = self.app.clock.now()
        elif button == _START:
            self._before = self.elapsed
            self._started = None
        elif button == _LAP:
            self.laps.append(self.elapsed)
        elif button == _RESET:
            self.enter()
        else:
            self.app.start("menu")

    def update(self):
        milliseconds = self.elapsed
        self.app.display.text(
            clock(milliseconds // 1000) + ".%d" % (milliseconds // 100 % 10),
            "lap %d" % len(self.laps) if self.laps else "",
        )


MODE = Stopwatch
