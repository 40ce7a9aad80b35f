import gantry

assert gantry.position(12345, 80) == 154312
assert gantry.position(-1, 80) == -13
try:
    gantry.position(1, 0)
except ValueError as error:
    print("refused:", error)
else:
    raise AssertionError("0 steps per mm were taken")
