"""Data classes that pass quickly from one process to another."""

from __future__ import annotations

from typing import Any


class Packed:
    """A data class with slots that is pickled as its fields in order: what data classes do by themselves is slow."""

    __slots__ = ()

    def __reduce__(self) -> tuple[type[Any], tuple[Any, ...]]:
        return type(self), tuple([getattr(self, name) for name in self.__slots__])
