"""Frames on the wire between the console and its satellites.

A frame is `<` length kind payload checksum `>`, all bytes; the checksum covers
length, kind and payload.
"""
from utilities.checksum import crc8

START = 0x3C
END = 0x3E
MAX_PAYLOAD = 60

KIND_HELLO = 1
KIND_BUTTON = 2
KIND_LED = 3
KIND_TONE = 4


def encode(kind, payload=b""):
    if len(payload) > MAX_PAYLOAD:
        raise ValueError("payload of %d bytes, at most %d" % (len(payload), MAX_PAYLOAD))
    body = bytes([len(payload), kind]) + payload
    return bytes([START]) + body + bytes([crc8(body), END])


class Decoder:
    """Takes bytes as they come and gives whole frames; noise is skipped."""

    def __init__(self):
        self._bytes = bytearray()
        self.dropped = 0

    def feed(self, data):
        self._bytes.extend(data)
        frames = []
        while True:
            frame = self._next()
            if frame is None:
                return frames
            frames.append(frame)

    def _next(self):
        while self._bytes:
            if self._bytes[0] != START:
                self._drop()
                continue
            if len(self._bytes) < 2:
                return None
            size = self._bytes[1]
            if size > MAX_PAYLOAD:
                self._drop()
                continue
            whole = size + 5
            if len(self._bytes) < whole:
                return None
            body = bytes(self._bytes[1:whole - 2])
            if self._bytes[whole - 1] != END or self._bytes[whole - 2] != crc8(body):
                self._drop()
                continue
            self._bytes = self._bytes[whole:]
            return body[1], body[2:]
        return None

    def _drop(self):
        self._bytes = self._bytes[1:]
        self.dropped += 1
