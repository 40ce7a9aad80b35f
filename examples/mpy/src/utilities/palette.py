"""Which colour stands for what."""
from utilities.color import BLUE, GREEN, RED, YELLOW

PLAYERS = (RED, GREEN, BLUE, YELLOW)
GOOD = GREEN
BAD = RED
WAITING = (40, 40, 60)


def player(index):
    return PLAYERS[index % len(PLAYERS)]
