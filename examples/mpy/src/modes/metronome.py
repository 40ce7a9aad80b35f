"""Clicks four to the bar; buttons change the tempo."""
from modes.base import Mode
from utilities.color import WHITE
from utilities.palette import GOOD

SLOWER, FASTER = 0, 2


class Metronome(Mode):
    def enter(self):
        self.beat = 0
        self._due = self.app.clock.now()
        self._show()

    @property
    def tempo(self):
        return self.app.settings.get("tempo")

    def pressed(self, button):
        change = {SLOWER: -2, FASTER: 2}.get(button)
        if change is None:
            self.app.start("menu")
            return
        self.app.settings.set("tempo", min(240, max(30, self.tempo + change)))
        self._show()

    def update(self):
        while self.app.clock.since(self._due) >= 0:
            first = self.beat % 4 == 0
            self.app.audio.tone("a5" if first else "a4", 30)
            self.app.leds.clear()
            self.app.leds.set(self.beat % 4, GOOD if first else WHITE)
            self.beat += 1
            self._due += 60000 // self.tempo

    def _show(self):
        self.app.display.text("%d bpm" % self.tempo)


MODE = Metronome
