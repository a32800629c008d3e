"""Cells, expressions and values in words, for the reading view and for questions: “tuinbouw of maritiem”."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import cast

from hanze.policy.cells import (
    Alternatives,
    Anything,
    Cell,
    Comparison,
    Interval,
    Literal,
    Membership,
    Negation,
    Operator,
    Ordered,
    Related,
    RelatedInterval,
    Scalar,
    Test,
    Value,
)
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
    Name,
    Negative,
    Not,
)
from hanze.policy.framework import Fact, Framework, Text
from hanze.policy.wording import (
    NOTHING,
    ORDER,
    ORDER_IN_TIME,
    UNKNOWN,
    enumerated,
    filled,
    joined,
    value_in_words,
)

ANY_VALUE = Text("maakt niet uit", "any value")
_AND, _OR = Text(" en ", " and "), Text(" of ", " or ")

_ARITHMETIC = {
    "+": Text("{} plus {}", "{} plus {}"),
    "-": Text("{} min {}", "{} minus {}"),
    "*": Text("{} keer {}", "{} times {}"),
    "/": Text("{} gedeeld door {}", "{} divided by {}"),
    "**": Text("{} tot de macht {}", "{} to the power {}"),
}
_FIELDS = {
    "year": Text("het jaar van {}", "the year of {}"),
    "month": Text("de maand van {}", "the month of {}"),
    "day": Text("de dag van de maand van {}", "the day of the month of {}"),
    "weekday": Text("de dag van de week van {} (1 is maandag)", "the day of the week of {} (1 is Monday)"),
    "hour": Text("het uur van {}", "the hour of {}"),
    "minute": Text("de minuut van {}", "the minute of {}"),
    "second": Text("de seconde van {}", "the second of {}"),
    "years": Text("de hele jaren van {}", "the whole years of {}"),
    "months": Text("de maanden van {}", "the months of {}"),
    "days": Text("de hele dagen van {}", "the whole days of {}"),
    "hours": Text("de uren van {}", "the hours of {}"),
    "minutes": Text("de minuten van {}", "the minutes of {}"),
    "seconds": Text("de seconden van {}", "the seconds of {}"),
}
_FUNCTIONS = {
    "abs": Text("{} zonder minteken", "{} without its sign"),
    "floor": Text("{} naar beneden afgerond", "{} rounded down"),
    "ceiling": Text("{} naar boven afgerond", "{} rounded up"),
    "decimal": Text("{} afgerond op {} decimalen", "{} rounded to {} decimals"),
    "modulo": Text("wat overblijft van {} na delen door {}", "what is left of {} after dividing by {}"),
    "list contains": Text("{} bevat {}", "{} contains {}"),
    "contains": Text("in {} staat {}", "{} contains {}"),
    "starts with": Text("{} begint met {}", "{} begins with {}"),
    "ends with": Text("{} eindigt op {}", "{} ends with {}"),
    "string length": Text("het aantal tekens van {}", "the number of characters of {}"),
    "upper case": Text("{} in hoofdletters", "{} in capitals"),
    "lower case": Text("{} in kleine letters", "{} in small letters"),
    "date": Text("de dag van {}", "the day of {}"),
    "years and months duration": Text("de hele maanden van {} tot {}", "the whole months from {} to {}"),
}
_OF_LISTS = {
    "sum": Text("de som van {}", "the sum of {}"),
    "mean": Text("het gemiddelde van {}", "the mean of {}"),
    "min": Text("het kleinste van {}", "the least of {}"),
    "max": Text("het grootste van {}", "the greatest of {}"),
    "count": Text("het aantal van {}", "the number of {}"),
    "all": Text("elk van {} is waar", "each of {} is true"),
    "any": Text("een van {} is waar", "one of {} is true"),
}


def describe(cell: Cell, fact: Fact, framework: Framework, language: str) -> str:
    """What a cell asks of its fact, in words of this language (`nl` or `en`)."""
    return _test(cell.tree, fact, framework).in_language(language)


def describe_expression(expression: Expression, framework: Framework, language: str) -> str:
    """An expression in words of this language; facts, derived facts and parameters are named by their labels."""
    return _expression(expression, framework).in_language(language)


def describe_value(value: Value | None, fact: Fact) -> Text:
    """A value of a fact in words; None is unknown."""
    if value is None:
        return UNKNOWN
    if isinstance(value, tuple):
        return enumerated([describe_value(each, fact) for each in value], _AND) if value else NOTHING
    if isinstance(value, str):
        labels = {choice.code: choice.label for choice in fact.choices}
        return labels.get(value, Text(value, value))
    return value_in_words(value)


def describe_range(
    low: Ordered | None, low_included: bool, high: Ordered | None, high_included: bool, fact: Fact
) -> Text:
    """A range of values in words; None is a range without that end."""
    if low is not None and low == high:
        return describe_value(low, fact)
    if fact.whole:
        low, low_included = _whole_bound(low, low_included, +1)
        high, high_included = _whole_bound(high, high_included, -1)
        if low is not None and low == high:
            return describe_value(low, fact)
    parts: list[Text] = []
    if low is not None:
        parts.append(_compared(">=" if low_included else ">", low, fact))
    if high is not None:
        parts.append(_compared("<=" if high_included else "<", high, fact))
    return joined(parts, _AND) if parts else ANY_VALUE


def _whole_bound(bound: Ordered | None, included: bool, step: int) -> tuple[Ordered | None, bool]:
    if isinstance(bound, Decimal) and not included and bound == bound.to_integral_value():
        return bound + step, True
    return bound, included


def _test(test: Test, fact: Fact, framework: Framework) -> Text:
    match test:
        case Anything():
            return ANY_VALUE
        case Literal(value=value):
            return describe_value(value, fact)
        case Comparison(operator=operator, value=bound):
            return _compared(operator, bound, fact)
        case Interval():
            return describe_range(test.low, test.low_included, test.high, test.high_included, fact)
        case Membership(list_id=list_id):
            title = framework.named_list(list_id).title
            return Text(f"op de lijst “{title.nl}”", f"on the list “{title.en}”")
        case Related(operator=operator, expression=expression):
            return _related(operator, _operand(expression, framework), fact)
        case RelatedInterval(low=low, high=high):
            least = _related(">=" if test.low_included else ">", _operand(low, framework), fact)
            most = _related("<=" if test.high_included else "<", _operand(high, framework), fact)
            return joined([least, most], _AND)
        case Alternatives(tests=tests):
            return enumerated([_test(each, fact, framework) for each in tests], _OR)
        case Negation(test=inner):
            return filled(Text("niet {}", "not {}"), _test(inner, fact, framework))


def _compared(operator: Operator, bound: Ordered, fact: Fact) -> Text:
    words = ORDER_IN_TIME if isinstance(bound, date) else ORDER
    return filled(words[operator], describe_value(bound, fact))


def _related(operator: str, other: Text, fact: Fact) -> Text:
    if operator == "=":
        return filled(Text("gelijk aan {}", "equal to {}"), other)
    words = ORDER_IN_TIME if fact.type in ("date", "date-time") else ORDER
    return filled(words[cast(Operator, operator)], other)


def _expression(expression: Expression, framework: Framework) -> Text:
    match expression:
        case Constant(value=value):
            return _constant(value)
        case Name(name=name):
            return _label(name, framework)
        case Negative(operand=operand):
            return filled(Text("min {}", "minus {}"), _operand(operand, framework))
        case Field(base=base, name=name):
            return filled(_FIELDS[name], _operand(base, framework))
        case Arithmetic(operator=operator, left=left, right=right):
            return filled(_ARITHMETIC[operator], _operand(left, framework), _operand(right, framework))
        case Compare():
            return _comparison(expression, framework)
        case Logical(operator=operator, operands=operands):
            texts = [_operand(each, framework) for each in operands]
            return joined(texts, _AND if operator == "and" else _OR)
        case Not(operand=operand):
            return filled(Text("niet {}", "not {}"), _operand(operand, framework))
        case Matches():
            return _matched(expression, framework)
        case Items(items=items):
            return enumerated([_expression(each, framework) for each in items], _AND)
        case Call():
            return _call(expression, framework)


def _matched(matches: Matches, framework: Framework) -> Text:
    value, test = matches.value, matches.test
    if isinstance(test, Literal) and isinstance(test.value, bool) and not isinstance(value, Name | Field):
        return _claim(value, test.value, framework)
    asked = _test(test, _fact_of(value, framework), framework)
    return filled(Text("{} is {}", "{} is {}"), _operand(value, framework), asked)


def _claim(expression: Expression, wanted: bool, framework: Framework) -> Text:
    """That something which is yes or no itself is so, or is not so."""
    if wanted:
        return _expression(expression, framework)
    return filled(Text("niet {}", "not {}"), filled(Text("({})", "({})"), _expression(expression, framework)))


def _operand(expression: Expression, framework: Framework) -> Text:
    """A part of an expression, between parentheses when it has parts itself."""
    text = _expression(expression, framework)
    is_whole = isinstance(expression, Constant | Name | Call | Items | Field)
    return text if is_whole else filled(Text("({})", "({})"), text)


def _constant(value: Scalar | None) -> Text:
    if value is None:
        return UNKNOWN
    return Text(f"“{value}”", f"“{value}”") if isinstance(value, str) else value_in_words(value)


def _label(name: str, framework: Framework) -> Text:
    labels = {each.id: each.label for each in (*framework.facts, *framework.derived, *framework.parameters)}
    return filled(Text("“{}”", "“{}”"), labels.get(name, Text(name, name)))


def _fact_of(expression: Expression, framework: Framework) -> Fact:
    """The fact whose labels name the values that an expression is compared with."""
    if isinstance(expression, Name):
        known = {each.id: each for each in (*framework.facts, *(each.as_fact for each in framework.derived))}
        if expression.name in known:
            return known[expression.name]
    return Fact("", Text("", ""), "text", (), None, None, None, False, None)


def _comparison(compare: Compare, framework: Framework) -> Text:
    left, right, operator = compare.left, compare.right, compare.operator
    if isinstance(right, Constant) and isinstance(right.value, bool) and not isinstance(left, Name | Field):
        return _claim(left, right.value == (operator == "="), framework)
    fact = _fact_of(left, framework)
    other = _operand(right, framework)
    if isinstance(right, Constant) and isinstance(right.value, str | bool):
        other = describe_value(right.value, fact)
    subject = _operand(left, framework)
    if operator in ("=", "!="):
        return filled(
            Text("{} is {}", "{} is {}") if operator == "=" else Text("{} is niet {}", "{} is not {}"), subject, other
        )
    in_time = fact.type in ("date", "date-time") or (isinstance(right, Constant) and isinstance(right.value, date))
    words = filled((ORDER_IN_TIME if in_time else ORDER)[operator], other)
    return filled(Text("{} is {}", "{} is {}"), subject, words)


def _call(call: Call, framework: Framework) -> Text:
    arguments = [_expression(each, framework) for each in call.arguments]
    if call.function == "list contains" and isinstance(call.arguments[1], Constant):
        fact, item = _fact_of(call.arguments[0], framework), call.arguments[1].value
        if isinstance(item, str) and any(choice.code == item for choice in fact.choices):
            arguments[1] = describe_value(item, fact)
    if call.function in _OF_LISTS:
        return filled(_OF_LISTS[call.function], enumerated(arguments, _AND))
    if call.function == "substring":
        start = Text("het deel van {} vanaf teken {}", "the part of {} from character {}")
        length = Text("{2} tekens van {0} vanaf teken {1}", "{2} characters of {0} from character {1}")
        return filled(start if len(arguments) == 2 else length, *arguments)
    return filled(_FUNCTIONS[call.function], *arguments)
