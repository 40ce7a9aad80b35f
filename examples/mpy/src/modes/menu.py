"""Chooses a mode: left, right, go."""
from modes.base import Mode
from utilities.color import wheel

LEFT, GO, RIGHT = 0, 1, 2
_IDLE_MS = 60000


class Menu(Mode):
    def enter(self):
        self._names = [name for name in self.app.modes if name not in ("menu", "idle")]
        self._index = 0
        self._last = self.app.clock.now()
        self._show()

    def pressed(self, button):
        self._last = self.app.clock.now()
        if button == GO:
            self.app.start(self._names[self._index])
            return
        self._index = (self._index + (1 if button == RIGHT else -1)) % len(self._names)
        self._show()

    def update(self):
        if self.app.clock.since(self._last) > _IDLE_MS:
            self.app.start("idle")

    def _show(self):
        name = self._names[self._index]
        self.app.display.text(name.replace("_", " "), "< go >")
        self.app.leds.clear()
        self.app.leds.set(self._index, wheel(self._index * 20))


MODE = Menu
