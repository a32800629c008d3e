"""The demo's facts: the files, and the records made of them so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import models

from hanze.accounts.models import User
from hanze.register.models import Agreement, City, Country, Organisation, Region, Relation


@dataclass
class Known:
    """The records made so far, by the id that the files give them."""

    people: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    goals: dict[str, models.Model] = field(default_factory=dict)
    themes: dict[str, models.Model] = field(default_factory=dict)

    def fields(self, given: dict[str, Any]) -> dict[str, Any]:
        """The fields of a record as the files give them, with ids replaced by records and the source named."""
        lookups: dict[str, Callable[[str], Any]] = {
            "country": lambda key: Country.objects.get(pk=key),
            "region": lambda key: Region.objects.get(pk=key),
            "city": lambda key: City.objects.get(pk=key),
            "relation": self.relations.__getitem__,
            "responsible": self.people.__getitem__,
            "leader": self.people.__getitem__,
            "goals": self.goals.__getitem__,
            "themes": self.themes.__getitem__,
            "agreements": self.agreements.__getitem__,
        }
        for name in ("asked_by", "on_behalf_of", "organisation", "partner", "demand_from", "partners", "parties"):
            lookups[name] = self.organisations.__getitem__
        made: dict[str, Any] = {}
        for name, value in given.items():
            lookup = lookups.get(name)
            if lookup is None:
                made[name] = value
            else:
                made[name] = [lookup(key) for key in value] if isinstance(value, list) else lookup(value)
        return made | sourced(given)


def sourced(given: dict[str, Any]) -> dict[str, Any]:
    """The source of a record: stated and inferred ones come from the document."""
    if given.get("provenance") in {"stated", "inferred", "invented"}:
        return {"source_document": document() if given.get("source_section") else ""}
    return {}


def read(name: str) -> Any:
    """One file of the demo's facts."""
    return _yaml(path(f"{name}.yaml"))


def path(name: str) -> Path:
    """Where a file of the demo's facts is."""
    return Path(settings.DEMO_DIR) / _index()["facts"] / name


def area_path(name: str) -> Path:
    """Where a file of the demo's second case is: farms that look for each other."""
    return Path(settings.DEMO_DIR) / _index()["areas"] / name


def read_areas() -> Any:
    """The facts of the second case."""
    return _yaml(area_path("initiative.yaml"))


def document() -> str:
    """The public document that the facts come from."""
    return _index()["document"]


@cache
def _index() -> dict[str, str]:
    return _yaml(Path(settings.DEMO_DIR) / "demo.yaml")


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
