"""A framework written as YAML and read again is the same framework."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hanze.policy import Framework, read_framework, read_framework_text, read_frameworks
from hanze.policy.writing import framework_to_yaml
from tests.policy import random_documents, random_frameworks, random_language, sample

KEPT = [*read_frameworks(sample.FRAMEWORKS), read_framework(sample.PATH.with_name("language.yaml")), sample.read()]


def again(framework: Framework) -> Framework:
    return read_framework_text(framework_to_yaml(framework).encode(), framework.path)


@pytest.mark.parametrize("framework", KEPT, ids=lambda framework: framework.id)
def test_a_written_framework_means_the_same(framework: Framework) -> None:
    assert again(framework).content_hash == framework.content_hash


@pytest.mark.parametrize("framework", KEPT, ids=lambda framework: framework.id)
def test_the_text_is_written_in_one_way(framework: Framework) -> None:
    assert framework_to_yaml(again(framework)) == framework_to_yaml(framework)


@given(random_frameworks.frameworks)
@settings(max_examples=40, deadline=None)
def test_any_tables_written_mean_the_same(framework: Framework) -> None:
    assert again(framework).content_hash == framework.content_hash


@given(st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_any_derived_facts_and_conditions_written_mean_the_same(seed: int) -> None:
    framework = random_documents.framework(random_language.seeded(seed))
    assume(framework is not None)
    assert framework is not None
    assert again(framework).content_hash == framework.content_hash


@pytest.mark.parametrize(
    "text", ["null", "NO", "a: b # c", " 'x' \"y\"", "- x", "[1, 2]", "\\u0007 \\t é", "1.10", "~"]
)
def test_words_that_yaml_or_a_cell_could_read_otherwise_stay_themselves(text: str) -> None:
    cell = "'" + ('"' + text.replace('"', '\\"') + '"').replace("'", "''") + "'"
    framework = sample.read(sample.changed(("country: in_list(watched)", f"country: {cell}")))
    assert again(framework).content_hash == framework.content_hash


def test_words_in_cells_stand_without_quotes() -> None:
    text = framework_to_yaml(KEPT[-2])
    assert "when: {rank: minister}" in text
    assert "then: heavy" in text
    assert "when: {too dear: yes}" in text
