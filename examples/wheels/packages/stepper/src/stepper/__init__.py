"""Speeds of a stepper motor, step by step."""
from stepper._ramp import machine, speeds

__all__ = ["machine", "speeds"]
