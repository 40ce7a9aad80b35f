import sys

import stepper

assert stepper.speeds(50.0, 25.0, 8) == [
    10.0, 200 ** 0.5, 300 ** 0.5, 20.0, 500 ** 0.5, 600 ** 0.5, 25.0, 25.0]
assert stepper.machine() == sys.argv[1], stepper.machine()
print("stepper runs on", stepper.machine())
