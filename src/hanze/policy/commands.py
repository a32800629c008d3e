"""What `hanze policy check` and `hanze policy test` do, in plain language."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from hanze.policy.checking import findings
from hanze.policy.framework import Framework, FrameworkError
from hanze.policy.mutating import survivors
from hanze.policy.reading import read_framework, read_frameworks
from hanze.policy.scenarios import read_scenarios, run_scenario


def check_path(path: Path | str, out: TextIO, notes: bool = False) -> int:
    """Read a framework file, or every framework in a folder, with its scenarios; print what is wrong and what may be.

    With `notes` also how the rules of each table go together. Gives 0 when all can be used and nothing is certainly
    wrong, else 1.
    """
    frameworks = _read(Path(path), out)
    if frameworks is None:
        return 1
    failed = False
    for framework in frameworks:
        try:
            scenarios = read_scenarios(framework)
        except FrameworkError as error:
            _print_problems(error, out)
            failed = True
            continue
        found = findings(framework, [each for each in frameworks if each is not framework])
        wrong = any(finding.severity == "error" for finding in found)
        failed = failed or wrong
        state = "has mistakes" if wrong else "in order"
        print(f"{_name(framework)}: {state}. {_contents(framework, len(scenarios))}", file=out)
        for finding in found:
            if notes or finding.severity != "note":
                print(f"    {finding.in_language('en')}.", file=out)
    return 1 if failed else 0


def test_path(path: Path | str, out: TextIO) -> int:
    """Run the scenarios of a framework file or of every framework in a folder; then change each rule a little and
    see whether some scenario notices. Prints every difference and every change that went unnoticed.

    Gives 0 when every scenario passes, there is at least one, and no change goes unnoticed; else 1.
    """
    frameworks = _read(Path(path), out)
    if frameworks is None:
        return 1
    return max([_test(framework, out) for framework in frameworks])


def _test(framework: Framework, out: TextIO) -> int:
    try:
        scenarios = read_scenarios(framework)
    except FrameworkError as error:
        _print_problems(error, out)
        return 1
    if not scenarios:
        print(f"{_name(framework)}: there are no scenarios. Write some in scenarios/*.yaml beside it.", file=out)
        return 1
    failures = [result for scenario in scenarios if not (result := run_scenario(framework, scenario)).passed]
    for result in failures:
        print(f"{result.scenario.path}:{result.scenario.line}: {result.scenario.name}", file=out)
        for difference in result.differences:
            print(f"    {difference}", file=out)
    passed = len(scenarios) - len(failures)
    print(f"{_name(framework)}: {passed} of {len(scenarios)} scenarios pass.", file=out)
    if failures:
        return 1
    unnoticed = survivors(framework, scenarios)
    for change in unnoticed:
        print(f"    No scenario notices it when {change}.", file=out)
    return 1 if unnoticed else 0


def _read(path: Path, out: TextIO) -> list[Framework] | None:
    try:
        frameworks = read_frameworks(path) if path.is_dir() else [read_framework(path)]
    except FrameworkError as error:
        _print_problems(error, out)
        return None
    if not frameworks:
        print(f"{path}: there is no framework here. A framework is a YAML file; see docs/frameworks.md.", file=out)
        return None
    return frameworks


def _contents(framework: Framework, scenarios: int) -> str:
    lines, rules = len(framework.tables), sum(len(table.rules) for table in framework.tables)
    measures = _count(len(framework.measures), "measure")
    return f"{_count(lines, 'line')} of action, {_count(rules, 'rule')}, {measures}, {_count(scenarios, 'scenario')}."


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _name(framework: Framework) -> str:
    return f"{framework.id} {framework.version.isoformat()}"


def _print_problems(error: FrameworkError, out: TextIO) -> None:
    for problem in error.problems:
        print(str(problem), file=out)
