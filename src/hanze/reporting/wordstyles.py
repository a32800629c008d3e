"""The look of our Word documents: styles, lists and fonts as WordprocessingML (ECMA-376, part 1, chapter 17)."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from hanze.reporting.figures import Language

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SERIF, SANS = "Source Serif 4", "Source Sans 3"
INK, INK_SOFT, INK_FAINT, ACCENT = "17202B", "4A5666", "677384", "0B4A6F"
LINE, LINE_STRONG = "DEDBD2", "B9B5A8"
LOCALES: dict[Language, str] = {"nl": "nl-NL", "en": "en-GB"}

# The lists of numbering.xml; every numbered list in a text gets its own number from FIRST_LIST up.
BULLETS, CHAPTERS, ANNEXES, FIRST_LIST = 1, 2, 3, 10
_HANG = 850


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style; sizes and spaces in points, `more` goes into its paragraph properties."""

    name: str
    font: str = SERIF
    size: float = 10.5
    colour: str = INK
    bold: bool = False
    italic: bool = False
    before: float = 0
    after: float = 0
    line: int = 240
    keep: bool = False
    level: int | None = None
    indent: int = 0
    base: str = "Normal"


_STYLES = (
    _Style("Normal", after=7, line=300, base=""),
    _Style("Title", size=34, bold=True, before=90, after=10, line=220),
    _Style("Subtitle", size=14, colour=INK_SOFT, after=30),
    _Style("Organisation", SANS, 12, bold=True),
    _Style("heading 1", size=20, bold=True, before=26, after=12, keep=True, level=0),
    _Style("heading 2", size=14, bold=True, before=18, after=7, keep=True, level=1),
    _Style("heading 3", SANS, 11.5, bold=True, before=14, after=5, keep=True, level=2),
    _Style("heading 4", SANS, 10.5, INK_SOFT, bold=True, before=12, after=4, keep=True, level=3),
    _Style("TOC Heading", size=20, bold=True, after=14, keep=True),
    _Style("toc 1", SANS, 11, bold=True, before=8, after=2),
    _Style("toc 2", SANS, 10, INK_SOFT, after=2, indent=400),
    _Style("caption", SANS, 9.5, bold=True, before=14, after=5, keep=True),
    _Style("Small", SANS, 9, INK_SOFT, after=6),
    _Style("Table Text", SANS, 9, before=2, after=2),
    _Style("Table Head", SANS, 9, INK_SOFT, bold=True, before=2, after=2, keep=True),
    _Style("Figure Label", SANS, 9, INK_SOFT, before=5, keep=True),
    _Style("Figure Value", size=24, bold=True),
    _Style("Quote", italic=True, colour=INK_SOFT, before=6, after=8, line=290, indent=340),
    _Style("List Paragraph", after=3, line=290),
    _Style("Address", after=0, line=280),
    _Style("Letter Fact", SANS, 9.5, INK_SOFT, after=2),
    _Style("header", SANS, 8.5, INK_FAINT),
    _Style("footer", SANS, 8.5, INK_FAINT),
)


def style_id(name: str) -> str:
    """The id of a style: its name without spaces, as Word makes them ("heading 1" → "Heading1")."""
    return "".join(part[:1].upper() + part[1:] for part in name.split())


def styles_xml(language: Language) -> str:
    """styles.xml: the document's language, paragraph styles, links and the look of tables."""
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(SERIF)}<w:sz w:val='21'/>"
        f"<w:lang w:val='{LOCALES[language]}' w:eastAsia='zh-CN' w:bidi='ar-SA'/></w:rPr></w:rPrDefault>"
        "<w:pPrDefault/></w:docDefaults>"
    )
    characters = (
        "<w:style w:type='character' w:default='1' w:styleId='DefaultParagraphFont'>"
        "<w:name w:val='Default Paragraph Font'/></w:style>"
        + _link("Hyperlink", f"<w:color w:val='{ACCENT}'/><w:u w:val='single'/>")
        + _link("Figure Mark", f"<w:u w:val='dotted' w:color='{ACCENT}'/>")
    )
    return (
        f"<w:styles xmlns:w='{W}'>{defaults}{''.join(map(_paragraph_style, _STYLES))}{characters}{_TABLES}</w:styles>"
    )


def numbering_xml(starts: list[int]) -> str:
    """numbering.xml: bullets, chapters, annexes, and one list for each numbered list with its first number."""
    levels = range(4)
    bullets = "".join(_level(i, "bullet", "•", 340 * (i + 1), 340, SANS) for i in levels)
    numbers = "".join(_level(i, "decimal", f"%{i + 1}.", 340 * (i + 1), 340, SANS) for i in levels)
    chapters = "".join(_level(i, "decimal", ".".join(f"%{n + 1}" for n in range(i + 1)), 0, _HANG) for i in range(3))
    annexes = _level(0, "upperLetter", "%1", 0, _HANG) + "".join(
        _level(i, "decimal", ".".join(f"%{n + 1}" for n in range(i + 1)), 0, _HANG) for i in (1, 2)
    )
    abstract = "".join(
        f"<w:abstractNum w:abstractNumId='{place}'><w:multiLevelType w:val='multilevel'/>{inside}</w:abstractNum>"
        for place, inside in enumerate((bullets, chapters, annexes, numbers), start=1)
    )
    fixed = "".join(_number(n, n, "") for n in (BULLETS, CHAPTERS, ANNEXES))
    lists = "".join(
        _number(FIRST_LIST + place, 4, f"<w:lvlOverride w:ilvl='0'><w:startOverride w:val='{start}'/></w:lvlOverride>")
        for place, start in enumerate(starts)
    )
    return f"<w:numbering xmlns:w='{W}'>{abstract}{fixed}{lists}</w:numbering>"


def fonts_xml() -> str:
    """fontTable.xml: our fonts, and what comes nearest where they are not installed."""
    fonts = ((SERIF, "Georgia", "roman"), (SANS, "Segoe UI", "swiss"))
    entries = "".join(
        f"<w:font w:name='{name}'><w:altName w:val='{near}'/><w:family w:val='{family}'/></w:font>"
        for name, near, family in fonts
    )
    return f"<w:fonts xmlns:w='{W}'>{entries}</w:fonts>"


def _fonts(font: str) -> str:
    return f"<w:rFonts w:ascii='{font}' w:hAnsi='{font}' w:cs='{font}' w:eastAsia='{font}'/>"


def _paragraph_style(style: _Style) -> str:
    default = " w:default='1'" if style.name == "Normal" else ""
    base = f"<w:basedOn w:val='{style.base}'/>" if style.base else ""
    after = "<w:next w:val='Normal'/>" if style.keep else ""
    keep = "<w:keepNext/><w:keepLines/>" if style.keep else ""
    before, after_it = round(style.before * 20), round(style.after * 20)
    spacing = f"<w:spacing w:before='{before}' w:after='{after_it}' w:line='{style.line}' w:lineRule='auto'/>"
    indent = f"<w:ind w:left='{style.indent}'/>" if style.indent else ""
    level = f"<w:outlineLvl w:val='{style.level}'/>" if style.level is not None else ""
    weight = ("<w:b/>" if style.bold else "") + ("<w:i/>" if style.italic else "")
    size = f"<w:sz w:val='{style.size * 2:.0f}'/><w:szCs w:val='{style.size * 2:.0f}'/>"
    return (
        f"<w:style w:type='paragraph'{default} w:styleId='{style_id(style.name)}'>"
        f"<w:name w:val={quoteattr(style.name)}/>{base}{after}<w:qFormat/><w:pPr>{keep}{spacing}{indent}{level}</w:pPr>"
        f"<w:rPr>{_fonts(style.font)}{weight}<w:color w:val='{style.colour}'/>{size}</w:rPr></w:style>"
    )


def _link(name: str, look: str) -> str:
    named = f"<w:style w:type='character' w:styleId='{style_id(name)}'><w:name w:val='{name}'/>"
    return f"{named}<w:rPr>{look}</w:rPr></w:style>"


def _level(level: int, form: str, text: str, left: int, hanging: int, font: str = "") -> str:
    look = f"{_fonts(font) if font else ''}<w:color w:val='{ACCENT if font else LINE_STRONG}'/>"
    return (
        f"<w:lvl w:ilvl='{level}'><w:start w:val='1'/><w:numFmt w:val='{form}'/><w:lvlText w:val='{text}'/>"
        f"<w:lvlJc w:val='left'/><w:pPr><w:ind w:left='{left}' w:hanging='{hanging}'/></w:pPr>"
        f"<w:rPr>{look}</w:rPr></w:lvl>"
    )


def _number(number: int, abstract: int, override: str) -> str:
    return f"<w:num w:numId='{number}'><w:abstractNumId w:val='{abstract}'/>{override}</w:num>"


_TABLES = (
    "<w:style w:type='table' w:default='1' w:styleId='TableNormal'><w:name w:val='Normal Table'/><w:tblPr>"
    "<w:tblInd w:w='0' w:type='dxa'/><w:tblCellMar><w:left w:w='0' w:type='dxa'/><w:right w:w='115' w:type='dxa'/>"
    "</w:tblCellMar></w:tblPr></w:style>"
    "<w:style w:type='table' w:styleId='ReportTable'><w:name w:val='Report Table'/><w:basedOn w:val='TableNormal'/>"
    "<w:qFormat/><w:tblPr><w:tblBorders>"
    f"<w:bottom w:val='single' w:sz='4' w:space='0' w:color='{LINE}'/>"
    f"<w:insideH w:val='single' w:sz='4' w:space='0' w:color='{LINE}'/></w:tblBorders></w:tblPr>"
    f"<w:tblStylePr w:type='firstRow'><w:tcPr><w:tcBorders>"
    f"<w:bottom w:val='single' w:sz='8' w:space='0' w:color='{LINE_STRONG}'/></w:tcBorders></w:tcPr></w:tblStylePr>"
    "</w:style>"
    "<w:style w:type='table' w:styleId='FigureBand'><w:name w:val='Figure Band'/><w:basedOn w:val='TableNormal'/>"
    "<w:tblPr><w:tblBorders>"
    f"<w:top w:val='single' w:sz='6' w:space='0' w:color='{LINE_STRONG}'/>"
    f"<w:bottom w:val='single' w:sz='6' w:space='0' w:color='{LINE_STRONG}'/></w:tblBorders>"
    "<w:tblCellMar><w:right w:w='240' w:type='dxa'/></w:tblCellMar></w:tblPr></w:style>"
)
