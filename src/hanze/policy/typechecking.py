"""The types of expressions and cells, checked when a framework is read; a type error says what to write instead."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NoReturn, Protocol

from hanze.policy.arithmetic import LARGEST_EXPONENT
from hanze.policy.cells import (
    Alternatives,
    Anything,
    Cell,
    Comparison,
    FactType,
    Interval,
    Literal,
    Membership,
    Related,
    RelatedInterval,
    Simple,
    Test,
    simple_tests,
    unparse_expression,
    value_text,
)
from hanze.policy.constants import EXAMPLES
from hanze.policy.decisions import BasicType, Type
from hanze.policy.expressions import (
    Arithmetic,
    Call,
    Compare,
    Constant,
    Expression,
    Field,
    Items,
    Logical,
    Matches,
    Months,
    Name,
    Negative,
    Not,
    Scalar,
    Span,
)
from hanze.policy.functions import FUNCTIONS, Function
from hanze.policy.suggesting import suggest
from hanze.policy.tokens import CellError, Scope

ORDERED = ("number", "date", "date-time", "time", "days-duration", "months-duration")
DURATIONS = ("days-duration", "months-duration")
MOMENTS = ("date", "date-time")

_ANYWHERE = Span(0, 0)
_ANY_CODE = Cell("-", Anything(_ANYWHERE))
_FACT_TYPES: dict[FactType, Type] = {
    "text": Type("text"),
    "choice": Type("text", allowed=_ANY_CODE),
    "number": Type("number"),
    "boolean": Type("boolean"),
    "date": Type("date"),
    "date-time": Type("date-time"),
    "duration": Type("days-duration"),
}
_BASIC_TYPES: tuple[tuple[type, BasicType], ...] = (
    (bool, "boolean"),
    (Decimal, "number"),
    (str, "text"),
    (datetime, "date-time"),
    (date, "date"),
    (time, "time"),
    (timedelta, "days-duration"),
    (Months, "months-duration"),
)
_WORDS: dict[str, str] = {
    "text": "a text",
    "number": "a number",
    "boolean": "a yes or a no",
    "date": "a date",
    "date-time": "a day and time",
    "time": "a time",
    "days-duration": "a duration of days and time",
    "months-duration": "a duration of years and months",
    "any": "anything",
    "context": "a context",
}
_FIELDS: dict[str, tuple[str, ...]] = {
    "date": ("year", "month", "day", "weekday"),
    "date-time": ("year", "month", "day", "weekday", "hour", "minute", "second"),
    "days-duration": ("days", "hours", "minutes", "seconds"),
    "months-duration": ("years", "months"),
}


class Coded(Protocol):
    """A choice: something that a code stands for."""

    @property
    def code(self) -> str: ...


def type_of_fact(fact_type: FactType) -> Type:
    """The type of the values of a fact (of each item, for a list)."""
    return _FACT_TYPES[fact_type]


def type_of_choices(fact_type: FactType, choices: Collection[Coded], many: bool) -> Type:
    """The type of a fact with these choices; `many` makes it a list."""
    plain = type_of_fact(fact_type)
    if fact_type != "choice" or not choices:
        return replace(plain, is_list=many)
    codes = tuple(Literal(choice.code, _ANYWHERE) for choice in choices)
    return Type("text", is_list=many, allowed=Cell("", Alternatives(codes, _ANYWHERE)))


def fact_type_of(type: Type) -> FactType:
    """The fact type that has values of this type; text for what no fact can be."""
    if type.basic == "text" and type.allowed is not None:
        return "choice"
    if type.basic in DURATIONS:
        return "duration"
    found: dict[str, FactType] = {"number": "number", "boolean": "boolean", "date": "date", "date-time": "date-time"}
    return found.get(type.basic, "text")


def basic_type_of(value: Scalar) -> BasicType:
    """The type of one value."""
    return next(basic for kind, basic in _BASIC_TYPES if isinstance(value, kind))


def check_test(test: Test, type: Type, scope: Scope) -> None:
    """Whether every value in a cell has the type of what it tests; raises CellError."""
    for simple in simple_tests(test):
        _check_simple(simple, type, scope)


def _check_simple(simple: Simple, type: Type, scope: Scope) -> None:
    match simple:
        case Literal(value=value):
            _check_value(value, type, simple.span)
        case Comparison(value=value):
            _check_order(type, simple.span)
            _check_value(value, type, simple.span)
        case Interval(low=low, high=high):
            _check_order(type, simple.span)
            _check_value(low, type, simple.span)
            _check_value(high, type, simple.span)
        case Membership():
            if type.basic != "text":
                _refuse("Only a text or a choice can stand on a list.", _instead(type), simple.span)
        case Related(operator=operator, expression=expression):
            if operator not in ("=", "!="):
                _check_order(type, simple.span)
            _check_same(type, type_of(expression, scope), expression)
        case RelatedInterval(low=low, high=high):
            _check_order(type, simple.span)
            _check_same(type, type_of(low, scope), low)
            _check_same(type, type_of(high, scope), high)


def _instead(type: Type) -> str:
    fact_type = fact_type_of(type)
    return f"This fact is a {fact_type}: write {EXAMPLES[fact_type]}."


def _refuse(message: str, hint: str, span: Span) -> NoReturn:
    raise CellError(message, hint, span)


def _check_order(type: Type, span: Span) -> None:
    if type.basic not in ORDERED:
        _refuse("Only numbers, dates and durations have an order.", _instead(type), span)


def _check_value(value: Scalar, type: Type, span: Span) -> None:
    if basic_type_of(value) != type.basic:
        _refuse(f"“{value_text(value)}” is not {_WORDS[type.basic]}.", f"Write {_example(type)}.", span)
    codes = codes_of(type)
    if codes is not None and value not in codes:
        _refuse(f"There is no choice {value_text(value)}.", suggest(str(value), sorted(codes)), span)


def _example(type: Type) -> str:
    return EXAMPLES.get(type.basic, EXAMPLES["text"])


def codes_of(type: Type) -> frozenset[str] | None:
    """The codes that a value of this type can be; None when they are not counted out."""
    if type.allowed is None or isinstance(type.allowed.tree, Anything):
        return None
    return frozenset(
        test.value
        for test in simple_tests(type.allowed.tree)
        if isinstance(test, Literal) and isinstance(test.value, str)
    )


def _check_same(wanted: Type, found: Type, expression: Expression) -> None:
    if found.is_list or found.basic != wanted.basic:
        message = f"{_shown(expression)} is {words_for(found)}, not {words_for(wanted)}."
        _refuse(message, f"Write {_example(wanted)}.", expression.span)


def _shown(expression: Expression) -> str:
    text = unparse_expression(expression)
    return f"“{text if len(text) <= 60 else text[:57] + '…'}”"


def words_for(type: Type) -> str:
    """A type in a sentence."""
    return f"a list ({_WORDS[type.basic]} each)" if type.is_list else _WORDS[type.basic]


def type_of(expression: Expression, scope: Scope) -> Type:
    """The type of an expression in framework mode; raises CellError at the part whose types do not agree."""
    match expression:
        case Constant(value=value):
            if value is None:
                _refuse("A rule cannot test for null.", "Leave it out.", expression.span)
            return Type(basic_type_of(value))
        case Name(name=name):
            return scope.names[name]
        case Field():
            return _field(expression, scope)
        case Negative(operand=operand):
            return _negative(operand, scope)
        case Arithmetic():
            return _arithmetic(expression, scope)
        case Items(items=items):
            return _items(items, scope, expression.span)
        case Call():
            return _call(expression, scope)
        case _:
            return _condition(expression, scope)


def _condition(expression: Compare | Logical | Not | Matches, scope: Scope) -> Type:
    match expression:
        case Compare():
            return _compare(expression, scope)
        case Matches(value=value, test=test):
            return _matches(value, test, scope)
        case Logical(operands=operands):
            for operand in operands:
                _need_boolean(operand, scope)
        case Not(operand=operand):
            _need_boolean(operand, scope)
    return Type("boolean")


def _negative(operand: Expression, scope: Scope) -> Type:
    found = type_of(operand, scope)
    if found.is_list or found.basic not in ("number", *DURATIONS):
        _refuse(f"{_shown(operand)} is {words_for(found)}, which has no sign.", "Write a number.", operand.span)
    return Type(found.basic)


def _need_boolean(operand: Expression, scope: Scope) -> None:
    found = type_of(operand, scope)
    if found.is_list or found.basic != "boolean":
        message = f"{_shown(operand)} is {words_for(found)}, not a yes or a no."
        _refuse(message, 'Compare it: budget > 1000, sector = "water".', operand.span)


def _field(field: Field, scope: Scope) -> Type:
    base, name = field.base, field.name
    found = type_of(base, scope)
    known = () if found.is_list else _FIELDS.get(found.basic, ())
    if name not in known:
        hint = suggest(name, known) if known else "Only dates, times and durations have parts."
        _refuse(f"{_shown(base)} is {words_for(found)}, which has no {name}.", hint, field.span)
    return Type("number")


def _arithmetic(expression: Arithmetic, scope: Scope) -> Type:
    left, right = type_of(expression.left, scope), type_of(expression.right, scope)
    if not left.is_list and not right.is_list:
        if expression.operator == "**":
            _check_exponent(expression.right)
        if result := _result(expression.operator, left.basic, right.basic):
            return Type(result)
    verbs = {"+": "added to", "-": "subtracted from", "*": "multiplied by", "/": "divided by", "**": "raised to"}
    first, second = (right, left) if expression.operator in ("+", "-") else (left, right)
    message = f"{words_for(first)} cannot be {verbs[expression.operator]} {words_for(second)}."
    _refuse(message[0].upper() + message[1:], _arithmetic_hint(left, right), expression.span)


def _arithmetic_hint(left: Type, right: Type) -> str:
    basics = {left.basic, right.basic}
    if left.is_list or right.is_list:
        return "Write sum(…), count(…), min(…) or max(…) of a list."
    if basics & set(MOMENTS) and "number" in basics:
        return 'Write a duration: starts_on + duration("P14D").'
    if basics == set(MOMENTS):
        return "Write date(…) around the day and time."
    return "Write values of types that go together: docs/grammar.md has the table."


def _check_exponent(exponent: Expression) -> None:
    value = exponent.value if isinstance(exponent, Constant) else None
    if not isinstance(value, Decimal) or value not in range(LARGEST_EXPONENT + 1):
        hint = f"Write x ** 2, with a whole number from 0 to {LARGEST_EXPONENT}."
        _refuse(f"The exponent {_shown(exponent)} is not a whole number that is written out.", hint, exponent.span)


def _result(operator: str, left: BasicType, right: BasicType) -> BasicType | None:
    if left == right == "number":
        return "number"
    if operator == "+" and left == right == "text":
        return "text"
    if operator in ("+", "-") and left in MOMENTS and right in DURATIONS:
        return left
    if operator == "+" and left in DURATIONS and right in MOMENTS:
        return right
    if operator == "-" and left == right and left in MOMENTS:
        return "days-duration"
    if left == right and left in DURATIONS:
        return left if operator in ("+", "-") else "number" if operator == "/" else None
    if operator in ("*", "/") and left in DURATIONS and right == "number":
        return left
    return right if operator == "*" and left == "number" and right in DURATIONS else None


def _compare(expression: Compare, scope: Scope) -> Type:
    left, right = type_of(expression.left, scope), type_of(expression.right, scope)
    if left.is_list or right.is_list:
        _refuse("A list cannot be compared.", "Write list contains(list, value) or count(list).", expression.span)
    if left.basic != right.basic:
        message = (
            f"{_shown(expression.left)} is {words_for(left)} and {_shown(expression.right)} is {words_for(right)}."
        )
        hint = (
            "Write date(…) around the day and time."
            if {left.basic, right.basic} == set(MOMENTS)
            else "Compare values of one type."
        )
        _refuse(f"These cannot be compared: {message}", hint, expression.span)
    if expression.operator not in ("=", "!="):
        _check_order(left, expression.span)
    for type, other in ((left, expression.right), (right, expression.left)):
        if isinstance(other, Constant) and other.value is not None:
            _check_value(other.value, type, other.span)
    return Type("boolean")


def _matches(value: Expression, test: Test, scope: Scope) -> Type:
    found = type_of(value, scope)
    if found.is_list:
        message = f"{_shown(value)} is {words_for(found)}."
        _refuse(message, "Write list contains(list, value), or a cell: it tests each item.", value.span)
    check_test(test, found, scope)
    for simple in simple_tests(test):
        if isinstance(simple, Membership):
            check_list(simple, found, scope, unparse_expression(value))
    return Type("boolean")


def check_list(test: Membership, type: Type, scope: Scope, what: str) -> None:
    """Whether a list exists and holds only codes that what is tested can have; raises CellError."""
    items = scope.lists.get(test.list_id)
    if items is None:
        _refuse(f"There is no list “{test.list_id}”.", suggest(test.list_id, sorted(scope.lists)), test.span)
    codes = codes_of(type)
    strange = sorted(items - codes) if codes is not None else []
    if strange:
        message = f"The list {test.list_id} holds {strange[0]}, which is no choice of {what}."
        _refuse(message, suggest(strange[0], sorted(codes or ())), test.span)


def _items(items: tuple[Expression, ...], scope: Scope, span: Span) -> Type:
    if not items:
        _refuse("The list is empty.", "Write its values: [1, 2, 3].", span)
    types = [type_of(item, scope) for item in items]
    for item, found in zip(items, types, strict=True):
        if found.is_list or found.basic != types[0].basic:
            message = f"{_shown(item)} is {words_for(found)} in a list that begins with {words_for(types[0])}."
            _refuse(message, "Put values of one type in a list.", item.span)
    return Type(types[0].basic, is_list=True)


def _call(call: Call, scope: Scope) -> Type:
    function = FUNCTIONS.get(call.function)
    if function is None:
        _refuse(f"There is no function “{call.function}”.", suggest(call.function, sorted(FUNCTIONS)), call.span)
    found = [type_of(each, scope) for each in call.arguments]
    if function.takes == ("list",):
        return _list_call(call, function, found)
    if function.takes == ("items", "item"):
        return _contains(call, found)
    for argument, type, kind in zip(call.arguments, found, function.takes, strict=False):
        wanted = MOMENTS if kind == "moment" else function.of or (kind,)
        if type.is_list or type.basic not in wanted:
            message = f"{_shown(argument)} is {words_for(type)}, not {_WORDS[wanted[0]]}."
            _refuse(message, f"Write {function.example}.", argument.span)
    if call.function == "decimal":
        _check_exponent(call.arguments[1])
    return Type(function.gives or found[0].basic)


def _list_call(call: Call, function: Function, found: list[Type]) -> Type:
    is_list = len(found) == 1 and found[0].is_list
    for argument, type in zip(call.arguments, found, strict=True):
        if type.is_list != is_list or type.basic != found[0].basic or (function.of and type.basic not in function.of):
            message = f"{call.function} cannot work with {_shown(argument)}, which is {words_for(type)}."
            _refuse(message, f"Write {function.example}, or a list of such values.", argument.span)
    return Type(function.gives or found[0].basic)


def _contains(call: Call, found: list[Type]) -> Type:
    items, item = found
    if not items.is_list or item.is_list or items.basic != item.basic:
        message = (
            f"{_shown(call.arguments[0])} is {words_for(items)} and {_shown(call.arguments[1])} is {words_for(item)}."
        )
        _refuse(message, "Write list contains(list, value), with a value such as those in the list.", call.span)
    wanted = call.arguments[1]
    if isinstance(wanted, Constant) and wanted.value is not None:
        _check_value(wanted.value, Type(items.basic, allowed=items.allowed), wanted.span)
    return Type("boolean")
