"""What the player can choose. Unknown names in the file are kept, for the newer
program that wrote them."""

_FILE = "settings.json"
_DEFAULTS = {"brightness": 128, "muted": False, "tempo": 90, "focus_minutes": 25}


class SettingsManager:
    def __init__(self, storage):
        self._storage = storage
        self._values = storage.read(_FILE, {})

    def get(self, name):
        if name not in _DEFAULTS:
            raise KeyError(name)
        return self._values.get(name, _DEFAULTS[name])

    def set(self, name, value):
        if type(value) is not type(_DEFAULTS[name]):
            raise TypeError(name)
        if self.get(name) != value:
            self._values[name] = value
            self._storage.write(_FILE, self._values)

    def toggle(self, name):
        self.set(name, not self.get(name))
        return self.get(name)
