"""What a row does: found again, new, changed, the same, a likely duplicate, refused; all of it or nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hanze.accounts.models import Role
from hanze.audit.models import Event
from hanze.casework.models import Request
from hanze.claims.models import Claim
from hanze.missions.models import Activity, Participation
from hanze.register.models import Agreement, Organisation, Person, Relation
from hanze.sheets import operations
from hanze.sheets.models import Import
from tests import factories
from tests.sheets import making

pytestmark = pytest.mark.django_db
PARTIES = [["Land", "NAAM ORGANISATIE", "Type", "Plaats/opm.", "KvK-nr"]]


@pytest.fixture(autouse=True)
def places() -> None:
    for code in ("CN", "NL", "FR"):
        factories.country(code)
    factories.home()


def parties(*rows: list, **given):
    return making.compared(making.handed_in(making.workbook(Organisaties=[*PARTIES, *rows]), **given))


def test_columns_in_any_order_become_fields_and_rows_records() -> None:
    imported = parties(
        ["china", " Voorbeeldstad ", "gemeente", None, None], ["FR", "Firma B.V.", "Bedrijf", "", 12345678]
    )
    assert making.outcomes(imported) == ["new", "new"]
    making.brought_in(imported)
    firm = Organisation.objects.get(name="Firma B.V.")
    assert (firm.kind, firm.country_id, firm.identifiers.get().value) == ("business", "FR", "12345678")
    assert firm.provenance == "stated"
    assert firm.source_document == "register.xlsx, Bureau buitenland"


def test_what_stands_already_is_the_same_and_a_new_value_is_filled_in() -> None:
    stands = factories.organisation(name="Voorbeeldstad", kind="government", country=None)
    same = factories.organisation(name="Dorp", kind="government")
    imported = parties(["China", "VOORBEELDSTAD", "Gemeente"], [None, "Dorp", "Gemeente"])
    assert making.outcomes(imported) == ["changed", "same"]
    making.brought_in(imported)
    stands.refresh_from_db()
    assert stands.country_id == "CN"
    assert not Event.objects.about(same).exists()


def test_a_value_from_another_source_stands_beside_what_stood_until_somebody_decides() -> None:
    stands = factories.organisation(name="Voorbeeldstad", kind="business", country=factories.country())
    imported = parties(["China", "Voorbeeldstad", "Gemeente"])
    assert making.rows(imported)[0].differences[0][4] == "beside"
    making.brought_in(imported)
    stands.refresh_from_db()
    assert stands.kind == "business"
    claim = Claim.objects.about(stands).get(standing="open")
    assert (claim.fact, claim.value, claim.source_name) == ("kind", "government", "register.xlsx, Bureau buitenland")
    assert claim.origin == imported


def test_a_file_that_is_right_replaces_what_stood() -> None:
    stands = factories.organisation(name="Voorbeeldstad", kind="business", country=factories.country())
    making.brought_in(parties(["China", "Voorbeeldstad", "Gemeente"], differing="overwrite"))
    stands.refresh_from_db()
    assert stands.kind == "government"


def test_a_later_edition_of_the_same_sheet_changes_what_it_said_before() -> None:
    making.brought_in(parties(["China", "Voorbeeldstad", "Bedrijf"]))
    imported = parties(["China", "Voorbeeldstad", "Gemeente"], file_date=date(2025, 1, 1))
    assert making.rows(imported)[0].differences[0][4] == "replaced"
    making.brought_in(imported)
    assert Organisation.objects.get(name="Voorbeeldstad").kind == "government"


def test_an_empty_cell_takes_nothing_away() -> None:
    stands = factories.organisation(name="Dorp", kind="government", country=factories.country())
    assert making.outcomes(parties([None, "Dorp", "Gemeente"])) == ["same"]
    assert stands.country_id == "CN"


def test_the_cell_that_is_refused_says_why() -> None:
    imported = parties(["Nergensland", "A", "Gemeente"], ["China", None, "Iets"], ["China", "B", "Bedrijf", None, "12"])
    assert making.outcomes(imported) == ["refused", "refused", "refused"]
    fields = [problem.partition(":")[0] for problem in making.problems(imported)]
    assert fields == ["country", "kind", "name", "kvk"]


def test_nothing_is_brought_in_while_a_row_is_refused_and_not_left_out() -> None:
    imported = parties(["China", "Voorbeeldstad", "Gemeente"], ["Nergensland", "A", "Gemeente"])
    with pytest.raises(ValidationError):
        operations.start_bringing_in(imported, by=imported.by)
    operations.choose_all(imported, by=imported.by, choice="skip", outcome="refused")
    making.brought_in(imported)
    assert Organisation.objects.filter(name="Voorbeeldstad").exists()
    assert not Organisation.objects.filter(name="A").exists()


def test_a_likely_duplicate_waits_for_a_choice() -> None:
    stands = factories.organisation(name="Universiteit van Voorbeeldstad", kind="knowledge", country=None)
    imported = parties(["China", "Universiteit Voorbeeldstad", "Universiteit"])
    row = making.rows(imported)[0]
    assert (row.outcome, row.likely[0][0]) == ("duplicate", stands.pk)
    with pytest.raises(ValidationError):
        operations.start_bringing_in(imported, by=imported.by)
    operations.choose(row, by=imported.by, choice="this", this=stands.pk)
    making.brought_in(imported)
    stands.refresh_from_db()
    assert stands.country_id == "CN"
    assert Organisation.objects.filter(kind="knowledge").count() == 1


def test_a_likely_duplicate_that_is_another_is_added() -> None:
    factories.organisation(name="Universiteit van Voorbeeldstad", kind="knowledge", country=None)
    imported = parties(["China", "Universiteit Voorbeeldstad", "Universiteit"])
    operations.choose_all(imported, by=imported.by, choice="new")
    making.brought_in(imported)
    assert Organisation.objects.filter(kind="knowledge").count() == 2


def test_two_rows_about_one_party_are_likely_duplicates_of_each_other() -> None:
    imported = parties(["China", "Voorbeeldstad", "Gemeente"], [None, "voorbeeldstad", "Gemeente", None, 12345678])
    assert making.outcomes(imported) == ["new", "duplicate"]
    operations.choose_all(imported, by=imported.by, choice="this")
    making.brought_in(imported)
    made = Organisation.objects.get(name="Voorbeeldstad")
    assert made.identifiers.get().value == "12345678"


@pytest.mark.parametrize("differing", ["side-by-side", "overwrite"])
def test_a_record_that_the_officer_may_not_see_does_not_exist_for_her(differing: str) -> None:
    hidden = factories.organisation(
        name="Geheime Stad",
        kind="business",
        country=factories.country(),
        classification="restricted",
        notes="Zie kluis",
    )
    hidden.identifiers.create(scheme="kvk", value="12345678")
    by = making.officer(Role.POLICY_OFFICER)
    imported = parties(["China", "Geheime Stad", "Gemeente", None, 12345678], by=by, differing=differing)
    row = making.rows(imported)[0]
    assert (row.outcome, row.match, row.likely, row.remarks) == ("new", None, [], [])
    making.brought_in(imported)
    hidden.refresh_from_db()
    assert hidden.kind == "business"
    assert not Claim.objects.about(hidden).exists()
    assert Organisation.objects.filter(name="Geheime Stad").count() == 2


def test_sheets_refer_to_each_other_whatever_their_order() -> None:
    content = making.workbook(
        Deelnemers=[["Activiteit", "Deelnemer"], ["Missie tuinbouw", "Kas B.V."], ["Missie tuinbouw", "Nieuw B.V."]],
        Activiteiten=[
            ["Wanneer", "Activiteit", "Soort", "Land", "Met wie", "Sector", "Doel", "Opmerkingen"],
            ["23 t/m 28 mei 2024", "Missie tuinbouw", "Missie", "China", "Voorbeeldstad", "tuinbouw", "Zien", "Goed"],
        ],
        Relaties=[
            ["Partner", "Land", "Soort", "Sinds", "Status"],
            ["Voorbeeldstad", "China", "Stedenband", 2007, "Actief"],
        ],
        Organisaties=[["Naam", "Type", "Land"], ["Voorbeeldstad", "Gemeente", "China"], ["Kas B.V.", "Bedrijf", "NL"]],
        MoUs=[
            ["Titel", "Soort", "Met", "Getekend", "Loopt tot"],
            ["MoU groen", "MoU", "Voorbeeldstad", "3-5-'19", "2025"],
        ],
    )
    imported = making.compared(making.handed_in(content))
    assert making.problems(imported) == []
    assert set(making.outcomes(imported)) == {"new"}
    making.brought_in(imported)
    assert imported.problem == ""
    activity = Activity.objects.get()
    assert (activity.starts_on, activity.ends_on, activity.state) == (date(2024, 5, 23), date(2024, 5, 28), "held")
    assert activity.aim == "Zien\nOpmerkingen: Goed"
    assert activity.partners.get() == Relation.objects.get().partner == Organisation.objects.get(name="Voorbeeldstad")
    assert {str(each) for each in Participation.objects.all()} == {"Kas B.V.", "Nieuw B.V."}
    relation, agreement = Relation.objects.get(), Agreement.objects.get()
    assert (relation.since, relation.since_precision) == (date(2007, 1, 1), "year")
    assert relation.statuses.get().status == "active"
    assert (agreement.signed_on, agreement.valid_until, agreement.relation) == (
        date(2019, 5, 3),
        date(2025, 12, 31),
        relation,
    )
    assert agreement.parties.count() == 2


def test_people_come_with_their_posts_and_requests_with_their_asker_as_written() -> None:
    content = making.workbook(
        Contactpersonen=[
            ["Voornaam", "tussenvoegsel", "Achternaam", "Organisatie", "Functie", "E-mail"],
            ["Anna", "van der", "Berg", "Haven B.V.", "Directeur", "anna@example.org"],
        ],
        Verzoeken=[
            ["Datum ontvangst", "Onderwerp", "Soort", "Aanvrager", "Land", "Sector"],
            ["12 feb 2024", "Bezoek aan de kassen", "Ontvangst", "Een onbekende", "China", "Tuinbouw"],
        ],
    )
    making.brought_in(making.compared(making.handed_in(content)))
    person = Person.objects.get()
    assert (person.name, str(person.posts.get().organisation)) == ("Anna van der Berg", "Haven B.V.")
    request = Request.objects.get()
    assert (request.asked_by_text, request.received_on, request.state) == (
        "Een onbekende",
        date(2024, 2, 12),
        "received",
    )


def test_when_one_row_fails_at_the_last_moment_nothing_is_brought_in_and_the_row_says_why() -> None:
    imported = parties(["China", "Voorbeeldstad", "Gemeente"], ["China", "Dorp", "Gemeente"])
    before = Organisation.objects.count(), Event.objects.count()
    operations.start_bringing_in(imported, by=imported.by)
    factories.organisation(name="Dorp", kind="government", country=factories.country())
    operations.bring_in(imported)
    imported.refresh_from_db()
    assert imported.state == Import.State.PREVIEW
    assert [row.outcome for row in making.rows(imported)] == ["new", "refused"]
    assert (Organisation.objects.count(), Event.objects.count()) == (before[0] + 1, before[1])


def test_what_was_chosen_for_the_columns_is_remembered_for_the_same_headings() -> None:
    rows = [["Wat", "Waar", "Hoe"], ["Voorbeeldstad", "China", "Gemeente"]]
    first = making.handed_in(making.workbook(Blad1=rows))
    sheet = first.sheets.get()
    operations.choose_columns(sheet, by=first.by, kind="organisations", columns={}, constants={}, header_row=1)
    chosen = {"Wat": "name", "Waar": "country", "Hoe": "kind"}
    operations.choose_columns(sheet, by=first.by, kind="organisations", columns=chosen, constants={}, header_row=1)
    making.compared(first)
    again = making.handed_in(making.workbook(Anders=[["Hoe", "Wat", "Waar"], ["Bedrijf", "Firma", "NL"]])).sheets.get()
    assert (again.kind, again.mapping, again.is_remembered) == ("organisations", chosen, True)


def test_two_columns_cannot_hold_one_field() -> None:
    imported = making.handed_in(making.workbook(Organisaties=[["Naam", "Naam 2", "Land"], ["A", "B", "China"]]))
    sheet = imported.sheets.get()
    with pytest.raises(ValidationError, match="Twee kolommen"):
        operations.choose_columns(
            sheet,
            by=imported.by,
            kind=sheet.kind,
            columns={"Naam": "name", "Naam 2": "name"},
            constants={},
            header_row=1,
        )


def test_an_officer_who_may_make_no_relations_cannot_bring_them_in() -> None:
    by = making.officer(Role.POLICY_OFFICER)
    imported = making.handed_in(
        making.workbook(Relaties=[["Partner", "Land", "Status"], ["A", "China", "Actief"]]), by=by
    )
    assert imported.sheets.get().kind != "relations"
    with pytest.raises(ValidationError):
        operations.choose_columns(
            imported.sheets.get(), by=by, kind="relations", columns={}, constants={}, header_row=1
        )


@pytest.mark.parametrize("role", [Role.COMMUNICATIONS, Role.COUNCIL, Role.AUDITOR, Role.ADMINISTRATOR, Role.EXECUTIVE])
def test_only_officers_and_coordinators_hand_in_spreadsheets(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        making.handed_in("Naam;Land\nA;China\n", by=making.officer(role), name="a.csv")


def test_bringing_in_twice_does_it_once() -> None:
    imported = making.brought_in(parties(["China", "Voorbeeldstad", "Gemeente"]))
    operations.bring_in(imported)
    assert Organisation.objects.filter(name="Voorbeeldstad").count() == 1


def test_a_closed_activity_stays_as_it_is_and_takes_no_participants() -> None:
    factories.activity(title="Missie tuinbouw", starts_on=date(2024, 5, 23), aim="Zien", results="", state="closed")
    content = making.workbook(
        Activiteiten=[
            ["Wanneer", "Activiteit", "Soort", "Land", "Sector", "Doel", "Resultaten"],
            ["23-5-2024", "Missie tuinbouw", "Delegatie", "China", "tuinbouw", "Kopen", "Goed"],
        ],
        Deelnemers=[["Activiteit", "Deelnemer"], ["Missie tuinbouw", "Kas B.V."]],
    )
    imported = making.compared(making.handed_in(content))
    ways = {name: way for name, _label, _stood, _says, way in making.rows(imported)[0].differences}
    assert (ways["aim"], ways["results"]) == ("beside", "stays")
    assert making.rows(imported)[1].outcome == "refused"
    operations.choose_all(imported, by=imported.by, choice="skip", outcome="refused")
    making.brought_in(imported)
    assert imported.state == Import.State.DONE
    activity = Activity.objects.get()
    assert (activity.aim, activity.results) == ("Zien", "")
    assert Claim.objects.about(activity).filter(standing="open", fact="aim").get().value == "Kopen"
