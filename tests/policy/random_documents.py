"""Whole frameworks at random, as somebody writes them, in which every part of the language occurs."""

from __future__ import annotations

from pathlib import Path

from hanze.policy import Framework, FrameworkError, read_framework_text
from hanze.policy.cells import unparse_expression
from tests.policy.random_language import Pick, expression

PATH = Path("random.yaml")
_HEAD = (Path(__file__).with_name("language.yaml")).read_text(encoding="utf-8")
_FACTS = """facts:
  amount: {label: &, type: number, ask: &}
  other amount: {label: &, type: number, ask: &}
  people: {label: &, type: number, whole: true, minimum: 0, maximum: 100, ask: &}
  price: {label: &, type: number, minimum: -1000, maximum: 1000, decimals: 2, ask: &}
  public: {label: &, type: boolean, ask: &}
  économie: {label: &, type: boolean, ask: &}
  name: {label: &, type: text, ask: &}
  sector: {label: &, type: choice, ask: &, choices: {water: &, culture: &, high-tech: &}}
  starts on: {label: &, type: date, ask: &}
  ends on: {label: &, type: date, ask: &}
  begins: {label: &, type: date-time, ask: &}
  announced: {label: &, type: date-time, ask: &}
  stay: {label: &, type: duration, ask: &}
  notice: {label: &, type: duration, ask: &}
  amounts: {label: &, type: number, many: true, ask: &}
  sectors: {label: &, type: choice, many: true, ask: &, choices: {water: &, culture: &, high-tech: &}}
lists:
  watched: {title: &, date: 2024-01-15, @, items: {water: &, high-tech: &}}
parameters:
  ceiling:
    label: &
    type: number
    values:
      - {from: 2024-01-01, value: 250, @}
      - {from: 2025-01-01, value: 275.50, @}
  first day: {label: &, type: date, values: [{from: 0001-01-01, value: 2024-06-01, @}]}
"""
_END = """measures:
  briefing: {label: &, description: &, moment: before, line: table-0, @}
otherwise: {advice: take-up, because: &, @}
"""
_PARAMETERS = {"ceiling": "number", "first day": "date"}
_WORDS = {"&": "{nl: x, en: x}", "@": "source: {document: policy, section: '1'}, status: stated"}
_OUTCOMES = ["take-up", "careful", "consult"]
_TYPE_WORDS = {"days-duration": "duration"}
_CELLS = {
    "people": ["0", "> 2", "[1..12)", "not(3)", "< 2 * count(sectors)", "[0..ceiling / 100]", "0, > ceiling"],
    "price": ["12.50", "< 0", "<= ceiling", "not(> amount)"],
    "public": ["yes", "no", "-"],
    "sector": ["water", "in_list(watched)", "not(in_list(watched), culture)"],
    "sectors": ["water", "in_list(watched)", "not(water, culture)"],
    "amounts": ["> 0", "[0..1]", "not(5)", "< people"],
    "starts on": ["< 2024-02-01", ">= first day", "[2024-01-01..ends on]"],
    "begins": ['> date and time("2024-01-31T00:00:00")', "<= announced"],
    "stay": ['> duration("P1D")', "notice", '[duration("P0D")..notice + duration("P1D"))'],
}


def framework(pick: Pick) -> Framework | None:
    """A framework with derived facts of every kind, or None when what was made cannot be a framework."""
    derived = {f"derived {number}": _derived(pick, f"D{number}") for number in range(pick([1, 2, 3]))}
    text = _HEAD[: _HEAD.index("facts:")].replace("starts_on", '"starts on"') + _FACTS + "derived:\n"
    text += "".join(f"  {name}: {body}\n" for name, (_, body) in derived.items()) + _END + "tables:\n"
    booleans = [name for name, (basic, _) in derived.items() if basic == "boolean"]
    for number in range(pick([1, 2])):
        text += _table(pick, number, booleans, list(derived))
    for sign, words in _WORDS.items():
        text = text.replace(sign, words)
    try:
        return read_framework_text(text.encode(), PATH)
    except FrameworkError:
        return None


def _derived(pick: Pick, name: str) -> tuple[str, str]:
    if pick([True, False]):
        return _derived_table(pick, name)
    basic = pick(["number", "number", "boolean", "boolean", "text", "date", "date-time", "days-duration"])
    body = unparse_expression(expression(pick, basic, 2))
    return basic, f"{{label: &, type: {_TYPE_WORDS.get(basic, basic)}, is: {quoted(body)}, @}}"


def _derived_table(pick: Pick, name: str) -> tuple[str, str]:
    hit = pick(["first", "collect", "priority"])
    how = f"hit: {hit}"
    if hit == "collect":
        how += f", aggregation: {pick(['sum', 'count', 'min', 'max'])}"
    if hit == "priority":
        how += ", order: ['2', '1', '0']"
    if pick([True, False]):
        how += ", default: '0'"
    results = ["0", "1", "2"] if hit == "priority" else ["0", "1", "2", "people", "price * 2"]
    rules = ", ".join(
        f"{{id: {name}-{place}, when: {_when(pick)}, then: {quoted(pick(results))}}}"
        for place in range(pick([1, 2, 3]))
    )
    return "number", f"{{label: &, type: number, table: {{{how}, rules: [{rules}]}}, @}}"


def _when(pick: Pick) -> str:
    names = {pick(list(_CELLS)) for _ in range(pick([1, 2]))}
    return "{" + ", ".join(f"{quoted(name)}: {quoted(pick(_CELLS[name]))}" for name in sorted(names)) + "}"


def _table(pick: Pick, number: int, booleans: list[str], derived: list[str]) -> str:
    hit = pick(["collect", "first", "priority", "rule-order", "output-order"])
    lines = [
        f"  - {{id: table-{number}, kind: economic, number: {number + 1}, line: &, text: &, hit: {hit}, @, rules: ["
    ]
    for place in range(pick([1, 2, 3, 4])):
        then = pick([f"advice: {pick(_OUTCOMES)}", "measures: [briefing]", f"advice: {pick(_OUTCOMES)}"])
        where = pick(["", "", f", where: {quoted(unparse_expression(expression(pick, 'boolean', 2)))}"])
        when = pick([_when(pick), _when(pick), *(f"{{{quoted(name)}: {pick(['yes', 'no'])}}}" for name in booleans)])
        lines.append(f"    {{id: R-{number}-{place}, when: {when}{where}, then: {{{then}}}, because: &, @}},")
    return "\n".join(lines) + "]}\n"


def quoted(text: str) -> str:
    """A text as YAML has it between quotes."""
    return "'" + text.replace("'", "''").replace("&", "").replace("@", "") + "'"
