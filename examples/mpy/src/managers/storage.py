"""Small JSON files. One that cannot be read counts as absent; one that cannot be
written is kept in memory until the power goes."""
import json


class StorageManager:
    def __init__(self, files):
        self._files = files
        self._unsaved = {}

    def read(self, name, default):
        if name in self._unsaved:
            return self._unsaved[name]
        try:
            return json.loads(self._files.read(name))
        except (OSError, ValueError):
            return default

    def write(self, name, value):
        """Whether it lies on the disk."""
        try:
            self._files.write(name, json.dumps(value))
        except OSError:
            self._unsaved[name] = value
            return False
        self._unsaved.pop(name, None)
        return True
