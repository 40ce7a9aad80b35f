"""Tones and short melodies, without waiting for them to end."""
from utilities.notes import frequency


class AudioManager:
    def __init__(self, speaker, clock, settings):
        self._speaker = speaker
        self._clock = clock
        self._settings = settings
        self._queue = []
        self._until = None

    def tone(self, note, milliseconds):
        self._queue.append((note, milliseconds))

    def melody(self, notes, milliseconds=120):
        for note in notes:
            self.tone(note, milliseconds)

    def stop(self):
        self._queue = []
        self._until = None
        self._speaker.off()

    @property
    def busy(self):
        return self._until is not None or bool(self._queue)

    def update(self):
        if self._until is not None and self._clock.since(self._until) < 0:
            return
        if not self._queue:
            if self._until is not None:
                self.stop()
            return
        note, milliseconds = self._queue.pop(0)
        self._until = self._clock.now() + milliseconds
        if note is None or self._settings.get("muted"):
            self._speaker.off()
        else:
            self._speaker.on(frequency(note))
