"""What the device runs after boot.py: the console, for ever."""
from core.app import App

try:
    from hardware import devices  # The board's own pins, frozen in.
except ImportError:
    from dummies import devices


def main():
    app = App(devices())
    app.start("menu")
    while True:
        app.tick()


if __name__ == "__main__":
    main()
