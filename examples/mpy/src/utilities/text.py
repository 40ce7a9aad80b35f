"""Text for a line of fixed width."""


def fit(text, width):
    if len(text) > width:
        return text[:width - 1] + "~"
    return text + " " * (width - len(text))


def center(text, width):
    left = (width - len(text)) // 2
    return fit(" " * max(0, left) + text, width)


def clock(seconds):
    return "%02d:%02d" % (seconds // 60, seconds % 60)
