"""Find the pairs of colours on the ring."""
from modes.base import Game
from utilities.color import BLACK, wheel
from utilities.rng import Random

_MOVE, _OPEN = 0, 1


class MemoryPairs(Game):
    def enter(self):
        count = len(self.app.leds) // 2 * 2
        self._cards = [index // 2 for index in range(count)]
        Random(self.app.clock.now() + 3).shuffle(self._cards)
        self._found = [False] * count
        self._open = []
        self._place = 0
        self._tries = 0
        self.finished = False
        self._show()

    def pressed(self, button):
        if self.finished:
            self.app.start("menu")
        elif button == _MOVE:
            self._place = (self._place + 1) % len(self._cards)
        elif button == _OPEN:
            self._turn(self._place)
        self._show()

    def _turn(self, place):
        if self._found[place] or place in self._open:
            return
        if len(self._open) == 2:
            self._open = []
        self._open.append(place)
        if len(self._open) < 2:
            return
        self._tries += 1
        first, second = self._open
        if self._cards[first] == self._cards[second]:
            self._found[first] = self._found[second] = True
            self._open = []
            if all(self._found):
                self.over(max(0, 100 - self._tries))

    def _show(self):
        if self.finished:
            return
        for place, card in enumerate(self._cards):
            seen = self._found[place] or place in self._open
            self.app.leds.set(place, wheel(card * 40) if seen else BLACK)
        self.app.display.text("Pairs %d" % self._place, "Tries %d" % self._tries)


MODE = MemoryPairs
