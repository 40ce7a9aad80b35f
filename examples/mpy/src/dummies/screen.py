"""A screen of two lines."""


class Screen:
    def __init__(self):
        self.lines = ["", ""]

    def write(self, line, text):
        self.lines[line] = text
