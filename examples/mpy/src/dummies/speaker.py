"""A speaker that keeps the score."""


class Speaker:
    def __init__(self):
        self.frequency = None
        self.played = []

    def on(self, frequency):
        self.frequency = frequency
        self.played.append(frequency)

    def off(self):
        self.frequency = None
