"""From a YAML file to a Framework, or to a FrameworkError with everything that is wrong in the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hanze.policy.cells import value_text
from hanze.policy.declarations import NEVER, STATUSES, read_declarations
from hanze.policy.derivations import read_derived
from hanze.policy.documents import Node, Problems, Scalar, compose, read_bytes
from hanze.policy.fields import Fields
from hanze.policy.framework import Framework, FrameworkError, Table
from hanze.policy.hashing import meaning_of, sha256_of
from hanze.policy.possible import can_leave_without_advice
from hanze.policy.ruling import read_conditions, read_otherwise, read_tables
from hanze.policy.searching import Budget, CutOffError, Example, together
from hanze.policy.standing import EFFORT_OF_PROOF

REQUIRED = (
    *("framework", "version", "title", "summary", "adopted_by", "in_force", "precedence", "applies_to", "sources"),
    *("deciders", "scale", "facts", "measures", "tables"),
)
OPTIONAL = ("lists", "grounds", "otherwise", "parameters", "derived", "dated_by")


def read_framework(path: Path | str) -> Framework:
    """Read one framework file. Raises FrameworkError with all problems of the file."""
    return read_framework_text(read_bytes(Path(path)), Path(path))


def read_frameworks(folder: Path | str) -> list[Framework]:
    """Read every `<framework>/<version>.yaml` in a folder, sorted by id and version.

    Raises FrameworkError with the problems of all files, and when two files hold the same version.
    """
    found: list[Framework] = []
    problems = Problems(str(folder))
    for path in framework_files(Path(folder)):
        try:
            found.append(read_framework(path))
        except FrameworkError as error:
            problems.found.extend(error.problems)
    seen: dict[tuple[str, date], Path] = {}
    for framework in found:
        other = seen.setdefault((framework.id, framework.version), framework.path)
        if other != framework.path:
            message = f"{framework.id} {framework.version} is also in {other}."
            problems.add(Scalar("", "plain", 1, 1), message, "Give one of them another version.")
    if problems.found:
        raise FrameworkError(problems.found)
    return sorted(found, key=lambda framework: (framework.id, framework.version))


def framework_files(folder: Path) -> list[Path]:
    """The framework files in a folder and in the folders directly in it; scenarios are not among them."""
    paths = [*folder.glob("*.yaml"), *folder.glob("*/*.yaml")]
    return sorted((path for path in paths if path.parent.name != "scenarios"), key=str)


def read_framework_text(content: bytes, path: Path) -> Framework:
    """Read a framework from the content of a file. Raises FrameworkError."""
    problems = Problems(str(path))
    return read_framework_tree(compose(content, problems), problems, path)


def read_framework_tree(node: Node, problems: Problems, path: Path) -> Framework:
    """Read a framework from a tree of nodes. Raises FrameworkError."""
    framework = _framework(node, problems, path)
    problems.raise_if_any()
    return replace(framework, content_hash=sha256_of(meaning_of(framework)))


def _framework(node: Node, problems: Problems, path: Path) -> Framework:
    top = Fields(node, problems, "The framework", REQUIRED, OPTIONAL)
    declared = read_declarations(top)
    taken = {"otherwise"}
    in_force = top.fields("in_force", "in_force", ("from", "status"), ("until", "note"))
    framework = Framework(
        id=top.identifier("framework"),
        version=top.date("version") or NEVER,
        title=top.needed_text("title"),
        summary=top.needed_text("summary"),
        adopted_by=top.needed_text("adopted_by"),
        in_force_from=in_force.date("from") or NEVER,
        in_force_until=in_force.date("until"),
        in_force_status=in_force.one_of("status", STATUSES),
        in_force_note=in_force.both_languages("note"),
        precedence=top.whole_number("precedence") or 0,
        applies_to=read_conditions(top, "applies_to", declared),
        scale=declared.scale,
        deciders=declared.deciders,
        grounds=declared.grounds,
        otherwise=read_otherwise(top, declared),
        facts=declared.facts,
        lists=declared.lists,
        measures=declared.measures,
        sources=declared.sources,
        tables=read_tables(top, declared, taken),
        content_hash="",
        path=path,
        parameters=declared.parameters,
        derived=read_derived(top, declared, taken),
        dated_by=declared.dated_by,
    )
    _check_whole(framework, top, in_force)
    return framework


def _check_whole(framework: Framework, top: Fields, in_force: Fields) -> None:
    problems = top.problems
    if framework.in_force_until and framework.in_force_until < framework.in_force_from:
        problems.add(in_force.place("until"), "in_force ends before it begins.", "Let until be on or after from.")
    if problems.found:
        return
    for table, table_node in zip(framework.tables, top.items("tables"), strict=True):
        if table.hit in ("unique", "any"):
            _check_apart(table, table_node, framework, problems)
    open_cases = can_leave_without_advice(framework)
    if open_cases and framework.otherwise is None:
        hint = "Add otherwise: with the advice for such a case."
        problems.add(top.node, "There are cases for which no rule gives an advice.", hint)
    if not open_cases and framework.otherwise is not None:
        message = "otherwise is never reached: the rules give an advice in every case."
        problems.add(top.place("otherwise"), message, "Leave it out.")


def _check_apart(table: Table, node: Node, framework: Framework, problems: Problems) -> None:
    """Two rules of a unique table never hold at once; of an `any` table only when they give the same."""
    try:
        for one, other, example in together(table, framework, Budget(EFFORT_OF_PROOF)):
            if table.hit == "unique" or one.gives != other.gives:
                message = f"The rules {one.id} and {other.id} of the {table.hit} table {table.id} can hold at once"
                message += "." if example.certain else ", as far as can be proven."
                problems.add(node, message, f"{_case(example)}Make them exclude each other, or write hit: collect.")
    except CutOffError:
        message = f"The rules of the {table.hit} table {table.id} are too intricate to prove that they go together."
        problems.add(node, message, "Write hit: first.")


def _case(example: Example) -> str:
    facts = ", ".join(f"{name}: {value_text(value)}" for name, value in example.facts.items())
    return f"For example: {facts}. " if facts else ""
