"""A small field of cells, a number each."""


class Matrix:
    def __init__(self, width, height, value=0):
        self.width = width
        self.height = height
        self._cells = [value] * (width * height)

    def __getitem__(self, place):
        x, y = place
        return self._cells[y * self.width + x]

    def __setitem__(self, place, value):
        x, y = place
        self._cells[y * self.width + x] = value

    def inside(self, x, y):
        return 0 <= x < self.width and 0 <= y < self.height

    def neighbours(self, x, y):
        for dx, dy in ((0, -1), (-1, 0), (1, 0), (0, 1)):
            if self.inside(x + dx, y + dy):
                yield x + dx, y + dy

    def count(self, value):
        return sum([1 for cell in self._cells if cell == value])
