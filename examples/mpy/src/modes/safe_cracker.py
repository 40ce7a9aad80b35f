"""Find the three numbers of the lock by its clicks."""
from modes.base import Game
from utilities.palette import GOOD, WAITING
from utilities.rng import Random


class SafeCracker(Game):
    def enter(self):
        random = Random(self.app.clock.now() + 17)
        self._steps = len(self.app.leds)
        self.combination = [random.below(self._steps) for _ in range(3)]
        self._solved = 0
        self._dial = 0
        self._turns = 0
        self.finished = False
        self._show()

    def pressed(self, button):
        if self.finished:
            self.app.start("menu")
        elif button == 1:
            self._try()
        else:
            self._turns += 1
            self._dial = (self._dial + (1 if button == 2 else -1)) % self._steps
            if self._dial == self.combination[self._solved]:
                self.app.audio.tone("c6", 20)
        self._show()

    def _try(self):
        if self._dial != self.combination[self._solved]:
            self._solved = 0
            return
        self._solved += 1
        if self._solved == len(self.combination):
            self.over(max(0, 200 - self._turns))

    def _show(self):
        if self.finished:
            return
        self.app.leds.clear()
        self.app.leds.set(self._dial, WAITING)
        for index in range(self._solved):
            self.app.leds.set(-1 - index, GOOD)
        self.app.display.text("Safe  %2d" % self._dial, "%d of 3" % self._solved)


MODE = SafeCracker
