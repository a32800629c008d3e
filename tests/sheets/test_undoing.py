"""Undoing a whole import: as if it had not been, but for what somebody did since."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.apps import apps

from hanze.audit.models import Event
from hanze.claims.models import Claim
from hanze.register.models import Organisation
from hanze.register.operations import change_organisation, create_agreement
from hanze.sheets.models import Import
from tests import factories
from tests.sheets import making

pytestmark = pytest.mark.django_db
APPS = ("register", "casework", "missions")


@pytest.fixture(autouse=True)
def places() -> None:
    for code in ("CN", "NL"):
        factories.country(code)
    factories.home()


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of the records' apps, without the moment of their last change."""
    return {
        model._meta.label: sorted(
            (
                {name: value for name, value in row.items() if name != "updated_at"}
                for row in model._base_manager.values()
            ),
            key=lambda row: row["id"] if "id" in row else str(row),
        )
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in APPS
    }


def workbook() -> bytes:
    return making.workbook(
        Organisaties=[
            ["Naam", "Type", "Land", "Website"],
            ["Voorbeeldstad", "Gemeente", "China", None],
            ["Bekend B.V.", "Bedrijf", "NL", "bekend.example"],
        ],
        Relaties=[
            ["Partner", "Land", "Soort", "Sinds", "Status"],
            ["Voorbeeldstad", "China", "Stedenband", 2007, "Actief"],
        ],
        MoUs=[["Titel", "Soort", "Met", "Getekend"], ["MoU groen", "MoU", "Voorbeeldstad; Derde B.V.", "2019"]],
        Activiteiten=[
            ["Wanneer", "Activiteit", "Soort", "Land", "Met wie", "Sector"],
            ["mei 2024", "Missie tuinbouw", "Missie", "China", "Voorbeeldstad", "tuinbouw"],
        ],
        Deelnemers=[["Activiteit", "Deelnemer", "Persoon"], ["Missie tuinbouw", "Bekend B.V.", "A. Jansen"]],
        Verzoeken=[
            ["Datum ontvangst", "Onderwerp", "Soort", "Aanvrager", "Land", "Sector"],
            ["12 feb 2024", "Bezoek aan de kassen", "Ontvangst", "Bekend B.V.", "China", "Tuinbouw"],
        ],
    )


def test_after_undoing_everything_is_as_it_was() -> None:
    factories.organisation(name="Bekend B.V.", country=factories.country("NL"))
    before = everything()
    imported = making.brought_in(making.compared(making.handed_in(workbook())))
    assert everything() != before
    making.undone(imported)
    assert imported.state == Import.State.UNDONE
    assert list(imported.effects.exclude(stayed_because="").values_list("model", "stayed_because")) == []
    assert everything() == before


def test_what_somebody_changed_later_is_named_and_stays() -> None:
    imported = making.brought_in(
        making.compared(making.handed_in("Naam;Type\nA-stad;Gemeente\nZuiderhaven;Gemeente\n", name="a.csv"))
    )
    change_organisation(Organisation.objects.get(name="A-stad"), by=imported.by, notes="Gebeld")
    making.undone(imported)
    assert list(Organisation.objects.filter(name__in=["A-stad", "Zuiderhaven"]).values_list("name", flat=True)) == [
        "A-stad"
    ]
    assert imported.by.name in imported.effects.get(undone=False).stayed_because


def test_what_somebody_changed_later_goes_too_when_that_is_asked() -> None:
    imported = making.brought_in(making.compared(making.handed_in("Naam;Type\nA-stad;Gemeente\n", name="a.csv")))
    change_organisation(Organisation.objects.get(name="A-stad"), by=imported.by, notes="Gebeld")
    making.undone(imported, also_changed=True)
    assert not Organisation.objects.filter(name="A-stad").exists()


def test_what_others_refer_to_stays_always() -> None:
    imported = making.brought_in(making.compared(making.handed_in("Naam;Type\nA-stad;Gemeente\n", name="a.csv")))
    stad = Organisation.objects.get(name="A-stad")
    fields = {"title": "MoU", "kind": "mou", "signed_on": "2024-01-01"}
    create_agreement(by=imported.by, parties=[stad, factories.home()], **fields)
    making.undone(imported, also_changed=True)
    assert Organisation.objects.filter(pk=stad.pk).exists()
    assert "vereenkomst" in imported.effects.get().stayed_because


def test_a_field_that_was_changed_again_stays_and_the_others_go_back() -> None:
    known = factories.organisation(name="A-stad", kind="government", country=None, website="")
    content = "Naam;Type;Land;Website\nA-stad;Gemeente;China;a.example\n"
    imported = making.brought_in(making.compared(making.handed_in(content, name="a.csv")))
    change_organisation(Organisation.objects.get(pk=known.pk), by=imported.by, website="https://b.example")
    making.undone(imported)
    known.refresh_from_db()
    assert (known.country, known.website) == (None, "https://b.example")
    assert "website" in imported.effects.get(made=False).stayed_because.lower()


def test_what_the_file_said_beside_what_stood_is_withdrawn() -> None:
    known = factories.organisation(name="A-stad", kind="business", country=factories.country())
    imported = making.brought_in(
        making.compared(making.handed_in("Naam;Type;Land\nA-stad;Gemeente;China\n", name="a.csv"))
    )
    assert Claim.objects.about(known).filter(standing="open").exists()
    making.undone(imported)
    assert not Claim.objects.about(known).filter(standing="open").exists()


def test_the_log_keeps_that_it_was_brought_in_and_undone() -> None:
    imported = making.brought_in(making.compared(making.handed_in("Naam;Type\nA-stad;Gemeente\n", name="a.csv")))
    making.undone(imported)
    names = list(Event.objects.about(imported).order_by("pk").values_list("name", flat=True))
    assert names == ["import.received", "import.done", "import.undone"]
    assert Event.objects.filter(name="import.record-removed", subject_label="A-stad").exists()


def many(rows: int) -> str:
    """A sheet with names of which none is like another."""
    letters = random.Random(1)
    names = ("".join(letters.choices("abcdefghijklmnopqrstuvwxyz", k=12)).title() for _ in range(rows))
    return "Naam;Type\n" + "".join(f"{name};Gemeente\n" for name in names)


def made_by(imported: Import) -> list[Organisation]:
    """The organisations that the import made, in the order of the sheet."""
    keys = imported.effects.filter(model="register.organisation").order_by("pk").values_list("record", flat=True)
    return [each for key in keys for each in Organisation.objects.filter(pk=key)]


def test_among_many_only_what_others_refer_to_stays() -> None:
    imported = making.brought_in(making.compared(making.handed_in(many(30), name="a.csv")))
    made = made_by(imported)
    stays = [made[4], made[17]]
    fields = {"title": "MoU", "kind": "mou", "signed_on": "2024-01-01"}
    create_agreement(by=imported.by, parties=[*stays, factories.home()], **fields)
    making.undone(imported, also_changed=True)
    assert made_by(imported) == stays
    assert [each.record for each in imported.effects.filter(undone=False).order_by("pk")] == [each.pk for each in stays]
    assert Event.objects.filter(name="import.record-removed").count() == 28


def test_many_records_go_with_few_questions_to_the_database(django_assert_max_num_queries: Any) -> None:
    imported = making.brought_in(making.compared(making.handed_in(many(60), name="a.csv")))
    with django_assert_max_num_queries(60 * 8):
        making.undone(imported)
    assert made_by(imported) == []
