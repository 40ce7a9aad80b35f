"""Breathes until somebody comes."""
from modes.base import Mode
from utilities.color import scale, wheel
from utilities.easing import breathe


class Idle(Mode):
    def enter(self):
        self.app.display.text("")

    def update(self):
        level = breathe(self.age)
        self.app.leds.fill(scale(wheel(self.age >> 8), level))

    def pressed(self, button):
        self.app.start("menu")


MODE = Idle
