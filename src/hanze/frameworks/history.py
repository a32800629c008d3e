"""Cases that were weighed before, to try another version on: the apps that keep them register a provider."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hanze.policy import FactValue


@dataclass(frozen=True)
class RecordedCase:
    """A case as it stood when its advice was kept: its facts by the id of the framework that it was weighed with."""

    id: str
    label: str
    url: str
    framework: str
    facts: Mapping[str, FactValue]


Provider = Callable[[Any], list[RecordedCase]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider: given a reader, the recorded cases that she may see."""
    _providers.append(provider)


def cases(reader: Any) -> list[RecordedCase]:
    """Every recorded case that this reader may see, newest first."""
    return [case for provider in _providers for case in provider(reader)]
