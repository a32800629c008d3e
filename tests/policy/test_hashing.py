"""The content hash depends on everything a framework means, and on nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hanze.policy import FrameworkError, read_framework_text
from tests.policy import sample

# A scalar of the sample: what stands between a colon and the end of its line, a comma or a brace.
SCALAR = re.compile(r'(?<=: )("[^"]*"|[^\s{}\[\],"][^{}\[\],"\n]*)(?=[,}\n])')
BOUND = {"refuse", "policy", "choice", "boolean", "number", "date", "text"}
"""Ids that others refer to and types of facts: changing one alone makes the file wrong, which test_reading tests."""
PLACES = [found for found in SCALAR.finditer(sample.TEXT) if found.group() not in BOUND]
REPLACEMENTS = {
    "true": "false", "yes": "no", "stated": "inferred", "inferred": "stated", "before": "during", "after": "during",
    "company": "activity", "economic": "protocol", "precondition": "economic", "protocol": "economic",
    "collect": "first", "first": "collect", "unique": "collect", "take-up": "refer",
    "take-up-with-measures": "escalate", "escalate": "take-up",
    "coordinator": "executive", "executive": "coordinator", "yes-please": "with-care",
    "with-care": "yes-please", "ask-first": "with-care", "too-many": "too-late", "too-late": "too-many",
    "care": "money", "in_list(watched)": "not(in_list(watched))",
}  # fmt: skip


def another(text: str) -> str:
    bare = text.strip('"')
    if bare in REPLACEMENTS:
        return REPLACEMENTS[bare]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", bare):
        return bare[:-2] + f"{int(bare[-2:]) % 27 + 1:02}"
    if re.fullmatch(r"\d+", bare):
        return str(int(bare) + 1)
    if re.search(r"\d", bare):
        return f'"{re.sub(r"1", "2", bare, count=1)}"'
    return f'"{bare}, clogs"' if bare == "tulips, cheese" else f"{bare}X"


@pytest.mark.parametrize("place", PLACES, ids=[f"{each.start()}-{each.group()[:20]}" for each in PLACES])
def test_every_value_that_means_something_changes_the_hash(place: re.Match[str]) -> None:
    text = sample.TEXT[: place.start()] + another(place.group()) + sample.TEXT[place.end() :]
    assert hash_or_refusal(text) != sample.read().content_hash


def hash_or_refusal(text: str) -> str:
    try:
        return sample.read(text).content_hash
    except FrameworkError:
        return "refused"


def test_the_order_of_rules_changes_the_hash() -> None:
    start, middle, end = (
        sample.TEXT.index(mark) for mark in ("      - id: M-dear", "      - id: M-unsafe", "  - id: time")
    )
    swapped = sample.TEXT[:start] + sample.TEXT[middle:end] + sample.TEXT[start:middle] + sample.TEXT[end:]
    assert sample.read(swapped).content_hash != sample.read().content_hash


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# A small invented", "# Another remark: a small invented"),
        ("precedence: 20", "precedence: 20   # remark"),
        ("title: {nl: Voorbeeld, en: Sample}", "title:\n  en: Sample\n  nl: 'Voorbeeld'"),
        (
            "text: {nl: Wees zorgvuldig., en: Be careful.}",
            "text:\n      nl: >-\n        Wees\n        zorgvuldig.\n      en: Be careful.",
        ),
        ('sector: "tulips, cheese"', 'sector: "tulips,cheese"'),
        ("dual_use: yes", "dual_use: true"),
        ('people: "> 10"', 'people: ">10.0"'),
        ('budget: "> 1000.50"', 'budget: "> 1000.5"'),
        ('starts_on: "> 2024-12-31"', "starts_on: '> date(\"2024-12-31\")'"),
        ("country: in_list(watched)", "country: in_list( watched )"),
    ],
)
def test_layout_comments_and_ways_of_writing_do_not(old: str, new: str) -> None:
    assert sample.read(sample.changed((old, new))).content_hash == sample.read().content_hash


def test_the_place_of_the_file_does_not_change_the_hash() -> None:
    elsewhere = read_framework_text(sample.TEXT.encode(), Path("elsewhere.yaml"))
    assert elsewhere.content_hash == sample.read().content_hash
