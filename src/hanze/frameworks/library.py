"""The versions of policy frameworks that are installed: the files in FRAMEWORKS_DIR and what was published here.

Each is read on its own, so that a broken one takes no other down, and kept until it changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from hanze.frameworks import vocabulary
from hanze.frameworks.models import PublishedVersion
from hanze.policy import (
    Framework,
    FrameworkError,
    Problem,
    ScenarioResult,
    read_framework_text,
)
from hanze.policy.documents import read_bytes
from hanze.policy.reading import framework_files
from hanze.policy.scenarios import read_scenarios_text, run_scenario, scenario_files

Fingerprint = tuple[tuple[str, int, int], ...]
Scenarios = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Library:
    """The frameworks that can be used, and everything that is wrong in the others."""

    frameworks: tuple[Framework, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Trial:
    """How the scenarios of a framework went; `problems` when they could not be read."""

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
    """Every version of every framework that can be used, by id and version. Broken ones: `problems`."""
    return _library().frameworks


def problems() -> tuple[Problem, ...]:
    """What is wrong in the versions that cannot be used, with file, line and column."""
    return _library().problems


def from_files() -> Library:
    """What the folder holds; asks nothing of the database."""
    folder = Path(settings.FRAMEWORKS_DIR)
    return _read_files(folder, _fingerprint(folder))


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


def published(framework: Framework) -> PublishedVersion | None:
    """The record of a version that was approved here; None for one that is a file."""
    return PublishedVersion.objects.filter(framework=framework.id, version=framework.version).first()


def source_of(framework: Framework) -> tuple[str, dict[str, str]]:
    """The YAML text of an installed version, and its scenario files as name and text."""
    if found := published(framework):
        return found.text, found.scenarios
    text = read_bytes(framework.path).decode("utf-8-sig")
    return text, {path.name: path.read_text("utf-8-sig") for path in scenario_files(framework)}


def trial(framework: Framework) -> Trial:
    """Run the scenarios of an installed version."""
    if framework.path.is_absolute():
        return _trial_of_files(framework, _fingerprint(framework.path.parent))
    return try_out(framework, source_of(framework)[1])


def try_out(framework: Framework, scenarios: Mapping[str, str]) -> Trial:
    """Run the scenarios in these texts on a framework."""
    return _try_out(framework, tuple(sorted(scenarios.items())))


def _recency(framework: Framework) -> tuple[date, date]:
    return framework.in_force_from, framework.version


def _library() -> Library:
    files = from_files()
    kept = PublishedVersion.objects.order_by("framework", "version").values_list("pk", "digest")
    return _joined(files, tuple(kept)) if kept else files


@lru_cache(maxsize=8)
def _joined(files: Library, kept: tuple[tuple[int, str], ...]) -> Library:
    """The files and what was published; of one version in both, the published one is used."""
    frameworks: dict[tuple[str, date], Framework] = {(each.id, each.version): each for each in files.frameworks}
    found = list(files.problems)
    for record in PublishedVersion.objects.filter(pk__in=[pk for pk, _digest in kept]):
        try:
            framework = read(record.text, record.name)
        except FrameworkError as error:
            found.extend(error.problems)
            continue
        key = (framework.id, framework.version)
        if other := frameworks.get(key):
            message = f"{framework.id} {framework.version} was published in Hanze already."
            found.append(Problem(str(other.path), 1, 1, message, "Give the file another version."))
        frameworks[key] = framework
    return Library(tuple(frameworks[key] for key in sorted(frameworks)), tuple(found))


def read(text: str, name: str) -> Framework:
    """A framework from its text, under a name for its problems. Raises FrameworkError with all of them."""
    content = text.encode()
    framework = read_framework_text(content, Path(name))
    if wrong := vocabulary.problems_in(framework, content):
        raise FrameworkError(wrong)
    return framework


def _fingerprint(folder: Path) -> Fingerprint:
    """Changes when a file in the folder is added, removed or written."""
    stats = ((path, path.stat()) for path in sorted(folder.rglob("*.yaml")))
    return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in stats)


@lru_cache(maxsize=4)
def _read_files(folder: Path, fingerprint: Fingerprint) -> Library:
    frameworks: dict[tuple[str, date], Framework] = {}
    found: list[Problem] = []
    for path in framework_files(folder.absolute()):
        try:
            content = read_bytes(path)
            framework = read_framework_text(content, path)
        except FrameworkError as error:
            found.extend(error.problems)
            continue
        key = (framework.id, framework.version)
        wrong = vocabulary.problems_in(framework, content)
        if other := frameworks.get(key):
            message = f"{framework.id} {framework.version} is also in {other.path}."
            wrong.append(Problem(str(path), 1, 1, message, "Give one of them another version."))
        if wrong:
            found.extend(wrong)
        else:
            frameworks[key] = framework
    return Library(tuple(frameworks[key] for key in sorted(frameworks)), tuple(found))


@lru_cache(maxsize=32)
def _trial_of_files(framework: Framework, fingerprint: Fingerprint) -> Trial:
    try:
        texts = {str(path): read_bytes(path).decode("utf-8", "replace") for path in scenario_files(framework)}
    except FrameworkError as error:
        return Trial((), tuple(error.problems))
    return try_out(framework, texts)


@lru_cache(maxsize=32)
def _try_out(framework: Framework, scenarios: Scenarios) -> Trial:
    results: list[ScenarioResult] = []
    found: list[Problem] = []
    for name, text in scenarios:
        try:
            read_in = read_scenarios_text(text.encode(), Path(name), framework)
        except FrameworkError as error:
            found.extend(error.problems)
        else:
            results.extend(run_scenario(framework, scenario) for scenario in read_in)
    return Trial(() if found else tuple(results), tuple(found))
