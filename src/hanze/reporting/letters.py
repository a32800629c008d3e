"""A letter as data, and as a DOCX that an officer can go on editing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from hanze.reporting.figures import Language
from hanze.reporting.wordpackage import Package, page_of_pages, paragraph, run, two_ends
from hanze.reporting.words import word, written_date
from hanze.reporting.wordstyles import ACCENT

_KEEP = "<w:keepNext/><w:keepLines/>"


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says; `address` are the lines of the addressee, `paragraphs` plain text."""

    organisation: str
    address: tuple[str, ...]
    date: date
    reference: str
    subject: str
    salutation: str
    paragraphs: tuple[str, ...]
    closing: str
    signatory: str
    language: Language


def letter_docx(letter: Letter) -> bytes:
    """The letter as a Word document (without macros); the same letter gives the same bytes."""
    language = letter.language
    made = datetime.combine(letter.date, time(), UTC)
    package = Package(letter.subject, letter.organisation, language, made)
    bar = f"<w:pBdr><w:top w:val='single' w:sz='36' w:space='14' w:color='{ACCENT}'/></w:pBdr>"
    facts = (
        ("date", written_date(letter.date, language)),
        ("reference", letter.reference),
        ("subject", letter.subject),
    )
    body = [
        paragraph(run(letter.organisation), "Organisation", f"{bar}<w:spacing w:after='900'/>"),
        *(paragraph(run(line), "Address") for line in letter.address),
        paragraph("", "Address", "<w:spacing w:before='300'/>"),
        *(_fact(word(name, language), fact) for name, fact in facts if fact),
        paragraph(run(letter.salutation), more="<w:spacing w:before='500'/>"),
        *(paragraph(run(text)) for text in letter.paragraphs[:-1]),
        *(paragraph(run(text), more=_KEEP) for text in letter.paragraphs[-1:]),
        paragraph(run(letter.closing), more=f"{_KEEP}<w:spacing w:before='300' w:after='1100'/>"),
        paragraph(run(letter.signatory)),
    ]
    header = two_ends(run(letter.organisation), run(letter.reference), "header")
    return package.pack("".join(body), header, two_ends("", page_of_pages(language), "footer"))


def _fact(name: str, fact: str) -> str:
    tab = "<w:tabs><w:tab w:val='left' w:pos='1500'/></w:tabs><w:ind w:left='1500' w:hanging='1500'/>"
    return paragraph(f"{run(name)}<w:r><w:tab/></w:r>{run(fact, bold=True)}", "Letter Fact", tab)
