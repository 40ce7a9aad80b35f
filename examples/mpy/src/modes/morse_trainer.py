"""Plays a letter in Morse code; press the number of its sounds."""
from modes.base import Game
from utilities.rng import Random

CODE = {
    "a": ".-", "b": "-...", "c": "-.-.", "d": "-..", "e": ".", "f": "..-.",
    "g": "--.", "h": "....", "i": "..", "j": ".---", "k": "-.-", "l": ".-..",
    "m": "--", "n": "-.", "o": "---", "p": ".--.", "q": "--.-", "r": ".-.",
    "s": "...", "t": "-", "u": "..-", "v": "...-", "w": ".--", "x": "-..-",
    "y": "-.--", "z": "--..",
}


class MorseTrainer(Game):
    def enter(self):
        self._random = Random(self.app.clock.now() + 13)
        self._letters = sorted(CODE)
        self._right = 0
        self.finished = False
        self._ask()

    def _ask(self):
        self.letter = self._letters[self._random.below(len(self._letters))]
        for sign in CODE[self.letter]:
            self.app.audio.tone("a4", 80 if sign == "." else 240)
            self.app.audio.tone(None, 80)
        self.app.display.text("How many?", "right: %d" % self._right)

    def pressed(self, button):
        if self.finished:
            self.app.start("menu")
        elif button + 1 == len(CODE[self.letter]):
            self._right += 1
            self._ask()
        else:
            self.over(self._right)


MODE = MorseTrainer
