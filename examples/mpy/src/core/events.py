"""What happened, on its way from managers to modes."""
from utilities.ring_buffer import RingBuffer

PRESSED = "pressed"
RELEASED = "released"
TURNED = "turned"
TIMEOUT = "timeout"


class Event:
    def __init__(self, kind, source=0, value=0):
        self.kind = kind
        self.source = source
        self.value = value

    def __repr__(self):
        return "%s(%d, %d)" % (self.kind, self.source, self.value)


class EventQueue:
    """Keeps the newest: a player who hammers a button loses old presses."""

    def __init__(self, capacity=16):
        self._events = RingBuffer(capacity)

    def post(self, event):
        self._events.push(event)

    def drain(self):
        while self._events:
            yield self._events.pop()
