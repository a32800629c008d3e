"""The functions of the language in a backend: those over several values from the operations that there are, the others
by the backend's own function where it has an exact one, else by Python's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Generic, TypeVar, cast

from hanze.policy.decisions import Type
from hanze.policy.executing.numbers import arithmetic, fitting
from hanze.policy.executing.operations import (
    ANY,
    BOOLEAN,
    DIGITS,
    NUMBER,
    CannotExecuteError,
    Operations,
    Size,
    Term,
)
from hanze.policy.executing.temporal import in_time
from hanze.policy.expressions import ComparisonOperator
from hanze.policy.functions import FUNCTIONS, Function

E = TypeVar("E")


@dataclass(frozen=True)
class Functions(Generic[E]):
    """Calls functions of the language; `compared` compares two values."""

    operations: Operations[E]
    dmn: bool
    compared: Callable[[ComparisonOperator, Term[E], Term[E]], E]

    def call(self, name: str, arguments: Sequence[Term[E]]) -> Term[E]:
        """The value of a function; unknown when an argument is unknown, but for `all` and `any`."""
        function = FUNCTIONS[name]
        if function.takes == ("list",) and not (len(arguments) == 1 and arguments[0].type.is_list):
            return self._of_items(name, arguments)
        if name == "list contains":
            return self._contains(arguments[0], arguments[1])
        return self._of_values(name, function, arguments)

    def _contains(self, items: Term[E], wanted: Term[E]) -> Term[E]:
        """Nothing is in an empty list, not even what is unknown."""
        if items.type.basic != wanted.type.basic or not items.type.is_list:
            return Term(self.operations.value(None, BOOLEAN), BOOLEAN)
        empty = self.compared("=", self.call("count", [items]), self._number(0))
        found = self.operations.native("list contains", [items, wanted])
        assert found is not None  # every backend has it
        false, unknown = self.operations.value(False, BOOLEAN), self.operations.value(None, BOOLEAN)
        return Term(
            self.operations.choose([(empty, false), (self.operations.is_null(wanted.code), unknown)], found), BOOLEAN
        )

    def _of_items(self, name: str, items: Sequence[Term[E]]) -> Term[E]:
        match name:
            case "all":
                return Term(self.operations.both([item.code for item in items]), BOOLEAN)
            case "any":
                return Term(self.operations.either([item.code for item in items]), BOOLEAN)
            case "count":  # also of unknown values, unless it is the one argument
                number = self._number(len(items))
                return self._where_known(number, items) if len(items) == 1 else number
            case "min" | "max":
                return self._extreme(name, items)
            case "sum":
                return self._sum(items)
            case _:
                return self._mean(items)

    def _number(self, number: int) -> Term[E]:
        exact = Decimal(number)
        return Term(self.operations.value(exact, NUMBER), NUMBER, Size.of(exact), exact)

    def _where_known(self, value: Term[E], items: Sequence[Term[E]]) -> Term[E]:
        unknown = self.operations.either([self.operations.is_null(item.code) for item in items])
        code = self.operations.choose([(unknown, self.operations.value(None, value.type))], value.code)
        return Term(code, value.type, value.size)

    def _extreme(self, name: str, items: Sequence[Term[E]]) -> Term[E]:
        best = items[0]
        for item in items[1:]:
            better = self.operations.share(self.compared("<" if name == "min" else ">", item, best), f"{name} is new")
            worse = self.operations.negate(better)
            unknown = self.operations.value(None, best.type)
            code = self.operations.choose([(better, item.code), (worse, best.code)], unknown)
            size = best.size.or_other(item.size) if best.size and item.size else None
            best = Term(self.operations.share(code, name), best.type, size)
        return best

    def _sum(self, items: Sequence[Term[E]]) -> Term[E]:
        if items[0].type != NUMBER:
            total = items[0]
            for item in items[1:]:
                total = in_time("+", total, item, self.operations)
            return total
        sizes = [item.size for item in items if item.size is not None]
        if self.dmn or len(sizes) < len(items):
            total = items[0]
            for item in items[1:]:
                total = arithmetic("+", total, item, self.operations, self.dmn)
            return total
        digits = max(size.digits for size in sizes) + len(str(len(items)))
        size = Size(digits, max(size.decimals for size in sizes))
        total = self.operations.share(self.operations.total([item.code for item in items], size), "sum")
        return Term(total, NUMBER, fitting(size))

    def _mean(self, items: Sequence[Term[E]]) -> Term[E]:
        digits = max((item.size.digits for item in items if item.size is not None), default=DIGITS)
        if self.dmn or digits + len(str(len(items))) <= DIGITS:
            return arithmetic("/", self._sum(items), self._number(len(items)), self.operations, self.dmn)
        return self._python("mean", items, NUMBER)

    def _of_values(self, name: str, function: Function, arguments: Sequence[Term[E]]) -> Term[E]:
        if any(argument.type == ANY for argument in arguments):
            return Term(self.operations.value(None, BOOLEAN), ANY)
        type = Type(function.gives) if function.gives else replace(arguments[0].type, is_list=False)
        exact = [replace(each, code=as_exact(each, self.operations), size=each.size or Size()) for each in arguments]
        native = self.operations.native(name, exact)
        if native is not None:
            return Term(self.operations.share(native, name), type, Size() if type == NUMBER else None)
        return self._python(name, exact, type)

    def _python(self, name: str, arguments: Sequence[Term[E]], type: Type) -> Term[E]:
        function = FUNCTIONS[name]

        def run(values: Sequence[Any]) -> object:
            if function.takes == ("list",) and len(values) == 1 and isinstance(values[0], tuple):
                return function.run(cast("tuple[Any, ...]", values[0]), self.dmn)
            return function.run(values, self.dmn)

        code = self.operations.python(name, run, arguments, type)
        return Term(self.operations.share(code, name), type, Size() if type == NUMBER else None)


def as_exact(number: Term[E], operations: Operations[E]) -> E:
    """A value as an exact number, where it is a number."""
    if number.type == NUMBER and number.size is None:
        raise CannotExecuteError(operations.name, "a function of a number that is no exact decimal.", "")
    return number.code
