"""Counts down minutes and rings."""
from modes.base import Mode
from utilities.palette import BAD, WAITING
from utilities.text import clock


class Timer(Mode):
    def enter(self):
        self._total = 60000
        self._started = None
        self.ringing = False

    @property
    def left(self):
        if self._started is None:
            return self._total
        return max(0, self._total - self.app.clock.since(self._started))

    def pressed(self, button):
        if self.ringing:
            self.app.start("menu")
        elif button == 1:
            self._started = self.app.clock.now()
        elif self._started is None:
            self._total = max(60000, self._total + (60000 if button == 2 else -60000))

    def update(self):
        if self.left == 0 and not self.ringing:
            self.ringing = True
            self.app.leds.fill(BAD)
            self.app.audio.melody(("a5", None, "a5", None, "a5"))
        elif self._started is not None and not self.ringing:
            lit = self.left * len(self.app.leds) // self._total
            for index in range(len(self.app.leds)):
                self.app.leds.set(index, WAITING if index < lit else (0, 0, 0))
        self.app.display.text("Timer", clock((self.left + 999) // 1000))


MODE = Timer
