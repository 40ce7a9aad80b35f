from setuptools import Extension, setup

setup(
    packages=["stepper"],
    package_dir={"": "src"},
    ext_modules=[Extension("stepper._ramp", ["src/stepper/ramp.c"],
                           libraries=["m"])],
)
