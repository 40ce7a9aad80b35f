"""Files in memory."""


class Files:
    def __init__(self):
        self.texts = {}
        self.read_only = False

    def read(self, name):
        if name not in self.texts:
            raise OSError(2)
        return self.texts[name]

    def write(self, name, text):
        if self.read_only:
            raise OSError(30)
        self.texts[name] = text
