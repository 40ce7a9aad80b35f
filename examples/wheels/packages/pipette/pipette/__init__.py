"""Volumes of pipettes."""


def aspirations(volume, largest):
    """How a volume is taken up when the tip holds no more than `largest`."""
    full, rest = divmod(volume, largest)
    return [largest] * int(full) + ([rest] if rest else [])
