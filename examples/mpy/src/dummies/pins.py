"""A pin that a test presses."""


class Pin:
    def __init__(self):
        self._down = False

    def press(self):
        self._down = True

    def release(self):
        self._down = False

    def value(self):
        return self._down
