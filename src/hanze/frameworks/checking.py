"""Whether a draft can become a version: what is wrong in its text and where, and how its scenarios go."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from hanze.frameworks import library
from hanze.frameworks.library import Trial
from hanze.frameworks.models import Draft
from hanze.frameworks.problems import Said, said
from hanze.frameworks.words import language
from hanze.policy import Framework, FrameworkError, Problem
from hanze.policy import checking as engine
from hanze.policy.editing import Path, Plain, path_at, plain, value_at
from hanze.policy.mutating import survivors

NO_TRIAL = Trial((), ())
SECONDS_FOR_DOUBTS = 0.5
_OF_A_CELL = re.compile(r"^The (?:cell|value) of [^:]+: ")
_MISSING = re.compile(r"has no (\w+)\.$")


@dataclass(frozen=True)
class Finding:
    """A problem in a draft's text, with the path of the value it is about; () when it is about the whole text."""

    problem: Problem
    path: Path

    @property
    def message(self) -> Said:
        return said(self.problem.message, language())

    @property
    def brief(self) -> Said:
        """The message where it stands at its cell, which need not be named."""
        return said(_OF_A_CELL.sub("", self.problem.message), language())

    @property
    def hint(self) -> Said:
        return said(self.problem.hint, language())


@dataclass(frozen=True)
class Doubt:
    """What may be wrong in a text that can be read: a rule that never counts, a fact that is never used."""

    found: engine.Finding
    path: Path

    @property
    def severity(self) -> str:
        return self.found.severity

    @property
    def words(self) -> str:
        return f"{self.found.in_language(language())}."


@dataclass(frozen=True)
class Check:
    """What is known of a text: the framework when it can be read, else what is wrong with it."""

    framework: Framework | None
    findings: tuple[Finding, ...]
    trial: Trial
    doubts: tuple[Doubt, ...] = ()

    def doubts_of(self, severity: str) -> list[Doubt]:
        """What the search through the rules found, of one severity: error, remark or note."""
        return [each for each in self.doubts if each.severity == severity]

    def at(self, path: Path) -> Finding | None:
        """What is wrong with the value at a path, or somewhere inside it."""
        return next((each for each in self.findings if each.path[: len(path)] == path), None)

    def exactly_at(self, path: Path) -> Finding | None:
        """What is wrong with the value at a path as a whole."""
        return next((each for each in self.findings if each.path == path), None)


def check(draft: Draft) -> Check:
    """What is known of a draft as it stands."""
    return check_text(draft.text, draft.scenarios, draft.name)


def check_text(text: str, scenarios: Mapping[str, str], name: str) -> Check:
    """Read a text and run its scenarios. The same text is read once."""
    return _check(text, tuple(sorted(scenarios.items())), name)


def unnoticed(draft: Draft) -> tuple[str, ...]:
    """The small mistakes in the rules that no scenario of a draft would notice; takes about a second."""
    return _unnoticed(draft.text, tuple(sorted(draft.scenarios.items())), draft.name)


@lru_cache(maxsize=64)
def framework_of(text: str, name: str) -> Framework | None:
    """A text as a framework, at once; None when something is wrong in it."""
    try:
        return library.read(text, name)
    except FrameworkError:
        return None


@lru_cache(maxsize=64)
def _check(text: str, scenarios: tuple[tuple[str, str], ...], name: str) -> Check:
    try:
        framework = library.read(text, name)
    except FrameworkError as error:
        findings = tuple(Finding(each, _path_of(each, text)) for each in error.problems)
        return Check(None, findings, NO_TRIAL)
    data = plain(text)
    doubts = tuple(
        Doubt(each, _path_to(each.place, data)) for each in engine.findings(framework, seconds=SECONDS_FOR_DOUBTS)
    )
    return Check(framework, (), library.try_out(framework, dict(scenarios)), doubts)


def _path_of(problem: Problem, text: str) -> Path:
    """The value that a problem is about; what is missing is said to be so at what it is missing from."""
    path = path_at(text, problem.line, problem.column)
    missing = _MISSING.search(problem.message)
    if missing is None:
        return path
    inside = isinstance(value_at(plain(text), path), dict)
    return (*(path if inside else path[:-1]), missing[1])


_PARTS = {
    "fact": "facts",
    "list": "lists",
    "measure": "measures",
    "ground": "grounds",
    "decider": "deciders",
    "source": "sources",
    "parameter": "parameters",
    "derived": "derived",
}


def _path_to(place: engine.Place, data: Plain) -> Path:
    """Where in the text a part of the framework is declared; () when that is nowhere in particular."""
    if place.kind in _PARTS:
        return (_PARTS[place.kind], place.id)
    if place.kind == "outcome":
        return next((("scale", at) for at, each in enumerate(data["scale"]) if each["id"] == place.id), ())
    for at, table in enumerate(data["tables"]):
        if place.kind == "table" and table["id"] == place.id:
            return ("tables", at)
        for number, rule in enumerate(table["rules"]):
            if place.kind == "rule" and rule["id"] == place.id:
                return ("tables", at, "rules", number)
    return ("framework",)


@lru_cache(maxsize=16)
def _unnoticed(text: str, scenarios: tuple[tuple[str, str], ...], name: str) -> tuple[str, ...]:
    checked = _check(text, scenarios, name)
    if checked.framework is None or not checked.trial.in_order:
        return ()
    return tuple(survivors(checked.framework, [result.scenario for result in checked.trial.results]))
