"""A queue of fixed size that forgets the oldest."""


class RingBuffer:
    def __init__(self, capacity):
        self._items = [None] * capacity
        self._first = 0
        self._count = 0

    def __len__(self):
        return self._count

    def __bool__(self):
        return self._count > 0

    def push(self, item):
        capacity = len(self._items)
        self._items[(self._first + self._count) % capacity] = item
        if self._count < capacity:
            self._count += 1
        else:
            self._first = (self._first + 1) % capacity

    def pop(self):
        if not self._count:
            raise IndexError("empty")
        item = self._items[self._first]
        self._items[self._first] = None
        self._first = (self._first + 1) % len(self._items)
        self._count -= 1
        return item
