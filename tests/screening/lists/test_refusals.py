"""A list that cannot be read whole is refused with file and reason, whatever is in it; nothing else is ever raised."""

import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanze.screening.lists import FORMS, ListError, detect, read_edition

SAMPLES = Path(__file__).parents[1] / "samples"
FILES = sorted(path.name for path in SAMPLES.iterdir() if path.suffix != ".md")
BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<{root}><x>&b;</x></{root}>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><{root}><x>&a;</x></{root}>"""
ROOTS = ["sdnList", "Sanctions", "CONSOLIDATED_LIST", "export", "Designations"]


def refused(path: Path, kind: str | None = None) -> str:
    with pytest.raises(ListError) as error:
        read_edition(path, kind)
    assert path.name in str(error.value)
    return str(error.value)


@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("text", [BOMB, OUTSIDE], ids=["bomb", "entity from outside"])
def test_a_file_that_defines_entities_is_refused(tmp_path: Path, root: str, text: str) -> None:
    file = tmp_path / "list.xml"
    file.write_text(text.format(root=root), "utf-8")
    refused(file)


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".xml")])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    whole = (SAMPLES / name).read_bytes()
    file.write_bytes(whole[: len(whole) * 2 // 3])
    refused(file)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\x00\x01\x02\x03", b"\xff\xfe", b"PK\x03\x04rest", b"<", b"{"])
@pytest.mark.parametrize("form", sorted(FORMS))
def test_an_empty_or_senseless_file_is_refused_in_every_form(tmp_path: Path, form: str, content: bytes) -> None:
    file = tmp_path / "list.dat"
    file.write_bytes(content)
    with pytest.raises(ListError):
        read_edition(file, form)


def test_a_list_without_entries_is_never_taken_for_one(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("id,name\n", "utf-8")
    assert "no entry" in refused(file, "own")


def test_a_row_without_a_name_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("id,name\n1,Somebody\n2,\n", "utf-8")
    assert "line 3" in refused(file, "own")


def test_two_rows_with_one_number_are_refused_with_both_lines(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("id,name\n1,Somebody\n1,Somebody else\n", "utf-8")
    message = refused(file, "own")
    assert "line 3" in message
    assert "line 2" in message


def test_a_row_with_too_many_cells_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("id,name\n1,Somebody,and,more\n", "utf-8")
    assert "line 2" in refused(file, "own")


OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
ODS = f"""<d xmlns:t="{OFFICE}:table:1.0" xmlns:x="{OFFICE}:text:1.0"><t:table-row><t:table-cell><x:p>name</x:p>
</t:table-cell></t:table-row><t:table-row t:number-rows-repeated="%d"><t:table-cell t:number-columns-repeated="%d">
<x:p>Somebody</x:p></t:table-cell></t:table-row></d>"""


def sheet_of(path: Path, content: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("content.xml", content)
    return path


def test_a_sheet_that_unpacks_to_more_than_a_hundred_megabytes_is_refused(tmp_path: Path) -> None:
    file = sheet_of(tmp_path / "list.ods", f"<d>{' ' * (101 << 20)}</d>")
    assert file.stat().st_size < 1 << 20
    assert "100 MB" in refused(file, "own")


def test_a_row_that_says_it_repeats_a_million_times_is_refused(tmp_path: Path) -> None:
    assert "repeats" in refused(sheet_of(tmp_path / "list.ods", ODS % (1_000_000, 1)), "own")


def test_a_cell_that_says_it_repeats_a_million_times_does_not_make_a_million_cells(tmp_path: Path) -> None:
    assert "300 cells" in refused(sheet_of(tmp_path / "list.ods", ODS % (1, 1_000_000)), "own")


def test_a_sheet_that_defines_entities_is_refused(tmp_path: Path) -> None:
    refused(sheet_of(tmp_path / "list.ods", BOMB.format(root="d")), "own")


def test_utf_8_with_a_broken_place_is_refused_with_its_line_and_not_garbled(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_bytes("id,name\n1,Müller Çelik\n2,Ná".encode() + b"\xff\n")
    assert "line 3" in refused(file, "own")


def test_windows_1252_is_read_as_such(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_bytes("id;naam\n1;Müller\n".encode("cp1252"))
    assert read_edition(file, "own").entries[0].names[0].text == "Müller"


def test_ofac_without_its_aliases_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sdn.csv").write_text('36,"FIRM",-0- ,"X",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n', "utf-8")
    with pytest.raises(ListError, match=r"alt\.csv is missing"):
        read_edition(tmp_path)


def test_an_ofac_file_of_which_entries_are_gone_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sdn.csv").write_text('36,"FIRM",-0- ,"X",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n', "utf-8")
    (tmp_path / "alt.csv").write_text('36,1,"aka","FIRMA",-0- \n37,2,"aka","OTHER",-0- \n', "utf-8")
    (tmp_path / "add.csv").write_text('36,1,-0- ,"Riga","Latvia",-0- \n', "utf-8")
    with pytest.raises(ListError, match="37"):
        read_edition(tmp_path)


def test_a_list_of_another_kind_is_refused() -> None:
    with pytest.raises(ListError, match="no list of kind un"):
        read_edition(SAMPLES / "eu.xml", "un")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="no such file"):
        read_edition(tmp_path / "nothing.xml")


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(tmp_path: Path, name: str, data: st.DataObject) -> None:
    whole = bytearray((SAMPLES / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        piece = data.draw(st.binary(max_size=6))
        whole[at : at + data.draw(st.integers(0, 12))] = piece
    file = tmp_path / name
    file.write_bytes(bytes(whole))
    with suppress(ListError):
        read_edition(file, "own" if name.startswith("own") else None)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300), form=st.sampled_from(sorted(FORMS)))
def test_any_bytes_are_read_or_refused_in_every_form(tmp_path: Path, content: bytes, form: str) -> None:
    file = tmp_path / "list.dat"
    file.write_bytes(content)
    with suppress(ListError):
        detect(file)
        read_edition(file, form)
