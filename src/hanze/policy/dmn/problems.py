"""What is wrong in a DMN file, in the same form as what is wrong in a framework file."""

from __future__ import annotations

from typing import NoReturn

from hanze.policy.dmn.xml import Element, Place
from hanze.policy.framework import FrameworkError, Problem


class DmnError(FrameworkError):
    """A DMN file that cannot be used, with every problem that was found in it."""


class Problems:
    """The problems of one DMN file while it is being read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Problem] = []

    def add(self, where: Element | Place, message: str, hint: str) -> None:
        """Note a problem at an element or a place in a text."""
        place = where.place if isinstance(where, Element) else where
        problem = Problem(self.file, place.line, place.column, message, hint)
        if problem not in self.found:
            self.found.append(problem)

    def stop(self, where: Element | Place, message: str, hint: str) -> NoReturn:
        """Raise at once: what follows cannot be read."""
        self.add(where, message, hint)
        self.raise_if_any()
        raise AssertionError

    def raise_if_any(self) -> None:
        """Raise one DmnError with all problems, in the order of the file."""
        if self.found:
            raise DmnError(sorted(self.found, key=lambda problem: (problem.line, problem.column)))
