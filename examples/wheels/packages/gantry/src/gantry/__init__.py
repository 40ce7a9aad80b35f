"""Where the gantry is."""
from gantry._axis import position

__all__ = ["position"]
