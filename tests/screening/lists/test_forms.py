"""Every form in which a list comes gives the same two entries: a man and a company, both invented."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from hanze.screening.entries import Entry, PartialDate
from hanze.screening.lists import detect, read_edition, read_list

SAMPLES = Path(__file__).parents[1] / "samples"
FORM_OF = {
    "sdn.xml": "ofac-xml",
    "sdn_advanced.xml": "ofac-advanced-xml",
    "un.xml": "un-xml",
    "eu.xml": "eu-xml",
    "eu.csv": "eu-csv",
    "uk.csv": "uk-csv",
    "uk.xml": "uk-xml",
    "uk_sanctions_list.csv": "uk-csv",
    "uk_sanctions_list.xml": "uk-xml",
    "csl.csv": "us-csl-csv",
    "ftm.jsonl": "opensanctions-jsonl",
    "own.csv": "own-csv",
}
FILES = list(FORM_OF)
WITH_ORLOVSKY = [name for name in FILES if name != "un.xml"]


def entries(name: str) -> tuple[Entry, ...]:
    kind = "own" if name.startswith("own") else None
    return read_edition(SAMPLES / name, kind).entries


@pytest.mark.parametrize(("name", "form"), FORM_OF.items())
def test_the_file_tells_its_form(name: str, form: str) -> None:
    assert detect(SAMPLES / name) == form


@pytest.mark.parametrize("name", FILES)
def test_a_person_and_an_organisation_are_told_apart(name: str) -> None:
    person, organisation = entries(name)
    assert (person.kind, organisation.kind) == ("person", "organisation")
    assert organisation.names[0].text.casefold() == "malachite trading company"


@pytest.mark.parametrize("name", WITH_ORLOVSKY)
def test_birth_and_country_are_read(name: str) -> None:
    person = entries(name)[0]
    assert person.birth_dates == (PartialDate(1961, 4, 2),)
    assert person.countries == ("RU",)


@pytest.mark.parametrize(
    "name", ["eu.xml", "eu.csv", "uk.csv", "uk.xml", "uk_sanctions_list.csv", "uk_sanctions_list.xml", "ftm.jsonl"]
)
def test_a_name_in_its_own_script_is_told_apart_from_an_alias(name: str) -> None:
    kinds = {listed.text: listed.kind for listed in entries(name)[0].names}
    assert kinds["Виктор Орловский"] == "original-script"


@pytest.mark.parametrize(
    ("name", "alias"),
    [
        ("sdn.xml", "VITYA"),
        ("sdn_advanced.xml", "VITYA"),
        ("un.xml", "Abu Yusuf"),
        ("eu.csv", "Vitya"),
        ("uk_sanctions_list.csv", "VITYA"),
        ("uk_sanctions_list.xml", "VITYA"),
        ("ftm.jsonl", "Vitya"),
    ],
)
def test_a_weak_alias_is_known_as_such(name: str, alias: str) -> None:
    assert {listed.text: listed.kind for listed in entries(name)[0].names}[alias] == "weak-alias"


PASSPORTS = [
    "sdn.xml",
    "sdn_advanced.xml",
    "eu.csv",
    "uk.csv",
    "uk_sanctions_list.csv",
    "uk_sanctions_list.xml",
    "csl.csv",
]


@pytest.mark.parametrize("name", [*PASSPORTS, "ftm.jsonl"])
def test_a_passport_is_an_identifier(name: str) -> None:
    assert [(each.kind, each.value) for each in entries(name)[0].identifiers] == [("passport", "A1234567")]


@pytest.mark.parametrize("name", [name for name in FILES if name not in ("uk.xml", "csl.csv", "own.csv")])
def test_the_day_of_the_edition_is_read(name: str) -> None:
    assert read_edition(SAMPLES / name).edition_date == date(2024, 3, 5)


def test_ofacs_advanced_form_gives_names_in_another_script_and_programmes_that_stand_at_the_end() -> None:
    person, organisation = entries("sdn_advanced.xml")
    assert {listed.text: listed.kind for listed in person.names}["Орловский Виктор"] == "original-script"
    assert (person.gender, person.listed_on, person.programmes) == ("male", date(2024, 1, 2), ("EXAMPLE",))
    assert organisation.countries == ("CN",)


def test_a_party_on_two_american_lists_is_one_entry_with_both() -> None:
    assert entries("csl.csv")[1].programmes == ("EL", "MEU")


def test_an_unknown_place_is_no_birth_place() -> None:
    assert entries("eu.csv")[0].birth_places == ("Riga",)


def test_an_approximate_birth_year_stays_approximate() -> None:
    assert entries("un.xml")[0].birth_dates == (PartialDate(1975, circa=True),)


def test_an_edition_is_told_from_another_by_its_hash() -> None:
    assert len({read_edition(SAMPLES / name, "own" if name == "own.csv" else None).sha256 for name in FILES}) == len(
        FILES
    )


def test_what_has_no_place_is_kept_as_raw(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("id,name,shoe size\n1,Somebody,43\n", "utf-8")
    assert dict(next(read_list(file, "own")).raw) == {"shoe size": "43"}


TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"


def write_ods(path: Path, rows: list[list[str]]) -> Path:
    """An OpenDocument sheet with nothing but text."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = "".join(f"<table:table-row>{''.join(cell.format(each) for each in row)}</table:table-row>" for row in rows)
    spaces = f'xmlns:office="{OFFICE}" xmlns:table="{TABLE}" xmlns:text="{TEXT}"'
    table = f'<table:table table:name="1">{lines}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    content = f'<office:document-content {spaces} office:version="1.2">{body}</office:document-content>'
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
        packed.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/"'
            ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
        )
    return path


def test_the_dutch_national_list_is_read_below_its_title(tmp_path: Path) -> None:
    header = [
        "Surname",
        "First name(s)",
        "Alias",
        "Date of birth",
        "Place of birth",
        "Date of ministerial decision",
        "Link",
    ]
    rows = [
        ["National terrorism list"],
        header,
        ["Orlovsky", "Viktor", "Vitya", "02-04-1961", "Riga", "05-03-2024", "x"],
    ]
    file = write_ods(tmp_path / "nl.ods", rows)

    assert detect(file) == "nl-ods"
    (entry,) = read_edition(file).entries
    assert entry.names[0].family == "Orlovsky"
    assert entry.birth_dates == (PartialDate(1961, 4, 2),)
    assert entry.listed_on == date(2024, 3, 5)


def test_a_list_in_excel_is_read_with_its_dates(tmp_path: Path) -> None:
    file = tmp_path / "own.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["naam", "land", "geboortedatum", "nummer"])
        sheet.write_row(1, 0, ["Viktor Orlovsky", "Rusland"])
        sheet.write_datetime(1, 2, datetime(1961, 4, 2), book.add_format({"num_format": "dd-mm-yyyy"}))
        sheet.write_number(1, 3, 7001)
    (entry,) = read_edition(file, "own").entries
    assert (entry.id, entry.countries, entry.birth_dates) == ("7001", ("RU",), (PartialDate(1961, 4, 2),))
