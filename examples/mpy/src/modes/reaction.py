"""Press when the light comes; too early is lost."""
from modes.base import Game
from utilities.palette import BAD, GOOD, WAITING
from utilities.rng import Random


class Reaction(Game):
    def enter(self):
        self._wait = 1000 + Random(self.app.clock.now() + 7).below(3000)
        self._lit = None
        self.finished = False
        self.app.leds.fill(WAITING)
        self.app.display.text("Wait for it")

    def update(self):
        if self._lit is None and not self.finished and self.age >= self._wait:
            self._lit = self.app.clock.now()
            self.app.leds.fill(GOOD)
            self.app.display.text("Now!")

    def pressed(self, button):
        if self.finished:
            self.app.start("menu")
        elif self._lit is None:
            self.app.leds.fill(BAD)
            self.over(0)
        else:
            self.over(max(0, 1000 - self.app.clock.since(self._lit)))


MODE = Reaction
