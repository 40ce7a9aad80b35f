"""Starts the device anew if the program hangs, and knows if that happened."""


class Watchdog:
    def __init__(self, timer, storage, limit=3):
        self._timer = timer
        self._storage = storage
        self._limit = limit
        self.crashes = storage.read("crashes.json", 0)

    @property
    def safe_mode(self):
        """After some crashes in a row, start nothing but the menu."""
        return self.crashes >= self._limit

    def starting(self):
        self._storage.write("crashes.json", self.crashes + 1)

    def feed(self, milliseconds_up):
        self._timer.feed()
        if milliseconds_up > 30000 and self.crashes:
            self.crashes = 0
            self._storage.write("crashes.json", 0)
