"""The ring of pixels, with one brightness for all."""
from utilities.color import BLACK, scale


class LedManager:
    def __init__(self, pixels, settings):
        self._pixels = pixels
        self._settings = settings
        self._colors = [BLACK] * len(pixels)
        self._dirty = True

    def __len__(self):
        return len(self._colors)

    def set(self, index, color):
        index %= len(self._colors)
        if self._colors[index] != color:
            self._colors[index] = color
            self._dirty = True

    def fill(self, color):
        for index in range(len(self._colors)):
            self.set(index, color)

    def clear(self):
        self.fill(BLACK)

    def show(self):
        if not self._dirty:
            return
        level = self._settings.get("brightness")
        for index, color in enumerate(self._colors):
            self._pixels[index] = scale(color, level)
        self._pixels.show()
        self._dirty = False
