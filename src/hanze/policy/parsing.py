"""From the text of a cell to its syntax tree: the unary tests of S-FEEL.

`docs/grammar.md` is the grammar. The type of the fact decides how a word is read: `NO` is a code in a text fact and
“no” in a boolean one, and in the cell of a number or a date a word is a name. Whatever is not in the grammar is refused
with a place and a sentence that says what to write instead.
"""

from __future__ import annotations

from functools import lru_cache

from hanze.policy.cells import Anything, Cell, FactType, Negation, Simple, Test
from hanze.policy.constants import EXAMPLES, parse_value, parse_word
from hanze.policy.decisions import Type
from hanze.policy.expression_parsing import ExpressionParser, parse_expression
from hanze.policy.expressions import Constant, Expression, Span
from hanze.policy.tokens import NOWHERE, CellError, Scope, shown, unquoted
from hanze.policy.typechecking import check_test, fact_type_of, type_of_fact

LONGEST_CELL = 2000

__all__ = [
    "LONGEST_CELL",
    "CellError",
    "Scope",
    "parse_cell",
    "parse_expression",
    "parse_test",
    "parse_value",
]


@lru_cache(maxsize=4096)
def parse_cell(text: str, fact_type: FactType) -> Cell:
    """Read a cell of constants that tests a fact of this type; raises CellError."""
    return parse_test(text, type_of_fact(fact_type), NOWHERE)


def parse_test(text: str, type: Type, scope: Scope, dmn: bool = False) -> Cell:
    """Read a cell that tests a value of this type (each item, for a list); raises CellError.

    It may name what is in the scope; the types of what it compares are checked, except in DMN, where comparing what
    cannot be compared gives null.
    """
    if len(text) > LONGEST_CELL and not dmn:
        span = Span(LONGEST_CELL, len(text))
        raise CellError(f"The cell is longer than {LONGEST_CELL} characters.", "Put the values in a list.", span)
    tree = _CellParser(text, type, scope, dmn).cell()
    if not dmn:
        check_test(tree, type, scope)
    return Cell(text, tree)


class _CellParser(ExpressionParser):
    def __init__(self, text: str, type: Type, scope: Scope, dmn: bool) -> None:
        super().__init__(text, scope, dmn)
        self.type = Type(type.basic, allowed=type.allowed)
        self.fact_type: FactType = fact_type_of(type)
        self.words = not dmn and self.fact_type in ("text", "choice", "boolean")

    def cell(self) -> Test:
        if self.token.kind == "end":
            hint = "Write - (between quotes) for “any value”, or leave the fact out of the rule."
            raise CellError("The cell is empty.", hint, self.token.span)
        test = self._whole()
        rest = self.token
        if rest.kind != "end":
            hint = "Write a comma between alternatives; begin a new fact on a line of its own."
            raise CellError(f"{shown(rest)} stands after the end of the test.", hint, rest.span)
        return test

    def _whole(self) -> Test:
        start = self.token.span.start
        if self.stands("-") and self.ahead(1).kind == "end":
            self.next()
            return Anything(self.since(start))
        if not self.opens_call("not"):
            return self.tests()
        self.next()
        self.next()
        inner = self.tests()
        self.expect(")", "Close not( with a parenthesis: not(horticulture, maritime).")
        return Negation(inner, self.since(start))

    def test(self) -> Simple:
        """One test, of which the sign that it begins with must have a meaning."""
        token = self.token
        ordered = self.stands("<", "<=", ">", ">=") or self.stands("[", "(")
        if self.words and ordered:
            self._refuse_order(self.ahead(1).span)
        if not self.words and self.opens_call("in_list") and not self.dmn:
            raise CellError("Only a text or a choice can stand on a list.", self._instead(), token.span)
        hints = {
            "=": "Leave the = out: a value on its own means “equal to”.",
            "!=": "Write not(...) around the value.",
            "]": "Write ( for a bound that is not included: (1..5].",
        }
        if token.kind == "sign" and token.text in hints and not self.dmn:
            raise CellError(f"A test cannot begin with “{token.text}”.", hints[token.text], token.span)
        nothing_follows = self.ahead(1).kind == "end" or self.ahead(1).text in (",", ")")
        if self.stands("-") and (nothing_follows or self.words):
            hint = "“-” means any value and stands alone in its cell."
            raise CellError("A test cannot begin with “-”.", hint, token.span)
        return super().test()

    def _refuse_order(self, span: Span) -> None:
        raise CellError("Only numbers, dates and durations have an order.", self._instead(), span)

    def _instead(self) -> str:
        return f"This fact is a {self.fact_type}: write {EXAMPLES[self.fact_type]}."

    def bound(self) -> Expression:
        """A value: in the cell of a text, a choice or a boolean one word or a text between quotes."""
        token = self.token
        if token.kind == "end" or (token.kind == "sign" and (self.words or token.text in (",", ")", "]", ".."))):
            raise CellError(
                f"Here a value is expected, not {shown(token)}.", f"Write {EXAMPLES[self.fact_type]}.", token.span
            )
        if not self.words:
            return self._expression()
        if token.kind == "text" and self.fact_type != "boolean":
            return Constant(unquoted(self.next()), token.span)
        word = self.run()
        self._refuse_unknown(word.text, word.span)
        return Constant(parse_word(word.text, self.fact_type, word.span), word.span)

    def _expression(self) -> Expression:
        """An expression; a word that is no name is refused in the words of the type of the fact."""
        token = self.token
        is_word = token.kind == "word" and not self.dmn and self.longest(self.scope.name_words) is None
        if is_word and not (self._function() or token.text in ("not", "true", "false")):
            self._refuse_word()
        value = self.sum()
        if isinstance(value, Constant) and not self.dmn:
            check_test(self.equals(value), self.type, self.scope)
        return value

    def _refuse_word(self) -> None:
        word = self.run()
        self._refuse_unknown(word.text, word.span)
        known = [name for name, type in self.scope.names.items() if type.basic == self.type.basic]
        names = f", or one of: {', '.join(known)}" if known else ""
        kind = {"date": "a date", "number": "a number", "duration": "a duration"}.get(self.fact_type, "a day and time")
        raise CellError(f"“{word.text}” is not {kind}.", f"Write {EXAMPLES[self.fact_type]}{names}.", word.span)

    def _refuse_unknown(self, text: str, span: Span) -> None:
        if text in ("null", "unknown"):
            hint = (
                "Leave the fact out of this rule: a rule on an unknown fact is itself unknown, "
                "so that a missing fact can never count as harmless."
            )
            raise CellError(f"A rule cannot test for {text}.", hint, span)
