"""Whether a draft can become a version: what is wrong in its text and where, and how its scenarios go."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from hanze.frameworks import library
from hanze.frameworks.library import Trial
from hanze.frameworks.models import Draft
from hanze.policy import Framework, FrameworkError, Problem
from hanze.policy.editing import Path, path_at, plain, value_at
from hanze.policy.mutating import survivors
from hanze.policy.remarks import remarks

NO_TRIAL = Trial((), ())
_MISSING = re.compile(r"has no (\w+)\.$")


@dataclass(frozen=True)
class Finding:
    """A problem in a draft's text, with the path of the value it is about; () when it is about the whole text."""

    problem: Problem
    path: Path

    @property
    def message(self) -> str:
        return self.problem.message

    @property
    def hint(self) -> str:
        return self.problem.hint


@dataclass(frozen=True)
class Check:
    """What is known of a text: the framework when it can be read, else what is wrong with it."""

    framework: Framework | None
    findings: tuple[Finding, ...]
    trial: Trial
    remarks: tuple[str, ...]

    @property
    def in_order(self) -> bool:
        """Whether nothing is wrong and every scenario passes; there has to be one."""
        return self.framework is not None and self.trial.in_order

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
def _check(text: str, scenarios: tuple[tuple[str, str], ...], name: str) -> Check:
    try:
        framework = library.read(text, name)
    except FrameworkError as error:
        findings = tuple(Finding(each, _path_of(each, text)) for each in error.problems)
        return Check(None, findings, NO_TRIAL, ())
    return Check(framework, (), library.try_out(framework, dict(scenarios)), tuple(remarks(framework)))


def _path_of(problem: Problem, text: str) -> Path:
    """The value that a problem is about; what is missing is said to be so at what it is missing from."""
    path = path_at(text, problem.line, problem.column)
    missing = _MISSING.search(problem.message)
    if missing is None:
        return path
    inside = isinstance(value_at(plain(text), path), dict)
    return (*(path if inside else path[:-1]), missing[1])


@lru_cache(maxsize=16)
def _unnoticed(text: str, scenarios: tuple[tuple[str, str], ...], name: str) -> tuple[str, ...]:
    checked = _check(text, scenarios, name)
    if checked.framework is None or not checked.trial.in_order:
        return ()
    return tuple(survivors(checked.framework, [result.scenario for result in checked.trial.results]))
