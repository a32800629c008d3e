"""What is announced as possible, against every way of filling in the unknown facts of random frameworks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.policy import Framework, FrameworkError, Value, assess
from hanze.policy.domains import value_classes
from tests.policy import sample

HEAD = sample.TEXT[: sample.TEXT.index("otherwise:")]
OTHERWISE = sample.TEXT[sample.TEXT.index("otherwise:") : sample.TEXT.index("tables:")]
OUTCOMES = ["yes-please", "with-care", "ask-first", "refuse"]
CELLS = {
    "dual_use": ["yes", "no", "-"],
    "sector": ["tulips", "cheese", "not(clogs)", "tulips, clogs"],
    "people": ["0", "> 2", "[1..2]", "not(2)"],
    "country": ["AA", "in_list(watched)", "not(AA)"],
}

conditions = st.fixed_dictionaries({}, optional={fact: st.sampled_from(cells) for fact, cells in CELLS.items()})
rules = st.tuples(conditions, st.sampled_from([*OUTCOMES, None]))
tables = st.tuples(st.sampled_from(["collect", "first"]), st.lists(rules, min_size=1, max_size=5))


def written(number: int, hit: str, content: list[tuple[dict[str, str], str | None]]) -> Iterator[str]:
    yield f"  - id: t{number}\n    kind: protocol\n    number: {number}\n    line: {{nl: a, en: b}}\n"
    yield f"    text: {{nl: a, en: b}}\n    hit: {hit}\n    source: {{document: policy, section: s}}\n"
    yield "    status: stated\n    rules:\n"
    for index, (when, advice) in enumerate(content):
        cells = ", ".join(f'{fact}: "{cell}"' for fact, cell in when.items())
        ground = ", ground: too-many" if advice == "refuse" else ""
        then = f"advice: {advice}{ground}" if advice else "measures: [report]"
        yield f"      - id: R{number}-{index}\n        when: {{{cells}}}\n        then: {{{then}}}\n"
        yield "        because: {nl: a, en: b}\n        source: {document: policy, section: s}\n"
        yield "        status: stated\n"


def framework_of(content: list[tuple[str, list[tuple[dict[str, str], str | None]]]]) -> Framework:
    """A framework with these tables; with an advice for the rest when its rules leave cases open."""
    body = "".join(part for number, (hit, table) in enumerate(content, 1) for part in written(number, hit, table))
    head = HEAD.replace("line: care", "line: t1")
    try:
        return sample.read(f"{head}{OTHERWISE}tables:\n{body}")
    except FrameworkError:
        return sample.read(f"{head}tables:\n{body}")


def fillings(framework: Framework, known: Mapping[str, Value]) -> Iterator[dict[str, Value]]:
    """Every way to fill in the facts that are not known, one value of each class."""
    unknown = [framework.fact(fact_id) for fact_id in CELLS if fact_id not in known]
    for values in product(*([each.value for each in value_classes(fact, framework)] for fact in unknown)):
        yield {**known, **{fact.id: value for fact, value in zip(unknown, values, strict=True)}}


@given(st.lists(tables, min_size=1, max_size=3), st.data())
@settings(max_examples=60)
def test_exactly_the_outcomes_that_can_follow_are_announced(
    content: list[tuple[str, list[tuple[dict[str, str], str | None]]]], data: st.DataObject
) -> None:
    framework = framework_of(content)
    values = {
        fact_id: st.sampled_from([each.value for each in value_classes(framework.fact(fact_id), framework)])
        for fact_id in CELLS
    }
    known: dict[str, Value] = data.draw(st.fixed_dictionaries({}, optional=values))
    advice = assess(framework, known)
    full = [assess(framework, filling) for filling in fillings(framework, known)]
    assert {each.outcome for each in full} == set(advice.possible)
    if advice.outcome is not None:
        rank = framework.rank(advice.outcome.id)
        assert all(each.outcome is not None and framework.rank(each.outcome.id) >= rank for each in full)
    if advice.final:
        assert {each.outcome for each in full} == {advice.outcome}
    if advice.final and advice.outcome is not None and advice.outcome.kind not in ("refer", "refuse"):
        assert {each.measures for each in full} == {advice.measures}


@given(st.lists(tables, min_size=1, max_size=3))
@settings(max_examples=60)
def test_whether_every_case_gets_an_advice_is_known_exactly(
    content: list[tuple[str, list[tuple[dict[str, str], str | None]]]],
) -> None:
    framework = framework_of(content)
    by_default = [assess(framework, filling).by_default for filling in fillings(framework, {})]
    assert any(by_default) == (framework.otherwise is not None)
