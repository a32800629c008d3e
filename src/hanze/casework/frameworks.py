"""The installed policy frameworks: read from FRAMEWORKS_DIR, each file on its own, kept until a file changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from django.conf import settings

from hanze.casework.facts import FACT_SOURCES, fact_values
from hanze.casework.models import Request
from hanze.policy import (
    Framework,
    FrameworkError,
    Problem,
    ScenarioResult,
    applies,
    read_framework,
    run_scenarios,
)
from hanze.policy.documents import Mapping as YamlMapping
from hanze.policy.documents import Node, Problems, Scalar, compose, read_bytes
from hanze.policy.fields import suggest
from hanze.policy.reading import framework_files

Fingerprint = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Library:
    """What a folder holds: the frameworks that can be used, and everything that is wrong in the other files."""

    frameworks: tuple[Framework, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Trial:
    """How the scenarios beside a framework went; `problems` when they could not be read."""

    results: tuple[ScenarioResult, ...]
    problems: tuple[Problem, ...]

    @property
    def passed(self) -> int:
        return sum(result.passed for result in self.results)

    @property
    def in_order(self) -> bool:
        return bool(self.results) and not self.problems and self.passed == len(self.results)

    def touching(self, table_id: str) -> int:
        """How many scenarios have a rule of this line of action that fires."""
        return sum(any(fired.table.id == table_id for fired in result.advice.fired) for result in self.results)


def installed() -> tuple[Framework, ...]:
    """Every version of every framework that can be used, by id and version. Broken files: `problems`."""
    return _library().frameworks


def problems() -> tuple[Problem, ...]:
    """What is wrong in the files that cannot be used, with file, line and column."""
    return _library().problems


def get(framework_id: str, version: date | str) -> Framework | None:
    """One version of a framework, or None when it is not installed (any more)."""
    wanted = (framework_id, str(version))
    return next((each for each in installed() if (each.id, each.version.isoformat()) == wanted), None)


def versions(framework_id: str) -> list[Framework]:
    """All versions of a framework, the newest first."""
    return sorted((each for each in installed() if each.id == framework_id), key=_recency, reverse=True)


def in_force(on: date) -> dict[str, Framework]:
    """Of each framework the version that is in force on a day."""
    started = (each for each in installed() if each.in_force_from <= on)
    return {
        each.id: each
        for each in sorted(started, key=_recency)
        if each.in_force_until is None or on <= each.in_force_until
    }


def for_request(request: Request, on: date | None = None) -> Framework | None:
    """The framework that weighs a request: the one in force on the day it was received (or `on`) that applies to it.

    None when no framework applies, or when a fact that decides which one applies is not known.
    """
    candidates = in_force(on or request.received_on).values()
    for framework in sorted(candidates, key=lambda each: (-each.precedence, each.id)):
        truth = applies(framework, fact_values(framework, request))
        if truth is not False:
            return framework if truth else None
    return None


def trial(framework: Framework) -> Trial:
    """Run the scenarios that lie beside a framework."""
    return _trial(framework.path, framework.content_hash, _fingerprint(Path(settings.FRAMEWORKS_DIR)))


def _recency(framework: Framework) -> tuple[date, date]:
    return framework.in_force_from, framework.version


def _library() -> Library:
    folder = Path(settings.FRAMEWORKS_DIR)
    return _read(folder, _fingerprint(folder))


def _fingerprint(folder: Path) -> Fingerprint:
    """Changes when a file in the folder is added, removed or written."""
    stats = ((path, path.stat()) for path in sorted(folder.rglob("*.yaml")))
    return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in stats)


@lru_cache(maxsize=4)
def _read(folder: Path, fingerprint: Fingerprint) -> Library:
    frameworks: dict[tuple[str, date], Framework] = {}
    found: list[Problem] = []
    for path in framework_files(folder):
        try:
            framework = read_framework(path)
        except FrameworkError as error:
            found.extend(error.problems)
            continue
        key = (framework.id, framework.version)
        wrong = _unknown_paths(framework)
        if other := frameworks.get(key):
            message = f"{framework.id} {framework.version} is also in {other.path}."
            wrong.append(Problem(str(path), 1, 1, message, "Give one of them another version."))
        if wrong:
            found.extend(wrong)
        else:
            frameworks[key] = framework
    return Library(tuple(frameworks[key] for key in sorted(frameworks)), tuple(found))


@lru_cache(maxsize=32)
def _trial(path: Path, content_hash: str, fingerprint: Fingerprint) -> Trial:
    try:
        return Trial(tuple(run_scenarios(read_framework(path))), ())
    except FrameworkError as error:
        return Trial((), tuple(error.problems))


def _unknown_paths(framework: Framework) -> list[Problem]:
    """A problem for each fact that is to come from a place that casework does not know, or in another type."""
    found: list[Problem] = []
    for fact in framework.facts:
        if fact.source_path is None:
            continue
        source = FACT_SOURCES.get(fact.source_path)
        if source is None:
            message = f"The fact {fact.id} comes from “{fact.source_path}”, which does not exist."
            hint = suggest(fact.source_path, sorted(FACT_SOURCES))
        elif fact.type not in source.types:
            message = f"The fact {fact.id} is a {fact.type}; {fact.source_path} gives a {source.types[0]}."
            hint = f"Write type: {source.types[0]}."
        else:
            continue
        line, column = _place(framework.path).get(fact.id, (1, 1))
        found.append(Problem(str(framework.path), line, column, message, hint))
    return found


def _place(path: Path) -> Mapping[str, tuple[int, int]]:
    """Where each fact says where it comes from: line and column in the file."""
    facts = _child(compose(read_bytes(path), Problems(str(path))), "facts")
    items = facts.items if isinstance(facts, YamlMapping) else ()
    places = {name.text: _child(node, "from") or name for name, node in items}
    return MappingProxyType({name: (node.line, node.column) for name, node in places.items()})


def _child(node: Node | None, key: str) -> Node | None:
    pairs: tuple[tuple[Scalar, Node], ...] = node.items if isinstance(node, YamlMapping) else ()
    return next((value for name, value in pairs if name.text == key), None)
