"""One box: what it finds, in which order, and for whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanze.accounts.models import Role, User
from hanze.goals.models import Theme
from hanze.missions import operations as missions
from hanze.register import operations as register
from hanze.web.models import SearchEntry, SearchTerm
from hanze.web.search import find, rebuild
from hanze.web.search.words import fold, stems, words
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(people: dict[Role, User]) -> User:
    return people[Role.COORDINATOR]


def titles(reader: User, text: str, kind: str = "") -> list[str]:
    return [hit.title for hit in find(reader, text, kind).hits]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Delegaties uit het buitenland", "delegatie"),
        ("Een delegatie", "delegaties"),
        ("Samenwerkingen in de tuinbouw", "samenwerking"),
        ("Visits of companies", "company"),
        ("A visiting company", "visits"),
        ("Coöperatie voor waterbeheer", "cooperatie"),
        ("Cooperatie voor waterbeheer", "coöperatie"),
        ("Universität Köln", "koln"),
        ("Łódź en Gdańsk", "gdansk"),
        ("Horticulture", "horti"),
        ("HORTICULTURE", "horticulture"),
        ("河北省政府", "河北"),
        ("河北省政府", "省政"),
        ("Bureau 河北省 Den Haag", "河北省"),
        ("Hebei 2024", "2024"),
        ("ＷＡＴＥＲ in wide letters", "water"),
        ("Straße", "strasse"),
    ],
)
def test_a_word_is_found_in_the_forms_that_people_write_it(written: str, asked: str, reader: User) -> None:
    factories.organisation(name=written)
    assert titles(reader, asked) == [written]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Horticulture", "culture"),
        ("Water", "wat er"),
        ("河北省", "北京"),
        ("Hebei", "he"),
        ("Port of Hebei", "port wind"),
    ],
)
def test_what_is_another_word_is_not_found(written: str, asked: str, reader: User) -> None:
    factories.organisation(name=written)
    assert titles(reader, asked) == []


def test_all_words_must_be_there_in_whatever_order_and_field(reader: User) -> None:
    factories.organisation(name="Port of Antwerp", notes="containers and logistics")
    factories.organisation(name="Port of Ghent")
    assert titles(reader, "logistics port") == ["Port of Antwerp"]


def test_a_word_in_the_title_comes_before_one_in_the_text(reader: User) -> None:
    factories.organisation(name="Aaa", notes="greenhouse")
    factories.organisation(name="Greenhouse Delta")
    assert titles(reader, "greenhouse") == ["Greenhouse Delta", "Aaa"]


def test_more_often_in_the_text_comes_first_and_equals_follow_the_alphabet(reader: User) -> None:
    factories.organisation(name="Bbb", notes="dike")
    factories.organisation(name="Aaa", notes="dike")
    factories.organisation(name="Ccc", notes="dike, dike and dike")
    assert titles(reader, "dike") == ["Ccc", "Aaa", "Bbb"]


@pytest.mark.parametrize("nothing", ["", "   ", "?!", "--", "_"])
def test_a_text_without_words_finds_nothing(nothing: str, reader: User) -> None:
    factories.organisation(name="Somebody")
    assert find(reader, nothing).total == 0


def test_what_was_found_is_marked_among_the_words_around_it(reader: User) -> None:
    factories.organisation(name="Plain", notes="They build greenhouses for tomatoes in the delta")
    [hit] = find(reader, "greenhouse").hits
    assert [text.strip() for text, found in hit.excerpt if found] == ["greenhouses"]
    assert "tomatoes" in "".join(text for text, _found in hit.excerpt)


def test_results_can_be_narrowed_to_one_kind_and_are_counted_per_kind(reader: User) -> None:
    factories.organisation(name="Tulip growers")
    factories.request(title="Visit to tulip growers")
    everything = find(reader, "tulip")
    assert everything.total == 2
    assert {label: count for label, _words, count in everything.kinds} == {
        "register.organisation": 1,
        "casework.request": 1,
    }
    assert titles(reader, "tulip", "casework.request") == [str(factories.Request.objects.get())]


def test_long_results_come_a_page_at_a_time(client_for: Callable[[Role], Client], reader: User) -> None:
    for number in range(45):
        factories.organisation(name=f"Grower {number:02}")
    seen = [hit.title for page in (1, 2, 3) for hit in find(reader, "grower", page=page).hits]
    assert seen == [f"Grower {number:02}" for number in range(45)]
    client = client_for(Role.COORDINATOR)
    for page in ("1", "3", "0", "-1", "99", "x", "٣", "9" * 30):
        assert client.get(reverse("web:search"), {"q": "grower", "page": page}).status_code == 200


def test_rights_are_asked_at_the_moment_of_searching(people: dict[Role, User]) -> None:
    record = factories.organisation(name="Quiet company", classification="confidential")
    officer = people[Role.POLICY_OFFICER]
    assert titles(officer, "quiet") == []
    # Not through a save: the index does not change, what the reader may see does.
    record.team.add(officer)
    assert titles(officer, "quiet") == ["Quiet company"]
    type(record).objects.filter(pk=record.pk).update(classification="restricted")
    assert titles(people[Role.COORDINATOR], "quiet") == []


def test_what_is_changed_is_found_by_its_new_words_only(reader: User) -> None:
    record = factories.organisation(name="Old name")
    register.change_organisation(record, by=None, name="Fresh name")
    assert titles(reader, "fresh") == ["Fresh name"]
    assert titles(reader, "old") == []


def test_what_hangs_under_a_record_counts_when_it_is_added_changed_and_removed(reader: User) -> None:
    activity = factories.activity(title="Bezoek", title_en="Visit")
    topic = missions.raise_topic(activity, by=None, subject="Getijdenenergie")
    assert titles(reader, "getijdenenergie")
    missions.change_part(topic, by=None, subject="Windenergie")
    assert titles(reader, "windenergie")
    assert not titles(reader, "getijdenenergie")
    missions.remove_part(topic, by=None)
    assert not titles(reader, "windenergie")


def test_what_is_removed_is_no_longer_found(reader: User) -> None:
    record = factories.organisation(name="Shortlived")
    record.delete()
    assert find(reader, "shortlived").total == 0
    assert not SearchEntry.objects.filter(title="Shortlived").exists()


def test_a_relation_follows_the_name_of_its_partner(reader: User) -> None:
    relation = factories.relation(partner=factories.organisation(name="Oude Provincie", kind="government"))
    register.change_organisation(relation.partner, by=None, name="Nieuwe Provincie")
    assert len(titles(reader, "nieuwe", "register.relation")) == 1
    assert titles(reader, "oude") == []


def test_the_index_that_is_kept_equals_one_made_anew(reader: User) -> None:
    factories.home()
    activity = factories.activity(aim="Kennis delen")
    missions.raise_topic(activity, by=None, subject="Kassen", message="Wij delen")
    missions.add_programme_item(activity, by=None, day=date(2024, 5, 23), title="Rondleiding")
    person = factories.person(name="Wang Wei")
    register.add_post(by=None, person=person, organisation=factories.organisation(), title="Gouverneur")
    factories.relation()
    factories.agreement()
    factories.request(description="Een bezoek aan de haven")
    factories.contact_moment(agreed="Afgestemd")
    factories.evaluation()
    Theme.objects.create(code="water", name_nl="Water", name_en="Water")
    kept = _index()
    assert rebuild() == SearchEntry.objects.count()
    assert _index() == kept


def _index() -> set[tuple[Any, ...]]:
    return set(SearchTerm.objects.values_list("entry__record_type", "entry__record_id", "stem", "weight")) | set(
        SearchEntry.objects.values_list("record_type", "record_id", "title", "text")
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=80))
def test_any_text_may_be_asked(text: str, reader: User) -> None:
    SearchEntry.objects.exists()
    results = find(reader, text)
    assert results.total == len(results.hits)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60))
def test_every_record_is_found_by_the_words_of_its_own_name(name: str, reader: User) -> None:
    record = factories.organisation(name=name)
    if asked := words(name)[:8]:
        assert record.pk in {int(hit.url.strip("/").rsplit("/", 1)[-1]) for hit in find(reader, " ".join(asked)).hits}
    record.delete()


@given(text=st.text(max_size=200))
def test_words_are_folded_once_and_for_all(text: str) -> None:
    for word in words(text):
        assert words(fold(word)) == words(word)
        assert all(0 < len(stem) <= 60 for stem in stems(word))


@pytest.mark.parametrize(
    "text", ["\x00", "a\x00b", "%", "_", "' OR 1=1 --", '"', "\\", "*", "a" * 5000, "\N{GRINNING FACE}", "𠀀𠀁"]
)
def test_odd_texts_get_an_answer_on_the_page(text: str, client_for: Callable[[Role], Client]) -> None:
    assert client_for(Role.COORDINATOR).get(reverse("web:search"), {"q": text}).status_code == 200


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_says_what_to_do_when_nothing_is_found(language: str, client_for: Callable[[Role], Client]) -> None:
    client = client_for(Role.COORDINATOR)
    page = client.get(reverse("web:search"), {"q": "zzzz"}, headers={"accept-language": language}).content.decode()
    assert "zzzz" in page
    assert 'class="empty' in page


@pytest.mark.parametrize("beginnings", [0, 1, 12])
@pytest.mark.parametrize("asked", ["haven", "haven water", "water hav", "havenstad", "hav", "haven niets"])
def test_a_common_word_finds_what_it_would_find_if_it_were_rare(
    asked: str, beginnings: int, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Haven", "Havens", "Havenstad", "Haven water", "Waterhaven", "Havenbedrijf water", "Havenwater water"):
        factories.organisation(name=name)
    as_rare = find(reader, asked)
    monkeypatch.setattr("hanze.web.search.finding.COMMON", 1)
    monkeypatch.setattr("hanze.web.search.finding.AT_A_TIME", 1)
    monkeypatch.setattr("hanze.web.search.finding.MOST_FOUND", 7)
    monkeypatch.setattr("hanze.web.search.finding.MOST_BEGINNINGS", beginnings)
    as_common = find(reader, asked)
    assert {hit.title for hit in as_common.hits} == {hit.title for hit in as_rare.hits}
    assert (as_common.total, as_common.kinds, as_common.more) == (as_rare.total, as_rare.kinds, False)


def test_of_a_common_word_a_reader_misses_nothing_behind_what_she_may_not_see(
    people: dict[Role, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        factories.organisation(name=f"Haven haven haven {number}", classification="restricted")
    factories.organisation(name="Havenmeester", classification="public")
    monkeypatch.setattr("hanze.web.search.finding.COMMON", 1)
    monkeypatch.setattr("hanze.web.search.finding.AT_A_TIME", 1)
    monkeypatch.setattr("hanze.web.search.finding.MOST_FOUND", 2)
    assert titles(people[Role.COUNCIL], "haven") == ["Havenmeester"]


def test_more_records_take_no_more_queries(reader: User) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert find(reader, "haven water").hits
        return len(queries)

    factories.organisation(name="Haven water 0")
    asked()
    few = asked()
    for number in range(1, 15):
        factories.organisation(name=f"Haven water {number}")
    assert asked() == few
