"""What all modes have in common."""
from core.events import PRESSED


class Mode:
    name = ""

    def __init__(self, app):
        self.app = app
        self.entered = app.clock.now()

    @property
    def age(self):
        return self.app.clock.since(self.entered)

    def enter(self):
        pass

    def leave(self):
        pass

    def update(self):
        pass

    def handle(self, event):
        if event.kind == PRESSED:
            self.pressed(event.source)

    def pressed(self, button):
        pass


class Game(Mode):
    """A mode with an end and a score."""

    def over(self, score):
        best = self.app.scores.add(self.name, score)
        self.app.audio.melody(("c5", "e5", "g5") if best else ("e4", "c4"))
        self.app.display.text("Best!" if best else "Over", "Score %d" % score)
        self.finished = True
