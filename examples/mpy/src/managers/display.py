"""Two lines of text; what is shown already is not sent again."""
from utilities.text import center, fit

WIDTH = 16


class DisplayManager:
    def __init__(self, screen):
        self._screen = screen
        self._wanted = ["", ""]
        self._shown = [None, None]

    def text(self, first, second=""):
        self._wanted = [fit(first, WIDTH), fit(second, WIDTH)]

    def title(self, text):
        self._wanted = [center(text, WIDTH), fit("", WIDTH)]

    def show(self):
        for line, text in enumerate(self._wanted):
            if text != self._shown[line]:
                self._screen.write(line, text)
                self._shown[line] = text
