"""From the text of an expression to its syntax tree: precedence climbing over S-FEEL.

`docs/grammar.md` is the grammar. Names with spaces are found by the longest match with the names of the scope. What is
not in the grammar is refused with a place and a sentence that says what to write instead.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import NoReturn, cast

from hanze.policy.constants import (
    EXAMPLES,
    read_date,
    read_date_time,
    read_duration,
    read_literal,
    read_number,
    read_time,
)
from hanze.policy.expressions import (
    Arithmetic,
    ArithmeticOperator,
    Call,
    Compare,
    ComparisonOperator,
    Constant,
    Expression,
    Field,
    Items,
    Logical,
    Matches,
    Name,
    Negative,
    Not,
    Scalar,
    Span,
)
from hanze.policy.functions import FUNCTIONS
from hanze.policy.suggesting import suggest
from hanze.policy.tokens import CellError, Scope, Token, by_first_word, shown, unquoted
from hanze.policy.unary_tests import UnaryTests

LONGEST_EXPRESSION = 10_000
DEEPEST = 60
"""How deep an expression may be nested; a chain of operators counts one for each."""

PROPERTIES = (
    *("year", "month", "day", "weekday", "hour", "minute", "second"),
    *("years", "months", "days", "hours", "minutes", "seconds"),
)
RESERVED = frozenset(("and", "or", "not", "in", "between", "true", "false", "null", "unknown", "in_list"))

_CALLABLE = by_first_word([*FUNCTIONS, "date", "time", "date and time", "duration"])
_LITERALS: dict[str, Callable[[str, Span, bool], Scalar]] = {
    "date": lambda text, span, dmn: read_date(text, span),
    "time": lambda text, span, dmn: read_time(text, span),
    "date and time": read_date_time,
    "duration": lambda text, span, dmn: read_duration(text, span),
}
_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_BINARY = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 3}
_FOREIGN = {
    "if": "Write a table with a row for each case.",
    "for": "Give each value a fact or a row of its own.",
    "some": "Write any([…]) or a list fact.",
    "every": "Write all([…]) or a list fact.",
    "function": "Write a derived fact instead.",
    "instance": "Types are known when the file is read.",
    "today": "Declare a date fact and compare with it, so that the case says which day it is.",
    "now": "Declare a date-time fact and compare with it, so that the case says which moment it is.",
}


def parse_expression(text: str, scope: Scope, dmn: bool = False) -> Expression:
    """Read an expression in which these names may be used; raises CellError. Its types are not looked at yet."""
    if len(text) > LONGEST_EXPRESSION:
        span = Span(LONGEST_EXPRESSION, len(text))
        message = f"The expression is longer than {LONGEST_EXPRESSION} characters."
        raise CellError(message, "Divide it into derived facts.", span)
    return ExpressionParser(text, scope, dmn).whole()


class ExpressionParser(UnaryTests):
    """Reads expressions, and the tests that stand after `in` or in the cell of a number, a date or a duration."""

    def __init__(self, text: str, scope: Scope, dmn: bool) -> None:
        super().__init__(text, dmn)
        self.scope = scope

    def whole(self) -> Expression:
        if self.token.kind == "end":
            raise CellError("The expression is empty.", "Write what it is, such as: budget / visitors", self.token.span)
        expression = self.expression()
        self.end("Write an operator between two values: a + b, a and b.")
        return expression

    def end(self, hint: str) -> None:
        rest = self.token
        if rest.kind != "end":
            if rest.text in ("?", "{"):
                hint = "Contexts and filters are not in this language: write a derived fact."
            raise CellError(f"{shown(rest)} stands after the end of the expression.", hint, rest.span)

    def _deeper(self, levels: int = 1) -> None:
        self.depth += levels
        if self.depth > DEEPEST:
            hint = "Divide it into derived facts, each with a name that says what it is."
            raise CellError("This is nested too deep.", hint, self.token.span)

    def expression(self) -> Expression:
        """`a or b or c`"""
        self._deeper()
        start = self.token.span.start
        operands = [self._conjunction()]
        while self.take_word("or"):
            operands.append(self._conjunction())
        self.depth -= 1
        return operands[0] if len(operands) == 1 else Logical("or", tuple(operands), self.since(start))

    def _conjunction(self) -> Expression:
        start = self.token.span.start
        operands = [self._comparison()]
        while self.take_word("and"):
            operands.append(self._comparison())
        return operands[0] if len(operands) == 1 else Logical("and", tuple(operands), self.since(start))

    def _comparison(self) -> Expression:
        start = self.token.span.start
        left = self.sum()
        if self.stands(*_COMPARISONS):
            operator = cast(ComparisonOperator, self.next().text)
            compared = Compare(operator, left, self.sum(), self.since(start))
            if self.stands(*_COMPARISONS):
                hint = "Write a < b and b < c, or b in (a..c)."
                raise CellError("Two comparisons stand in a row.", hint, self.token.span)
            return compared
        if self.take_word("between"):
            return self._between(left, start)
        if self.take_word("in"):
            return Matches(left, self.tests_after_in(), self.since(start))
        if self.token.text == "in_list":
            return Matches(left, self.membership(), self.since(start))
        return left

    def _between(self, value: Expression, start: int) -> Matches:
        low_start = self.token.span.start
        low = self.sum()
        if not self.take_word("and"):
            raise CellError(
                f"Here “and” is expected, not {shown(self.token)}.", "Write x between 1 and 5.", self.token.span
            )
        high = self.sum()
        test = self.interval_of(low, True, high, True, self.since(low_start))
        return Matches(value, test, self.since(start))

    def sum(self, least: int = 1) -> Expression:
        """`a + b * c ** d`, with at least this precedence; operators of one precedence go from left to right."""
        start = self.token.span.start
        left = self._signed()
        chain = 0
        while self.token.kind == "sign" and _BINARY.get(self.token.text, 0) >= least:
            operator = cast(ArithmeticOperator, self.next().text)
            right = self.sum(_BINARY[operator] + 1)
            left = Arithmetic(operator, left, right, self.since(start))
            self._deeper()
            chain += 1
        self.depth -= chain
        return left

    def _signed(self) -> Expression:
        start = self.token.span.start
        if not self.take("-"):
            return self._path()
        self._deeper()
        operand = self._signed()
        self.depth -= 1
        if isinstance(operand, Constant) and isinstance(operand.value, Decimal):
            return Constant(-operand.value if operand.value else operand.value, self.since(start))
        return Negative(operand, self.since(start))

    def _path(self) -> Expression:
        start = self.token.span.start
        value = self._primary()
        while self.stands("."):
            self.next()
            self._deeper()
            value = Field(value, self._field_name(), self.since(start))
        return value

    def _field_name(self) -> str:
        if found := self.longest(self.scope.field_words):
            self.at += found[1]
            return found[0]
        token = self.next()
        if token.kind != "word":
            raise CellError(f"After a point stands {shown(token)}.", "Write a name: starts_on.year.", token.span)
        if not self.dmn and token.text not in PROPERTIES:
            raise CellError(
                f"There is nothing called “{token.text}” in a value.", suggest(token.text, PROPERTIES), token.span
            )
        return token.text

    def _primary(self) -> Expression:
        token = self.token
        name, call = self.longest(self.scope.name_words), self._function()
        if call is not None and (name is None or call[1] >= name[1]):
            return self._call(*call)
        if name is not None:
            self.at += name[1]
            return Name(name[0], self.since(token.span.start))
        self.next()
        match token.kind:
            case "number":
                return self._number(token)
            case "text":
                return Constant(unquoted(token), token.span)
            case "date":
                return Constant(read_date(token.text, token.span), token.span)
            case "word":
                return self._word(token)
            case _:
                return self._opened(token)

    def _number(self, token: Token) -> Constant:
        if self.token.kind == "word" and not self.token.spaced:
            self.at -= 1
            token = self.run()
        return Constant(read_number(token.text, token.span, self.dmn), token.span)

    def _opened(self, token: Token) -> Expression:
        if token.text == "(":
            inner = self.expression()
            self.expect(")", "Close the parenthesis.")
            return inner
        if token.text == "[":
            return self.items(token)
        if token.text == "@" and self.token.kind == "text":
            quoted = self.next()
            value = read_literal(unquoted(quoted), quoted.span)
            return self._allowed(Constant(value, self.since(token.span.start)))
        hint = "Write a number, a name, a text between double quotes, or an expression between parentheses."
        raise CellError(f"Here a value is expected, not {shown(token)}.", hint, token.span)

    def items(self, opening: Token) -> Items:
        items: list[Expression] = []
        if not self.take("]"):
            items.append(self.expression())
            while self.take(","):
                items.append(self.expression())
            self.expect("]", "Close the list with ]: [1, 2, 3].")
        return Items(tuple(items), self.since(opening.span.start))

    def _word(self, token: Token) -> Expression:
        if token.text == "not" and self.stands("("):
            self.next()
            inner = self.expression()
            self.expect(")", "Close not( with a parenthesis: not(a or b).")
            return Not(inner, self.since(token.span.start))
        if token.text in ("true", "false"):
            return Constant(token.text == "true", token.span)
        if token.text == "null" and self.dmn:
            return Constant(None, token.span)
        self.refuse_word(token)

    def refuse_word(self, token: Token) -> NoReturn:
        """Say why a word means nothing here."""
        if token.text in ("null", "unknown"):
            hint = (
                "Leave it out: what rests on an unknown fact is itself unknown, "
                "so that a missing fact can never count as harmless."
            )
            raise CellError(f"A rule cannot test for {token.text}.", hint, token.span)
        if token.text in _FOREIGN:
            raise CellError(f"“{token.text}” is not in this language.", _FOREIGN[token.text], token.span)
        if self.stands("("):
            known = sorted({*FUNCTIONS, *self.scope.functions, *_LITERALS})
            raise CellError(f"There is no function “{token.text}”.", suggest(token.text, known), token.span)
        if token.text in RESERVED:
            raise CellError(f"Here a value is expected, not “{token.text}”.", "Write a name or a number.", token.span)
        self.at -= 1
        start = self.token.span.start
        while self.token.kind == "word" and self.token.text not in RESERVED:
            self.run()
        phrase = self.text[start : self.since(start).end]
        names = sorted(self.scope.names)
        hint = suggest(phrase, names) if names else "Write a number, or a text between double quotes."
        raise CellError(f"There is nothing called “{phrase}”.", hint, self.since(start))

    def _function(self) -> tuple[str, int] | None:
        for names in (self.scope.function_words, _CALLABLE):
            found = self.longest(names)
            if found and self.ahead(found[1]).text == "(":
                return found
        return None

    def _call(self, function: str, words: int) -> Expression:
        start = self.token.span.start
        self.at += words + 1
        arguments: list[Expression] = []
        names: list[str] = []
        while not self.take(")"):
            if arguments:
                self.expect(",", "Put a comma between arguments, and close with a parenthesis.")
            if name := self._argument_name(function):
                names.append(name)
            arguments.append(self.expression())
        call = Call(function, tuple(arguments), tuple(names), self.since(start))
        if names and len(names) != len(arguments):
            raise CellError("Some arguments have a name and some have none.", "Name all of them or none.", call.span)
        self._check_arguments(call)
        return self._constant_call(call)

    def _argument_name(self, function: str) -> str | None:
        length = 0
        while self.ahead(length).kind == "word":
            length += 1
        if not length or self.ahead(length).text != ":":
            return None
        if function not in self.scope.functions:
            hint = "Give the arguments in their order, without names."
            raise CellError(f"{function} takes no named arguments.", hint, self.token.span)
        start = self.token.span.start
        self.at += length
        name = " ".join(self.text[start : self.tokens[self.at - 1].span.end].split())
        self.next()
        return name

    def _check_arguments(self, call: Call) -> None:
        count = len(call.arguments)
        if call.function in self.scope.functions:
            least = most = self.scope.functions[call.function]
        elif call.function in FUNCTIONS:
            least, most = FUNCTIONS[call.function].least, FUNCTIONS[call.function].most
        else:
            least = most = 1
        if not least <= count <= most:
            expected = str(least) if least == most else f"at least {least}" if most > 99 else f"{least} to {most}"
            hint = (
                f"Write {FUNCTIONS[call.function].example}."
                if call.function in FUNCTIONS
                else "Look at its parameters."
            )
            raise CellError(f"{call.function} takes {expected} arguments, not {count}.", hint, call.span)

    def _constant_call(self, call: Call) -> Expression:
        read = _LITERALS.get(call.function)
        if read is None or call.function in self.scope.functions:
            return call
        argument = call.arguments[0]
        if isinstance(argument, Constant) and isinstance(argument.value, str):
            return self._allowed(Constant(read(argument.value, argument.span, self.dmn), call.span))
        is_day = isinstance(getattr(argument, "value", None), date) and not self.text[argument.span.start].isdigit()
        if call.function == "date" and (is_day or not isinstance(argument, Constant)):
            return call
        kind = {"date and time": "date-time"}.get(call.function, call.function)
        raise CellError(
            f"{call.function}(…) holds no text.",
            f"Write {EXAMPLES[kind]}.".replace("2024-09-11.", 'date("2024-09-11").'),
            argument.span,
        )

    def _allowed(self, constant: Constant) -> Constant:
        """A constant, when this mode has its type."""
        value = constant.value
        zone = getattr(value, "tzinfo", None)
        if not self.dmn and (zone is not None or isinstance(value, time)):
            hint = 'Use days, and days with a time: date and time("2024-09-11T10:00:00").'
            raise CellError("Times of the day alone, and time zones, are not in this language.", hint, constant.span)
        return constant
