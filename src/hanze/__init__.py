"""Hanze: the open operating system for the international relations of cities and regions."""

__version__ = "0.3.0"
