"""Two dice that roll out."""
from modes.base import Mode
from utilities.color import WHITE
from utilities.rng import Random

_ROLL_MS = 1200


class Dice(Mode):
    def enter(self):
        self._random = Random(self.app.clock.now() + 11)
        self._started = None
        self.values = (1, 1)
        self.app.display.text("Dice", "press to roll")

    def pressed(self, button):
        self._started = self.app.clock.now()

    def update(self):
        if self._started is None:
            return
        self.values = (1 + self._random.below(6), 1 + self._random.below(6))
        if self.app.clock.since(self._started) >= _ROLL_MS:
            self._started = None
            self.app.audio.tone("g4", 80)
        self.app.leds.clear()
        for index in range(sum(self.values)):
            self.app.leds.set(index, WHITE)
        self.app.display.text("%d + %d" % self.values, "= %d" % sum(self.values))


MODE = Dice
