"""The receipt of an advice: everything it rested on, in one JSON object that can be computed again.

`receipt.schema.json` beside this file describes it. A receipt is never edited.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, cast

from hanze.policy.assessing import Advice, FiredRule, Question, assess
from hanze.policy.cells import Value, duration_text, months_text, number_text, unparse_expression
from hanze.policy.computing import Environment
from hanze.policy.deriving import derived_rules, parameter_value
from hanze.policy.expressions import Expression, Months
from hanze.policy.facts import FactError
from hanze.policy.framework import Derived, Fact, Framework, Measure, Outcome, Parameter, Rule, Source, Text
from hanze.policy.hashing import meaning_of, sha256_of
from hanze.policy.parsing import CellError, parse_value

SCHEMA_ID = "urn:hanze:policy-receipt:1"
ENGINE_VERSION = "1.0"

LONGEST_WORDS = 200
UNHASHED = "unhashed"
"""Stands for the hash of the case in a receipt that was made before receipts had one."""

Receipt = dict[str, Any]


def receipt(advice: Advice, at: datetime | None = None, origins: Mapping[str, Text] | None = None) -> Receipt:
    """An advice as JSON-able data, in both languages.

    `at` is when it was computed (a time zone is required); `origins` may say of a fact where its value came from in
    this case (“contact of 20 February”), else the receipt gives its path or says that it was asked.
    Raises ValueError for a time without zone.
    """
    if at is not None and at.tzinfo is None:
        raise ValueError("a receipt needs a time with its zone")
    framework = advice.framework
    facts = [_fact(fact, advice.facts[fact.id], (origins or {}).get(fact.id)) for fact in framework.facts]
    return {
        "schema": SCHEMA_ID,
        "engine": ENGINE_VERSION,
        "at": at.isoformat() if at else None,
        "framework": {
            "id": framework.id,
            "version": framework.version.isoformat(),
            "title": _text(framework.title),
            "content_hash": framework.content_hash,
        },
        "facts": facts,
        "case_hash": _case_hash(framework.content_hash, facts),
        **_followed(advice),
        "outcome": _outcome(advice.outcome),
        "possible": [_outcome(outcome) for outcome in advice.possible],
        "final": advice.final,
        "by_default": _rule(framework, framework.otherwise) if advice.by_default and framework.otherwise else None,
        "decided_by": advice.decided_by,
        "grounds": [{"id": ground, "label": _text(framework.grounds[ground])} for ground in advice.grounds],
        "because": [each.rule.id for each in advice.decisive],
        "fired": [_fired(framework, each) for each in advice.fired],
        "undecided": [_fired(framework, each) for each in advice.undecided],
        "questions": [_question(question) for question in advice.questions],
        "measures": [_measure(measure) for measure in advice.measures],
        "lines": [{"table": line.table.id, "state": line.state} for line in advice.lines],
    }


def receipt_hash(content: Mapping[str, Any]) -> str:
    """The sha256 of a receipt in canonical JSON, without the time at which it was computed."""
    return sha256_of({key: value for key, value in content.items() if key != "at"})


def verify_receipt(content: Mapping[str, Any], framework: Framework) -> list[str]:
    """Compute a receipt again and say, in plain sentences, what differs; an empty list means that it is fine.

    The engine's version may differ as long as it comes to the same advice.
    """
    if content.get("schema") != SCHEMA_ID:
        return [f"This is not a receipt of the form {SCHEMA_ID}."]
    named = content.get("framework")
    expected = {"id": framework.id, "version": framework.version.isoformat(), "content_hash": framework.content_hash}
    if not isinstance(named, Mapping):
        return ["The receipt does not say which framework it used."]
    differences = [
        f"The receipt has framework {key} {cast(Mapping[str, Any], named).get(key)}; this framework has {value}."
        for key, value in expected.items()
        if cast(Mapping[str, Any], named).get(key) != value
    ]
    if differences:
        return differences
    try:
        if content.get("case_hash", UNHASHED) not in (UNHASHED, _case_hash(framework.content_hash, content["facts"])):
            return ["The facts do not fit the hash of the case: a fact was changed after the advice was given."]
        facts, origins = _facts_of(content, framework)
        again = receipt(assess(framework, facts), origins=origins)
    except (FactError, CellError, KeyError, TypeError, AttributeError) as error:
        return [f"The facts of the receipt cannot be read: {error}."]
    keys = sorted({*again, *content} - {"at", "engine", *(() if "case_hash" in content else ("case_hash",))})
    wrong = [key for key in keys if again.get(key) != content.get(key)]
    return [
        f"“{key}” is not what the framework gives for these facts{_instead(content.get(key), again.get(key))}."
        for key in wrong
    ]


def _instead(kept: object, given: object) -> str:
    """What stands in the receipt and what should, where that can be said in a few words."""
    words = [_in_words(kept), _in_words(given)]
    if any(word is None or len(word) > LONGEST_WORDS for word in words) or words[0] == words[1]:
        return ""
    return f": the receipt says {words[0]}, the framework gives {words[1]}"


def _in_words(value: object) -> str | None:
    """A value of a receipt by its ids; None for what has none."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        words = [_in_words(each) for each in cast("list[object]", value)]
        return None if None in words else ", ".join(word for word in words if word) or "nothing"
    if isinstance(value, Mapping):
        named = cast(Mapping[str, object], value)
        found = next((named[key] for key in ("rule", "id", "fact") if isinstance(named.get(key), str)), None)
        return str(found) if found is not None else None
    return None


def _case_hash(content_hash: str, facts: list[dict[str, Any]]) -> str:
    """The sha256 of the framework's content hash with the value of every fact."""
    return sha256_of({"framework": content_hash, "facts": {fact["id"]: fact["value"] for fact in facts}})


def _followed(advice: Advice) -> dict[str, Any]:
    """The parameters and derived facts of a case; nothing for a framework that has none."""
    framework, case = advice.framework, advice.standing.case
    found: dict[str, Any] = {}
    if framework.parameters:
        found["parameters"] = [_parameter(framework, each, advice) for each in framework.parameters]
    if framework.derived:
        found["derived"] = [_derived(framework, each, case.values[each.id], case.within) for each in framework.derived]
    return found


def _parameter(framework: Framework, parameter: Parameter, advice: Advice) -> dict[str, Any]:
    dated = parameter_value(framework, parameter, advice.facts)
    return {
        "id": parameter.id,
        "label": _text(parameter.label),
        "type": parameter.type,
        "value": _value(dated.value) if dated else None,
        "from": dated.start.isoformat() if dated else None,
        "source": _source(framework, dated.source) if dated else None,
        "status": dated.status if dated else None,
    }


def _derived(framework: Framework, derived: Derived, value: Value | None, within: Environment) -> dict[str, Any]:
    return {
        "id": derived.id,
        "label": _text(derived.label),
        "type": derived.type,
        "value": _value(value),
        "is": unparse_expression(derived.logic) if isinstance(derived.logic, Expression) else None,
        "because": _text(derived.because) if derived.because else None,
        "source": _source(framework, derived.source),
        "status": derived.status,
        "rules": [
            {
                "rule": rule.id,
                "because": _text(rule.because) if rule.because else None,
                "source": _source(framework, rule.source),
                "status": rule.status,
            }
            for rule in derived_rules(derived, within)
        ],
    }


def _source(framework: Framework, source: Source) -> dict[str, Any]:
    document = framework.source_document(source.document)
    return {"document": document.id, "title": _text(document.title), "section": _text(source.section)}


def _facts_of(content: Mapping[str, Any], framework: Framework) -> tuple[dict[str, Value | None], dict[str, Text]]:
    values: dict[str, Value | None] = {}
    origins: dict[str, Text] = {}
    for item in content["facts"]:
        fact = framework.fact(item["id"])
        written = item["value"]
        values[fact.id] = (
            tuple(_read(each, fact) for each in written) if fact.many and written else _read(written, fact)
        )
        if "note" in item["origin"]:
            note = item["origin"]["note"]
            origins[fact.id] = Text(note["nl"], note["en"])
    return values, origins


def _read(written: Any, fact: Fact) -> Any:
    if isinstance(written, str) and fact.type in ("number", "date", "date-time", "duration"):
        return parse_value(written, fact.type)
    return written


def _text(text: Text) -> dict[str, str]:
    return {"nl": text.nl, "en": text.en}


def _value(value: Value | None) -> Any:
    match value:
        case Decimal():
            return number_text(value)
        case timedelta():
            return duration_text(value)
        case date() | time():
            return value.isoformat()
        case Months():
            return months_text(value)
        case tuple():
            return [_value(each) for each in value]
        case _:
            return value


def _fact(fact: Fact, value: Value | None, note: Text | None) -> dict[str, Any]:
    origin = {"path": fact.source_path} if fact.source_path else {"asked": True}
    return {
        "id": fact.id,
        "label": _text(fact.label),
        "type": fact.type,
        **({"many": True} if fact.many else {}),
        "value": _value(value),
        "origin": {**origin, **({"note": _text(note)} if note else {})},
    }


def _outcome(outcome: Outcome | None) -> dict[str, Any] | None:
    if outcome is None:
        return None
    return {"id": outcome.id, "kind": outcome.kind, "label": _text(outcome.label)}


def _fired(framework: Framework, fired: FiredRule) -> dict[str, Any]:
    return {"table": fired.table.id, "line": _text(fired.table.line), **_rule(framework, fired.rule)}


def _rule(framework: Framework, rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "when": {fact_id: meaning_of(cell) for fact_id, cell in rule.when.items()},
        **({"where": unparse_expression(rule.where)} if rule.where is not None else {}),
        "advice": rule.advice,
        "measures": list(rule.measures),
        "ground": rule.ground,
        "because": _text(rule.because),
        "source": _source(framework, rule.source),
        "status": rule.status,
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "fact": question.fact.id,
        "answers": [
            {
                "value": _value(answer.value),
                "label": _text(answer.label),
                "outcome": answer.outcome.id if answer.outcome else None,
                "possible": [outcome.id for outcome in answer.possible],
                "changes": answer.changes,
            }
            for answer in question.answers
        ],
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "id": measure.id,
        "label": _text(measure.label),
        "moment": measure.moment,
        "per": measure.per,
        "line": measure.line,
        "status": measure.status,
    }
