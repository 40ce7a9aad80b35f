"""Names of the slots of a deck."""


def slot(number):
    """1 → "D1", as it stands on the deck, row by row from below."""
    row, column = divmod(number - 1, 3)
    return "DCBA"[row] + str(column + 1)
