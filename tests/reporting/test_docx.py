from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanze.reporting import Column, Figure, Linked, Prose, Report, Row, Section, Table, counted, to_docx
from tests.reporting.example import build


@pytest.fixture(scope="module", params=["nl", "en"])
def made(request: pytest.FixtureRequest) -> tuple[Report, bytes]:
    report = build(request.param)
    return report, to_docx(report)


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def part(data: bytes, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def test_headings_are_real_headings_in_the_order_of_the_report(made: tuple[Report, bytes]) -> None:
    report, data = made
    headings = [p.text for p in opened(data).paragraphs if p.style.name == "Heading 1"]
    assert headings[1:-1] == [s.title for s in (*report.sections, *report.annexes) if s.level == 1]


def test_chapters_and_annexes_are_numbered_by_word_itself(made: tuple[Report, bytes]) -> None:
    numbered = [
        p.text for p in opened(made[1]).paragraphs if p.style.name == "Heading 1" and p._p.pPr.numPr is not None
    ]
    assert len(numbered) == sum(s.level == 1 for s in (*made[0].sections, *made[0].annexes)) + 1


def test_the_contents_are_a_field_that_word_brings_up_to_date(made: tuple[Report, bytes]) -> None:
    report, data = made
    body = opened(data).element.body
    instructions = [element.text for element in body.iter(qn("w:instrText"))]
    assert any("TOC" in text for text in instructions)
    assert [e.get(qn("w:dirty")) for e in body.iter(qn("w:fldChar")) if e.get(qn("w:dirty"))] == ["true"]
    contents = [p.text for p in opened(data).paragraphs if p.style.name.lower().startswith("toc ")]
    assert f"1  {report.sections[0].title}" in contents
    assert f"A  {report.annexes[0].title}" in contents


def test_every_link_inside_leads_to_a_place_that_is_there_once(made: tuple[Report, bytes]) -> None:
    body = opened(made[1]).element.body
    places = [element.get(qn("w:name")) for element in body.iter(qn("w:bookmarkStart"))]
    anchors = {element.get(qn("w:anchor")) for element in body.iter(qn("w:hyperlink"))} - {None}
    assert len(places) == len(set(places))
    assert len(anchors) > len(made[0].figures)
    assert anchors <= set(places)


def test_tables_repeat_their_header_and_have_a_name_and_a_caption(made: tuple[Report, bytes]) -> None:
    report, data = made
    document = opened(data)
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    word = "Tabel" if report.language == "nl" else "Table"
    assert [text.split("  ")[0] for text in captions if text.startswith(word)] == [f"{word} {n}" for n in range(1, 6)]


def test_charts_are_pictures_with_their_text_alternative(made: tuple[Report, bytes]) -> None:
    _, data = made
    names = [name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if name.startswith("word/media/")]
    pictures = [element.get("descr") for element in opened(data).element.body.iter(qn("wp:docPr"))]
    assert len(names) == len(pictures) == 3
    assert all(pictures)
    assert all(zipfile.ZipFile(io.BytesIO(data)).read(name).startswith(b"\x89PNG") for name in names)


def test_figures_in_a_text_are_text_that_can_be_edited(made: tuple[Report, bytes]) -> None:
    report, data = made
    text = "\n".join(p.text for p in opened(data).paragraphs)
    assert ("namen 27 verschillende" if report.language == "nl" else "2024 27 distinct") in text
    assert "{{" not in text


def test_the_annex_lists_every_record(dutch: Report) -> None:
    document = opened(to_docx(dutch))
    table = next(t for t in document.tables if t.rows[0].cells[0].text == "Nr." and len(t.rows) == 28)
    assert [row.cells[1].text for row in table.rows[1:]] == [
        row.label for row in dutch.figures["distinct_parties"].rows
    ]


def test_names_keep_their_own_script_in_word(dutch: Report) -> None:
    text = "\n".join(cell.text for table in opened(to_docx(dutch)).tables for row in table.rows for cell in row.cells)
    assert "深圳市园艺有限公司 & Zn. #1 $x$ *ster*" in text


def test_the_language_and_the_properties_are_set(made: tuple[Report, bytes]) -> None:
    report, data = made
    styles = part(data, "word/styles.xml")
    code = {"nl": "nl-NL", "en": "en-GB"}[report.language]
    assert styles.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}").get(qn("w:val")) == code
    properties = opened(data).core_properties
    assert (properties.title, properties.author, properties.language) == (report.title, report.organisation, code)
    assert properties.created == report.generated_at


def test_every_style_that_is_used_is_there(made: tuple[Report, bytes]) -> None:
    body, styles = part(made[1], "word/document.xml"), part(made[1], "word/styles.xml")
    defined = {style.get(qn("w:styleId")) for style in styles.iter(qn("w:style"))}
    used = {e.get(qn("w:val")) for tag in ("w:pStyle", "w:rStyle", "w:tblStyle") for e in body.iter(qn(tag))}
    assert used <= defined


def test_every_numbered_list_begins_anew(dutch: Report) -> None:
    text = Prose("1. a\n2. b\n\ntussen\n\n4. c\n5. d")
    document = opened(to_docx(replace(dutch, summary="", sections=(Section("S", (text,)),))))
    numbers = [p._p.pPr.numPr.numId.val for p in document.paragraphs if p.text in {"a", "b", "c", "d"}]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    numbering = part(to_docx(replace(dutch, summary="", sections=(Section("S", (text,)),))), "word/numbering.xml")
    assert [e.get(qn("w:val")) for e in numbering.iter(qn("w:startOverride"))] == ["1", "4"]


def test_the_same_report_gives_the_same_bytes(made: tuple[Report, bytes]) -> None:
    assert to_docx(build(made[0].language)) == made[1]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text() | st.text(alphabet="<>&'\"\x00\x01\n\r\t#*[](){}"))
def test_any_text_makes_a_document_that_opens_with_that_text(text: str, dutch: Report) -> None:
    table = Table("t", text, (Column(text),), ((text,), (Linked(text, "https://x.example/?a=1&b='2'\""),)))
    figures = {"f": counted("f", text, [Row(text, text, text, text, text)], text), "n": Figure("n", text, text)}
    sections = (Section(text, (Prose(text), table)),)
    changes = {"figures": figures, "headline": ("f",), "sections": sections, "annexes": ()}
    report = replace(dutch, title=text + "x", organisation=text, summary=text, status=text, **changes)
    document = opened(to_docx(report))
    cells = {cell.text for t in document.tables for row in t.rows for cell in row.cells}
    kept = "".join(c for c in text if c.isalnum())
    assert any(kept in "".join(c for c in cell if c.isalnum()) for cell in cells)
