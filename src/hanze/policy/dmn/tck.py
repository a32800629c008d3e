"""The Technology Compatibility Kit of DMN: its test cases run through one of the executors.

A kit is a folder with a folder for each model, which holds the model (`.dmn`) and files with test cases (`.xml`).
Results are written as the kit keeps those of every engine: folder, file, case, SUCCESS or ERROR, and what was wrong.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from importlib import import_module
from pathlib import Path
from typing import Literal as OneOf
from typing import TextIO, cast

from hanze.policy.decisions import Model
from hanze.policy.dmn.problems import DmnError
from hanze.policy.dmn.reading import read_dmn
from hanze.policy.dmn.xml import Element, XmlError, parse
from hanze.policy.framework import Problem

Backend = OneOf["python", "polars", "sql"]
Row = Mapping[str, object]
Run = Callable[[Model, Sequence[Row]], list[dict[str, object | None]]]
BACKENDS: tuple[Backend, ...] = ("python", "polars", "sql")
INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
CLOSE = Decimal("1e-8")
"""How far a number may be from the expected one, as a share of it: as the kit's own runner compares."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a decision should give; `error` when the kit expects that it cannot be worked out."""

    decision: str
    value: object | None
    error: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A test case of a file: its inputs and the decisions that are looked at."""

    id: str
    inputs: Row
    expected: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How a case went; `message` says what was another value than expected."""

    folder: str
    file: str
    case: str
    message: str

    @property
    def passed(self) -> bool:
        return not self.message


def run_kit(folder: Path, backend: Backend) -> Iterator[CaseResult]:
    """Every case of every model below a folder, in the order of the names. Nothing that goes wrong stops the run."""
    run = _runner(backend)
    for model in sorted(folder.rglob("*.dmn")):
        for tests in sorted(model.parent.glob("*.xml")):
            yield from _run_file(model, tests, run)


def write_results(results: Sequence[CaseResult], file: Path) -> None:
    """Write results in the kit's own form, every field between quotes."""
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for each in results:
            rows.writerow((each.folder, each.file, each.case, "SUCCESS" if each.passed else "ERROR", each.message))


def print_kit(folder: Path, backend: Backend, out: TextIO, results_to: Path) -> int:
    """Run a kit, print a line for each case that failed and `passed/total` last, and write the results.

    Gives 0 when every case passed and there is at least one, else 1.
    """
    results: list[CaseResult] = []
    for each in run_kit(folder, backend):
        results.append(each)
        if not each.passed:
            print(f"{each.folder} {each.file} {each.case}: {each.message}", file=out)
    if not results:
        print(f"There are no models with test cases below {folder}.", file=out)
        return 1
    write_results(results, results_to)
    passed = sum(each.passed for each in results)
    print(f"{passed}/{len(results)}", file=out)
    return 0 if passed == len(results) else 1


def read_cases(file: Path) -> tuple[Case, ...]:
    """The test cases of a file. Raises DmnError when it is no XML."""
    try:
        root = parse(file.read_bytes())
    except XmlError as error:
        problem = Problem(str(file), error.place.line, error.place.column, error.message, error.hint)
        raise DmnError([problem]) from None
    return tuple(_case(each) for each in root.all("testCase"))


def same(expected: object, got: object) -> bool:
    """Whether a value is the expected one: numbers up to a share of 1e-8, lists in their order, contexts by name."""
    if isinstance(expected, Decimal) and isinstance(got, Decimal):
        return expected == got or abs(expected - got) <= CLOSE * max(abs(expected), abs(got))
    if isinstance(expected, list):
        ours = list(cast("Sequence[object]", got)) if isinstance(got, list | tuple) else None
        theirs = cast("list[object]", expected)
        return ours is not None and len(theirs) == len(ours) and all(map(same, theirs, ours))
    if isinstance(expected, dict):
        named = cast("dict[str, object]", expected)
        found = cast("dict[str, object]", got) if isinstance(got, dict) else None
        return found is not None and named.keys() == found.keys() and all(same(named[key], found[key]) for key in named)
    return expected == got and (expected is None or type(expected) is type(got))


def _runner(backend: Backend) -> Run:
    if backend == "python":
        from hanze.policy.evaluating import run_model

        return lambda model, rows: [run_model(model, row) for row in rows]
    return cast(Run, import_module(f"hanze.policy.executing.{backend}").run_model)


def _run_file(model_file: Path, tests: Path, run: Run) -> Iterator[CaseResult]:
    folder = f"{model_file.parent.parent.name}/{model_file.parent.name}"
    try:
        cases = read_cases(tests)
    except (DmnError, InvalidOperation, ValueError) as error:
        yield CaseResult(folder, tests.stem, "", f"the test cases cannot be read: {error}")
        return
    try:
        model = read_dmn(model_file)
        got = run(model, [case.inputs for case in cases])
    except Exception as error:  # whatever a model meets, the other models of the kit are run
        words = f"{type(error).__name__}: {error}".replace("\n", " ")
        yield from (CaseResult(folder, tests.stem, case.id, words) for case in cases)
        return
    for case, values in zip(cases, got, strict=True):
        yield CaseResult(folder, tests.stem, case.id, "; ".join(_differences(case, values)))


def _differences(case: Case, values: Mapping[str, object | None]) -> Iterator[str]:
    for each in case.expected:
        if each.decision not in values:
            yield f"there is no decision {each.decision}"
        elif not same(None if each.error else each.value, values[each.decision]):
            yield f"{each.decision} is {values[each.decision]!r}, expected {each.value!r}"


def _case(element: Element) -> Case:
    return Case(
        element.get("id"),
        {each.get("name"): _value(each) for each in element.all("inputNode")},
        tuple(_expected(each) for each in element.all("resultNode")),
    )


def _expected(element: Element) -> Expected:
    holder = element.first("expected")
    value = _value(holder) if holder else None
    return Expected(element.get("name"), value, element.get("errorResult") == "true")


def _value(element: Element) -> object | None:
    """A value as the kit writes it: a list, a context, or one value of an XML Schema type."""
    listed = element.first("list")
    if listed is not None:
        return [_value(item) for item in listed.all("item")]
    components = list(element.all("component"))
    if components:
        return {each.get("name"): _value(each) for each in components}
    value = element.first("value")
    if value is None or value.get(f"{INSTANCE}nil") == "true":
        return None
    kind = value.get(f"{INSTANCE}type", "string").rpartition(":")[2]
    return _READERS.get(kind, str)(value.text)


def _number(text: str) -> Decimal:
    return Decimal(text.strip())


_READERS: Mapping[str, Callable[[str], object]] = {
    **dict.fromkeys(("decimal", "double", "float", "integer", "int", "long"), _number),
    "boolean": lambda text: text.strip() == "true",
    "date": lambda text: date.fromisoformat(text.strip()),
    "dateTime": lambda text: datetime.fromisoformat(text.strip()),
    "time": lambda text: time.fromisoformat(text.strip()),
}
