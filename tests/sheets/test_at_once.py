"""Thousands of rows at once: indexed together, checked by the database, and still told in words what is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from hanze.register.models import Organisation, Person
from hanze.register.operations import create_organisation
from hanze.register.saving import checked_by_database, fill
from hanze.register.searching import at_once
from hanze.sheets import operations
from hanze.sheets.kinds import parties
from hanze.sheets.models import Import
from hanze.web.models import SearchEntry, SearchTerm
from hanze.web.search.indexing import rebuild
from tests import factories
from tests.sheets import making

pytestmark = pytest.mark.django_db


def index_now() -> tuple[set[tuple[str, str, str, str]], set[tuple[str, str, str, int]]]:
    """Every entry and term, without keys."""
    entries = SearchEntry.objects.values_list("record_type", "record_id", "title", "text")
    terms = SearchTerm.objects.values_list("entry__record_type", "entry__record_id", "stem", "weight")
    return set(entries), set(terms)


def a_register() -> Import:
    for code in ("CN", "NL"):
        factories.country(code)
    factories.home()
    stands = factories.organisation(name="Voorbeeldstad", kind="government", country=None)
    factories.relation(partner=stands)
    content = making.workbook(
        Organisaties=[
            ["Land", "Naam", "Type", "Opmerkingen", "KvK"],
            ["China", "Voorbeeldstad", "Gemeente", "Zusterstad", None],
            ["NL", "Kassenbouw Westland", "Bedrijf", "Beurs", "12345678"],
        ],
        Contactpersonen=[
            ["Voornaam", "Achternaam", "Organisatie", "Functie"],
            ["Anna", "Berg", "Kassenbouw Westland", "Directeur"],
        ],
    )
    return making.compared(making.handed_in(content))


def test_what_came_in_is_found_as_if_every_record_had_been_indexed_by_itself() -> None:
    making.brought_in(a_register())
    kept = index_now()
    assert ("register.organisation", "westland") in {(kind, stem) for kind, _pk, stem, _weight in kept[1]}
    assert ("register.organisation", "12345678") in {(kind, stem) for kind, _pk, stem, _weight in kept[1]}
    assert ("register.person", "directeur") in {(kind, stem) for kind, _pk, stem, _weight in kept[1]}
    rebuild()
    assert index_now() == kept


def test_what_is_undone_is_found_no_more() -> None:
    imported = a_register()
    before = index_now()
    making.brought_in(imported)
    operations.start_undoing(imported, by=imported.by)
    operations.undo(imported)
    assert not Person.objects.exists()
    assert index_now() == before


def test_what_fails_leaves_the_index_as_it_was() -> None:
    before = index_now()

    def fail() -> None:
        with transaction.atomic(), at_once():
            factories.organisation(name="Nobody")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert index_now() == before
    made = factories.organisation(name="Somebody")
    assert SearchEntry.objects.get().record_id == str(made.pk)


def test_a_row_that_the_database_refuses_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    imported = a_register()

    def with_a_number_twice(**fields: Any) -> Organisation:
        made = create_organisation(**fields)
        for _ in range(2):
            fill(made.identifiers.model(), {"organisation": made, "scheme": "other", "value": "1"})
        return made

    monkeypatch.setattr(parties, "create_organisation", with_a_number_twice)
    operations.start_bringing_in(imported, by=imported.by)
    operations.bring_in(imported)
    imported.refresh_from_db()
    assert imported.state == Import.State.PREVIEW
    words = [text for row in making.rows(imported) for _name, _label, text in row.problems]
    assert any("bestaat al" in text or "already exists" in text for text in words), words
    assert not Organisation.objects.filter(name="Kassenbouw Westland").exists()


def test_left_to_the_database_a_constraint_still_holds() -> None:
    made = factories.organisation()
    number = {"organisation": made, "scheme": "other", "value": "1"}
    new = made.identifiers.model
    fill(new(), number)
    with pytest.raises(ValidationError):
        fill(new(), number)
    with pytest.raises(IntegrityError), transaction.atomic(), checked_by_database():
        fill(new(), number)
    with pytest.raises(ValidationError), checked_by_database():
        fill(Organisation(), {"name": "", "kind": "business"})
