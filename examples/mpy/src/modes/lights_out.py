"""Each press turns a light and its neighbours; all must be out."""
from modes.base import Game
from utilities.color import YELLOW, BLACK
from utilities.matrix import Matrix
from utilities.rng import Random

_SIZE = 3


class LightsOut(Game):
    def enter(self):
        self.field = Matrix(_SIZE, _SIZE)
        self._cursor = 0
        self._moves = 0
        self.finished = False
        random = Random(self.app.clock.now() + 5)
        while self.field.count(1) == 0:
            for _ in range(6):
                self.turn(random.below(_SIZE), random.below(_SIZE))
        self._show()

    def turn(self, x, y):
        self.field[x, y] ^= 1
        for place in self.field.neighbours(x, y):
            self.field[place] ^= 1

    def pressed(self, button):
        if self.finished:
            self.app.start("menu")
            return
        if button == 1:
            self._moves += 1
            self.turn(self._cursor % _SIZE, self._cursor // _SIZE)
            if self.field.count(1) == 0:
                self.over(max(0, 50 - self._moves))
        else:
            self._cursor = (self._cursor + (1 if button == 2 else -1)) % (_SIZE * _SIZE)
        self._show()

    def _show(self):
        for index in range(_SIZE * _SIZE):
            lit = self.field[index % _SIZE, index // _SIZE]
            self.app.leds.set(index, YELLOW if lit else BLACK)
        if not self.finished:
            self.app.display.text("Lights out", "Moves %d" % self._moves)


MODE = LightsOut
