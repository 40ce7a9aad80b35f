"""Devices for a computer and for tests: they remember what they were told."""
from dummies.files import Files
from dummies.pins import Pin
from dummies.pixels import Pixels
from dummies.screen import Screen
from dummies.speaker import Speaker


class Devices:
    def __init__(self, buttons=4, leds=12):
        self.pins = [Pin() for _ in range(buttons)]
        self.pixels = Pixels(leds)
        self.screen = Screen()
        self.speaker = Speaker()
        self.files = Files()


def devices():
    return Devices()
