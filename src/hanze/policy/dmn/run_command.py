"""`hanze policy dmn run`: what a decision model gives for one case, with the rules that gave each result."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TextIO, cast

from hanze.policy.cells import value_text
from hanze.policy.decisions import Model, Type
from hanze.policy.evaluating import conformed, evaluate, trace_model
from hanze.policy.parsing import CellError, Scope, parse_expression
from hanze.policy.suggesting import suggest

_WORDS = {"text": "a text", "context": "a context", "any": "a value", "boolean": "true or false"}
_WRITTEN = {"date": "date", "time": "time", "date-time": "date and time"}
_DURATIONS = ("days-duration", "months-duration")


class InputError(Exception):
    """An input that cannot be used, with what to write instead."""


def add_command(kinds: Any) -> None:
    """Add `run` to `hanze policy dmn` (what `add_subparsers` gave)."""
    run = kinds.add_parser("run", help="evaluate a DMN model for one case, and say which rules gave each result")
    run.add_argument("model", type=Path, metavar="FILE.dmn", help="a DMN file, 1.1 to 1.5")
    run.add_argument(
        "--input",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="an input (repeat it): text, 5, 2024-09-11, true, null, [1, 2]; a field as Loan.amount=5",
    )
    run.set_defaults(run=_run)


def _run(given: argparse.Namespace) -> int:
    return run_path(given.model, given.input, sys.stdout, sys.stderr)


def run_path(path: Path, inputs: Sequence[str], out: TextIO, errors: TextIO) -> int:
    """Evaluate the model in a file and print each decision with its value and rules; 0 when it could be evaluated."""
    from hanze.policy.dmn.problems import DmnError
    from hanze.policy.dmn.reading import read_dmn

    try:
        model = read_dmn(path)
        values = read_inputs(model, inputs)
    except (DmnError, InputError) as error:
        print(str(error), file=errors)
        return 1
    for each in model.inputs:
        print(f"{each.name} = {shown(values.get(each.name))}", file=out)
    for decided in trace_model(model, values):
        rules = f"    (rule {', '.join(decided.rows)})" if decided.rows else ""
        print(f"{decided.name}: {shown(decided.value)}{rules}", file=out)
    return 0


def read_inputs(model: Model, given: Sequence[str]) -> dict[str, object]:
    """The inputs that were written as `name=value`, each read as its type. Raises InputError."""
    types = {each.name: each.type for each in model.inputs}
    values: dict[str, object] = {}
    for text in given:
        name, sign, written = text.partition("=")
        if not sign:
            raise InputError(f"“{text}” is no input. Write NAME=VALUE.")
        path = _path(name.strip(), types)
        _put(values, path, _value(written.strip(), _type_at(types, path), name.strip()))
    return values


def _path(name: str, types: Mapping[str, Type]) -> list[str]:
    """The input and, after points, its field; the name of an input may hold points itself."""
    whole = max((each for each in types if name == each or name.startswith(f"{each}.")), key=len, default=None)
    if whole is None:
        raise InputError(f"The model has no input “{name}”. {suggest(name, tuple(types))}")
    return [whole, *name[len(whole) + 1 :].split(".")] if name != whole else [whole]


def _type_at(types: Mapping[str, Type], path: Sequence[str]) -> Type:
    type = types[path[0]]
    for field in path[1:]:
        fields = type.fields or {}
        if field not in fields and type.basic != "any":
            raise InputError(f"“{'.'.join(path)}”: there is no field “{field}”. {suggest(field, tuple(fields))}")
        type = fields.get(field, Type("any"))
    return type


def _put(values: dict[str, object], path: Sequence[str], value: object) -> None:
    for field in path[:-1]:
        inside = values.setdefault(field, {})
        if not isinstance(inside, dict):
            raise InputError(f"“{'.'.join(path)}” is given as a whole too. Give its fields or the whole.")
        values = cast("dict[str, object]", inside)
    values[path[-1]] = value


def _value(written: str, type: Type, name: str) -> object:
    if written == "null":
        return None
    value = _read(written, type)
    if value is None or conformed(value, type) is None:
        wanted = "a list" if type.is_list else _WORDS.get(type.basic, f"a {type.basic.replace('-', ' ')}")
        hint = " It is not one of the values that the model allows." if _allowed_only(value, type) else ""
        raise InputError(f"{name}: “{written}” cannot be used. Write {wanted}, or null.{hint}")
    return value


def _allowed_only(value: object, type: Type) -> bool:
    return value is not None and conformed(value, Type(type.basic, type.is_list, type.fields)) is not None


def _read(written: str, type: Type) -> object:
    """A value as people write it: a text without quotes, a day without date(…), JSON for what has fields."""
    if written.startswith(("{", "[{")):
        return _json(written)
    if type.is_list or (type.basic != "text" and written.startswith("[")):
        return _feel(written)
    match type.basic:
        case "text":
            return written
        case "date" | "time" | "date-time":
            return _feel(f'{_WRITTEN[type.basic]}("{written}")') or _feel(written)
        case basic if basic in _DURATIONS:
            return _feel(f'duration("{written}")') or _feel(written)
        case "any":
            read = _feel(written)
            return written if read is None else read
        case _:
            return _feel(written)


def _feel(written: str) -> object | None:
    try:
        return evaluate(parse_expression(written, Scope(), dmn=True), {}, dmn=True)
    except CellError:
        return None


def _json(written: str) -> object | None:
    try:
        return json.loads(written, parse_float=Decimal, parse_int=Decimal)
    except (ValueError, RecursionError, InvalidOperation):
        return None


def shown(value: object | None) -> str:
    """A value as FEEL writes it."""
    if value is None:
        return "null"
    if isinstance(value, dict):
        fields = cast("dict[str, object]", value).items()
        return "{" + ", ".join(f"{name}: {shown(each)}" for name, each in fields) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(shown(each) for each in cast("Sequence[object]", value)) + "]"
    return value_text(cast(Any, value))
