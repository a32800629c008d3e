"""Markdown with figures in it, read once into a small tree from which every document is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode

from hanze.reporting.figures import Figure, FigureKeyError, Language, find
from hanze.reporting.words import word, written

_PLACEHOLDER = re.compile(r"(?<!\\)\{\{[ \t]*([^{}\n]*?)[ \t]*\}\}")
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>#&~|{}!])")


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure in a text: `key` is None where the report has no such figure, and `text` then says so."""

    key: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Words set as they are typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """A new line within a paragraph."""


@dataclass(frozen=True, slots=True)
class Strong:
    """Words of more weight."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words with stress."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address."""

    url: str
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a text: `level` 1 is the highest in that text."""

    level: int
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; `start` is the first number of an ordered list and None for bullets."""

    start: int | None
    items: tuple[tuple[Part, ...], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pause."""


Inline: TypeAlias = Text | Mark | Code | Break | Strong | Emphasis | Link
Part: TypeAlias = Paragraph | Heading | Listing | Quote | Rule


@dataclass(frozen=True, slots=True)
class TextProblem:
    """A placeholder that names no figure: where it stands and the known key that looks most like it."""

    key: str
    nearest: str | None
    line: int
    column: int

    def message(self, language: Language) -> str:
        """The problem in plain words, for beside the text field."""
        place = f"{word('at_line', language, line=self.line)}: "
        hint = f"; {word('did_you_mean', language, key=self.nearest)}" if self.nearest else ""
        return place + word("unknown_figure", language, key=self.key) + hint


def insert_figures(
    markdown: str, figures: Mapping[str, Figure], language: Language
) -> tuple[str, tuple[TextProblem, ...]]:
    """The text with each `{{ key }}` replaced by its figure, and a problem for each key that names none.

    Markdown in a value is escaped, so that it stays the text it was.
    """
    problems: list[TextProblem] = []

    def replace(match: re.Match[str]) -> str:
        mark = _mark(match[1], figures, language)
        if isinstance(mark, FigureKeyError):
            before = markdown[: match.start()]
            line, column = before.count("\n") + 1, match.start() - before.rfind("\n")
            problems.append(TextProblem(mark.key, mark.nearest, line, column))
            mark = _unknown(mark.key, language)
        return _MARKDOWN_SIGNS.sub(r"\\\1", mark.text)

    return _PLACEHOLDER.sub(replace, markdown), tuple(problems)


def read_prose(markdown: str, figures: Mapping[str, Figure], language: Language) -> tuple[Part, ...]:
    """The Markdown as a tree, its figures filled in. Raw HTML stays text; an unsafe address loses its link."""

    def mark(key: str) -> Mark:
        found = _mark(key, figures, language)
        return _unknown(key, language) if isinstance(found, FigureKeyError) else found

    return tuple(_without_gaps(_part(node, mark) for node in SyntaxTreeNode(_PARSER.parse(markdown)).children))


def plain(content: Iterable[Inline]) -> str:
    """Only the words."""
    return "".join(
        " " if isinstance(part, Break) else part.text if isinstance(part, Text | Mark | Code) else plain(part.content)
        for part in content
    )


def safe_url(url: str | None) -> str | None:
    """The address when a reader may follow it: http, https, mailto or one within the site; otherwise None."""
    if not url or any(char.isspace() or not char.isprintable() for char in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme:
        return url if parts.scheme.lower() in {"http", "https", "mailto"} else None
    return url if url[0] in "/#?" and not url.startswith("//") else None


def absolute_url(url: str | None) -> str | None:
    """The address when it also works outside the site, as in a PDF."""
    return url if safe_url(url) and urlsplit(url or "").scheme else None


def _mark(key: str, figures: Mapping[str, Figure], language: Language) -> Mark | FigureKeyError:
    try:
        figure = find(figures, key)
    except FigureKeyError as error:
        return error
    return Mark(figure.key, written(figure.value, language))


def _unknown(key: str, language: Language) -> Mark:
    return Mark(None, f"[{word('unknown_figure', language, key=key)}]")


def _figure_rule(state: StateInline, silent: bool) -> bool:
    match = _PLACEHOLDER.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("figure", "", 0).content = match[1]
    state.pos = match.end()
    return True


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])
    parser.inline.ruler.push("figure", _figure_rule)
    return parser


_PARSER = _parser()
_Marker: TypeAlias = Callable[[str], Mark]


def _without_gaps(parts: Iterable[Part]) -> Iterator[Part]:
    """Headings that never go down more than one level at a time: readers and PDF/UA expect no gaps."""
    level = 0
    for part in parts:
        if isinstance(part, Heading):
            level = min(part.level, level + 1)
            yield Heading(level, part.content)
        else:
            yield part


def _inside(node: SyntaxTreeNode, mark: _Marker) -> tuple[Part, ...]:
    """What stands in a list or a quotation: a heading there is only words of more weight."""
    parts = (_part(child, mark) for child in node.children)
    return tuple(Paragraph((Strong(part.content),)) if isinstance(part, Heading) else part for part in parts)


def _part(node: SyntaxTreeNode, mark: _Marker) -> Part:
    match node.type:
        case "heading":
            return Heading(int(node.tag[1:]), _inlines(node, mark))
        case "bullet_list" | "ordered_list":
            start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
            return Listing(start, tuple(_inside(item, mark) for item in node.children))
        case "blockquote":
            return Quote(_inside(node, mark))
        case "hr":
            return Rule()
        case "fence" | "code_block":
            lines = node.content.rstrip("\n").split("\n")
            return Paragraph(tuple(piece for line in lines for piece in (Code(line), Break()))[:-1])
        case _:
            return Paragraph(_inlines(node, mark))


def _inlines(node: SyntaxTreeNode, mark: _Marker) -> tuple[Inline, ...]:
    return tuple(inline for child in node.children for inline in _inline(child, mark))


def _inline(node: SyntaxTreeNode, mark: _Marker) -> tuple[Inline, ...]:
    match node.type:
        case "inline":
            return _inlines(node, mark)
        case "figure":
            return (mark(node.content),)
        case "strong":
            return (Strong(_inlines(node, mark)),)
        case "em":
            return (Emphasis(_inlines(node, mark)),)
        case "link":
            return _link(safe_url(str(node.attrs.get("href", ""))), _inlines(node, mark))
        case "code_inline":
            return (Code(node.content),)
        case "hardbreak":
            return (Break(),)
        case "softbreak":
            return (Text(" "),)
        case _:
            return (Text(node.content),)


def _link(url: str | None, content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    if url is None:
        return content
    # A figure inside a link would be a link inside a link: there it is only words.
    return (Link(url, tuple(Text(part.text) if isinstance(part, Mark) else part for part in content)),)
