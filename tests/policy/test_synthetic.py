"""Made-up cases: they can be weighed, they try every bound, and the same seed gives the same ones."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from hanze.policy import FactError, Framework, check_facts, read_framework, read_frameworks
from hanze.policy.bulk import assess_frame
from hanze.policy.domains import value_classes
from hanze.policy.logic import holds
from hanze.policy.synthetic import pool, synthesise, synthesise_to_file
from tests.policy import sample

SAMPLE = sample.read()
FRAMEWORKS = [SAMPLE, read_framework(sample.PATH.with_name("language.yaml")), *read_frameworks(sample.FRAMEWORKS)]


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=lambda each: each.id)
def test_every_made_up_case_can_be_weighed(framework: Framework) -> None:
    found = synthesise(framework, 500, seed=1)
    assert found.columns == [fact.id for fact in framework.facts]
    for case in found.iter_rows(named=True):
        check_facts(framework, case)
    assert assess_frame(framework, found).height == 500


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=lambda each: each.id)
def test_every_class_that_the_framework_tells_apart_is_tried(framework: Framework) -> None:
    for fact in framework.facts:
        drawn = pool(fact, framework)
        for each in value_classes(fact, framework):
            cells = framework.cells_on(fact.id)
            answers = [holds(cell.tree, each.value, framework.codes) for cell in cells]
            assert any([holds(cell.tree, value, framework.codes) for cell in cells] == answers for value in drawn)


def test_the_bounds_and_what_lies_right_beside_them_are_tried() -> None:
    assert {Decimal("1000.50"), Decimal("1000.51"), Decimal("1000.49")} <= set(pool(SAMPLE.fact("budget"), SAMPLE))
    assert {9, 10, 11} <= set(synthesise(SAMPLE, 1000, seed=1)["people"].to_list())


def test_the_same_seed_gives_the_same_cases_and_another_gives_others() -> None:
    one = synthesise(SAMPLE, 1000, seed=1)
    assert one.equals(synthesise(SAMPLE, 1000, seed=1))
    assert not one.equals(synthesise(SAMPLE, 1000, seed=2))
    assert one.slice(300, 50).equals(synthesise(SAMPLE, 50, seed=1, start=300))


@pytest.mark.parametrize(("unknown", "least", "most"), [(0.0, 0.0, 0.0), (0.3, 0.25, 0.35), (1.0, 1.0, 1.0)])
def test_the_share_of_unknown_values_is_as_asked(unknown: float, least: float, most: float) -> None:
    found = synthesise(SAMPLE, 4000, seed=1, unknown=unknown)
    for name in found.columns:
        assert least <= found[name].null_count() / 4000 <= most


@pytest.mark.parametrize("unknown", [-0.1, 1.1, float("nan")])
def test_a_share_that_is_none_is_refused(unknown: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        synthesise(SAMPLE, 1, unknown=unknown)


def test_cases_like_others_have_their_values_in_about_their_shares() -> None:
    observed = pl.DataFrame(
        {"sector": ["tulips"] * 8 + ["clogs", None], "people": [3, 3, 3, 3, 3, 7, 7, 7, 7, 7], "colour": ["red"] * 10}
    )
    found = synthesise(SAMPLE, 5000, seed=1, like=observed)
    shares = dict(found["sector"].value_counts(normalize=True).iter_rows())
    assert set(shares) == {"tulips", "clogs", None}
    assert abs(shares["tulips"] - 0.8) < 0.03
    assert set(found["people"].unique()) == {3, 7}
    assert found["budget"].n_unique() > 3
    assert "colour" not in found.columns


def test_cases_like_wrong_ones_are_refused() -> None:
    with pytest.raises(FactError, match="sector: “tulip” is not one of its choices"):
        synthesise(SAMPLE, 10, like=pl.DataFrame({"sector": ["tulip"]}))


def test_a_file_of_cases_is_the_frame_of_cases_and_nothing_is_written_over(tmp_path: Path) -> None:
    out = tmp_path / "there" / "cases.parquet"
    synthesise_to_file(SAMPLE, 1000, out, seed=4)
    assert pl.read_parquet(out).equals(synthesise(SAMPLE, 1000, seed=4))
    with pytest.raises(FileExistsError):
        synthesise_to_file(SAMPLE, 10, out)
    with pytest.raises(ValueError, match=r"no \.parquet file"):
        synthesise_to_file(SAMPLE, 10, tmp_path / "cases.csv")
    assert [path.name for path in out.parent.iterdir()] == ["cases.parquet"]
