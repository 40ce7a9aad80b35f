"""A mode is what the console is just now: a game, a clock, the menu.

Each file has its class as `MODE`.
"""
