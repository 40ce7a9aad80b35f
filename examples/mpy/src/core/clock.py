"""Time in milliseconds, which a test can turn by hand."""
import time


class Clock:
    def now(self):
        return time.ticks_ms()

    def since(self, then):
        return time.ticks_diff(self.now(), then)


class ManualClock:
    def __init__(self):
        self._now = 0

    def now(self):
        return self._now

    def since(self, then):
        return self._now - then

    def advance(self, milliseconds):
        self._now += milliseconds
