"""The best results of each game, kept over power cycles."""

_KEEP = 3
_FILE = "scores.json"


class ScoreManager:
    def __init__(self, storage):
        self._storage = storage
        self._scores = storage.read(_FILE, {})

    def best(self, game):
        scores = self._scores.get(game)
        return scores[0] if scores else None

    def add(self, game, score):
        """Whether it is the best so far."""
        scores = self._scores.setdefault(game, [])
        scores.append(score)
        scores.sort(reverse=True)
        del scores[_KEEP:]
        self._storage.write(_FILE, self._scores)
        return scores[0] == score
