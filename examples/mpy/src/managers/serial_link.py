"""Talks to satellites: modules with buttons and lights of their own."""
from core.events import PRESSED, Event
from protocol import KIND_BUTTON, KIND_HELLO, KIND_LED, Decoder, encode

# Buttons of the satellite `n` have numbers from here on, times n.
FIRST_SOURCE = 16


class SerialLink:
    def __init__(self, port, events):
        self._port = port
        self._events = events
        self._decoder = Decoder()
        self.names = {}

    def poll(self):
        data = self._port.read()
        if not data:
            return
        for kind, payload in self._decoder.feed(data):
            if kind == KIND_HELLO and payload:
                self.names[payload[0]] = payload[1:].decode()
            elif kind == KIND_BUTTON and len(payload) == 2:
                source = FIRST_SOURCE * payload[0] + payload[1]
                self._events.post(Event(PRESSED, source))

    def light(self, satellite, index, color):
        self._port.write(encode(KIND_LED, bytes((satellite, index)) + bytes(color)))
