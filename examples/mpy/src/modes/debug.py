"""Shows what the console knows of itself; only for those who build it."""
from modes.base import Mode

_ALWAYS = {"modes": 0, "leds": 0}


class Debug(Mode):
    def facts(self):
        counted = {"modes": len(self.app.modes), "leds": len(self.app.leds)}
        # mpy-cross 1.19 cannot compile this: without the file, the menu has one
        # mode less.
        return {**_ALWAYS, **counted}

    def update(self):
        names = sorted(self.facts())
        name = names[self.age // 2000 % len(names)]
        self.app.display.text(name, str(self.facts()[name]))

    def pressed(self, button):
        self.app.start("menu")


MODE = Debug
