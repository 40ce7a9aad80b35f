"""Colors as (red, green, blue), each 0 to 255."""

BLACK = (0, 0, 0)
WHITE = (255, 255, 255)
RED = (255, 0, 0)
GREEN = (0, 200, 40)
BLUE = (0, 60, 255)
YELLOW = (255, 180, 0)


def scale(color, level):
    return tuple([part * level // 255 for part in color])


def mix(a, b, share):
    """`share` of `b` in 256 parts, the rest of `a`."""
    return tuple([(x * (256 - share) + y * share) >> 8 for x, y in zip(a, b)])


def wheel(position):
    """A colour of the rainbow, by a position of 0 to 255."""
    position &= 255
    if position < 85:
        return (255 - position * 3, position * 3, 0)
    if position < 170:
        position -= 85
        return (0, 255 - position * 3, position * 3)
    position -= 170
    return (position * 3, 0, 255 - position * 3)
