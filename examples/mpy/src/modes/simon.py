"""Repeat what was shown, one more each time."""
from modes.base import Game
from utilities.palette import player
from utilities.rng import Random

_NOTES = ("c4", "e4", "g4", "c5")
_STEP_MS = 400


class Simon(Game):
    def enter(self):
        self._random = Random(self.app.clock.now() + 1)
        self._sequence = []
        self.finished = False
        self._next_round()

    def _next_round(self):
        self._sequence.append(self._random.below(len(self.app.buttons)))
        self._shown = 0
        self._guessed = 0
        self._started = self.app.clock.now()
        self.app.display.text("Watch", "Round %d" % len(self._sequence))

    def update(self):
        if self.finished or self._shown >= len(self._sequence):
            return
        if self.app.clock.since(self._started) >= self._shown * _STEP_MS:
            self._flash(self._sequence[self._shown])
            self._shown += 1
            if self._shown == len(self._sequence):
                self.app.display.text("Your turn")

    def pressed(self, button):
        if self.finished:
            self.app.start("menu")
        elif self._shown < len(self._sequence):
            return  # Too early does not count.
        elif button != self._sequence[self._guessed]:
            self.over(len(self._sequence) - 1)
        else:
            self._flash(button)
            self._guessed += 1
            if self._guessed == len(self._sequence):
                self._next_round()

    def _flash(self, button):
        self.app.leds.clear()
        self.app.leds.set(button, player(button))
        self.app.audio.tone(_NOTES[button % len(_NOTES)], _STEP_MS // 2)


MODE = Simon
