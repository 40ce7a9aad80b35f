"""Random numbers that a test can foretell (xorshift, 32 bits)."""


class Random:
    def __init__(self, seed=0x2545F491):
        self._state = seed & 0xFFFFFFFF or 1

    def bits(self):
        x = self._state
        x ^= (x << 13) & 0xFFFFFFFF
        x ^= x >> 17
        x ^= (x << 5) & 0xFFFFFFFF
        self._state = x
        return x

    def below(self, limit):
        return self.bits() % limit

    def shuffle(self, items):
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]
