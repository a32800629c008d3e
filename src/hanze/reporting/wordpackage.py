"""A Word document as a file: its pieces of WordprocessingML, pictures and links, packed the same way every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from hanze.reporting.figures import Language
from hanze.reporting.printable import storable
from hanze.reporting.words import word
from hanze.reporting.wordstyles import FIRST_LIST, LOCALES, W, fonts_xml, numbering_xml, style_id, styles_xml

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_NAMESPACES = f"xmlns:w='{W}' xmlns:r='{_R}' xmlns:wp='{_DRAWING}/wordprocessingDrawing'"
_EMU_PER_MM = 36_000
_TEXT_WIDTH = 156  # mm: A4 without its margins
_TEXT_HEIGHT = 205
WIDTH = _TEXT_WIDTH * 1440 * 10 // 254  # the same in twentieths of a point


def run(text: str, style: str = "", bold: bool = False, italic: bool = False) -> str:
    """Words; a line feed becomes a line break."""
    look = f"<w:rStyle w:val='{style_id(style)}'/>" if style else ""
    look += ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    lines = "<w:br/>".join(
        f"<w:t xml:space='preserve'>{escape(line)}</w:t>" for line in storable(text).replace("\t", " ").split("\n")
    )
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f"<w:r>{properties}{lines}</w:r>"


def paragraph(content: str, style: str = "", more: str = "") -> str:
    """A paragraph; `more` are properties that come after the style, in the order of the standard."""
    named = f"<w:pStyle w:val='{style_id(style)}'/>" if style else ""
    properties = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return f"<w:p>{properties}{content}</w:p>"


def numbered(number: int, level: int = 0) -> str:
    """The property that puts a paragraph in a list."""
    return f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>"


def field_run(instruction: str, shown: str, dirty: bool = False) -> str:
    """A field (page number, count of tables) with what it shows until Word works it out."""
    begin = "<w:fldChar w:fldCharType='begin' w:dirty='true'/>" if dirty else "<w:fldChar w:fldCharType='begin'/>"
    return (
        f"<w:r>{begin}</w:r><w:r><w:instrText xml:space='preserve'> {escape(instruction)} </w:instrText></w:r>"
        f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )


def page_of_pages(language: Language) -> str:
    """The number of the page of how many, worked out by Word."""
    before, between, after = word("page_of", language, page="|", pages="|").split("|")
    return run(before) + field_run("PAGE", "1") + run(between) + field_run("NUMPAGES", "1") + run(after)


def two_ends(left: str, right: str, style: str) -> str:
    """A line with words at both ends, such as a header."""
    tab = f"<w:tabs><w:tab w:val='right' w:pos='{WIDTH}'/></w:tabs>"
    return paragraph(f"{left}<w:r><w:tab/></w:r>{right}", style, tab)


def to_bookmark(name: str, content: str) -> str:
    """Words that lead to a place in the document."""
    return f"<w:hyperlink w:anchor='{name}' w:history='1'>{content}</w:hyperlink>"


def cell(content: str, width: int, more: str = "") -> str:
    """A cell of a table, its width in twentieths of a point."""
    return f"<w:tc><w:tcPr><w:tcW w:w='{width}' w:type='dxa'/>{more}</w:tcPr>{content}</w:tc>"


def table(rows: Sequence[str], widths: Sequence[int], style: str, title: str) -> str:
    """A table; its first row is the header and stands again on every page. `title` is for readers who listen."""
    grid = "".join(f"<w:gridCol w:w='{width}'/>" for width in widths)
    body = "".join(
        f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if place == 0 else ''}</w:trPr>{row}</w:tr>"
        for place, row in enumerate(rows)
    )
    return (
        f"<w:tbl><w:tblPr><w:tblStyle w:val='{style_id(style)}'/><w:tblW w:w='{sum(widths)}' w:type='dxa'/>"
        "<w:tblLayout w:type='fixed'/><w:tblLook w:val='0020' w:firstRow='1' w:lastRow='0' w:firstColumn='0' "
        f"w:lastColumn='0' w:noHBand='1' w:noVBand='1'/><w:tblCaption w:val={quoteattr(storable(title))}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )


@dataclass(slots=True)
class Package:
    """A document in the making: it hands out ids for pictures, links, bookmarks and lists, and packs it all."""

    title: str
    organisation: str
    language: Language
    made: datetime
    pictures: list[bytes] = field(default_factory=list[bytes])
    urls: list[str] = field(default_factory=list[str])
    list_starts: list[int] = field(default_factory=list[int])
    bookmarks: int = 0

    def bookmark(self, name: str, content: str) -> str:
        """A place in the document that links can lead to."""
        self.bookmarks += 1
        opening = f"<w:bookmarkStart w:id='{self.bookmarks}' w:name='{name}'/>"
        return f"{opening}{content}<w:bookmarkEnd w:id='{self.bookmarks}'/>"

    def to_url(self, url: str, content: str) -> str:
        """Words that lead to an address."""
        if url not in self.urls:
            self.urls.append(url)
        return f"<w:hyperlink r:id='link{self.urls.index(url)}' w:history='1'>{content}</w:hyperlink>"

    def new_list(self, start: int) -> int:
        """The number of a list that counts from `start`."""
        self.list_starts.append(start)
        return FIRST_LIST + len(self.list_starts) - 1

    def picture(self, png: bytes, title: str, alt: str) -> str:
        """A picture over the width of the text, or the height of a page, with its text alternative."""
        self.pictures.append(png)
        number = len(self.pictures)
        width, height = (int.from_bytes(png[start : start + 4], "big") for start in (16, 20))
        scale = min(_TEXT_WIDTH * _EMU_PER_MM / width, _TEXT_HEIGHT * _EMU_PER_MM / height)
        size = f"cx='{width * scale:.0f}' cy='{height * scale:.0f}'"
        named = f"id='{number}' name={quoteattr(storable(title))} descr={quoteattr(storable(alt))}"
        return (
            "<w:r><w:drawing><wp:inline distT='0' distB='0' distL='0' distR='0'>"
            f"<wp:extent {size}/><wp:docPr {named}/><a:graphic xmlns:a='{_DRAWING}/main'>"
            f"<a:graphicData uri='{_DRAWING}/picture'><pic:pic xmlns:pic='{_DRAWING}/picture'><pic:nvPicPr>"
            f"<pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed='picture{number}'/>"
            f"<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x='0' y='0'/><a:ext {size}/>"
            "</a:xfrm><a:prstGeom prst='rect'><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
            "</wp:inline></w:drawing></w:r>"
        )

    def pack(self, body: str, header: str, footer: str) -> bytes:
        """The file. The first page has neither header nor footer; no clock time goes into the package."""
        section = (
            "<w:sectPr><w:headerReference w:type='default' r:id='header'/>"
            "<w:footerReference w:type='default' r:id='footer'/>"
            "<w:pgSz w:w='11906' w:h='16838'/><w:pgMar w:top='1701' w:right='1361' w:bottom='1474' w:left='1701' "
            "w:header='794' w:footer='680' w:gutter='0'/><w:titlePg/></w:sectPr>"
        )
        parts = {
            "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}{section}</w:body></w:document>",
            "word/header.xml": f"<w:hdr {_NAMESPACES}>{header}</w:hdr>",
            "word/footer.xml": f"<w:ftr {_NAMESPACES}>{footer}</w:ftr>",
            "word/styles.xml": styles_xml(self.language),
            "word/numbering.xml": numbering_xml(self.list_starts),
            "word/fontTable.xml": fonts_xml(),
            "word/settings.xml": self._settings(),
            "word/_rels/document.xml.rels": self._document_links(),
            "docProps/core.xml": self._properties(),
            "_rels/.rels": _links(
                ("document", f"{_R}/officeDocument", "word/document.xml", "Internal"),
                ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml", "Internal"),
            ),
        }
        return self._zip({"[Content_Types].xml": _content_types(parts), **parts})

    def _zip(self, parts: dict[str, str]) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, xml in parts.items():
                head = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
                archive.writestr(zipfile.ZipInfo(name), head + xml, zipfile.ZIP_DEFLATED)
            for number, png in enumerate(self.pictures, start=1):
                archive.writestr(zipfile.ZipInfo(f"word/media/picture{number}.png"), png)
        return buffer.getvalue()

    def _settings(self) -> str:
        word = "http://schemas.microsoft.com/office/word"
        compatible = f"<w:compatSetting w:name='compatibilityMode' w:uri='{word}' w:val='15'/>"
        lang = f"<w:themeFontLang w:val='{LOCALES[self.language]}'/>"
        inside = f"<w:defaultTabStop w:val='709'/><w:compat>{compatible}</w:compat>{lang}"
        return f"<w:settings xmlns:w='{W}'>{inside}</w:settings>"

    def _document_links(self) -> str:
        parts = ("styles", "numbering", "fontTable", "settings", "header", "footer")
        pictures = range(1, len(self.pictures) + 1)
        return _links(
            *((part, f"{_R}/{part}", f"{part}.xml", "Internal") for part in parts),
            *((f"picture{n}", f"{_R}/image", f"media/picture{n}.png", "Internal") for n in pictures),
            *((f"link{n}", f"{_R}/hyperlink", url, "External") for n, url in enumerate(self.urls)),
        )

    def _properties(self) -> str:
        made = self.made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        title, author = escape(storable(self.title)), escape(storable(self.organisation))
        when = f" xsi:type='dcterms:W3CDTF'>{made}"
        return (
            f"<cp:coreProperties xmlns:cp='{_PACKAGE}/metadata/core-properties' "
            "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:dcterms='http://purl.org/dc/terms/' "
            "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>"
            f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
            f"<dc:language>{LOCALES[self.language]}</dc:language>"
            f"<dcterms:created{when}</dcterms:created><dcterms:modified{when}</dcterms:modified></cp:coreProperties>"
        )


def _links(*links: tuple[str, str, str, str]) -> str:
    entries = "".join(
        f"<Relationship Id='{name}' Type='{kind}' Target={quoteattr(target)} TargetMode='{mode}'/>"
        for name, kind, target, mode in links
    )
    return f"<Relationships xmlns='{_PACKAGE}/relationships'>{entries}</Relationships>"


def _content_types(parts: Iterable[str]) -> str:
    kinds = {"document": "document.main"}
    names = {name.rsplit("/", 1)[-1].removesuffix(".xml"): name for name in parts if name.startswith("word/")}
    overrides = "".join(
        f"<Override PartName='/{name}' ContentType='{_TYPES}.{kinds.get(stem, stem)}+xml'/>"
        for stem, name in names.items()
        if not name.endswith(".rels")
    )
    return (
        f"<Types xmlns='{_PACKAGE}/content-types'>"
        "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
        "<Default Extension='xml' ContentType='application/xml'/><Default Extension='png' ContentType='image/png'/>"
        "<Override PartName='/docProps/core.xml' "
        "ContentType='application/vnd.openxmlformats-package.core-properties+xml'/>"
        f"{overrides}</Types>"
    )
