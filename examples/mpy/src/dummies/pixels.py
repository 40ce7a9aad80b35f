"""Pixels that count how often they were shown."""


class Pixels:
    def __init__(self, count):
        self.colors = [(0, 0, 0)] * count
        self.shown = 0

    def __len__(self):
        return len(self.colors)

    def __setitem__(self, index, color):
        self.colors[index] = color

    def show(self):
        self.shown += 1
