"""Owns the managers, runs one mode at a time, and hands it what happens."""
from core.clock import Clock
from core.events import EventQueue
from core.registry import available, load
from managers.audio import AudioManager
from managers.buttons import ButtonManager
from managers.display import DisplayManager
from managers.leds import LedManager
from managers.scores import ScoreManager
from managers.settings import SettingsManager
from managers.storage import StorageManager


class App:
    def __init__(self, devices, clock=None):
        self.clock = clock or Clock()
        self.events = EventQueue()
        self.storage = StorageManager(devices.files)
        self.settings = SettingsManager(self.storage)
        self.scores = ScoreManager(self.storage)
        self.buttons = ButtonManager(devices.pins, self.clock, self.events)
        self.leds = LedManager(devices.pixels, self.settings)
        self.audio = AudioManager(devices.speaker, self.clock, self.settings)
        self.display = DisplayManager(devices.screen)
        self.modes = available()
        self.mode = None

    def start(self, name):
        kind = load(name)
        if kind is None:
            raise ValueError("there is no mode " + name)
        if self.mode is not None:
            self.mode.leave()
        self.leds.clear()
        self.audio.stop()
        self.mode = kind(self)
        self.mode.name = name
        self.mode.enter()

    def tick(self):
        self.buttons.poll()
        for event in self.events.drain():
            self.mode.handle(event)
        self.mode.update()
        self.audio.update()
        self.leds.show()
        self.display.show()
