"""Turns pins into events: each is debounced by itself."""
from core.events import PRESSED, RELEASED, Event
from utilities.debounce import Debounce


class ButtonManager:
    def __init__(self, pins, clock, events):
        self._pins = pins
        self._events = events
        self._filters = [Debounce(clock) for _ in pins]

    def __len__(self):
        return len(self._pins)

    def poll(self):
        for index, pin in enumerate(self._pins):
            change = self._filters[index].update(pin.value())
            if change is not None:
                self._events.post(Event(PRESSED if change else RELEASED, index))

    def is_down(self, index):
        return self._filters[index].state
