"""An own list asks once what its columns hold, and remembers it."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hanze.accounts.models import Role
from hanze.screening.lists import ColumnsError, ListError, columns_from
from hanze.screening.lists.own import sample
from hanze.watchlists import operations as ops
from hanze.watchlists.models import Edition
from tests.watchlists import making

pytestmark = pytest.mark.django_db
State = Edition.State

NOTES = "Firm;Seat;Trades as;Why\nMalachite Trading Company;China;Malachite Co|MTC;Advice of the embassy\n"
MAPPING = {"name": "Firm", "country": "Seat", "aliases": "Trades as", "programme": "Why"}


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def notes():
    return making.watchlist("notes")


@pytest.fixture
def coordinator(client_for):
    return client_for(Role.COORDINATOR)


def received(watchlist, text=NOTES, name="notes.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return ops.read_received(ops.receive_edition(watchlist, SimpleUploadedFile(name, content), by=None))


def address(edition):
    return reverse("watchlists:edition-columns", args=[edition.pk])


def named(page):
    return [field.label for field, _ in page.context["form"].rows()]


def answers(*fields, **more):
    return {f"column-{at}": field for at, field in enumerate(fields)} | {
        "kind": "organisation",
        "separator": "|",
        **more,
    }


def test_a_list_with_unknown_columns_waits_until_somebody_says_what_they_are(notes):
    assert received(notes).state == State.COLUMNS


def test_a_list_with_the_usual_columns_is_read_at_once(notes):
    assert making.handed_in(notes, making.MALACHITE).state == State.PREVIEW


def test_what_was_said_is_used_and_remembered_for_the_next_edition(notes):
    first = received(notes)
    ops.say_columns(first, by=None, of=MAPPING, kind="organisation", separator="|")
    assert ops.read_received(first).state == State.PREVIEW
    ops.bring_into_force(first, by=None)

    entry = notes.listed.get().entry
    assert [name.text for name in entry.names] == ["Malachite Trading Company", "Malachite Co", "MTC"]
    assert (entry.kind, entry.countries, entry.programmes) == ("organisation", ("CN",), ("Advice of the embassy",))

    notes.refresh_from_db()
    assert received(notes, NOTES + "Copper Lantern BV;;;\n").state == State.PREVIEW


def test_an_edition_with_other_columns_asks_again(notes):
    ops.say_columns(received(notes), by=None, of=MAPPING)
    notes.refresh_from_db()
    assert received(notes, NOTES.replace("Seat", "Land of seat")).state == State.COLUMNS


def test_the_form_shows_each_column_with_examples_and_what_it_likely_is(coordinator, notes):
    edition = received(notes, NOTES.replace("Seat", "Land"))
    page = coordinator.get(edition.get_absolute_url(), follow=True)

    text = page.content.decode()
    assert "What does each column hold?" in text
    assert "Advice of the embassy" in text
    form = page.context["form"]
    assert [(field.label, field.initial) for field, _ in form.rows()] == [
        ("Firm", ""),
        ("Land", "country"),
        ("Trades as", ""),
        ("Why", ""),
    ]


def test_from_the_form_to_the_preview(coordinator, notes):
    edition = received(notes)

    answer = coordinator.post(address(edition), answers("name", "country", "aliases", "programme"))

    assert answer.url == edition.get_absolute_url()
    edition.refresh_from_db()
    assert edition.state == State.PREVIEW
    assert edition.preview["added"][0]["name"] == "Malachite Trading Company"


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        (answers("", "country", "", ""), "column-0", "holds the name"),
        (answers("name", "name", "", ""), "column-1", "was said to be this"),
        (answers("name", "nonsense", "", ""), "column-1", "nonsense"),
        (answers("name", "", "", "", kind="planet"), "kind", "planet"),
        (answers("name", "", "", "", separator=""), "separator", "required"),
        (answers("name", "", "", "", separator="<and>"), "separator", "at most 3"),
        ({}, "column-0", "holds the name"),
    ],
)
def test_what_is_wrong_is_said_at_the_column(coordinator, notes, given, field, said):
    edition = received(notes)

    answer = coordinator.post(address(edition), given)

    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors[field])
    edition.refresh_from_db()
    assert edition.state == State.COLUMNS


def test_a_list_that_was_refused_can_be_read_with_other_columns(coordinator, notes):
    edition = received(notes, "name,naam\nA,Malachite Trading Company\n,Copper Lantern BV\n")
    edition = Edition.objects.get(pk=edition.pk)
    coordinator.post(address(edition), answers("id", "name") | {"separator": ";"})

    edition.refresh_from_db()
    assert edition.state == State.PREVIEW
    assert edition.problem == ""


def test_what_an_edition_in_force_was_read_with_is_not_changed_behind_its_back(coordinator, notes):
    edition = making.in_force(notes, making.MALACHITE)
    assert coordinator.get(address(edition)).status_code == 404
    with pytest.raises(ValidationError):
        ops.say_columns(edition, by=None, of={"name": "name"})


@pytest.mark.parametrize("role", ["policy-officer", "executive", "auditor"])
def test_only_who_keeps_the_lists_says_what_the_columns_are(client_for, people, notes, role):
    edition = received(notes)
    assert client_for(role).get(edition.get_absolute_url()).status_code == 200
    assert client_for(role).get(address(edition)).status_code == 404
    with pytest.raises(PermissionDenied):
        ops.say_columns(edition, by=people[role], of=MAPPING)


@pytest.mark.parametrize("of", [{"planet": "Firm"}, {"name": "Nobody"}, {"country": "Seat"}, {}])
def test_the_operation_refuses_a_mapping_that_does_not_fit(notes, of):
    with pytest.raises(ValidationError):
        ops.say_columns(received(notes), by=None, of=of)


@pytest.mark.parametrize(
    "kept",
    [
        {"of": []},
        {"of": {"planet": "Firm"}},
        {"of": {"country": "Seat"}},
        {"of": {"name": "Firm"}, "kind": "planet"},
        {"of": {"name": "Firm"}, "separator": ""},
        {"of": {"name": "Firm"}, "colour": "red"},
        {"name": "Firm"},
    ],
)
def test_a_mapping_that_cannot_be_used_refuses_the_edition_in_words(coordinator, notes, kept):
    with pytest.raises(ColumnsError):
        columns_from(kept)
    type(notes).objects.filter(pk=notes.pk).update(mapping=kept)
    notes.refresh_from_db()

    edition = received(notes)

    assert edition.state == State.REFUSED
    assert "notes.csv" in edition.problem
    assert coordinator.get(address(edition)).status_code == 200


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\x00", b"a;b\n1;2;3;4\n", b",,,\n"])
def test_a_file_without_columns_is_refused_and_no_error(coordinator, notes, content):
    edition = ops.receive_edition(notes, SimpleUploadedFile("list.csv", content), by=None)
    assert coordinator.get(address(edition)).status_code in (302, 404)
    assert ops.read_received(edition).state == State.REFUSED


def test_a_spreadsheet_that_is_damaged_is_refused_when_it_is_handed_in(notes):
    with pytest.raises(ValidationError) as refused:
        ops.receive_edition(notes, SimpleUploadedFile("list.xlsx", b"PK\x03\x04"), by=None)
    assert "file" in refused.value.message_dict


def test_a_spreadsheet_shows_its_columns_too(notes):
    openpyxl = pytest.importorskip("openpyxl")
    book, kept = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Firm", None, "Seat"])
    book.active.append(["Malachite Trading Company", None, "China"])
    book.save(kept)
    edition = received(notes, kept.getvalue(), "notes.xlsx")
    assert edition.state == State.COLUMNS
    ops.say_columns(edition, by=None, of={"name": "Firm", "country": "Seat"})
    assert ops.read_received(edition).entries == 1


def test_examples_are_different_texts_from_the_first_rows(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("a,b\n" + "x,1\n" * 10 + "y,2\nz,3\nq,4\n")
    found = sample(path)
    assert (found.columns, found.examples("a")) == (("a", "b"), ["x", "y", "z"])
    with pytest.raises(ListError):
        sample(tmp_path)


TITLED = (
    "Firms we were warned about;;\nKept by the desk, autumn;;\n;;\n"
    "Firm;Seat;Why\nMalachite Trading Company;China;Advice\n"
)
TITLED_MAPPING = {"name": "Firm", "country": "Seat", "programme": "Why"}


def test_a_title_above_the_columns_is_seen_and_the_first_rows_are_shown(coordinator, notes):
    page = coordinator.get(address(received(notes, TITLED)))

    form = page.context["form"]
    assert [field.label for field, _ in form.rows()] == ["Firm", "Seat", "Why"]
    assert [(number, is_heading) for number, _, is_heading in form.first_rows()] == [
        (1, False),
        (2, False),
        (4, True),
        (5, False),
    ]
    assert "Firms we were warned about" in page.content.decode()


def test_a_person_says_which_row_names_the_columns(coordinator, notes):
    edition = received(notes, "Firm;Seat;Why\nNaam;Land;Reden\nMalachite Trading Company;China;Advice\n")
    assert named(coordinator.get(address(edition))) == ["Naam", "Land", "Reden"]

    page = coordinator.get(address(edition), {"heading": 1})
    assert [field.label for field, _ in page.context["form"].rows()] == ["Firm", "Seat", "Why"]
    coordinator.post(address(edition), answers("name", "country", "programme") | {"heading": "1", "separator": ";"})

    edition.refresh_from_db()
    assert (edition.state, edition.entries) == (State.PREVIEW, 2)


def test_the_row_of_the_columns_is_remembered_and_asked_again_when_it_moved(notes):
    edition = received(notes, TITLED)
    assert edition.state == State.COLUMNS
    ops.say_columns(edition, by=None, of=TITLED_MAPPING, heading=4)
    assert ops.read_received(edition).state == State.PREVIEW
    notes.refresh_from_db()
    assert received(notes, TITLED + "Copper Lantern BV;;\n").state == State.PREVIEW
    assert received(notes, TITLED.replace(";;\n", "", 1)).state == State.COLUMNS


@pytest.mark.parametrize("heading", ["99", "0", "-1", "x", "", "99999999999"])
def test_a_row_that_is_not_there_is_said_and_the_likely_one_is_shown(coordinator, notes, heading):
    page = coordinator.get(address(received(notes, TITLED)), {"heading": heading})
    assert page.status_code == 200
    columns = [field.label for field, _ in page.context["form"].rows()]
    assert columns == (["Firms we were warned about"] if heading == "0" else ["Firm", "Seat", "Why"])


def test_the_operation_refuses_a_row_that_the_file_does_not_have(notes):
    with pytest.raises(ValidationError) as refused:
        ops.say_columns(received(notes, TITLED), by=None, of=TITLED_MAPPING, heading=99)
    assert "heading" in refused.value.message_dict


def test_a_spreadsheet_with_a_title_is_read_from_its_columns(notes):
    openpyxl = pytest.importorskip("openpyxl")
    book, kept = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Firms we were warned about"])
    book.active.append([])
    book.active.append(["Firm", "Seat", "Why"])
    book.active.append(["Malachite Trading Company", "China", "Advice"])
    book.save(kept)
    edition = received(notes, kept.getvalue(), "notes.xlsx")
    ops.say_columns(edition, by=None, of=TITLED_MAPPING, heading=3)
    assert ops.read_received(edition).entries == 1
