"""Plays each mode for a minute of the console's own time."""
from core.app import App
from core.clock import ManualClock
from dummies import devices
from protocol import KIND_BUTTON, Decoder, encode

devices = devices()
clock = ManualClock()
app = App(devices, clock)


def run(milliseconds):
    for _ in range(milliseconds // 10):
        clock.advance(10)
        app.tick()


def press(button):
    devices.pins[button].press()
    run(30)
    devices.pins[button].release()
    run(30)


for name in app.modes:
    app.start(name)
    run(2000)
    for button in (2, 1, 0, 1, 2, 1):
        press(button)
        run(1000)
    run(10000)
    print("played", name)
assert "simon" in app.modes and "debug" not in app.modes, app.modes
assert devices.speaker.played and devices.pixels.shown

frame = encode(KIND_BUTTON, b"\x01\x02")
assert Decoder().feed(b"noise" + frame) == [(KIND_BUTTON, b"\x01\x02")]

try:
    app.start("nothing")
except ValueError as error:
    print("refused:", error)
print("all played")
