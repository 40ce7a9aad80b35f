"""Work, rest, work: the lengths come from the settings."""
from modes.base import Mode
from utilities.palette import BAD, GOOD
from utilities.text import clock

_REST_MINUTES = 5


class Pomodoro(Mode):
    def enter(self):
        self.rounds = 0
        self._begin(working=True)

    def _begin(self, working):
        self.working = working
        minutes = self.app.settings.get("focus_minutes") if working else _REST_MINUTES
        self._length = minutes * 60000
        self._started = self.app.clock.now()
        self.app.leds.fill(BAD if working else GOOD)
        self.app.audio.melody(("c5", "g5") if working else ("g5", "c5"))

    def update(self):
        left = self._length - self.app.clock.since(self._started)
        if left <= 0:
            self.rounds += self.working
            self._begin(not self.working)
            return
        self.app.display.text("Work" if self.working else "Rest", clock(left // 1000))

    def pressed(self, button):
        self.app.start("menu")


MODE = Pomodoro
