"""Curves for light that comes and goes; 0 to 255 in, 0 to 255 out."""


def quadratic(x):
    return x * x // 255


def triangle(x):
    x &= 255
    return 2 * x if x < 128 else 2 * (255 - x)


def breathe(milliseconds, period=4000):
    return quadratic(triangle(milliseconds % period * 256 // period))
