"""A likely duplicate is suggested when an organisation is about to be made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.accounts.models import Role
from hanze.register.duplicates import ALIKE, Named, alike, likeness, normalised
from hanze.register.queries import likely_duplicates
from tests import factories

texts = st.text(max_size=60)


@given(texts, texts)
def test_any_two_names_can_be_compared(one, other):
    assert 0 <= likeness(one, other) <= 100
    assert likeness(one, other) == pytest.approx(likeness(other, one))


@given(st.text(min_size=1, max_size=60), st.sampled_from([None, "NL"]), st.sampled_from([None, "NL", "CN"]))
def test_the_same_name_is_always_found_whatever_the_country(name, here, there):
    assert alike(name, here, [Named(7, (name, "", ""), there)]) == [(7, 100.0)]


@given(st.lists(texts, max_size=8), texts)
def test_suggestions_are_sorted_and_alike_enough(names, asked):
    found = alike(asked, None, [Named(number, (name,), None) for number, name in enumerate(names)])
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True)
    assert all(score >= ALIKE for score in scores)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kassenbouw Delta B.V.", "Kassenbouw Delta"),
        ("Stichting Water & Land", "Water and Land"),
        ("Université de Liège", "Universite de Liege"),
        ("Delta Institute for Water", "Water Institute for Delta"),
        ("河北农业机械有限公司", "河北农业机械"),
        ("GREENPORT ALLIANCE", "Greenport Aliance"),
        ("مؤسسة المياه", "مؤسسه المياه"),
    ],
)
def test_spelling_legal_form_accents_and_word_order_do_not_hide_a_duplicate(one, other):
    assert likeness(one, other) >= ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Delta", "Delta Port Authority"),
        ("Province of Hebei", "Province of Shandong"),
        ("Water Board", "Water Bank N.V."),
    ],
)
def test_names_that_share_a_word_are_not_duplicates(one, other):
    assert likeness(one, other) < ALIKE


def test_a_name_of_only_a_legal_form_still_has_a_normal_form():
    assert normalised("B.V.") == "b v"
    assert normalised("有限公司") != ""


@pytest.mark.django_db
def test_the_name_in_its_own_script_counts_too():
    known = factories.organisation(name="Hebei Agricultural Machinery", native_name="河北农业机械公司")
    assert [likely.organisation for likely in likely_duplicates("河北农业机械")] == [known]


@pytest.mark.django_db
def test_only_what_the_reader_may_see_is_suggested(people):
    factories.organisation(name="Quiet Partner", classification="confidential")
    assert likely_duplicates("Quiet Partner", reader=people[Role.POLICY_OFFICER]) == []
    assert len(likely_duplicates("Quiet Partner", reader=people[Role.COORDINATOR])) == 1


@pytest.mark.django_db
def test_an_organisation_is_no_duplicate_of_itself():
    known = factories.organisation(name="Harbour Works")
    assert likely_duplicates("Harbour Works", exclude=known) == []


@pytest.mark.django_db
def test_between_two_countries_names_must_be_more_alike():
    factories.organisation(name="Water Institute North", country=factories.country("FR"))
    assert likely_duplicates("Water Institute Nord", country="FR")
    assert likely_duplicates("Water Institute Nord")
    assert not likely_duplicates("Water Institute Nord", country="CN")
