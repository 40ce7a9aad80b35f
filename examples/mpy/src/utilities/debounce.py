"""A contact that bounces, made steady."""

_SETTLE_MS = 15


class Debounce:
    def __init__(self, clock):
        self._clock = clock
        self._raw = False
        self._since = clock.now()
        self.state = False

    def update(self, raw):
        """The new state if it changed just now, or None."""
        if raw != self._raw:
            self._raw = raw
            self._since = self._clock.now()
        elif raw != self.state and self._clock.since(self._since) >= _SETTLE_MS:
            self.state = raw
            return raw
        return None
