"""The frame of the program: time, events, and the modes that come and go."""
