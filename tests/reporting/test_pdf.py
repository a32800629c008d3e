from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pikepdf
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanze.reporting import (
    Chart,
    Column,
    Compared,
    Figure,
    FigureRef,
    Figures,
    Linked,
    Point,
    Prose,
    Report,
    Row,
    Section,
    Span,
    Table,
    counted,
    to_pdf,
)
from tests.reporting.example import build

PDFUAID = "{http://www.aiim.org/pdfua/ns/id/}"
PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"


@pytest.fixture(scope="module", params=["nl", "en"])
def made(request: pytest.FixtureRequest) -> tuple[Report, bytes]:
    report = build(request.param)
    return report, to_pdf(report)


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def pieces(page: pypdf.PageObject) -> list[tuple[float, str]]:
    """Each piece of text with where it begins, in points from the left edge of the paper."""
    found = list[tuple[float, str]]()

    def note(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            found.append((cm[0] * tm[4] + cm[4], text.strip()))

    page.extract_text(visitor_text=note)
    return found


def tags(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield node
            children = node.get("/K", [])
            waiting.extend(children if isinstance(children, pikepdf.Array) else [children])


def test_one_file_claims_both_pdf_ua_1_and_pdf_a_2a(made: tuple[Report, bytes]) -> None:
    pdf = opened(made[1])
    root = ElementTree.fromstring(pdf.Root.Metadata.read_bytes())
    said = {element.tag: element.text for element in root.iter()}
    assert said[f"{PDFUAID}part"] == "1"
    assert said[f"{PDFAID}part"] == "2"
    assert said[f"{PDFAID}conformance"] == "A"


def test_it_is_tagged_has_its_language_and_shows_its_title(made: tuple[Report, bytes]) -> None:
    report, pdf = made
    document = opened(pdf)
    root = document.Root
    assert root.MarkInfo.Marked
    assert str(root.Lang) == {"nl": "nl-NL", "en": "en-GB"}[report.language]
    assert root.ViewerPreferences.DisplayDocTitle
    assert pypdf.PdfReader(io.BytesIO(pdf)).metadata.title == report.title


def test_every_font_is_embedded_and_is_one_of_ours(made: tuple[Report, bytes]) -> None:
    names = set[str]()
    document = opened(made[1])
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
            assert "/FontFile3" in thing or "/FontFile2" in thing
            names.add(str(thing.FontName).split("+")[1])
    assert names
    assert all(name.startswith(("SourceSans3", "SourceSerif4")) for name in names)


def test_headings_tables_lists_and_pictures_are_what_they_are(made: tuple[Report, bytes]) -> None:
    report, pdf = made
    document = opened(pdf)
    found = list(tags(document))
    kinds = Counter(str(tag.S) for tag in found)
    assert kinds["/Figure"] == 3
    assert kinds["/Table"] == kinds["/THead"] == 5 + sum(bool(figure.rows) for figure in report.figures.values())
    assert kinds["/TOC"] >= 1
    assert kinds["/L"] >= 2
    alternatives = [str(tag.Alt) for tag in found if str(tag.S) == "/Figure"]
    charts = [block for section in report.sections for block in section.blocks if isinstance(block, Chart)]
    assert sorted(alternatives) == sorted(chart.alt for chart in charts)


def test_the_outline_leads_to_every_chapter_and_to_the_records_of_every_figure(made: tuple[Report, bytes]) -> None:
    report, pdf = made
    with opened(pdf).open_outline() as outline:
        chapters = [item.title for item in outline.root]
        records = [item.title for item in outline.root[-1].children]
    for section in (*report.sections, *report.annexes):
        assert section.level > 1 or any(title.endswith(section.title) for title in chapters)
    assert [title.rsplit(": ", 1)[0] for title in records] == [figure.label for figure in report.figures.values()]


def test_every_record_behind_a_figure_is_in_the_annex(made: tuple[Report, bytes]) -> None:
    report, pdf = made
    text = text_of(pdf)
    for row in report.figures["distinct_parties"].rows:
        assert text.count(row.label) >= 1
    assert "28.450,50" in text or "28,450.50" in text


def test_figures_lead_to_their_records_and_back(made: tuple[Report, bytes]) -> None:
    pdf = opened(made[1])
    inside = Counter[int]()
    for number, page in enumerate(pdf.pages):
        for link in page.get("/Annots", []):
            if "/Dest" in link or (link.get("/A") is not None and str(link.A.S) == "/GoTo"):
                inside[number] += 1
    first_annex = len(pdf.pages) - 4
    assert sum(count for page, count in inside.items() if 2 <= page < first_annex) > 10
    assert sum(count for page, count in inside.items() if page >= first_annex) > 5


def test_a_table_that_goes_on_has_its_header_on_the_next_page_too() -> None:
    pages = pypdf.PdfReader(io.BytesIO(to_pdf(build("nl")))).pages
    assert sum("Maand Activiteit Doel" in " ".join(page.extract_text().split()) for page in pages) == 2


def test_pages_are_numbered_of_how_many(made: tuple[Report, bytes]) -> None:
    report, pdf = made
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    words = "pagina {} van {}" if report.language == "nl" else "page {} of {}"
    assert words.format(3, len(pages)) in " ".join(pages[2].extract_text().split())
    assert "pagina" not in pages[0].extract_text()


def test_what_was_not_recorded_says_so(made: tuple[Report, bytes]) -> None:
    report, pdf = made
    assert ("2023: niet vastgelegd" if report.language == "nl" else "2023: not recorded") in text_of(pdf)


def test_names_in_other_scripts_are_transcribed_and_the_colophon_tells(made: tuple[Report, bytes]) -> None:
    report, pdf = made
    text = text_of(pdf)
    assert "ShenZhenShi" in text.replace("-", "").replace("\u200b", "")
    assert ("omgezet naar Latijnse letters" if report.language == "nl" else "transcribed into Latin letters") in text


def test_the_same_report_gives_the_same_bytes(made: tuple[Report, bytes]) -> None:
    report, pdf = made
    assert to_pdf(build(report.language)) == pdf


def test_another_figure_gives_another_document(dutch: Report) -> None:
    rows = dutch.figures["agreements"].rows[:-1]
    fewer = {**dutch.figures, "agreements": counted("agreements", "Overeenkomsten", rows)}
    assert "Daarbij zijn 2 overeenkomsten" in text_of(to_pdf(replace(dutch, figures=fewer)))


def small(text: str, dutch: Report) -> Report:
    """A report in which every text is the same one."""
    row = Row(text, text, text, text, text)
    figures = {"f": replace(counted("f", text, [row], text), compared=Compared(text)), "n": Figure("n", text, text)}
    table = Table(
        "t", text, (Column(text), Column(text, "right")), ((text, FigureRef("f")), (Linked(text, text), None)), text
    )
    chart = Chart("c", text, "stacked", (Point(text, 2, text),), text + "x", replace(table, key="t2"), text)
    line = Chart(
        "d",
        text,
        "timeline",
        (Span(text, date(2024, 1, 1), date(2024, 1, 2), text),),
        text + "x",
        replace(table, key="t3"),
    )
    section = Section(text, (Prose(text), Figures(("f", "n")), table, chart, line))
    return Report(
        title=text + "x",
        organisation=text,
        period=text,
        language="nl",
        generated_at=dutch.generated_at,
        figures=figures,
        sections=(section,),
        subtitle=text,
        status=text,
        fingerprint=text,
        summary=text,
        headline=("f",),
        annexes=(section_of(text),),
        colophon=text,
        row_types={text: text},
    )


def section_of(text: str) -> Section:
    return Section(text, (Prose(text),))


def test_a_chart_of_many_bars_stays_on_one_page(dutch: Report) -> None:
    table = Table("t", "Tabel", (Column("Naam"),), ())
    chart = Chart("c", "Veel", "bar", tuple(Point(f"Naam {n}", n) for n in range(80)), "Veel balken.", table)
    document = opened(to_pdf(replace(dutch, sections=(Section("Grafiek", (chart,)),), annexes=(), headline=())))
    (picture,) = [tag for tag in tags(document) if str(tag.S) == "/Figure"]
    left, bottom, right, top = (float(side) for side in picture.A[0].BBox)
    assert 0 <= left < right <= 595.28
    assert 70 <= bottom < top <= 841.89 - 80


SIGNS = st.text(alphabet="#$*_`<>@[](){}\\/|~=-+!\"'%&;:,.^ \n\tab1") | st.text(
    st.characters(exclude_categories=["Cs"])
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=SIGNS)
def test_no_text_can_break_a_pdf(text: str, dutch: Report) -> None:
    assert to_pdf(small(text, dutch)).startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    "text",
    [
        "#panic()", "#read(\"/etc/passwd\")", "$1/0$", "*bold*", "= Heading", "<label>", "@ref", "// note",
        "/* note */", "#set page(width: 1pt)", "\\u{41}", "https://typst.example", "--- ~ ...", "'\"",
        "[#link(\"x\")]", "`code`",
    ],
)  # fmt: skip
def test_typst_in_the_data_is_only_text(text: str, dutch: Report) -> None:
    table = Table("t", text, (Column(text),), ((text,),))
    figures = {"f": counted("f", text, [Row(text, text, text, None, text)], text)}
    changes = {"figures": figures, "headline": ("f",), "sections": (Section(text, (table,)),), "annexes": ()}
    report = replace(dutch, title=text, summary="", colophon="", **changes)
    plain = "".join(text_of(to_pdf(report)).split())
    assert plain.count("".join(text.split())) >= 8


def test_a_long_word_or_number_stays_on_the_paper(dutch: Report) -> None:
    row = Row("party", "0b0e7d1c-" * 12, "Verantwoordelijkheidsverdelings" * 8, None, "https://voorbeeld.example/" * 6)
    figure = counted("f", "Onafscheidelijkheidsverklaringen" * 4, [row])
    report = replace(dutch, figures={"f": figure}, headline=("f",), sections=(), annexes=(), summary="", colophon="")
    printed = ""
    for page in pypdf.PdfReader(io.BytesIO(to_pdf(report))).pages[1:]:
        for x, text in pieces(page):
            printed += text
            assert x + 4 * len(text) < 595.28 - 12, text
    assert not set("\u200b\ufffc") & set(printed)
    assert "https://voorbeeld.example/" in printed


def test_of_a_very_long_table_and_list_the_first_rows_are_printed_and_it_says_so(
    dutch: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hanze.reporting.pdf._MOST_ROWS", 2)
    monkeypatch.setattr("hanze.reporting.pdf._MOST_RECORDS", 2)
    figures = {
        key: counted(
            key, f"Cijfer {key}", [Row("activity", f"{key}{number}", f"Record {number}") for number in range(3)]
        )
        for key in ("a", "b", "c", "d")
    }
    table = Table("long", "Lang", (Column("Cijfer"),), tuple((FigureRef(key),) for key in figures))
    sections = (Section("Lang", (Prose("Zie {{ d }}."), table)),)
    long = replace(dutch, figures=figures, headline=(), summary="", sections=sections, annexes=())
    text = text_of(to_pdf(long))
    assert "Hier staan de eerste 2 van 4 regels. De spreadsheet heeft ze alle." in text
    assert "Hier staan de eerste 2 van 3. De spreadsheet heeft ze alle." in text
    assert [f"Cijfer {key}: 3" in text for key in figures] == [True, True, False, True]
    assert "Record 1" in text
    assert "Record 2" not in text
