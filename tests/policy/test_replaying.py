"""Replay against the plain way: weigh each case by both versions, compare, and look at the rules one by one."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.policy import FactError, Framework, read_framework, read_framework_text
from hanze.policy.masks import Row, compile_framework, reference_row
from hanze.policy.replaying import CasesError, LiveReplay, Replay, cases, replay
from hanze.policy.replaying.writing import as_json, replay_to_disk
from hanze.policy.synthetic import synthesise
from tests.policy import random_frameworks, sample
from tests.policy.test_masks import frame_of, row_of

SAMPLE = sample.read()
STRICTER = sample.read(sample.changed(('people: "> 10"', 'people: "> 3"'), ('budget: "> 1000.50"', 'budget: "> 500"')))
CASES = synthesise(SAMPLE, 2_000, seed=5, unknown=0.2)


def state(framework: Framework, row: Row, rule_id: str) -> tuple[str | None, int]:
    """The advice of a rule, and whether it holds (2), is undecided (1) or does not hold (0)."""
    bit = compile_framework(framework).bit_of[rule_id]
    advice = next(rule.advice for _, rule in framework.rules() if rule.id == rule_id)
    return advice, 2 if row.fired & bit else 1 if row.open & bit else 0


def decisive(framework: Framework, row: Row) -> set[str]:
    """The rules that hold with the outcome's advice; the undecided ones with an advice where nothing holds."""
    found: set[str] = set()
    for _, rule in framework.rules():
        advice, stands = state(framework, row, rule.id)
        if advice and ((stands == 2 and advice == row.held) or (stands == 1 and row.held is None)):
            found.add(rule.id)
    return found


def caused_by(old: Framework, new: Framework, before: Row, after: Row) -> set[str]:
    """The causes of one changed case, by the words of `Cause`."""
    known = [{rule.id for _, rule in framework.rules()} for framework in (old, new)]
    found = {
        rule_id
        for rule_id in decisive(old, before) | decisive(new, after)
        if any(rule_id not in rules for rules in known) or state(old, before, rule_id) != state(new, after, rule_id)
    }
    ends = [framework.otherwise.advice if framework.otherwise else None for framework in (old, new)]
    return found or {"otherwise" if ends[0] != ends[1] else "scale"}


def check_replay(found: Replay, old: Framework, new: Framework, given_cases: list[dict[str, Any]]) -> None:
    rows = [(reference_row(old, case), reference_row(new, case)) for case in given_cases]
    assert {(each.old, each.new): each.cases for each in found.crossings} == Counter(
        (before.held, after.held) for before, after in rows
    )
    changed = [(before, after) for before, after in rows if before.held != after.held]
    assert found.changed == len(changed)
    causes = Counter(rule for before, after in changed for rule in caused_by(old, new, before, after))
    assert {cause.rule: cause.cases for cause in found.causes} == causes
    assert [cause.cases for cause in found.causes] == sorted((cause.cases for cause in found.causes), reverse=True)


@given(
    random_frameworks.frameworks,
    random_frameworks.frameworks,
    st.lists(random_frameworks.cases, min_size=1, max_size=20),
)
@settings(max_examples=50)
def test_two_versions_are_compared_case_by_case(
    old: Framework, new: Framework, given_cases: list[dict[str, Any]]
) -> None:
    found = replay(old, new, frame_of(given_cases, old))
    check_replay(found, old, new, given_cases)
    assert found.results is not None
    for number, case in enumerate(given_cases):
        for framework, side in zip((old, new), found.sides(number), strict=True):
            row = reference_row(framework, case)
            bits = compile_framework(framework).bit_of
            assert (side.outcome.id if side.outcome else None) == row.held
            assert sum(bits[each.rule.id] for each in side.fired) == row.fired
            assert sum(bits[each.rule.id] for each in side.undecided) == row.open


@pytest.mark.parametrize("seed", range(15))
def test_one_small_change_is_traced_to_the_rules_that_cause_it(seed: int) -> None:
    draw = random.Random(seed)
    content = [
        (draw.choice(random_frameworks.HITS), [random_frameworks.drawn_rule(draw) for _ in range(5)]) for _ in range(3)
    ]
    old = random_frameworks.framework_of(content)
    hit, rules = content[1]
    rules = rules[1:] if seed % 3 == 0 else [random_frameworks.drawn_rule(draw), *rules[1:]]
    new = random_frameworks.framework_of([content[0], (hit, rules), content[2]])
    given_cases = [random_frameworks.drawn_case(draw) for _ in range(200)]
    check_replay(replay(old, new, frame_of(given_cases, old)), old, new, given_cases)


def test_a_changed_parameter_is_traced_to_the_rules_that_rest_on_it() -> None:
    path = sample.PATH.with_name("language.yaml")
    text = path.read_text("utf-8")
    old, new = read_framework(path), read_framework_text(text.replace("value: 250,", "value: 25000,").encode(), path)
    made_up = synthesise(old, 300, seed=9, unknown=0.1)
    found = replay(old, new, made_up)
    check_replay(found, old, new, list(made_up.iter_rows(named=True)))
    assert found.changed
    live = LiveReplay(old, made_up).against(new)
    assert (live.replay.crossings, live.causes) == (found.crossings, found.causes)


def test_another_order_of_the_outcomes_or_another_advice_for_the_rest_is_a_cause_of_its_own() -> None:
    lines = [line for line in sample.TEXT.splitlines(keepends=True) if line.startswith("  - {id: ")]
    other_scale = sample.read(sample.TEXT.replace("".join(lines[1:3]), lines[2] + lines[1]))
    found = replay(SAMPLE, other_scale, CASES)
    assert [cause.rule for cause in found.causes] == ["scale"]
    assert found.causes[0].cases == found.changed > 0
    other_end = sample.read(sample.changed(("advice: yes-please\n", "advice: with-care\n")))
    found = replay(SAMPLE, other_end, CASES)
    assert [cause.rule for cause in found.causes] == ["otherwise"]


def test_the_same_framework_changes_nothing() -> None:
    found = replay(SAMPLE, sample.read(), CASES)
    assert (found.changed, found.causes, found.cases) == (0, (), CASES.height)


def test_however_the_cases_are_cut_into_batches_and_kept_the_result_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    CASES.write_parquet(tmp_path / "cases.parquet")
    CASES.cast(pl.String).write_csv(tmp_path / "cases.csv")
    whole = replay(SAMPLE, STRICTER, CASES, seed=3)
    monkeypatch.setattr(cases.Cases.batches, "__defaults__", (137,))
    for source in (CASES, CASES.lazy(), tmp_path / "cases.parquet", str(tmp_path / "cases.csv")):
        again = replay(SAMPLE, STRICTER, source, seed=3)
        assert (again.crossings, again.causes) == (whole.crossings, whole.causes)
        assert whole.results is not None
        assert whole.results.equals(again.results)


def test_a_sample_of_each_crossing_is_drawn_by_the_seed() -> None:
    found = replay(SAMPLE, STRICTER, CASES, seed=1, sample=4)
    for crossing in found.crossings:
        assert len(crossing.sample) == min(4, crossing.cases)
        for number in crossing.sample:
            sides = found.sides(number)
            assert tuple(side.outcome.id if side.outcome else None for side in sides) == (crossing.old, crossing.new)
    assert replay(SAMPLE, STRICTER, CASES, seed=1, sample=4).crossings == found.crossings
    assert replay(SAMPLE, STRICTER, CASES, seed=2, sample=4).crossings != found.crossings


def test_cases_go_by_their_own_id_and_other_columns_are_named_as_passed_over() -> None:
    frame = CASES.head(3).with_columns(pl.Series("id", ["a", "b", "c"]), colour=pl.lit("red"))
    found = replay(SAMPLE, STRICTER, frame)
    assert found.results is not None
    assert found.results["case"].to_list() == ["a", "b", "c"]
    assert found.passed_over == ("colour",)


def test_progress_is_told_after_each_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases.Cases.batches, "__defaults__", (800,))
    told: list[tuple[int, int]] = []
    replay(SAMPLE, STRICTER, CASES, progress=lambda done, total: told.append((done, total)))
    assert told == [(800, 2000), (1600, 2000), (2000, 2000)]


def test_on_disk_stands_what_is_in_memory(tmp_path: Path) -> None:
    in_memory = replay(SAMPLE, STRICTER, CASES, seed=7)
    for out, results, words in (
        (tmp_path / "new" / "folder", tmp_path / "new/folder/cases.parquet", tmp_path / "new/folder/replay.json"),
        (tmp_path / "one.parquet", tmp_path / "one.parquet", tmp_path / "one.json"),
    ):
        replay_to_disk(SAMPLE, STRICTER, CASES, out, seed=7)
        assert pl.read_parquet(results).equals(in_memory.results)
        written = json.loads(words.read_text("utf-8"))
        assert written == json.loads(json.dumps(as_json(in_memory)))
        assert written["causes"][0]["old"]["because"]["nl"]
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"new", "one.parquet", "one.json"}


def test_what_is_there_already_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "out.json").write_text("mine")
    with pytest.raises(FileExistsError, match=r"out\.json is there already"):
        replay_to_disk(SAMPLE, STRICTER, CASES, tmp_path / "out.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


@pytest.mark.parametrize("failure", [KeyboardInterrupt, RuntimeError])
def test_a_run_that_is_cancelled_or_fails_leaves_nothing_behind(
    failure: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases.Cases.batches, "__defaults__", (500,))

    def stop(done: int, total: int) -> None:
        if done == 1000:
            raise failure

    with pytest.raises(failure):
        replay_to_disk(SAMPLE, STRICTER, CASES, tmp_path / "out", progress=stop)
    bad = CASES.with_columns(people=pl.when(pl.int_range(pl.len()) == 1999).then(-1).otherwise(pl.col("people")))
    with pytest.raises(FactError, match="people: -1 is less than 0"):
        replay_to_disk(SAMPLE, STRICTER, bad, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.parquet", None, "There is no file"),
        ("bad.parquet", b"PAR1 but not really", "The cases cannot be read"),
        ("cases.xlsx", b"", r"is no \.parquet and no \.csv file"),
        ("strange.csv", b"colour,size\nred,1\n", "no column that is a fact"),
        ("torn.csv", b'people,budget\n1,2,3,4\n"', "The cases cannot be read"),
    ],
)
def test_cases_that_cannot_be_read_are_refused_in_plain_words(
    name: str, content: bytes | None, message: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(CasesError, match=message):
        replay(SAMPLE, STRICTER, tmp_path / name)


def test_no_cases_give_an_empty_replay() -> None:
    found = replay(SAMPLE, STRICTER, CASES.head(0))
    assert (found.cases, found.crossings, found.causes) == (0, (), ())
    assert found.results is not None
    assert found.results.height == 0


def test_live_replay_tells_at_once_what_a_replay_tells() -> None:
    live = LiveReplay(SAMPLE, CASES)
    for changed in (STRICTER, sample.read(), sample.read(sample.changed(("tulips, cheese", "not(clogs)")))):
        here, whole = live.against(changed), replay(SAMPLE, changed, CASES)
        assert (here.replay.crossings, here.causes) == (whole.crossings, whole.causes)
        assert whole.results is not None
        moved = whole.results.with_columns(was=pl.col("old").cast(pl.String), now=pl.col("new").cast(pl.String))
        expected = moved.filter(pl.col("was").ne_missing(pl.col("now")))["case"].to_list()
        assert here.rows.tolist() == expected
        assert here.changed == whole.changed
        for number, old, new in here.first(3, start=1):
            assert (old, new) == whole.sides(int(str(number)))


def test_live_replay_classes_only_a_changed_column_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from hanze.policy import bulk

    classed: list[str] = []
    original = bulk.classed

    def counted(column: Any, fact: Any, written: Any, rows: int) -> Any:
        classed.append(fact.id)
        return original(column, fact, written, rows)

    monkeypatch.setattr(bulk, "classed", counted)
    live = LiveReplay(SAMPLE, CASES)
    classed.clear()
    live.against(sample.read(sample.changed(('people: "> 10"', 'people: "> 11"'))))
    assert classed == ["people"]
    live.against(sample.read(sample.changed(("advice: refuse, ground: too-many", "advice: with-care"))))
    assert classed == ["people"]


def test_rows_of_the_results_decode_to_the_masks_of_each_version() -> None:
    found = replay(SAMPLE, STRICTER, CASES)
    assert found.results is not None
    old = found.results.select(
        fired_0="old_fired_0", open_0="old_open_0", held=pl.col("old").cast(pl.String), reach=pl.lit(0)
    )
    for number, case in enumerate(CASES.head(50).iter_rows(named=True)):
        assert row_of(old, number)[:3] == reference_row(SAMPLE, case)[:3]
