"""From a syntax tree to the code of a backend: one walk, whatever the backend.

In framework mode every operation on an unknown value is unknown (Kleene), and numbers are exact decimals. In DMN mode
the standard's own rules for null hold, and `/`, `**` and numbers that grow too long are float64.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Generic, Protocol, TypeVar

from hanze.policy.cells import (
    Alternatives,
    Anything,
    Comparison,
    Interval,
    Literal,
    Membership,
    Negation,
    Related,
    RelatedInterval,
    Test,
)
from hanze.policy.decisions import Type
from hanze.policy.executing.functions import Functions
from hanze.policy.executing.numbers import arithmetic, as_float
from hanze.policy.executing.operations import (
    ANY,
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAYS,
    MONTHS,
    NUMBER,
    TEXT,
    TIME,
    CannotExecuteError,
    Lowered,
    Operations,
    Record,
    Size,
    Term,
)
from hanze.policy.executing.temporal import in_time, negative
from hanze.policy.expressions import (
    Arithmetic,
    Call,
    Compare,
    ComparisonOperator,
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
)
from hanze.policy.functions import FUNCTIONS

E = TypeVar("E")
PART = Size(10, 0)
"""How large a part of a day or a duration can be: a duration has less than 10 ** 10 days."""


def type_of(value: Scalar | None) -> Type:
    """The type of a constant."""
    match value:
        case None:
            return ANY
        case bool():
            return BOOLEAN
        case Decimal():
            return NUMBER
        case str():
            return TEXT
        case datetime():
            return DATE_TIME
        case date():
            return DATE
        case time():
            return TIME
        case timedelta():
            return DAYS
        case Months():
            return MONTHS


def column_term(code: E, type: Type) -> Term[E]:
    """A column of this type; its numbers can be as large as numbers are."""
    return Term(code, Type(type.basic, type.is_list), Size() if type.basic == "number" else None)


class Callee(Protocol[E]):
    """A function of a decision model, called with its arguments in order or by name."""

    def __call__(self, arguments: Sequence[Lowered[E]], names: Sequence[str]) -> Lowered[E]: ...


@dataclass(frozen=True)
class Lowering(Generic[E]):
    """Says trees in one backend. `lists` gives the codes of each named list, `callees` the functions of a model."""

    operations: Operations[E]
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    dmn: bool = False
    callees: Mapping[str, Callee[E]] = field(default_factory=dict[str, "Callee[E]"])

    @property
    def functions(self) -> Functions[E]:
        """The functions of the language."""
        return Functions(self.operations, self.dmn, self.compared)

    def constant(self, value: Scalar | None, type: Type | None = None) -> Term[E]:
        """One value; null takes the type that is asked for."""
        size = Size.of(value) if isinstance(value, Decimal) else None
        own = type if value is None and type is not None else type_of(value)
        if value is None and own == NUMBER:
            size = Size(0, 0)
        return Term(self.operations.value(value, own), own, size, value)

    def expression(self, tree: Expression, scope: Mapping[str, Lowered[E]]) -> Lowered[E]:
        """The value of an expression; `scope` gives the value of each name."""
        match tree:
            case Constant(value=value):
                return self.constant(value)
            case Name(name=name):
                return scope[name]
            case Field(base=base, name=name):
                return self._field(self.expression(base, scope), name)
            case Negative(operand=operand):
                return self._negative(self.term(operand, scope))
            case Arithmetic():
                return self._arithmetic(tree, scope)
            case Compare(operator=operator, left=left, right=right):
                return self._truth(self.compared(operator, self.term(left, scope), self.term(right, scope)))
            case Logical(operator=operator, operands=operands):
                conditions = [self.condition(each, scope) for each in operands]
                both = operator == "and"
                return self._truth(self.operations.both(conditions) if both else self.operations.either(conditions))
            case Not(operand=operand):
                return self._truth(self.operations.negate(self.condition(operand, scope)))
            case Matches(value=value, test=test):
                return self._truth(self.passes(test, self.term(value, scope), scope))
            case Items(items=items):
                return self._items([self.term(each, scope) for each in items])
            case Call():
                return self._call(tree, scope)

    def as_structure(self, record: Record[E]) -> Term[E]:
        """A context as one value."""
        fields = {
            name: each if isinstance(each, Term) else self.as_structure(each) for name, each in record.fields.items()
        }
        type = Type("context", fields={name: each.type for name, each in fields.items()})
        code = self.operations.structure({name: each.code for name, each in fields.items()})
        if record.present is not None:
            code = self.operations.choose([(record.present, code)], self.operations.value(None, type))
        return Term(code, type)

    def term(self, tree: Expression, scope: Mapping[str, Lowered[E]]) -> Term[E]:
        """The value of an expression that is no context."""
        value = self.expression(tree, scope)
        return value if isinstance(value, Term) else self.as_structure(value)

    def condition(self, tree: Expression, scope: Mapping[str, Lowered[E]]) -> E:
        """The value of a boolean expression."""
        value = self.term(tree, scope)
        return value.code if value.type == BOOLEAN else self.operations.value(None, BOOLEAN)

    def passes(self, test: Test, value: Term[E], scope: Mapping[str, Lowered[E]]) -> E:
        """Whether a value passes the test of a cell; a list passes when an item does, and `not` when none does."""
        match test:
            case Anything():
                return self.operations.value(True, BOOLEAN)
            case Negation(test=inner):
                return self.operations.negate(self.passes(inner, value, scope))
            case _ if value.type.is_list and not self.dmn:
                return self.operations.some_item(value, lambda item: self.passes(test, item, scope))
            case Literal(value=expected):
                return self._equals(value, [expected])
            case Comparison(operator=operator, value=bound):
                return self.compared(operator, value, self.constant(bound))
            case Interval():
                return self._between(test, value, self.constant(test.low), self.constant(test.high))
            case Membership(list_id=list_id):
                return self.operations.among(value.code, sorted(self.lists[list_id]), value.type)
            case Related(operator=operator, expression=expression):
                return self._related(operator, value, expression, scope)
            case RelatedInterval():
                return self._between(test, value, self.term(test.low, scope), self.term(test.high, scope))
            case Alternatives(tests=tests):
                if all(isinstance(each, Literal) for each in tests):
                    expected = [each.value for each in tests if isinstance(each, Literal)]
                    return self._equals(value, expected)
                return self.operations.either([self.passes(each, value, scope) for each in tests])

    def _related(
        self, operator: ComparisonOperator, value: Term[E], expression: Expression, scope: Mapping[str, Lowered[E]]
    ) -> E:
        """In DMN a value passes a list when it is one of its items."""
        if self.dmn and operator == "=" and isinstance(expression, Items) and not value.type.is_list:
            return self.operations.either(
                [self.compared("=", value, self.term(each, scope)) for each in expression.items]
            )
        other = self.term(expression, scope)
        if self.dmn and operator == "=" and other.type.is_list and not value.type.is_list:
            found = self.functions.call("list contains", [other, value])
            return self.operations.is_true(found.code)
        return self.compared(operator, value, other)

    def _between(self, test: Interval | RelatedInterval, value: Term[E], low: Term[E], high: Term[E]) -> E:
        above = self.compared(">=" if test.low_included else ">", value, low)
        below = self.compared("<=" if test.high_included else "<", value, high)
        return self.operations.both([above, below])

    def compared(self, operator: ComparisonOperator, left: Term[E], right: Term[E]) -> E:
        """`left operator right`: unknown when one is unknown or when they are of different kinds.

        In DMN mode `null = null` is true, and null equals nothing else.
        """
        if not self.dmn or operator not in ("=", "!="):
            return self.known_compared(operator, left, right)
        nulls = [self.operations.is_null(each.code) for each in (left, right) if each.constant is None]
        if not nulls:
            return self.known_compared(operator, left, right)
        both = self.operations.both(nulls) if len(nulls) == 2 else self.operations.value(False, BOOLEAN)
        same = both if operator == "=" else self.operations.negate(both)
        known = self.known_compared(operator, left, right)
        return self.operations.choose([(self.operations.either(nulls), same)], known)

    def known_compared(self, operator: ComparisonOperator, left: Term[E], right: Term[E]) -> E:
        """`left operator right`, unknown where one is null, in DMN mode too."""
        if _kind(left.type) != _kind(right.type) or (operator not in ("=", "!=") and left.type == BOOLEAN):
            return self.operations.value(None, BOOLEAN)
        if left.type.is_list or left.type.fields is not None:
            raise CannotExecuteError(self.operations.name, "a comparison of lists.", "Compare their items.")
        if left.type == NUMBER and (left.size is None or right.size is None):
            return self.operations.compare(operator, as_float(left, self.operations), as_float(right, self.operations))
        return self.operations.compare(operator, left.code, right.code)

    def _equals(self, value: Term[E], expected: Sequence[Scalar]) -> E:
        """Whether a value is one of these constants."""
        if self.dmn or value.type == NUMBER:
            return self.operations.either([self.compared("=", value, self.constant(each)) for each in expected])
        return self.operations.among(value.code, expected, value.type)

    def _field(self, base: Lowered[E], name: str) -> Lowered[E]:
        if isinstance(base, Record):
            return base.fields.get(name, self.constant(None))
        if base.type == ANY:
            return self.constant(None)
        return Term(self.operations.part(base, name), NUMBER, PART)

    def _negative(self, operand: Term[E]) -> Term[E]:
        if isinstance(operand.constant, Decimal):
            return self.constant(-operand.constant if operand.constant else operand.constant)
        if operand.type == NUMBER:
            zero = self.constant(Decimal(0))
            negated = arithmetic("-", zero, operand, self.operations, self.dmn)
            return Term(negated.code, NUMBER, operand.size)
        if operand.type in (DAYS, MONTHS):
            return negative(operand, self.operations)
        return self.constant(None, operand.type)

    def _arithmetic(self, tree: Arithmetic, scope: Mapping[str, Lowered[E]]) -> Term[E]:
        left, right = self.term(tree.left, scope), self.term(tree.right, scope)
        types = {left.type, right.type}
        if types == {NUMBER}:
            return arithmetic(tree.operator, left, right, self.operations, self.dmn)
        if types == {TEXT} and tree.operator == "+":
            return Term(self.operations.join([left.code, right.code]), TEXT)
        if ANY in types:  # null, which only DMN has
            return self.constant(None, (types - {ANY} or {NUMBER}).pop())
        return in_time(tree.operator, left, right, self.operations)

    def _items(self, items: Sequence[Term[E]]) -> Term[E]:
        types = {item.type for item in items} - {ANY}
        if len(types) > 1:
            raise CannotExecuteError(self.operations.name, "a list of values of different types.", "")
        type = replace(types.pop() if types else ANY, is_list=True)
        return Term(self.operations.items([item.code for item in items], type), type)

    def _call(self, tree: Call, scope: Mapping[str, Lowered[E]]) -> Lowered[E]:
        if tree.function in self.callees:
            return self.callees[tree.function]([self.expression(each, scope) for each in tree.arguments], tree.names)
        if tree.function not in FUNCTIONS:
            return self.constant(None)
        functions = self.functions
        first = tree.arguments[0] if tree.arguments else None
        if isinstance(first, Items) and len(tree.arguments) == 1:  # all([a, b]) needs no list to be made
            return functions.call(tree.function, [self.term(each, scope) for each in first.items])
        if isinstance(first, Items) and tree.function == "list contains":
            wanted = self.term(tree.arguments[1], scope)
            items = [self.compared("=", self.term(each, scope), wanted) for each in first.items]
            return self._truth(self.operations.either(items))
        return functions.call(tree.function, [self.term(each, scope) for each in tree.arguments])

    def _truth(self, condition: E) -> Term[E]:
        return Term(condition, BOOLEAN)


def _kind(type: Type) -> tuple[str, bool]:
    return type.basic, type.is_list
